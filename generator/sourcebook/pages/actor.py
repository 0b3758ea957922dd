"""The page of an actor: names, posts, what it took part in, what it says, and with whom it disagrees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.actor_network import network_around
from sourcebook.pages.composer import Composer, record_path, words
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.network import Network
from sourcebook.pages.paging import ROWS_A_PAGE, rest, shown
from sourcebook.pages.parts import (
    ActorRow,
    ClaimRow,
    EventRow,
    Fact,
    FigureRow,
    Head,
    Link,
    NameRow,
    Rich,
    Tail,
    Words,
)
from sourcebook.records.actor import Actor, Relation
from sourcebook.records.claim import AGAINST, Claim
from sourcebook.records.event import Event, Participant
from sourcebook.records.load import Entry

SHOWN = frozenset(
    {
        ("actor", "parent"),
        ("actor", "relations"),
        ("actor", "posts"),
        ("actor", "memberships"),
        ("event", "participants"),
        ("claim", "claimant"),
        ("claim", "on_behalf_of"),
        ("claim", "about"),
        ("claim", "quantity"),
    }
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Another party, the claims by which the two disagree, and how its claim stands to the actor's."""

    with_whom: tuple[Link | Words, ...]
    how: str
    theirs: Link
    own: Link


@dataclass(frozen=True, slots=True)
class ActorPage:
    """Everything that an actor's template prints.

    Of a long list the beginning stands here, and a link to all of it in the field that begins with `all_`.
    """

    head: Head
    anonymous: bool
    summary: Rich | None
    description: Rich | None
    facts: tuple[Fact, ...]
    names: tuple[NameRow, ...]
    says: tuple[ClaimRow, ...]
    all_says: Link | None
    said_for: tuple[ClaimRow, ...]
    all_said_for: Link | None
    disagreements: tuple[Disagreement, ...]
    events: tuple[EventRow, ...]
    all_events: Link | None
    said_about: tuple[ClaimRow, ...]
    all_said_about: Link | None
    network: Network | None
    relations: tuple[ActorRow, ...]
    divisions: tuple[Link, ...]
    people: tuple[ActorRow, ...]
    figures: tuple[FigureRow, ...]
    identifiers: tuple[Fact, ...]
    tail: Tail


def actor_page(graph: Graph, entry: Entry) -> ActorPage:
    """The page of one actor."""
    actor = entry.record
    assert isinstance(actor, Actor)
    composer = Composer(graph, record_path("actor", actor.id))
    says = graph.backlinks_from(actor.id, Claim, "claimant")
    own = {claim.id for claim in says}
    said_for = tuple(
        claim for claim in graph.backlinks_from(actor.id, Claim, "on_behalf_of") if claim.id not in own
    )
    own |= {claim.id for claim in said_for}
    about = tuple(claim for claim in graph.backlinks_from(actor.id, Claim, "about") if claim.id not in own)
    took_part = tuple(event_parts(actor, graph.backlinks_from(actor.id, Event, "participants")))
    by_actor, of_actor = ("actor", actor.name.value), ("about", actor.name.value)
    return ActorPage(
        head=head(composer, entry, f"Actor ({wording.plain_words(actor.type)})"),
        anonymous=actor.anonymous,
        summary=composer.stated(actor, "summary"),
        description=composer.stated(actor, "description"),
        facts=tuple(facts(composer, actor)),
        names=names(composer, actor),
        says=composer.claim_rows(shown(says)),
        all_says=rest(composer, "claim", len(says), by_actor),
        said_for=composer.claim_rows(shown(said_for)),
        all_said_for=rest(composer, "claim", len(said_for), by_actor),
        disagreements=tuple(islice(disagreements(composer, (*says, *said_for)), ROWS_A_PAGE)),
        events=tuple(events(composer, shown(took_part))),
        all_events=rest(composer, "event", len(took_part), by_actor),
        said_about=composer.claim_rows(shown(about)),
        all_said_about=rest(composer, "claim", len(about), of_actor),
        network=network_around(composer, actor),
        relations=(*own_relations(composer, actor), *inverse_relations(composer, actor)),
        divisions=tuple(composer.link(part.id) for part in graph.backlinks_from(actor.id, Actor, "parent")),
        people=tuple(people(composer, actor)),
        figures=composer.figures_of(actor.id),
        identifiers=identifiers(actor),
        tail=tail(composer, actor, SHOWN),
    )


