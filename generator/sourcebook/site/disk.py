"""The door to the disk: a docs folder and a mkdocs.yml that any engine builds without the plugin.

In: the files of a site. Out: a folder in which only what changed is written, and what we wrote once and
make no longer is removed. The rule it guards: nothing that is not ours is touched.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sourcebook.site.spool import Spool
from sourcebook.site.whole import sha256_of, written_whole

MANIFEST = ".sourcebook.json"


@dataclass(frozen=True, slots=True)
class Written:
    """How many files a run wrote, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


class InTheWayError(Exception):
    """Files that are not ours stand where ours belong."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        super().__init__(", ".join(map(str, paths)))
        self.paths = paths


def write_tree(out: Path, files: Spool) -> Written:
    """Make the folder hold these files, by relative path; raises InTheWayError before anything is written."""
    ours = read_manifest(out)
    digests = {path: sha256_of(files.pieces(path)) for path in sorted(files)}
    changed = [path for path in digests if differs(out / path, files.pieces(path))]
    foreign = tuple(out / path for path in changed if path not in ours and (out / path).exists())
    foreign += links_out(out, files)
    if foreign:
        raise InTheWayError(foreign)
    # Named in the manifest before they exist: after a kill they are still known to be ours.
    save_manifest(out, {**ours, **digests})
    for path in changed:
        replace(out / path, files.pieces(path))
    removed = tuple(remove_stale(out, ours, digests))
    save_manifest(out, digests)
    return Written(len(changed), len(files) - len(changed), len(removed))


def links_out(out: Path, files: Iterable[str]) -> tuple[Path, ...]:
    """The folders of files that, links followed, do not lie inside the output folder."""
    folders = sorted({(out / path).parent for path in files})
    return tuple(folder for folder in folders if not inside(folder, out))


def differs(path: Path, pieces: Iterable[bytes]) -> bool:
    """Whether a file is missing or holds something else."""
    try:
        with path.open("rb") as stream:
            return any(stream.read(len(piece)) != piece for piece in pieces) or stream.read(1) != b""
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return True


def remove_stale(out: Path, ours: Iterable[str], files: Iterable[str]) -> Iterator[str]:
    """Remove what we wrote once and make no longer, and the folders that are empty then."""
    for path in sorted(set(ours) - set(files)):
        stale = out / path
        if stale.is_file() and inside(stale, out):
            stale.unlink()
            yield path
            remove_empty_folders(stale.parent, out)


def remove_empty_folders(folder: Path, out: Path) -> None:
    """Remove a folder and those above it, up to the output folder, as long as they are empty."""
    while folder != out and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def inside(path: Path, folder: Path) -> bool:
    """Whether a path, links followed, lies inside a folder."""
    return path.resolve().is_relative_to(folder.resolve())


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as stream:
        stream.writelines(pieces)
        Path(stream.name).chmod(0o644)


def read_manifest(out: Path) -> dict[str, str]:
    """What we wrote into the folder, with its SHA-256; empty where there is no manifest or it is broken."""
    try:
        found = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def save_manifest(out: Path, files: Mapping[str, str]) -> None:
    """Write down what is ours."""
    text = json.dumps(dict(sorted(files.items())), indent=0) + "\n"
    if differs(out / MANIFEST, (text.encode(),)):
        replace(out / MANIFEST, (text.encode(),))
