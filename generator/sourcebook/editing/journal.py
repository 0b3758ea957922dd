"""What is being written, so that a change of many files that was broken off is completed or undone.

In: a project, and the steps of a change. Out: a file that is there while files are changed, and what the next
start makes of it. The rule it guards: after a kill at any moment and one start more, every file is as before
the change, or every file is as after it; and a journal moves no file out of its folder or the project.

The first line tells the steps, and is there before any file is; the word `ready` on the second, that all new
texts lie beside their places. Without it the change is undone, with it it is completed.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

try:
    import fcntl
except ImportError:  # Windows has no such locks.
    fcntl = None  # type: ignore[assignment]

NAME = ".sourcebook-edit"
BESIDE = ".sourcebook-"
"""What the name of a text begins with that lies beside its place."""
READY = "ready"


class StuckError(Exception):
    """A change that was broken off and can neither be completed nor undone: the file, and why."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


class BusyError(Exception):
    """Another command is changing the files of the project."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is done to one file, by paths from the project's folder and fingerprints; None for no file."""

    path: str
    beside: str | None
    before: str | None
    after: str | None


@dataclass(slots=True)
class Journal:
    """A journal that this process holds; a kill lets it go."""

    path: Path
    handle: int

    def ready(self) -> None:
        """Note that everything lies beside its place: from here on the change is completed."""
        write_all(self.handle, f"{READY}\n".encode())
        os.fsync(self.handle)

    def close(self) -> None:
        """Remove the journal: nothing is under way."""
        if fcntl is None:  # An open file cannot be removed there.
            os.close(self.handle)
        self.path.unlink(missing_ok=True)
        if fcntl is not None:
            os.close(self.handle)


def begin(root: Path, steps: Iterable[Step]) -> Journal:
    """The journal of a change; raises BusyError, and OSError where it cannot be written."""
    path = root / NAME
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        raise BusyError from None
    journal = Journal(path, handle)
    if not hold(handle) or not is_at(handle, path):
        os.close(handle)
        raise BusyError
    try:
        write_all(handle, (json.dumps([asdict(step) for step in steps]) + "\n").encode())
        os.fsync(handle)
    except OSError:
        journal.close()
        raise
    return journal


def write_all(handle: int, data: bytes) -> None:
    """Write bytes to the end."""
    while data:
        data = data[os.write(handle, data) :]


def hold(handle: int) -> bool:
    """Whether the lock of an open journal is ours now; so it is where the system has none."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_at(handle: int, path: Path) -> bool:
    """Whether an open file is still the one at a path."""
    try:
        return os.path.samestat(os.fstat(handle), path.lstat())
    except FileNotFoundError:
        return False


def recover(root: Path) -> str | None:
    """Complete or undo what was broken off, and say so in a sentence; None where nothing was.

    Raises BusyError where another command is at it, StuckError where a file was changed since, and OSError.
    """
    path = root / NAME
    if path.is_symlink() or not path.is_file():
        return None
    journal = Journal(path, os.open(path, os.O_RDWR))
    if not hold(journal.handle) or not is_at(journal.handle, path):
        os.close(journal.handle)
        raise BusyError
    try:
        first, end, rest = path.read_bytes().partition(b"\n")
        # A line that is not whole was broken off before any other file was written.
        steps = steps_in(root, first) if end else ()
        said = completed(root, steps) if rest == f"{READY}\n".encode() else undone(root, steps)
    except BaseException:
        os.close(journal.handle)
        raise
    journal.close()
    return said


def steps_in(root: Path, line: bytes) -> tuple[Step, ...]:
    """The steps of a journal; raises StuckError for one that this program would not have written."""
    try:
        held = json.loads(line)
        steps = tuple(Step(**each) for each in held)
        ours = isinstance(held, list) and all(is_ours(root, step) for step in steps)
    except (ValueError, TypeError, RecursionError):
        ours = False
    if not ours:
        raise StuckError(NAME, "this is no journal of this program; remove it")
    return steps


def is_ours(root: Path, step: Step) -> bool:
    """Whether a step stays in the project, out of what is hidden there, and beside its place."""
    if not isinstance(step.path, str):
        return False
    path = PurePosixPath(step.path)
    hidden = any(part.startswith(".") for part in path.parts)
    if hidden or path.is_absolute() or not (root / path).parent.resolve().is_relative_to(root.resolve()):
        return False
    if step.beside is None:
        return step.after is None
    beside = PurePosixPath(str(step.beside))
    return beside.parent == path.parent and beside.name.startswith(BESIDE) and bool(step.after)


def undone(root: Path, steps: Iterable[Step]) -> str:
    """Remove what was written beside its place."""
    for step in steps:
        if step.beside:
            (root / step.beside).unlink(missing_ok=True)
    return "a change that was broken off before any file was changed is undone"


def completed(root: Path, steps: tuple[Step, ...]) -> str:
    """Change what is not changed yet; raises StuckError, and changes nothing, where a file is another."""
    for step in steps:
        refuse_other(root, step)
    for step in steps:
        exchange(root, step)
    files = "file" if len(steps) == 1 else "files"
    return f"a change of {len(steps):,} {files} that was broken off is completed"


def refuse_other(root: Path, step: Step) -> None:
    """Raise StuckError where a file is neither as before nor as after, or its new text is not there."""
    present = fingerprint_of(root / step.path)
    if present == step.after:
        return
    remedy = f"make the file as you want it, then remove {NAME}"
    if present != step.before:
        raise StuckError(step.path, f"it was changed after a change of it was broken off; {remedy}")
    if step.beside and fingerprint_of(root / step.beside) != step.after:
        raise StuckError(step.path, f"what it was to become after a change was broken off is lost; {remedy}")


def exchange(root: Path, step: Step) -> None:
    """Do a step, if it is not done."""
    path, beside = root / step.path, root / step.beside if step.beside else None
    if fingerprint_of(path) == step.after:
        if beside:
            beside.unlink(missing_ok=True)
    elif beside:
        beside.replace(path)
    else:
        path.unlink()


def fingerprint_of(path: Path) -> str | None:
    """The fingerprint of a file as it is; None for no file."""
    try:
        return fingerprint(path.read_bytes())
    except FileNotFoundError:
        return None


def fingerprint(content: bytes) -> str:
    """The fingerprint of the content of a file."""
    return sha256(content).hexdigest()
