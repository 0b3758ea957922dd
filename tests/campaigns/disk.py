"""A disk that fills up at every point of a build, and one that may not be written: the last good site stays.

In: a project on a small disk of its own, a number of fillings. Out: how many builds found no room, and what
was found broken. Each filling leaves another amount of room; a build must put the whole new site in place or
leave the whole old one, say so by its exit code, and never end in a traceback. Needs the right to mount.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaigns.kills import fingerprint
from small_project import mkdocs_process, small_project

FILLING = "filling"
MEGABYTES = 64
EDITED = "content/actors/town-council.yml"


class NotPermittedError(Exception):
    """The system does not let us mount a disk."""


@dataclass(frozen=True)
class Outcome:
    """How many builds found no room, how many did, and what was broken after which."""

    refused: int
    built: int
    broken: tuple[str, ...]


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """A disk in memory at a folder until the end; gives a function that mounts it again with an option."""

    def mount(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise NotPermittedError

    try:
        mount(f"size={MEGABYTES}m")
    except OSError:
        raise NotPermittedError from None
    try:
        yield lambda option: mount(f"remount,{option}")
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, left: int) -> None:
    """Fill a disk but for so many bytes."""
    (disk / FILLING).unlink(missing_ok=True)
    room = shutil.disk_usage(disk).free - left
    with (disk / FILLING).open("wb") as stream:
        stream.truncate(0)
        for _ in range(room // 4096):
            stream.write(bytes(4096))


def fill_disk(disk: Path, fillings: int) -> Outcome:
    """Build the small project on a disk that is filled in so many ways, from no room to nearly enough."""
    project = small_project(disk / "project")
    texts = [(project / EDITED).read_text(encoding="utf-8")]
    texts.append(texts[0] + "former_ids: switched\n")
    prints = [built_whole(project, text) for text in texts]
    needed = sum(path.stat().st_size for path in (project / "site").rglob("*"))
    refused, broken = 0, []
    for number in range(fillings):
        served = prints.index(fingerprint(project / "site"))
        (project / EDITED).write_text(texts[1 - served], encoding="utf-8")
        fill(disk, needed * number // fillings)
        ended = mkdocs_process(project, "build", "--quiet")
        (disk / FILLING).unlink()
        refused += ended.exit_code != 0
        wanted = served if ended.exit_code else 1 - served
        broken += [f"filling {number}: {what}" for what in faults(project, ended.output, prints[wanted])]
    return Outcome(refused, fillings - refused, tuple(broken))


def faults(project: Path, output: str, wanted: str) -> Iterator[str]:
    """What is wrong after a build."""
    if fingerprint(project / "site") != wanted:
        yield "what is served is not the site that it should be"
    if "Traceback" in output:
        yield f"a traceback: {output[-2000:]}"
    if list(project.glob(".site*")):
        yield "an unfinished site was left"


def built_whole(project: Path, text: str) -> str:
    """Build the project with this text; the site's fingerprint."""
    (project / EDITED).write_text(text, encoding="utf-8")
    ended = mkdocs_process(project, "build", "--quiet")
    assert ended.exit_code == 0, ended.output
    return fingerprint(project / "site")


def read_only(disk: Path, remount: Callable[[str], None]) -> list[str]:
    """Build on a disk that may not be written; what is wrong after it."""
    project = small_project(disk / "project")
    before = built_whole(project, (project / EDITED).read_text(encoding="utf-8"))
    remount("ro")
    ended = mkdocs_process(project, "build", "--quiet")
    remount("rw")
    wrong = list(faults(project, ended.output, before))
    if ended.exit_code == 0 or "Read-only file system" not in ended.output:
        wrong.append(f"exit code {ended.exit_code}: {ended.output}")
    return wrong


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with small_disk(Path(scratch)):
                outcome = fill_disk(Path(scratch), int(sys.argv[1]))
        except NotPermittedError:
            sys.exit("no disk can be mounted here: the campaign of full disks is skipped")
    print(f"{outcome.refused} builds found no room, {outcome.built} did")
    print("\n".join(outcome.broken) or "each time a whole site was served")
    sys.exit(bool(outcome.broken))
