"""The index of each kind: every record of it, in order."""

from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.facets import Facet, facets
from sourcebook.pages.paging import ROWS_A_PAGE, Pager, numbered, on_page, page_count, page_title, pager
from sourcebook.pages.parts import Link, When, Words
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.claim import Claim
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.place import Place
from sourcebook.records.source import Source

INTRODUCTIONS = {
    "actor": "Who acts, speaks or is affected, by name.",
    "event": "What happened, or is said to have happened, by date.",
    "claim": "What is said, with whoever says it, by date; the undated come last.",
    "dispute": "Questions that parties answer differently, with their answers next to each other.",
    "place": "Where it happened, by name. Who controls a place is a claim, and stands with the claims.",
    "source": "The documents that every fact here rests on, by date.",
}
EMPTY = "There is none yet."

Cell = Link | Words | When | None


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One record: its link, what its kind's columns say of it, and the facets by which it is found."""

    record: Link
    cells: tuple[tuple[Cell, ...], ...]
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class IndexPage:
    """Everything that an index's template prints.

    A long index goes on on further pages. Then `pager` leads to them, and the rows of all of them together,
    `total` in number, can be narrowed.
    """

    kind: str
    path: str
    title: str
    description: str
    introduction: str
    columns: tuple[str, ...]
    rows: tuple[IndexRow, ...]
    empty: str
    total: int = 0
    pager: Pager | None = None


COLUMNS = {
    "actor": ("Name", "Kind", "Says", "Takes part in"),
    "event": ("Event", "When", "Where", "Kind"),
    "claim": ("Claim", "Who says so", "When", "Status"),
    "dispute": ("Question", "Answers"),
    "place": ("Name", "Lies in", "Events here"),
    "source": ("Title", "Issued", "Kind", "Facts that rest on it"),
}


def index_page(graph: Graph, kind: str, number: int = 1) -> IndexPage:
    """The index of one kind, or the further page of a number."""
    path, keys = f"{FOLDERS[kind]}/index.md", graph.by_kind[kind]
    composer, count = Composer(graph, path), page_count(len(keys))
    return IndexPage(
        kind=kind,
        path=numbered(path, number),
        title=page_title(wording.KINDS_PLURAL[kind], number, count),
        description=INTRODUCTIONS[kind],
        introduction=INTRODUCTIONS[kind],
        columns=COLUMNS[kind],
        rows=tuple(index_row(composer, key) for key in on_page(keys, number)[1]),
        empty=EMPTY,
        total=len(keys),
        pager=pager(composer, path, number, count),
    )


def index_row(composer: Composer, key: str) -> IndexRow:
    """The row of one record."""
    graph = composer.graph
    record = graph.record(key)
    is_long = len(graph.by_kind[graph.kind(key)]) > ROWS_A_PAGE
    return IndexRow(composer.link(key), cells(composer, record), facets(graph, record, is_long=is_long))


def cells(composer: Composer, record: Record) -> tuple[tuple[Cell, ...], ...]:
    """What the columns behind the first say of a record."""
    graph = composer.graph
    match record:
        case Actor():
            says = len(graph.backlinks_from(record.id, Claim, "claimant"))
            part = len(graph.backlinks_from(record.id, Event, "participants"))
            return (text(wording.plain_words(record.type)), count(says, "claim"), count(part, "event"))
        case Event():
            place = (composer.link(record.location),) if record.location else ()
            when = composer.when(record.date, record.verbatim_date)
            return ((when,), place, text(wording.plain_words(record.type)))
        case Claim():
            row = composer.claim_row(record)
            return (row.claimants, (row.date,), text(row.status))
        case Dispute():
            return (tuple(Words(side.answer.value, side.answer.lang) for side in record.sides),)
        case Place():
            here = len(graph.backlinks_from(record.id, Event, "location"))
            return (composer.links(record.contained_in), count(here, "event"))
        case Source():
            facts = len({use.record for use in graph.uses.get(record.id, ())})
            when = composer.when(record.issued, record.verbatim_date)
            return ((when,), text(wording.plain_words(record.type)), count(facts, "record"))
    raise AssertionError(f"a kind without an index: {record!r}")


def text(value: str) -> tuple[Cell, ...]:
    """A cell of words."""
    return (Words(value),)


def count(number: int, what: str) -> tuple[Cell, ...]:
    """A cell with a number of things; empty for none."""
    return (Words(wording.several(number, what)),) if number else ()
