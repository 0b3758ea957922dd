"""The data files of a site, between being made and being published.

In: a graph, and the files of its data. Out: diagnostics, and a built site with the files. The rule it guards:
no hand-written file is covered.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.exporting.export import OWN_ONES_STAY, is_file_of
from sourcebook.graph.graph import Graph
from sourcebook.site.files import SiteFile, files_in_the_way
from sourcebook.site.handwritten import files_below
from sourcebook.site.spool import Spool
from sourcebook.site.whole import sha256_of

Put = Callable[[str, Iterable[bytes]], object]
"""What takes a file in, by its path on the site, in pieces."""


def data_in_the_way(graph: Graph, docs_dir: Path, root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each hand-written file at the address of a data file."""
    if not graph.site.has_data:
        return iter(())
    # There are far fewer hand-written files than data files.
    written = (name for name, _ in files_below(docs_dir) if name not in OWN_ONES_STAY)
    made = [SiteFile(name, "") for name in written if is_file_of(graph, name)]
    return files_in_the_way(made, docs_dir, root)


def is_own(path: str, docs_dir: Path) -> bool:
    """Whether the project writes a file itself that it may write itself."""
    return path in OWN_ONES_STAY and (docs_dir / path).is_file()


def write_data(
    spool: Spool, built: Path, docs_dir: Path, stands: Callable[[str, str], bool] | None = None
) -> None:
    """Write the data into a built site; `stands` tells by path and SHA-256 what is published already."""
    folders: set[Path] = set()
    for path in spool:
        file = built / path
        if is_own(path, docs_dir):
            continue
        if stands and stands(path, sha256_of(spool.pieces(path))):
            file.unlink(missing_ok=True)  # an engine may have been told of it with nothing in it
            continue
        if file.parent not in folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            folders.add(file.parent)
        with file.open("wb", buffering=0) as stream:
            stream.writelines(spool.pieces(path))
