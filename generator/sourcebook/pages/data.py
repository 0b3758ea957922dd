"""The view of the data: every file in which the collection can be taken away, and how it is used.

In: the graph. Out: a page, and where data files lie on the site. The rule it guards: it tells how the data is
cited and licensed, and no size or number of rows that is not known.
"""

import re
from dataclasses import dataclass

from sourcebook.dates.words import in_words, iso_dates
from sourcebook.graph.data_files import DataFile
from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.cite_page import PageCitation, page_citation
from sourcebook.pages.composer import Composer, words
from sourcebook.pages.identity import PageIdentity, page_address
from sourcebook.pages.parts import DataLink, WebLink, When, Words
from sourcebook.pages.view import View
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.collection import SCHEMA_VERSION

VIEW = View(
    "data",
    "Data",
    "Every fact of this site for spreadsheets, notebooks, maps, databases and triple stores.",
    "Everything that this site says can be taken away, in the formats that people’s tools read.",
)
FOLDER = "data/"
PACKAGE = "datapackage.json"
ATOM, JSON_FEED = "feed.xml", "feed.json"


@dataclass(frozen=True, slots=True)
class DataRow:
    """A file: where it is, what it holds, its rows and its size in words, empty where they are not known."""

    file: DataLink
    description: str
    rows: str
    size: str


@dataclass(frozen=True, slots=True)
class DataPage:
    """Everything that the template of the data prints.

    `files` are without sizes while they have not been made, as in `serve`; `address` is where they lie, for
    the examples; `version` is empty where the collection has none.
    """

    view: View
    files: tuple[DataRow, ...]
    package: DataLink
    feeds: tuple[DataLink, ...]
    address: str
    version: str
    schema_version: str
    as_of: When | None
    licence: WebLink | Words | None
    citation: PageCitation


def data_page(graph: Graph) -> DataPage:
    """The view of the data."""
    collection, site = graph.collection, graph.site
    composer = Composer(graph, VIEW.path)
    licence: WebLink | Words | None = words(collection.licence) if collection.licence else None
    if isinstance(licence, Words) and collection.licence_url:
        licence = WebLink(licence, collection.licence_url)
    return DataPage(
        view=VIEW,
        files=tuple(map(data_row, graph.data)),
        package=DataLink(PACKAGE, FOLDER + PACKAGE),
        feeds=(DataLink("Atom", ATOM), DataLink("JSON Feed", JSON_FEED)),
        address=f"{site.address}{FOLDER}",
        version=version(graph),
        schema_version=SCHEMA_VERSION,
        as_of=composer.when(collection.as_of),
        licence=licence,
        citation=page_citation(dataset_identity(graph)),
    )


def data_row(file: DataFile) -> DataRow:
    """A file as a row."""
    rows = "" if file.rows is None else wording.several(file.rows, "row")
    told = "" if file.bytes is None else size(file.bytes)
    return DataRow(DataLink(file.name, FOLDER + file.name), file.description, rows, told)


def size(number: int) -> str:
    """A number of bytes in words, as files are counted: `2.4 MB`."""
    for unit, length in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= length:
            return f"{number / length:.1f} {unit}"
    return f"{number} bytes"


def dataset_identity(graph: Graph) -> PageIdentity:
    """What the data as a whole is called and where it is, for whoever cites it."""
    collection = graph.collection
    date = collection.as_of
    told = [f"version {collection.version}"] if collection.version else []
    told += [f"kept up to {in_words(date)}"] if date else []
    return PageIdentity(
        key="data",
        title=f"{graph.site.name}: the data" if graph.site.name else "The data",
        site=graph.site.name,
        address=page_address(graph.site, VIEW.path),
        language=collection.language,
        dated=", ".join(told),
        iso=iso_dates(date) if date else (),
        type="dataset",
    )


def version(graph: Graph) -> str:
    """The collection's version: the one it gives itself, else the day up to which it is kept, else none."""
    collection = graph.collection
    return collection.version or (collection.as_of.edtf if collection.as_of else "")


# Where data lies on the site -------------------------------------------------------------------------------


DATA_PATH = re.compile(
    rf"data/[^/]+|feed\.(?:xml|json)|(?:{'|'.join(FOLDERS.values())})/[^/]+\.(?:json|feed\.xml)"
)


def is_data(path: str) -> bool:
    """Whether a path on the site is that of a data file, which lies beside the pages and is none."""
    return DATA_PATH.fullmatch(path) is not None


def document_path(kind: str, key: str) -> str:
    """Where the data of a record lies: beside its page."""
    return f"{FOLDERS[kind]}/{key}.json"


def feed_path(actor: str, form: str) -> str:
    """Where a feed lies: `feed.xml`; that of an actor beside its page, as `actors/some-actor.feed.xml`."""
    return f"{FOLDERS['actor']}/{actor}.{form}" if actor else form


def data_links(kind: str, key: str) -> tuple[DataLink, ...]:
    """The data of a record's page, and for an actor the feeds of what changed."""
    document = DataLink("JSON", document_path(kind, key))
    if kind != "actor":
        return (document,)
    return document, DataLink("Atom", feed_path(key, ATOM)), DataLink("JSON Feed", feed_path(key, JSON_FEED))
