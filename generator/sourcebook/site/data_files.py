"""The data files of a site, between being made and being published.

In: a graph. Out: the graph that knows its data files, and the files. The rule it guards: no hand-written file
is covered, and a large collection's data waits on the disk.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.exporting.export import OWN_ONES_STAY, paths
from sourcebook.graph.graph import Graph
from sourcebook.site.files import SiteFile, files_in_the_way

Put = Callable[[str, bytes], object]
"""What takes a file in, by its path on the site."""


def data_in_the_way(graph: Graph, docs_dir: Path, root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each hand-written file at the address of a data file."""
    made = (SiteFile(path, "") for path in paths(graph) if path not in OWN_ONES_STAY)
    return files_in_the_way(made, docs_dir, root)


def is_own(path: str, docs_dir: Path) -> bool:
    """Whether the project writes a file itself that it may write itself."""
    return path in OWN_ONES_STAY and (docs_dir / path).is_file()


@dataclass
class Spool:
    """Files one behind the other in a file without a name, which goes with the program."""

    _lengths: dict[str, int] = field(default_factory=dict)
    _stream: IO[bytes] = field(default_factory=tempfile.TemporaryFile)

    def put(self, path: str, content: bytes) -> None:
        """Take in a file."""
        self._lengths[path] = len(content)
        self._stream.write(content)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file, in the order in which they were taken in."""
        self._stream.seek(0)
        for path, length in self._lengths.items():
            yield path, self._stream.read(length)


def write_data(spool: Spool, built: Path, docs_dir: Path) -> None:
    """Write the data into a built site."""
    folders: set[Path] = set()
    for path, content in spool.files():
        file = built / path
        if file.parent not in folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.add(file.parent)
        if not is_own(path, docs_dir):
            file.write_bytes(content)
