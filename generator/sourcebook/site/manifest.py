"""What a build has read and what it has published, so that the next one can tell that nothing has changed.

In: paths. Out: for each file its SHA-256 and what the system tells of it, kept in a file of the project that
git ignores. The rule it guards: whatever cannot be told for certain counts as changed.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from sourcebook.site.whole import sealed, unsealed, written_whole

FOLDER = ".sourcebook-cache"
FILE = "manifest.json"
NEVER_READ = frozenset({".git", "__pycache__", FOLDER})
YOUNG = 2_000_000_000
"""Nanoseconds within which a second change may leave a file's times as they are, on the coarsest disks."""

Signature = tuple[int, int, int, int]
"""What changes whenever a file does: time of change and of the last state change, size, and identity."""
Told = tuple[int, str, str]
"""A message of a build: its level, the name of its log, and its text."""


class DoubtError(Exception):
    """Something of which nobody can tell whether it has changed."""


@dataclass(frozen=True, slots=True)
class State:
    """What is in a file; without a signature it was too young for that to be trusted, and is read again."""

    signature: Signature | None
    sha256: str


States = dict[str, State]


@dataclass(frozen=True)
class Manifest:
    """A build: what shaped it besides files, where it read, the files read and published, what it told."""

    key: str
    places: tuple[str, ...] = ()
    inputs: States = field(default_factory=dict)
    published: States = field(default_factory=dict)
    told: tuple[Told, ...] = ()


def found_files(*places: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file at or below some places, with what the system tells of it; a missing place has none.

    Raises DoubtError at a link, behind which anything may be, and OSError where something cannot be read.
    """
    for place in places:
        with suppress(FileNotFoundError):
            if place.is_dir():
                yield from _below(place)
            else:
                yield str(place), place.stat()


def _below(folder: Path | str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name in NEVER_READ:
                continue
            if entry.is_symlink():
                raise DoubtError(entry.path)
            if entry.is_dir():
                yield from _below(entry.path)
            else:
                yield entry.path, entry.stat()


def states(found: Iterable[tuple[str, os.stat_result]], known: Mapping[str, State], now: int) -> States:
    """The state of each file; one that is as it is known to be is not read.

    `now` is the time by the disk's own clock.
    """
    return {path: _state(path, told, known.get(path), now) for path, told in found}


def _state(path: str, told: os.stat_result, known: State | None, now: int) -> State:
    signature = (told.st_mtime_ns, told.st_ctime_ns, told.st_size, told.st_ino)
    if known is not None and known.signature == signature:
        return known
    with Path(path).open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    is_young = max(told.st_mtime_ns, told.st_ctime_ns) > now - YOUNG
    return State(None if is_young else signature, sha256)


def same_contents(one: Mapping[str, State], other: Mapping[str, State]) -> bool:
    """Whether two sets of files have the same names and contents."""
    return one.keys() == other.keys() and all(
        state.sha256 == other[path].sha256 for path, state in one.items()
    )


def by_path(found: Mapping[str, State], folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder, by its path in it."""
    return {path[len(str(folder)) + 1 :].replace(os.sep, "/"): state.sha256 for path, state in found.items()}


def disk_time(root: Path) -> int:
    """The time by the clock of the disk on which the manifest lies; raises OSError where none can be."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        # The folder keeps itself out of git, whatever the project's own list says.
        with written_whole(ignored) as stream:
            stream.write(b"*\n")
            Path(stream.name).chmod(0o644)
    with tempfile.NamedTemporaryFile(dir=folder) as probe:
        return os.fstat(probe.fileno()).st_mtime_ns


def read_manifest(root: Path) -> Manifest | None:
    """The manifest of the last build; None where there is none, or it is not exactly what was written."""
    try:
        body = unsealed((root / FOLDER / FILE).read_bytes())
        if body is None:
            return None
        key, places, inputs, published, told = orjson.loads(body)
        messages = tuple((level, name, text) for level, name, text in told)
        return Manifest(key, tuple(places), _as_states(inputs), _as_states(published), messages)
    except (OSError, ValueError, TypeError):
        return None


def _as_states(values: dict[str, tuple[list[int] | None, str]]) -> States:
    return {
        path: State((seen[0], seen[1], seen[2], seen[3]) if seen else None, sha256)
        for path, (seen, sha256) in values.items()
    }


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all; raises OSError where it cannot be."""
    files = (_as_values(manifest.inputs), _as_values(manifest.published))
    body = orjson.dumps([manifest.key, manifest.places, *files, manifest.told])
    with written_whole(root / FOLDER / FILE) as stream:
        stream.write(sealed(body))


def _as_values(found: States) -> dict[str, tuple[Signature | None, str]]:
    return {path: (state.signature, state.sha256) for path, state in found.items()}
