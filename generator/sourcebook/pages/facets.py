"""By what an index can be narrowed: for each record its values of each facet.

In: a record. Out: facets with their values, in a fixed order. The rule it guards: a facet has the same words
as the page of the record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcebook.dates.edtf import Date
from sourcebook.dates.moments import Moment
from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.claim import Claim
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.place import Place
from sourcebook.records.source import Source

UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet of one record: its name, and the record's values, each once; never without a value."""

    name: str
    values: tuple[str, ...]


def facets(graph: Graph, record: Record, *, is_long: bool = False) -> tuple[Facet, ...]:
    """The facets of a record, those without a value left out.

    A long index also has those by which a record's page leads to all of a list.
    """
    about = (("about", subjects(graph, record)),) if is_long else ()
    named = (
        *own_facets(graph, record),
        *about,
        ("source", source_labels(graph, record)),
        ("tag", record.tags),
    )
    return tuple(Facet(name, values) for name, found in named if (values := tuple(dict.fromkeys(found))))


def own_facets(graph: Graph, record: Record) -> Iterator[tuple[str, Iterable[str]]]:
    """The facets that only records of this kind have."""
    match record:
        case Claim():
            yield "status", (wording.STATUSES[graph.standings[record.id].status],)
            yield "type", (wording.plain_words(record.claim_type),) if record.claim_type else ()
            actors = (*record.claimant, *([record.on_behalf_of] if record.on_behalf_of else []))
            yield "actor", labels(graph, actors, "actor")
            yield "period", years(record.claim_date)
            yield "place", labels(graph, record.about, "place")
        case Event():
            yield "type", (wording.plain_words(record.type),)
            yield "actor", labels(graph, (part.actor for part in record.participants), "actor")
            yield "period", years(record.date)
            yield "place", labels(graph, [record.location] if record.location else [], "place")
        case Actor():
            yield "type", (wording.plain_words(record.type),)
        case Dispute():
            claims = [graph.record(key) for side in record.sides for key in side.claims]
            claimants = (name for claim in claims if isinstance(claim, Claim) for name in claim.claimant)
            yield "actor", labels(graph, claimants, "actor")
        case Place():
            yield "place", labels(graph, record.contained_in, "place")
        case Source():
            yield "type", (wording.plain_words(record.type),)
            yield "period", years(record.issued)


def labels(graph: Graph, keys: Iterable[str], kind: str) -> tuple[str, ...]:
    """The labels of those of the ids that are records of one kind."""
    return tuple(
        graph.record(key).label.value for key in keys if key in graph.entries and graph.kind(key) == kind
    )


def subjects(graph: Graph, record: Record) -> tuple[str, ...]:
    """The labels of whom and what a claim is about, places left out."""
    named = record.about if isinstance(record, Claim) else ()
    return tuple(graph.record(key).label.value for key in named if graph.kind(key) in ("actor", "event"))


def source_labels(graph: Graph, record: Record) -> tuple[str, ...]:
    """The labels of the sources that a record rests on as a whole."""
    return labels(graph, (citation.source for citation in record.sources), "source")


def years(date: Date | None) -> tuple[str, ...]:
    """The years in which a date begins and ends, as far as they are known."""
    if date is None:
        return (UNDATED,)
    return tuple(str(bound.year) for bound in (date.earliest, date.latest) if isinstance(bound, Moment))
