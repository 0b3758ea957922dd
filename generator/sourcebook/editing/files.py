"""Writing the files of a project: all of a change, or none of it.

In: files as they were read and as they shall be. Out: nothing. The rule it guards: no file is half-written,
of several none is changed where one cannot be, and what somebody else has written meanwhile is not lost.
"""

import difflib
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sourcebook.editing import journal as journals
from sourcebook.reading.files import KINDS
from sourcebook.site.check import Settings


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it was read and as it shall be; None for no file.

    With `origin` the file was read there, and moves to its path.
    """

    path: Path
    before: bytes | None
    after: bytes | None
    origin: Path | None = None

    @property
    def action(self) -> str:
        """What becomes of the file, in one word."""
        if self.origin:
            return "moved"
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


class WritingError(Exception):
    """A change that is not made; `path` is the file because of which, `reason` says why and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class UnlikeError(Exception):
    """A file that would not read as it should after a change: it is left as it is, to be changed by hand."""


def new_file(settings: Settings, kind: str, id: str) -> Path:
    """Where a new record of a kind is put: a file of its own, named like its id."""
    collection = settings.collection
    folder = collection.seeds_dir if kind == "source" else f"{collection.content_dir}/{KINDS[kind]}"
    return settings.root / folder / f"{id}.yml"


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist, and the folders above it; raises WritingError."""
    apply((Change(path, None, content),))


def apply(changes: Iterable[Change], root: Path | None = None) -> None:
    """Make all changes, or none; raises WritingError where one cannot be or a file is not as it was read.

    Everything is written beside its place first; then the files are exchanged one by one, and put back if one
    of them cannot be. With the folder of the project, the same holds if the process is killed meanwhile: the
    next start completes or undoes it.
    """
    made = [Prepared(step, beside(step)) for change in changes for step in steps(change)]
    for each in made:
        refuse_unsafe(each.change)
    journal = begun(root, made) if root and made else None
    try:
        for each in made:
            prepare(each)
        if journal:
            journal.ready()
        exchange(made)
    finally:
        for each in made:
            if each.beside:
                each.beside.unlink(missing_ok=True)
        if journal:
            journal.close()


class Prepared(NamedTuple):
    """What is done to one file, and where its new content lies until then; None for a removal."""

    change: Change
    beside: Path | None


def beside(change: Change) -> Path | None:
    """A name beside the place of a file that no other file has; None where it is removed."""
    if change.after is None:
        return None
    return change.path.with_name(f"{journals.BESIDE}{secrets.token_hex(8)}")


def begun(root: Path, made: Iterable[Prepared]) -> journals.Journal | None:
    """The journal of what lies in the project; raises WritingError."""
    inside = [each for each in made if each.change.path.is_relative_to(root)]
    try:
        return journals.begin(root, (journal_step(each, root) for each in inside))
    except journals.BusyError:
        reason = "another command is changing the files of this project; run this again after it"
        raise WritingError(root / journals.NAME, reason) from None
    except OSError as error:
        raise WritingError(root / journals.NAME, f"cannot be written: {error.strerror}") from None


def journal_step(each: Prepared, root: Path) -> journals.Step:
    """A step as the journal has it."""
    change = each.change
    return journals.Step(
        name_in(change.path, root),
        name_in(each.beside, root) if each.beside else None,
        None if change.before is None else journals.fingerprint(change.before),
        None if change.after is None else journals.fingerprint(change.after),
    )


def steps(change: Change) -> Iterator[Change]:
    """A change as what is done to each file: a move is a new file and a removal."""
    if change.origin:
        yield Change(change.path, None, change.after)
        yield Change(change.origin, change.before, None)
    elif change.before != change.after:
        yield change


def as_diff(changes: Iterable[Change], root: Path) -> str:
    """All changes as one unified diff of the form of git, with paths relative to a folder."""
    return "".join(line for change in changes for line in diff_of(change, root))


def diff_of(change: Change, root: Path) -> Iterator[str]:
    """The lines of the diff of one file; of a file that moves as it is, its two names."""
    old, new = name_in(change.origin or change.path, root), name_in(change.path, root)
    if change.origin:
        yield f"diff --git a/{old} b/{new}\nrename from {old}\nrename to {new}\n"
    lines = difflib.unified_diff(
        diff_lines(change.before),
        diff_lines(change.after),
        "/dev/null" if change.before is None else f"a/{old}",
        "/dev/null" if change.after is None else f"b/{new}",
    )
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def diff_lines(content: bytes | None) -> list[str]:
    """The lines of a file, with their ends; LF alone ends a line."""
    return [line for line in re.split(r"(?<=\n)", (content or b"").decode("utf-8", "replace")) if line]


def name_in(path: Path, root: Path) -> str:
    """A file's path relative to a folder where it lies in it, with forward slashes."""
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def refuse_unsafe(change: Change) -> None:
    """Raise WritingError where a file is in the way, is not as it was read, or may not be written."""
    path = change.path
    if path.is_symlink():
        raise WritingError(path, "this is a symbolic link; give the file itself")
    found = read_or_none(path)
    if change.before is None and found is not None:
        raise WritingError(path, "there is a file already; it is not overwritten")
    if found != change.before:
        raise WritingError(path, "the file was changed meanwhile; run the command again")
    if change.before is None:
        other = path.with_suffix(".yaml" if path.suffix == ".yml" else ".yml")
        if path.suffix in (".yml", ".yaml") and other.exists():
            raise WritingError(path, f"{other.name} has the same id; it is not overwritten")
    elif not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise WritingError(path, "the file is read-only; make it writable first")


def read_or_none(path: Path) -> bytes | None:
    """The bytes of a file; None where there is none. Raises WritingError where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WritingError(path, f"cannot be read: {error.strerror}") from None


def prepare(each: Prepared) -> None:
    """Write the new content beside its place, with the permissions of the old one; raises WritingError."""
    change, beside = each
    if beside is None or change.after is None:
        return
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(change.after)
        beside.chmod(stat.S_IMODE(change.path.stat().st_mode) if change.before is not None else 0o644)
    except OSError as error:
        raise WritingError(change.path, f"cannot be written: {error.strerror}") from None


def exchange(made: Iterable[Prepared]) -> None:
    """Put each prepared file in its place; where one cannot be, put back those before it."""
    done: list[Change] = []
    for change, beside in made:
        try:
            if beside:
                beside.replace(change.path)
            else:
                change.path.unlink()
        except OSError as error:
            put_back(done)
            raise WritingError(
                change.path, f"cannot be written: {error.strerror}; nothing was changed"
            ) from None
        done.append(change)


def put_back(done: Iterable[Change]) -> None:
    """Give files the content that they had."""
    for change in done:
        if change.before is None:
            change.path.unlink(missing_ok=True)
        else:
            change.path.write_bytes(change.before)
