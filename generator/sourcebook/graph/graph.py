"""The linked whole: everything that pages ask for beyond single records.

In: valid, published entries. Out: one frozen graph of ids, indices and computed values.
The rule it guards: the order of everything visible is a rule written here, and records are never changed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TypeVar

from sourcebook.dates.order import sort_key
from sourcebook.graph.data_files import DataFile
from sourcebook.graph.references import Reference, references
from sourcebook.graph.related import Related, related_records
from sourcebook.graph.sides import Sides, sides_of_actors
from sourcebook.graph.stances import Stance, Standing, stances_on_claims, standings
from sourcebook.reading.history import History
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.claim import Claim
from sourcebook.records.collection import Collection
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.fields import models_in
from sourcebook.records.load import MODELS, Entry
from sourcebook.records.place import Place
from sourcebook.records.source import Source

AnyRecord = TypeVar("AnyRecord", bound=Record)
FigureKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Use:
    """A fact that rests on a source: which record, which field of it, and the citation."""

    record: str
    path: tuple[str | int, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Site:
    """The site that the records are published on: its name, its address, and the form of its addresses.

    `address` ends with a slash and is empty where none is configured; without `directory_urls` a page's
    address ends with `.html`; `has_data` tells whether data and feeds are published with it.
    """

    name: str = ""
    address: str = ""
    directory_urls: bool = True
    has_data: bool = True


@dataclass(frozen=True)
class Graph:
    """The published records and what follows from them.

    `by_kind` lists ids in the order of their kind's index; `backlinks` lists the references to an id
    by origin and path; `figures` lists claims that give a figure of one measure for one event or group;
    `uses` lists what rests on a source, in the order of paragraphs; `edit_base` is the web address
    of the project's folder in an editor, None where none is configured; `related` are records
    that share much and do not name each other; `history` tells when the files of the records changed;
    `data` are the files in which all of it can be taken away, none while they have not been made.
    """

    collection: Collection
    entries: Mapping[str, Entry]
    by_kind: Mapping[str, tuple[str, ...]]
    backlinks: Mapping[str, tuple[Reference, ...]]
    sides: Sides
    stances: Mapping[str, tuple[Stance, ...]]
    standings: Mapping[str, Standing]
    disputes_of: Mapping[str, tuple[str, ...]]
    figures: Mapping[FigureKey, tuple[str, ...]]
    uses: Mapping[str, tuple[Use, ...]]
    edit_base: str | None = None
    site: Site = Site()
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    history: History = field(default_factory=History)
    data: tuple[DataFile, ...] = ()

    @cached_property
    def measures(self) -> Mapping[str, tuple[str, ...]]:
        """The measures of which there are figures for an event or group, by name."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, measure in sorted(self.figures):
            found[subject].append(measure)
        return {subject: tuple(measures) for subject, measures in found.items()}

    def record(self, name: str) -> Record:
        """The record of an id; a KeyError for an id that is not published."""
        return self.entries[name].record

    def naming(self, name: str) -> int:
        """How many records name an id."""
        return len({reference.origin for reference in self.backlinks.get(name, ())})

    def kind(self, name: str) -> str:
        """The kind of an id."""
        return self.entries[name].kind

    def of_kind(self, model: type[AnyRecord]) -> Iterator[AnyRecord]:
        """The records of one model, in the order of their index."""
        for kind, of_this_kind in MODELS.items():
            if of_this_kind is model:
                for name in self.by_kind[kind]:
                    record = self.entries[name].record
                    assert isinstance(record, model)
                    yield record

    def backlinks_from(self, name: str, model: type[AnyRecord], *fields: str) -> tuple[AnyRecord, ...]:
        """The records of one model that name an id in one of the fields: each once, in order."""
        origins = dict.fromkeys(
            reference.origin for reference in self.backlinks.get(name, ()) if reference.field in fields
        )
        records = (self.record(origin) for origin in origins)
        return tuple(sorted((one for one in records if isinstance(one, model)), key=record_order))


