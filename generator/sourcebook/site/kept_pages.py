"""The pages of records that a build has made, so that the next one makes only those that change.

In: what each page was made from, and what is to be known of it. Out: the same, from a file of the project
that git ignores. The rule it guards: a page is kept only if everything that it was made from is the same, and
a file that is not exactly what was written holds no page.

The file has the checksum of all that follows, what was read, and a line for each page. The lines wait on the
disk, not in memory, until they are asked for, and so do those for the next build.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, Any

import orjson

from sourcebook.graph.traced import Fingerprints, Read
from sourcebook.site.manifest import FOLDER
from sourcebook.site.whole import sha256_of, written_whole

FILE = "pages.json"
FORMAT = "2"

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


class LastPages:
    """The pages that the last build has kept, by the paths of their Markdown files."""

    def __init__(self, stream: IO[bytes] | None = None, reads: tuple[tuple[Read, str], ...] = ()) -> None:
        self.stream, self.reads = stream, reads
        self.places: dict[str, int] = {}

    def find(self, now: Fingerprints) -> None:
        """Find the pages of which nothing that they read has changed."""
        if self.stream is None:
            return
        changed = {number for number, (read, known) in enumerate(self.reads) if now.of(read) != known}
        place = self.stream.tell()
        for line in self.stream:
            path, read, *_ = orjson.loads(line)
            if changed.isdisjoint(read):
                self.places[path] = place
            place += len(line)

    def page(self, path: str) -> KeptPage | None:
        """A page that was found; None where there is none at a path."""
        if self.stream is None or path not in self.places:
            return None
        self.stream.seek(self.places[path])
        _, read, sha256, shape, shell, linked, wanted, ids, entries = orjson.loads(self.stream.readline())
        return KeptPage(
            frozenset(self.reads[number][0] for number in read),
            sha256,
            tuple(shape),
            shell,
            linked,
            {(path, anchor): target for path, anchor, target in wanted},
            ids,
            entries,
        )


def last_pages(root: Path, key: str, now: Fingerprints) -> LastPages:
    """The pages that are as the last build has kept them under a key; none of a file that was changed."""
    try:
        stream = (root / FOLDER / FILE).open("rb")
        checksum = stream.readline().strip()
        start = stream.tell()
        if hashlib.file_digest(stream, "sha256").hexdigest().encode() != checksum:
            return LastPages()
        stream.seek(start)
        told, known, reads = orjson.loads(stream.readline())
        if (told, known) != (FORMAT, key):
            return LastPages()
        last = LastPages(stream, tuple(((name, as_key(value)), print_) for name, value, print_ in reads))
        last.find(now)
        return last
    except (OSError, ValueError, TypeError):
        return LastPages()


def as_key(value: Any) -> Any:
    """A key of a graph's field: those of figures are pairs."""
    return tuple(value) if isinstance(value, list) else value


@dataclass
class NextPages:
    """The pages that are kept for the next build."""

    numbers: dict[Read, int] = field(default_factory=dict)
    lines: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def add(self, path: str, page: KeptPage) -> None:
        """Keep a page by the path of its Markdown file."""
        read = [self.numbers.setdefault(one, len(self.numbers)) for one in page.read]
        wanted = [(to, anchor, target) for (to, anchor), target in page.wanted.items()]
        values = (page.sha256, page.shape, page.shell, page.linked, wanted, page.ids, page.entries)
        self.lines.write(orjson.dumps([path, read, *values]) + b"\n")

    def write(self, root: Path, key: str, now: Fingerprints) -> None:
        """Write all of them, whole or not at all; raises OSError where that cannot be."""
        reads = [(name, value, now.of((name, value))) for name, value in self.numbers]
        head = orjson.dumps([FORMAT, key, reads]) + b"\n"
        self.lines.seek(0)
        sha256 = sha256_of(chain((head,), self.lines))
        self.lines.seek(0)
        with written_whole(root / FOLDER / FILE) as stream:
            stream.write(sha256.encode() + b"\n" + head)
            shutil.copyfileobj(self.lines, stream)
