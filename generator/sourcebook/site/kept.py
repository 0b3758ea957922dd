"""What a build keeps of what it has made from the graph, so that the next one makes only what changes.

In: values by name, each with what was read for it. Out: the same, from a file of the project that git
ignores. The rule it guards: what was made is taken again only if everything that was read for it is the same,
and a file that is not exactly what was written holds nothing.

The file has the checksum of all that follows, what was read, and a line for each name. The lines wait on the
disk, not in memory, until they are asked for, and so do those for the next build.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any, NamedTuple

import orjson

from sourcebook.graph.traced import Fingerprints, Read
from sourcebook.site.manifest import FOLDER
from sourcebook.site.whole import sha256_of, written_whole

FORMAT = "3"


class Kept(NamedTuple):
    """What is kept under a name: what was read for it, and the values themselves."""

    read: frozenset[Read]
    values: list[Any]


class LastKept:
    """What the last build has kept, by name."""

    def __init__(self, stream: IO[bytes] | None = None, reads: tuple[tuple[Read, str], ...] = ()) -> None:
        self.stream, self.reads = stream, reads
        self.places: dict[str, int] = {}

    def find(self, now: Fingerprints) -> None:
        """Find the names for which nothing that was read has changed."""
        if self.stream is None:
            return
        changed = {number for number, (read, known) in enumerate(self.reads) if now.of(read) != known}
        place = self.stream.tell()
        for line in self.stream:
            name, read, *_ = orjson.loads(line)
            if changed.isdisjoint(read):
                self.places[name] = place
            place += len(line)

    def of(self, name: str) -> Kept | None:
        """What was found under a name; None where there is nothing."""
        if self.stream is None or name not in self.places:
            return None
        self.stream.seek(self.places[name])
        _, read, *values = orjson.loads(self.stream.readline())
        return Kept(frozenset(self.reads[number][0] for number in read), values)


def last_kept(path: Path, key: str, now: Fingerprints, tell: Callable[[str], object]) -> LastKept:
    """What the last build has kept in a file under a key; of a file that is not used `tell` hears why."""
    try:
        stream = path.open("rb")
    except OSError:
        return LastKept()
    try:
        return opened(stream, key, now)
    except (OSError, ValueError, TypeError):
        tell("it is not as it was written")
    except OutdatedError:
        tell("it was made with another version, other settings or templates")
    return LastKept()


class OutdatedError(Exception):
    """What was kept is of another form, or was made with something else besides the facts."""


def opened(stream: IO[bytes], key: str, now: Fingerprints) -> LastKept:
    """What a file holds; raises OutdatedError, and others where it is not exactly what was written."""
    checksum = stream.readline().strip()
    start = stream.tell()
    if hashlib.file_digest(stream, "sha256").hexdigest().encode() != checksum:  # type: ignore[arg-type]
        raise ValueError("checksum")
    stream.seek(start)
    told, known, reads = orjson.loads(stream.readline())
    if (told, known) != (FORMAT, key):
        raise OutdatedError
    last = LastKept(stream, tuple(((name, as_key(value)), print_) for name, value, print_ in reads))
    last.find(now)
    return last


def as_key(value: Any) -> Any:
    """A key of a graph's field: those of figures are pairs."""
    return tuple(value) if isinstance(value, list) else value


@dataclass
class NextKept:
    """What is kept for the next build."""

    numbers: dict[Read, int] = field(default_factory=dict)
    lines: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def add(self, name: str, kept: Kept) -> None:
        """Keep something by its name."""
        read = [self.numbers.setdefault(one, len(self.numbers)) for one in kept.read]
        self.lines.write(orjson.dumps([name, read, *kept.values]) + b"\n")

    def write(self, path: Path, key: str, now: Fingerprints) -> None:
        """Write all of it, whole or not at all; raises OSError where that cannot be."""
        reads = [(name, value, now.of((name, value))) for name, value in self.numbers]
        head = orjson.dumps([FORMAT, key, reads]) + b"\n"
        self.lines.seek(0)
        sha256 = sha256_of(chain((head,), self.lines))
        self.lines.seek(0)
        with written_whole(path) as stream:
            stream.write(sha256.encode() + b"\n" + head)
            shutil.copyfileobj(self.lines, stream)


def kept_in(root: Path, file: str) -> Path:
    """Where a project keeps a file for the next build."""
    return root / FOLDER / file
