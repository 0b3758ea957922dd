"""All data of a collection, file by file.

In: a graph. Out: paths on the site with their bytes. The rule it guards: each record is made plain once, the
same graph gives the same bytes, and no file waits for another but those that describe them.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sourcebook.exporting import geojson
from sourcebook.exporting.bibliography import bibtex, csl_json
from sourcebook.exporting.csv_text import csv_pieces
from sourcebook.exporting.database import Database, pieces_of
from sourcebook.exporting.documents import SCHEMA_FILE, document, named_by, named_in, schema
from sourcebook.exporting.feeds import feeds
from sourcebook.exporting.linked import CONTEXT_FILE, context, linked_data
from sourcebook.exporting.package import data_package
from sourcebook.exporting.plain_files import llms, robots
from sourcebook.exporting.setting import facts_changed, located
from sourcebook.exporting.shapes import Values, plain_record
from sourcebook.exporting.tables import Plains, Row, all_tables
from sourcebook.graph.data_files import DataFile
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import (
    ATOM,
    FOLDER,
    JSON_FEED,
    PACKAGE,
    data_links,
    document_path,
    feed_path,
    version,
)
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.collection import SCHEMA_VERSION
from sourcebook.records.load import MODELS

PLAIN_FILES: dict[str, Callable[[Graph], bytes]] = {"robots.txt": robots, "llms.txt": llms}
"""What machines ask for at the top of a site."""
OWN_ONES_STAY = frozenset(PLAIN_FILES)
"""Files that a project may write itself; then its own is published."""

FileOfGraph = Callable[[Graph, Plains], Iterable[bytes]]
OTHERS: dict[str, tuple[str, FileOfGraph]] = {
    "places.geojson": ("The places for a map (GeoJSON).", lambda *given: (geojson.places(*given),)),
    "events.geojson": (
        "The events for a map, with UCDP's date_start, date_end, date_prec and where_prec (GeoJSON).",
        lambda *given: (geojson.events(*given),),
    ),
    "sources.csl.json": (
        "The sources for citation managers (CSL-JSON).",
        lambda graph, _: (csl_json(graph),),
    ),
    "sources.bib": ("The sources for LaTeX (BibTeX).", lambda graph, _: (bibtex(graph),)),
    "collection.jsonld": (
        "Everything for a triple store, in the words of schema.org, CiTO and PROV (JSON-LD).",
        lambda graph, _: linked_data(graph),
    ),
    CONTEXT_FILE: ("What the keys of the linked data mean.", lambda _graph, _plains: (context(),)),
    SCHEMA_FILE: ("The JSON Schema of a record's document.", lambda _graph, _plains: (schema(),)),
}
"""The files below `data/` that are no tables and none of a kind: what they are, and what makes them."""


class Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Row]:
        """Every row."""
        for row in self.rows:
            self.count += 1
            yield row


@dataclass
class Export:
    """The data of a graph. After `files` has been gone through, `told` describes the files below `data/`."""

    graph: Graph
    told: list[DataFile] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.graph = located(self.graph)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its path on the site."""
        return whole(self.streams())

    def plains(self) -> dict[str, Values]:
        """Every record as plain values."""
        return {key: plain_record(entry) for key, entry in self.graph.entries.items()}

    def streams(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """Every file by its path on the site, in pieces; each must be gone through before the next one."""
        plains = self.plains()
        named = named_by(self.graph)
        for kind, keys in self.graph.by_kind.items():
            with tempfile.TemporaryFile() as lines:
                for key in keys:
                    line = document(self.graph, key, plains[key], named.get(key, ()))
                    lines.write(line)
                    yield document_path(kind, key), (line,)
                yield self.tell(f"{FOLDERS[kind]}.jsonl", pieces_of(lines), jsonl_told(kind), len(keys))
        yield from self.table_files(plains)
        for name, (description, made) in OTHERS.items():
            yield self.tell(name, made(self.graph, plains), description)
        yield f"{FOLDER}{PACKAGE}", (data_package(self.graph, self.told, all_tables()),)
        for path, content in feeds(self.graph):
            yield path, (content,)
        for name, written in PLAIN_FILES.items():
            yield name, (written(self.graph),)

    def table_files(self, plains: Mapping[str, Values]) -> Iterator[tuple[str, Iterable[bytes]]]:
        """The tables as CSV, and all of them as one database."""
        with Database(self.about()) as database:
            for table in all_tables():
                rows = Counted(table.rows(self.graph, plains))
                pieces = csv_pieces(table.columns, database.added(table, rows))
                yield self.tell(f"{table.name}.csv", pieces, table.description, rows)
            yield self.tell(DATABASE_FILE, database.finished(self.graph, plains), DATABASE)

    def tell(
        self, name: str, pieces: Iterable[bytes], description: str, rows: int | Counted | None = None
    ) -> tuple[str, Iterable[bytes]]:
        """A file below `data/`, taken down when all of it has gone through."""

        def told() -> Iterator[bytes]:
            length, digest = 0, hashlib.sha256()
            for piece in pieces:
                length += len(piece)
                digest.update(piece)
                yield piece
            count = rows.count if isinstance(rows, Counted) else rows
            self.told.append(DataFile(name, description, count, length, digest.hexdigest()))

        return f"{FOLDER}{name}", told()

    def about(self) -> dict[str, str]:
        """What the database tells of the collection."""
        collection = self.graph.collection
        told = {
            "title": self.graph.site.name,
            "description": collection.about or "",
            "licence": collection.licence.value if collection.licence else "",
            "licence_url": collection.licence_url or "",
            "version": version(self.graph),
            "facts_changed": facts_changed(self.graph),
            "schema_version": SCHEMA_VERSION,
        }
        return {name: value for name, value in told.items() if value}


DATABASE_FILE = "collection.sqlite"
DATABASE = "All tables with their ties, and a full-text search (SQLite, ready for Datasette)."


def announced() -> tuple[DataFile, ...]:
    """The files below `data/` in their order, as far as they are known before they are made."""
    return (
        *(DataFile(f"{FOLDERS[kind]}.jsonl", jsonl_told(kind)) for kind in MODELS),
        *(DataFile(f"{table.name}.csv", table.description) for table in all_tables()),
        DataFile(DATABASE_FILE, DATABASE),
        *(DataFile(name, description) for name, (description, _) in OTHERS.items()),
    )


def jsonl_told(kind: str) -> str:
    """What is told of the JSON Lines of a kind."""
    return f"Every {kind}, a JSON document a line, the same as beside its page."


def with_data(graph: Graph, put: Callable[[str, Iterable[bytes]], object]) -> Graph:
    """The graph that knows its data files; each of them is made and handed over with its path, in pieces.

    A site that publishes no data has none.
    """
    if not graph.site.has_data:
        return graph
    export = Export(graph)
    for path, pieces in export.streams():
        put(path, pieces)
    return replace(graph, data=tuple(export.told))


def paths(graph: Graph) -> Iterator[str]:
    """The path of every file of an export, none of them made."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            yield from (link.path for link in data_links(kind, key))
    yield from paths_of_all()


def paths_of_all() -> Iterator[str]:
    """The path of every file that is not of a single record."""
    yield from (f"{FOLDER}{FOLDERS[kind]}.jsonl" for kind in MODELS)
    yield from (f"{FOLDER}{table.name}.csv" for table in all_tables())
    yield from (f"{FOLDER}{name}" for name in (DATABASE_FILE, *OTHERS, PACKAGE))
    yield from (feed_path("", form) for form in (ATOM, JSON_FEED))
    yield from sorted(OWN_ONES_STAY)


def is_file_of(graph: Graph, path: str) -> bool:
    """Whether an export has a file of this path; nothing is made or listed for the answer."""
    key = path.rpartition("/")[2].partition(".")[0]
    if key in graph.entries and any(link.path == path for link in data_links(graph.kind(key), key)):
        return True
    return path in set(paths_of_all())


def export_file(graph: Graph, path: str) -> bytes | None:
    """One file of an export by its path; None for a path that is none of them.

    The document of a record and a table are made alone, and so is all else that needs no other file; a feed
    is looked for among the feeds, the database among the tables, and for the description of all files all are
    made.
    """
    if not is_file_of(graph, path):
        return None
    graph = located(graph)
    name = path.removeprefix(FOLDER)
    if alone := made_alone(graph, path.rpartition("/")[2].removesuffix(".json"), name):
        return b"".join(alone)
    if name.endswith((ATOM, JSON_FEED)):
        return next(content for found, content in feeds(graph) if found == path)
    export = Export(graph)
    made = export.table_files(export.plains()) if name == DATABASE_FILE else export.streams()
    return next(content for found, content in whole(made) if found == path)


def whole(streams: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[tuple[str, bytes]]:
    """Files that come in pieces, each gone through before the next one."""
    return ((path, b"".join(pieces)) for path, pieces in streams)


def made_alone(graph: Graph, key: str, name: str) -> Iterable[bytes] | None:
    """A document, the documents of a kind, a table, or a file that needs no other; None for what does."""
    if key in graph.entries:
        return (one_document(graph, key),)
    for kind, keys in graph.by_kind.items():
        if name == f"{FOLDERS[kind]}.jsonl":
            return (one_document(graph, one) for one in keys)
    if name in PLAIN_FILES:
        return (PLAIN_FILES[name](graph),)
    if name in (DATABASE_FILE, PACKAGE) or name.endswith((ATOM, JSON_FEED)):
        return None
    plains = Export(graph).plains()
    for table in all_tables():
        if name == f"{table.name}.csv":
            return csv_pieces(table.columns, table.rows(graph, plains))
    return OTHERS[name][1](graph, plains) if name in OTHERS else None


def one_document(graph: Graph, key: str) -> bytes:
    """The document of a record, made for itself."""
    entry = graph.entries[key]
    return document(graph, key, plain_record(entry), named_in(entry.record))
