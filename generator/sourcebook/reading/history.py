"""When each file of facts last changed, from git.

In: a project's folder. Out: for each file the day of its last change and how many there were. The rule it
guards: the same commit gives the same history, whatever is not committed and however git is set up; where
git is missing or the history is cut, that is said and nothing is guessed.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

MOST_COMMITS = 20_000
LONGEST_WAIT = 60
"""Seconds after which git is given up; a history of `MOST_COMMITS` takes a few."""

# What git reads from the environment to find another repository than the one around the folder.
_ELSEWHERE = (
    "GIT_DIR GIT_WORK_TREE GIT_COMMON_DIR GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES "
    "GIT_INDEX_FILE GIT_NAMESPACE GIT_PREFIX GIT_SHALLOW_FILE GIT_GRAFT_FILE"
).split()
_LOG = (
    "git",
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    # A clone without its trees would fetch them one by one.
    *("-c", "protocol.allow=never"),
    *("-c", "log.showRoot=true"),
    "log",
    "--no-merges",
    "--no-renames",
    "--no-color",
    "--no-show-signature",
    "--decorate-refs-exclude=*",
    f"--max-count={MOST_COMMITS}",
    "--format=%x01%as%x02%D",
    "--name-only",
    "-z",
    "--relative",
    "--",
)
_COMMIT = ("git", "rev-parse", "HEAD", "--git-path", "shallow", "--git-path", "info/grafts")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Extent(StrEnum):
    """How far back the history reaches: to the beginning, to a cut, or there is none."""

    WHOLE = "whole"
    CUT = "cut"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FileHistory:
    """The changes of one file: the day of the last one as YYYY-MM-DD, and how many commits made them.

    With `or_earlier` the history is cut at that day, and the change may have come before.
    """

    last: str
    changes: int
    or_earlier: bool


@dataclass(frozen=True, slots=True)
class History:
    """The changes of all files, by path relative to the project's folder, and how far back they are known."""

    extent: Extent = Extent.NONE
    files: Mapping[str, FileHistory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    """A commit's change of one file; `at_cut` where what came before the commit is not known."""

    file: str
    day: str
    at_cut: bool


def read_history(root: Path, *folders: str) -> History:
    """The history of the files below some folders of the project, as it is committed."""
    log = _git_log(root, folders)
    if log is None:
        return History()
    headers = [header for header, _ in _commits(log)]
    if not all(_DAY.fullmatch(day) for day, _ in headers):
        return History()  # a git from before 2.21
    changes: dict[str, list[_Change]] = {}
    for (day, at_cut), names in _commits(log):
        for name in names:
            changes.setdefault(name, []).append(_Change(name, day, at_cut))
    cut = len(headers) == MOST_COMMITS or any(at_cut for _, at_cut in headers)
    files = {name: _file_history(found) for name, found in sorted(changes.items())}
    return History(Extent.CUT if cut else Extent.WHOLE, files)


def _file_history(changes: list[_Change]) -> FileHistory:
    # The commit at a cut seems to have made every file; what it changed itself is not known.
    known = [change.day for change in changes if not change.at_cut]
    days = known or [change.day for change in changes]
    return FileHistory(max(days), len(changes), or_earlier=not known)


def log_of_commits(root: Path) -> Path | None:
    """The file to which git adds a line with each commit and each switch; None without a repository."""
    found = _git(root, ("git", "rev-parse", "--git-path", "logs/HEAD"))
    return root / found.rstrip("\n") if found else None


def commit_of(root: Path) -> str | None:
    """What tells one history from another: the commit, and where the history is cut; None without any."""
    told = _git(root, _COMMIT)
    if told is None:
        return None
    commit, *names = told.splitlines()
    cuts = (root / name for name in names)
    return " ".join([commit, *(cut.read_bytes().hex() for cut in cuts if cut.is_file())])


def _git_log(root: Path, folders: tuple[str, ...]) -> str | None:
    return _git(root, (*_LOG, *folders))


def _git(root: Path, command: Sequence[str]) -> str | None:
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LONGEST_WAIT,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None  # no git, no repository, or no commit in it
    return done.stdout.decode("utf-8", "replace")


def _commits(log: str) -> Iterator[tuple[tuple[str, bool], list[str]]]:
    """For each commit its day and whether it is at a cut, and the files that it changed."""
    for commit in log.removeprefix("\x01").split("\0\x01") if log else ():
        header, _, names = commit.partition("\0")
        day, _, marks = header.partition("\x02")
        yield (
            (day.strip("\n"), "grafted" in marks.strip("\n").split(", ")),
            [name.lstrip("\n") for name in names.split("\0") if name.strip("\n")],
        )
