"""The pages of records that a build has made, so that the next one makes only those that change.

In: what each page was made from, and what is to be known of it. Out: the same, from a file of the project
that git ignores. The rule it guards: a page is kept only if everything that it was made from is the same, and
a file that is not exactly what was written holds no page.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from sourcebook.graph.traced import Fingerprints, Read
from sourcebook.site.manifest import FOLDER

FILE = "pages.json"
FORMAT = "1"

Anchor = tuple[str, str]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page: what it was made from, and what is to be known of it.

    `sha256` is of its HTML; `shape` is that of the theme's page, and `shell` the fingerprint of what the
    theme wrote around it; `linked` are the files that it leads to, with their addresses, and `wanted` the ids
    in these, each with the link; `ids` are its own, a line for each, and `entries` are what the search finds.
    """

    read: frozenset[Read]
    sha256: str
    shape: tuple[Any, ...]
    shell: str
    linked: Mapping[str, str]
    wanted: Mapping[Anchor, str]
    ids: str
    entries: list[Entry]


@dataclass(frozen=True)
class KeptPages:
    """Pages by the paths of their Markdown files, and the fingerprints of what they were made from.

    `key` is of what all of them were made from besides.
    """

    key: str = ""
    pages: Mapping[str, KeptPage] = field(default_factory=dict)
    prints: Mapping[Read, str] = field(default_factory=dict)

    def unchanged(self, now: Fingerprints) -> dict[str, KeptPage]:
        """The pages of which nothing that they read has changed."""
        changed = {read for read, known in self.prints.items() if now.of(read) != known}
        return {path: page for path, page in self.pages.items() if changed.isdisjoint(page.read)}


def read_pages(root: Path, key: str) -> KeptPages:
    """The pages that the last build has kept under a key; none where the file is not what was written."""
    try:
        checksum, _, body = (root / FOLDER / FILE).read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != checksum:
            return KeptPages()
        told, known, reads, pages = orjson.loads(body)
        if (told, known) != (FORMAT, key):
            return KeptPages()
        all_read = [((name, as_key(value)), print_) for name, value, print_ in reads]
        found = {path: as_page(values, all_read) for path, values in pages.items()}
        return KeptPages(key, found, dict(all_read))
    except (OSError, ValueError, TypeError, IndexError, AttributeError):
        return KeptPages()


def as_key(value: Any) -> Any:
    """A key of a graph's field: those of figures are pairs."""
    return tuple(value) if isinstance(value, list) else value


def as_page(values: list[Any], all_read: list[tuple[Read, str]]) -> KeptPage:
    """A page as it was kept."""
    read, sha256, shape, shell, linked, wanted, ids, entries = values
    return KeptPage(
        frozenset(all_read[number][0] for number in read),
        sha256,
        tuple(shape),
        shell,
        linked,
        {(path, anchor): target for path, anchor, target in wanted},
        ids,
        entries,
    )


def write_pages(root: Path, kept: KeptPages) -> None:
    """Keep pages for the next build, whole or not at all; raises OSError where that cannot be."""
    numbers = {read: number for number, read in enumerate(kept.prints)}
    reads = [(name, value, print_) for (name, value), print_ in kept.prints.items()]
    pages = {path: as_values(page, numbers) for path, page in kept.pages.items()}
    write_checked(root / FOLDER / FILE, orjson.dumps([FORMAT, kept.key, reads, pages]))


def as_values(page: KeptPage, numbers: Mapping[Read, int]) -> tuple[Any, ...]:
    """A page as it is kept."""
    wanted = [(path, anchor, target) for (path, anchor), target in page.wanted.items()]
    read = [numbers[one] for one in page.read]
    return read, page.sha256, (*page.shape,), page.shell, page.linked, wanted, page.ids, page.entries


def write_checked(path: Path, body: bytes) -> None:
    """Write a file with the checksum of its body in the first line, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(body).hexdigest().encode() + b"\n")
            stream.write(body)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def prints_of(pages: Iterable[KeptPage], now: Fingerprints) -> dict[Read, str]:
    """The fingerprints of everything that pages have read."""
    return {read: now.of(read) for page in pages for read in page.read}
