"""The page of an event: when and where, who took part, what is said of it and by whom."""

from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, record_path, words
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.paging import rest, shown
from sourcebook.pages.parts import (
    ActorRow,
    Cites,
    ClaimRow,
    EventRow,
    Fact,
    FigureRow,
    Head,
    Link,
    NameRow,
    Rich,
    Tail,
    When,
    Words,
)
from sourcebook.records.claim import Claim
from sourcebook.records.event import Event
from sourcebook.records.load import Entry

SHOWN = frozenset(
    {
        ("event", "part_of"),
        ("event", "follows"),
        ("event", "leads_to"),
        ("claim", "about"),
        ("claim", "appearance"),
        ("claim", "quantity"),
    }
)
WHERE_PRECISION = {
    "1": "the exact place",
    "2": "near the place named",
    "3": "the district",
    "4": "the province",
    "5": "a region or a line, not a point",
    "6": "the country only",
    "7": "at sea or in the air",
}
GROUPS = (
    ("contested", "What is disputed"),
    ("corroborated", "What more than one side says"),
    ("reported", "What one side says, undisputed here"),
    ("withdrawn", "What was withdrawn"),
)


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Claims about the event that stand alike, under a heading."""

    heading: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class EventPage:
    """Everything that an event's template prints.

    Where there are many claims about it, the first of each group stand here, and `all_claims` leads to all.
    """

    head: Head
    graphic: bool
    date: When
    cites: Cites
    facts: tuple[Fact, ...]
    known_from: tuple[ClaimRow, ...]
    summary: Rich | None
    description: Rich | None
    participants: tuple[ActorRow, ...]
    whole: tuple[EventRow, ...]
    parts: tuple[EventRow, ...]
    before: tuple[EventRow, ...]
    after: tuple[EventRow, ...]
    claims: tuple[ClaimGroup, ...]
    all_claims: Link | None
    disputes: tuple[Link, ...]
    said_here: tuple[ClaimRow, ...]
    figures: tuple[FigureRow, ...]
    names: tuple[NameRow, ...]
    identifiers: tuple[Fact, ...]
    tail: Tail


def event_page(graph: Graph, entry: Entry) -> EventPage:
    """The page of one event."""
    event = entry.record
    assert isinstance(event, Event)
    composer = Composer(graph, record_path("event", event.id))
    date = composer.when(event.date, event.verbatim_date)
    assert date
    about = graph.backlinks_from(event.id, Claim, "about")
    return EventPage(
        head=head(composer, entry, f"Event ({wording.plain_words(event.type)})"),
        graphic=event.graphic,
        date=date,
        cites=composer.cite_field(event, "date"),
        facts=tuple(facts(composer, event)),
        known_from=composer.claim_rows(composer.claims(event.reported_by)),
        summary=composer.stated(event, "summary"),
        description=composer.stated(event, "description"),
        participants=tuple(participants(composer, event)),
        whole=neighbours(composer, event.part_of, ()),
        parts=neighbours(composer, (), graph.backlinks_from(event.id, Event, "part_of")),
        before=neighbours(composer, event.follows, graph.backlinks_from(event.id, Event, "leads_to")),
        after=neighbours(composer, event.leads_to, graph.backlinks_from(event.id, Event, "follows")),
        claims=claim_groups(composer, about),
        all_claims=rest(composer, "claim", len(about), ("about", event.title.value)),
        disputes=disputes_about(composer, about),
        said_here=composer.claim_rows(shown(graph.backlinks_from(event.id, Claim, "appearance"))),
        figures=composer.figures_of(event.id),
        names=names(composer, event),
        identifiers=identifiers(event),
        tail=tail(composer, event, SHOWN),
    )


def facts(composer: Composer, event: Event) -> list[Fact]:
    """The rows of the event's table: place and type."""
    rows = []
    if event.location:
        rows.append(Fact("Where", (composer.link(event.location),), composer.cite_field(event, "location")))
    if event.where_description:
        rows.append(
            Fact(
                "Where, in the source’s words",
                (words(event.where_description),),
                composer.cite_field(event, "where_description"),
            )
        )
    if event.where_prec:
        rows.append(Fact("Precision of the place", (Words(WHERE_PRECISION[event.where_prec]),)))
    if event.sub_type:
        rows.append(Fact("Finer type", (Words(event.sub_type),)))
    return rows


def participants(composer: Composer, event: Event) -> list[ActorRow]:
    """Who took part, in the order of the file."""
    return [
        ActorRow(
            how=wording.ROLES[participant.role],
            actor=composer.link(participant.actor),
            according_to=composer.link(participant.claim) if participant.claim else None,
            when="",
            cites=composer.cite_item(event, "participants", participant.sources),
            remark=composer.rich(participant.note),
        )
        for participant in event.participants
    ]


def neighbours(composer: Composer, own: tuple[str, ...], others: tuple[Event, ...]) -> tuple[EventRow, ...]:
    """Events that the record names, and those that name it, each once."""
    named = [composer.graph.record(key) for key in own]
    events = {event.id: event for event in (*named, *others) if isinstance(event, Event)}
    return composer.event_rows(events.values())


def claim_groups(composer: Composer, claims: tuple[Claim, ...]) -> tuple[ClaimGroup, ...]:
    """The claims about the event by how they stand; no group without claims."""
    standings = composer.graph.standings
    groups = []
    for status, heading in GROUPS:
        alike = [claim for claim in claims if standings[claim.id].status == status]
        if alike:
            groups.append(ClaimGroup(heading, composer.claim_rows(shown(alike))))
    return tuple(groups)


def disputes_about(composer: Composer, claims: tuple[Claim, ...]) -> tuple[Link, ...]:
    """The disputes that hold any of the claims, by id."""
    found = {key for claim in claims for key in composer.graph.disputes_of.get(claim.id, ())}
    return composer.links(sorted(found))
