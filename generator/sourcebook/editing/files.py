"""Writing the files of a project: all of a change, or none of it.

In: files as they were read and as they shall be. Out: nothing. The rule it guards: no file is half-written,
of several none is changed where one cannot be, and what somebody else has written meanwhile is not lost.
"""

import os
import stat
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sourcebook.reading.files import KINDS
from sourcebook.site.check import Settings


@dataclass(frozen=True, slots=True)
class Change:
    """A file as it was read and as it shall be; None for no file."""

    path: Path
    before: bytes | None
    after: bytes | None


class WritingError(Exception):
    """A change that is not made; `path` is the file because of which, `reason` says why and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def new_file(settings: Settings, kind: str, id: str) -> Path:
    """Where a new record of a kind is put: a file of its own, named like its id."""
    collection = settings.collection
    folder = collection.seeds_dir if kind == "source" else f"{collection.content_dir}/{KINDS[kind]}"
    return settings.root / folder / f"{id}.yml"


def write_new(path: Path, content: bytes) -> None:
    """Write a file that does not exist, and the folders above it; raises WritingError."""
    apply((Change(path, None, content),))


def apply(changes: Iterable[Change]) -> None:
    """Make all changes, or none; raises WritingError where one cannot be or a file is not as it was read.

    Everything is written beside its place first; then the files are exchanged one by one, and put back if one
    of them cannot be.
    """
    wanted = [change for change in changes if change.before != change.after]
    for change in wanted:
        refuse_unsafe(change)
    made: list[tuple[Change, Path | None]] = []
    try:
        for change in wanted:
            made.append((change, prepared(change)))
        exchange(made)
    finally:
        for _, beside in made:
            if beside:
                beside.unlink(missing_ok=True)


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


def prepared(change: Change) -> Path | None:
    """The new content in a file beside its place, with the permissions of the old one; None for a removal."""
    if change.after is None:
        return None
    path = change.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".sourcebook-")
        with os.fdopen(handle, "wb") as stream:
            stream.write(change.after)
        Path(name).chmod(stat.S_IMODE(path.stat().st_mode) if change.before is not None else 0o644)
    except OSError as error:
        raise WritingError(path, f"cannot be written: {error.strerror}") from None
    return Path(name)


def exchange(made: Iterable[tuple[Change, Path | None]]) -> None:
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