def build_graph(
    entries: Iterable[Entry], collection: Collection, edit_base: str | None = None, site: Site | None = None
) -> Graph:
    """The graph of the entries that are no drafts; they must have passed every check."""
    published = {entry.record.id: entry for entry in entries if not entry.record.draft}
    records = [entry.record for entry in published.values()]
    claims = {record.id: record for record in records if isinstance(record, Claim)}
    sources = {record.id: record for record in records if isinstance(record, Source)}
    sides = sides_of_actors(record for record in records if isinstance(record, Actor))
    stances = stances_on_claims(claims, sides)
    return Graph(
        collection=collection,
        entries=published,
        by_kind=ids_by_kind(published.values()),
        backlinks=backlinks(records),
        sides=sides,
        stances=stances,
        standings=standings(claims, stances, sources, sides),
        disputes_of=disputes_of_claims(records),
        figures=figures(claims.values()),
        uses=uses_of_sources(records),
        edit_base=edit_base,
        site=site or Site(),
        related=related_records(records),
    )


def ids_by_kind(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """The ids of every kind, each kind in its order."""
    found: dict[str, list[Record]] = {kind: [] for kind in MODELS}
    for entry in entries:
        found[entry.kind].append(entry.record)
    return {
        kind: tuple(record.id for record in sorted(records, key=record_order))
        for kind, records in found.items()
    }


def record_order(record: Record) -> tuple[object, ...]:
    """Events, claims and sources by date, then all by label; the undated last; the id decides."""
    date = None
    if isinstance(record, Event):
        date = record.date
    elif isinstance(record, Claim):
        date = record.claim_date
    elif isinstance(record, Source):
        date = record.issued
    return sort_key(date), record.label.value.casefold(), record.id


def backlinks(records: Iterable[Record]) -> dict[str, tuple[Reference, ...]]:
    """For each id that is named anywhere, where: by origin, then in the order of its fields."""
    found: dict[str, list[Reference]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.id):
        for reference in references(record):
            if reference.target != record.id:
                found[reference.target].append(reference)
    return {name: tuple(links) for name, links in found.items()}


def disputes_of_claims(records: Iterable[Record]) -> dict[str, tuple[str, ...]]:
    """For each claim the disputes that hold it, by id."""
    found: dict[str, set[str]] = defaultdict(set)
    for dispute in records:
        if isinstance(dispute, Dispute):
            for name in (*dispute.common_ground, *(name for side in dispute.sides for name in side.claims)):
                found[name].add(dispute.id)
    return {name: tuple(sorted(disputes)) for name, disputes in found.items()}


def figures(claims: Iterable[Claim]) -> dict[FigureKey, tuple[str, ...]]:
    """The claims that give a figure, under each event or group it is of and its measure, by date."""
    found: dict[FigureKey, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.quantity:
            for subject in dict.fromkeys((claim.quantity.of, claim.quantity.counted_group)):
                if subject:
                    found[subject, claim.quantity.measure].append(claim)
    return {key: tuple(claim.id for claim in sorted(group, key=figure_order)) for key, group in found.items()}


def figure_order(claim: Claim) -> tuple[object, ...]:
    """By the time a figure is for, then by the time it was said."""
    assert claim.quantity
    return sort_key(claim.quantity.as_of), sort_key(claim.claim_date), claim.id


def uses_of_sources(records: Iterable[Record]) -> dict[str, tuple[Use, ...]]:
    """For each source what rests on it: by paragraph, then by record and field."""
    found: dict[str, list[Use]] = defaultdict(list)
    for record in records:
        for path, citation in citations(record):
            found[citation.source].append(Use(record.id, path, citation))
    return {name: tuple(sorted(uses, key=use_order)) for name, uses in found.items()}


def use_order(use: Use) -> tuple[object, ...]:
    """By the first cited paragraph, uses of the document as a whole last."""
    cited = use.citation.paragraphs
    return (cited is None, cited.start if cited else 0, use.record, tuple(map(str, use.path)))


def citations(record: Record) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Every citation of a record with the path of what it covers; an empty path is the record itself."""
    for citation in record.sources:
        yield (), citation
    for name, cited in record.field_sources.items():
        for citation in cited:
            yield (name,), citation
    for name in cited_fields(type(record)):
        value = getattr(record, name)
        items = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(items):
            for citation in getattr(item, "sources", ()):
                yield (name, number), citation


@cache
def cited_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields of a model whose items can have sources of their own."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if name not in ("sources", "field_sources")
        and any("sources" in inner.model_fields for inner in models_in(field.annotation))
    )


def place_children(graph: Graph, name: str) -> tuple[Place, ...]:
    """The places that physically lie in a place."""
    return graph.backlinks_from(name, Place, "contained_in")
