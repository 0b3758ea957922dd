"""Changing a published site file by file, under a journal.

In: the folder of the published site, and beside it the files that are to be others. Out: nothing. The rule it
guards: every file is whole at every moment, and what a killed run has left undone is done at the next start.

Nothing is touched before the journal is there; whoever finds one goes through with it. Doing it twice does no
harm: what has been moved is not there to be moved again.
"""

import os
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import orjson

from sourcebook.site.whole import NO_ROOM, sealed, unsealed, written_whole

TO_BE = ".journal-to-be"
"""How the name of a journal ends that is not written to its end."""


@dataclass(frozen=True)
class Changes:
    """The files that take the place of others or are new, and those that are no more, by their paths."""

    moved: tuple[str, ...]
    removed: tuple[str, ...]


def changes_between(published: Mapping[str, str], made: Mapping[str, str], standing: Set[str]) -> Changes:
    """What turns the published site into the next one, which is `made` and what is `standing` of the last.

    Files are given with their SHA-256. What is hidden stays: it is not the site's.
    """
    moved = tuple(path for path, sha256 in made.items() if published.get(path) != sha256)
    known = made.keys() | standing
    removed = tuple(path for path in published if path not in known and not path.startswith("."))
    return Changes(moved, removed)


def journal_of(site: Path) -> Path:
    """Where the journal of a site's changes is, as long as they are under way."""
    return site.with_name(f".{site.name}.journal")


def change(site: Path, made: Path, changes: Changes) -> None:
    """Change the published site; `made` is the folder with the files that are new. Raises OSError."""
    write_journal(site, changes)
    go_through(site, made, changes)


def write_journal(site: Path, changes: Changes) -> None:
    """Write down what is to be done, whole or not at all."""
    with written_whole(journal_of(site), f".{site.name}.", TO_BE) as stream:
        stream.write(sealed(orjson.dumps([changes.moved, changes.removed])))
        stream.flush()
        os.fsync(stream.fileno())


def go_through(site: Path, made: Path, changes: Changes) -> None:
    """Do what is written in the journal, as far as it is not done, and remove it."""
    for path in changes.removed:
        (site / path).unlink(missing_ok=True)
        remove_empty(site, (site / path).parent)
    folders: set[Path] = set()
    for path in changes.moved:
        new, place = made / path, site / path
        if place.parent not in folders:
            place.parent.mkdir(parents=True, exist_ok=True)
            folders.add(place.parent)
        if new.exists():
            new.replace(place)
    journal_of(site).unlink()


def remove_empty(site: Path, folder: Path) -> None:
    """Remove a folder of the site, and those around it, as far as nothing is in them."""
    while folder != site and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def finish(site: Path, made: Path) -> None:
    """Go through with the changes that a killed run has begun.

    A journal that is not whole, or cannot be gone through with, is removed; the next build compares files.
    On a full disk it stays, until there is room. Raises OSError then.
    """
    for left in site.parent.glob(f".{site.name}.*{TO_BE}"):
        left.unlink(missing_ok=True)
    try:
        body = unsealed(journal_of(site).read_bytes())
    except FileNotFoundError:
        return
    if body is not None and site.is_dir():
        moved, removed = orjson.loads(body)
        if all(map(is_inside, (*moved, *removed))):
            try:
                go_through(site, made, Changes(tuple(moved), tuple(removed)))
            except OSError as error:
                if error.errno in NO_ROOM:
                    raise
    journal_of(site).unlink(missing_ok=True)


def is_inside(path: str) -> bool:
    """Whether a path of a journal is one of a file in the site."""
    return not path.startswith("/") and ".." not in path.split("/")