def facts(composer: Composer, actor: Actor) -> Iterator[Fact]:
    """The rows of the actor's table: country, parent, posts, memberships."""
    if actor.country:
        yield Fact("Country", (Words(wording.country(actor.country)),), composer.cite_field(actor, "country"))
    if actor.parent:
        yield Fact("Division of", (composer.link(actor.parent),), composer.cite_field(actor, "parent"))
    for post in actor.posts:
        where = [composer.link(post.organization)] if post.organization else []
        span = composer.span(post.start_date, post.end_date, post.verbatim_date)
        yield Fact(
            "Post",
            (words(post.post), *where, *([Words(span)] if span else [])),
            composer.cite_item(actor, "posts", post.sources),
            composer.rich(post.note),
        )
    for membership in actor.memberships:
        role = [words(membership.role)] if membership.role else []
        span = composer.span(membership.start_date, membership.end_date, membership.verbatim_date)
        yield Fact(
            "Member of",
            (composer.link(membership.organization), *role, *([Words(span)] if span else [])),
            composer.cite_item(actor, "memberships", membership.sources),
            composer.rich(membership.note),
        )


def own_relations(composer: Composer, actor: Actor) -> Iterator[ActorRow]:
    """The relations of the actor's own record."""
    for relation in actor.relations:
        yield relation_row(composer, actor, relation, relation.target, inverse=False)


def inverse_relations(composer: Composer, actor: Actor) -> Iterator[ActorRow]:
    """The relations of other actors to this one, in the words of the inverse."""
    for other in composer.graph.backlinks_from(actor.id, Actor, "relations"):
        for relation in other.relations:
            if relation.target == actor.id:
                yield relation_row(composer, other, relation, other.id, inverse=True)


def relation_row(
    composer: Composer, owner: Actor, relation: Relation, shown: str, *, inverse: bool
) -> ActorRow:
    """One relation, seen from the page's actor."""
    plain = wording.plain_words(relation.type)
    return ActorRow(
        how=wording.RELATIONS.get(relation.type, (plain, f"{plain} (of)"))[int(inverse)],
        actor=composer.link(shown),
        according_to=composer.link(relation.claim) if relation.claim else None,
        when=composer.span(relation.start_date, relation.end_date, relation.verbatim_date),
        cites=composer.cite_item(owner, "relations", relation.sources),
        remark=composer.rich(relation.note),
    )


def people(composer: Composer, actor: Actor) -> Iterator[ActorRow]:
    """Who holds a post at the actor or is a member of it, by name."""
    for person in composer.graph.backlinks_from(actor.id, Actor, "posts", "memberships"):
        for post in person.posts:
            if post.organization == actor.id:
                yield ActorRow(
                    post.post.value,
                    composer.link(person.id),
                    None,
                    composer.span(post.start_date, post.end_date, post.verbatim_date),
                    composer.cite_item(person, "posts", post.sources),
                )
        for membership in person.memberships:
            if membership.organization == actor.id:
                yield ActorRow(
                    membership.role.value if membership.role else "member",
                    composer.link(person.id),
                    None,
                    composer.span(membership.start_date, membership.end_date, membership.verbatim_date),
                    composer.cite_item(person, "memberships", membership.sources),
                )


def event_parts(actor: Actor, events: Iterable[Event]) -> Iterator[tuple[Event, Participant]]:
    """Events with each part that an actor had in them."""
    for event in events:
        for participant in event.participants:
            if participant.actor == actor.id:
                yield event, participant


def events(composer: Composer, parts: Iterable[tuple[Event, Participant]]) -> Iterator[EventRow]:
    """The events that the actor had a part in, by date, with the part."""
    for event, participant in parts:
        yield composer.event_row(event, wording.ROLES[participant.role], participant.claim)


def disagreements(composer: Composer, claims: tuple[Claim, ...]) -> Iterator[Disagreement]:
    """Claims of other sides that dispute the actor's, and that the actor's dispute."""
    graph = composer.graph
    for claim in {claim.id: claim for claim in claims}.values():
        for stance in graph.stances.get(claim.id, ()):
            if stance.claim and stance.relation in AGAINST and stance.other_side:
                other = graph.record(stance.claim)
                assert isinstance(other, Claim)
                yield disagreement(composer, claim, other, wording.AGAINST[stance.relation][0])
        for verb in sorted(AGAINST):
            for other in composer.claims(getattr(claim, verb)):
                yield disagreement(composer, claim, other, wording.AGAINST[verb][1])


def disagreement(composer: Composer, own: Claim, other: Claim, how: str) -> Disagreement:
    """One disagreement between a claim of the actor's and another's."""
    return Disagreement(composer.claimants(other), how, composer.link(other.id), composer.link(own.id))
