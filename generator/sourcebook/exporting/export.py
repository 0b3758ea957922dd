"""All data of a collection, file by file.

In: a graph. Out: paths on the site with their bytes. The rule it guards: each record is made plain once, the
same graph gives the same bytes, and no file waits for another but those that describe them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from sourcebook.exporting import geojson
from sourcebook.exporting.bibliography import bibtex, csl_json
from sourcebook.exporting.csv_text import csv_bytes
from sourcebook.exporting.database import Database
from sourcebook.exporting.documents import SCHEMA_FILE, document, named_by, named_in, schema
from sourcebook.exporting.feeds import feeds
from sourcebook.exporting.linked import CONTEXT_FILE, context, linked_data
from sourcebook.exporting.package import data_package, described
from sourcebook.exporting.plain_files import llms, robots
from sourcebook.exporting.setting import facts_changed, located
from sourcebook.exporting.shapes import Values, plain_record
from sourcebook.exporting.tables import all_tables
from sourcebook.graph.data_files import DataFile
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import ATOM, FOLDER, JSON_FEED, PACKAGE, document_path, feed_path, version
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.collection import SCHEMA_VERSION

OWN_ONES_STAY = frozenset({"robots.txt", "llms.txt"})
"""Files that a project may write itself; then its own is published."""

FileOfGraph = Callable[[Graph, dict[str, Values]], bytes]
OTHERS: dict[str, tuple[str, FileOfGraph]] = {
    "places.geojson": ("The places for a map (GeoJSON).", geojson.places),
    "events.geojson": (
        "The events for a map, with UCDP's date_start, date_end, date_prec and where_prec (GeoJSON).",
        geojson.events,
    ),
    "sources.csl.json": ("The sources for citation managers (CSL-JSON).", lambda graph, _: csl_json(graph)),
    "sources.bib": ("The sources for LaTeX (BibTeX).", lambda graph, _: bibtex(graph)),
    "collection.jsonld": (
        "Everything for a triple store, in the words of schema.org, CiTO and PROV (JSON-LD).",
        lambda graph, _: linked_data(graph),
    ),
    CONTEXT_FILE: ("What the keys of the linked data mean.", lambda _graph, _plains: context()),
    SCHEMA_FILE: ("The JSON Schema of a record's document.", lambda _graph, _plains: schema()),
}
"""The files below `data/` that are no tables and none of a kind: what they are, and what makes them."""


@dataclass
class Export:
    """The data of a graph. After `files` has been gone through, `told` describes the files below `data/`."""

    graph: Graph
    told: list[DataFile] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.graph = located(self.graph)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its path on the site."""
        plains = {key: plain_record(entry) for key, entry in self.graph.entries.items()}
        named = named_by(self.graph)
        for kind, keys in self.graph.by_kind.items():
            lines = []
            for key in keys:
                line = document(self.graph, key, plains[key], named.get(key, ()))
                lines.append(line)
                yield document_path(kind, key), line
            description = f"Every {kind}, a JSON document a line, the same as beside its page."
            yield self.tell(f"{FOLDERS[kind]}.jsonl", b"".join(lines), len(keys), description)
        yield from self.table_files(plains)
        for name, (description, made) in OTHERS.items():
            yield self.tell(name, made(self.graph, plains), None, description)
        yield f"{FOLDER}{PACKAGE}", data_package(self.graph, self.told, all_tables())
        yield from feeds(self.graph)
        yield "robots.txt", robots(self.graph)
        yield "llms.txt", llms(self.graph)

    def table_files(self, plains: dict[str, Values]) -> Iterator[tuple[str, bytes]]:
        """The tables as CSV, and all of them as one database."""
        database = Database(self.about())
        for table in all_tables():
            rows = tuple(table.rows(self.graph, plains))
            database.add(table, rows)
            content = csv_bytes(table.columns, rows)
            yield self.tell(f"{table.name}.csv", content, len(rows), table.description)
        content = database.finished(self.graph, plains)
        description = "All tables with their ties, and a full-text search (SQLite, ready for Datasette)."
        yield self.tell("collection.sqlite", content, None, description)

    def tell(self, name: str, content: bytes, rows: int | None, description: str) -> tuple[str, bytes]:
        """A file below `data/`, taken down."""
        self.told.append(described(name, content, rows, description))
        return f"{FOLDER}{name}", content

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


def with_data(graph: Graph, put: Callable[[str, bytes], object]) -> Graph:
    """The graph that knows its data files; each of them is made and handed over with its path."""
    export = Export(graph)
    for path, content in export.files():
        put(path, content)
    return replace(graph, data=tuple(export.told))


def paths(graph: Graph) -> Iterator[str]:
    """The path of every file of an export, none of them made."""
    for kind, keys in graph.by_kind.items():
        yield from (document_path(kind, key) for key in keys)
        yield f"{FOLDER}{FOLDERS[kind]}.jsonl"
    yield from (f"{FOLDER}{table.name}.csv" for table in all_tables())
    yield from (f"{FOLDER}{name}" for name in ("collection.sqlite", *OTHERS, PACKAGE))
    for actor in ("", *graph.by_kind["actor"]):
        yield from (feed_path(actor, form) for form in (ATOM, JSON_FEED))
    yield from sorted(OWN_ONES_STAY)


def export_file(graph: Graph, path: str) -> bytes | None:
    """One file of an export by its path; None for a path that is none of them.

    A record's document is made alone; for any other file all are gone through until it comes.
    """
    name = path.rpartition("/")[2]
    key = name.removesuffix(".json")
    if key in graph.entries and document_path(graph.kind(key), key) == path:
        entry = graph.entries[key]
        return document(located(graph), key, plain_record(entry), named_in(entry.record))
    if path not in set(paths(graph)):
        return None
    return next(content for found, content in Export(graph).files() if found == path)
