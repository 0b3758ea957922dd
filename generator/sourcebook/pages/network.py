"""The network: which actors are tied to which, and how.

In: the graph. Out: a page with the same twice, once for drawing and once as a list. The rule it guards: a tie
that a party would contest is told as what somebody claims, and never puts one actor under another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages import paging, wording
from sourcebook.pages.composer import Composer, words
from sourcebook.pages.paging import Pager, on_page, pager
from sourcebook.pages.parts import Link, Words
from sourcebook.pages.view import View
from sourcebook.records.actor import Actor
from sourcebook.records.base import Span

INTRODUCTION = "Who is part of whom, speaks for whom, backs or opposes whom, as far as the sources tell."
VIEW = View("network", "Network", INTRODUCTION, INTRODUCTION)
EMPTY = "No tie between actors is recorded yet."
WORDS = {
    **wording.RELATIONS,
    "parent": ("is a division of", "has as a division"),
    "post": ("holds a post at", "has in a post"),
    "membership": ("is a member of", "has as a member"),
}
"""What ties two actors: read from the one that has the tie, and from the other."""
UPWARDS = ("parent", "part_of", "represents", "membership", "post")
"""The ties that may put an actor under another one in the drawing, the most telling first."""
BOTH_WAYS = frozenset({"ally_of"})
MOST_GROUPS = 40


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties one actor to another, by their ids: the words, what kind of tie, and by whose claim.

    `detail` is the post or the role, `when` the time in words; both may be nothing. `mutual` is set where the
    tie has no direction.
    """

    origin: str
    target: str
    kind: str
    how: str
    detail: Words | None
    when: str
    according_to: Link | None
    mutual: bool


@dataclass(frozen=True, slots=True)
class Member:
    """An actor in a group: its id, how deep it stands under the first one, its ties to the one above it."""

    key: str
    actor: Link
    depth: int
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Actors that belong together: the one on top, then those under it, each before those under itself."""

    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """What is drawn: the groups, and the other ties between their members."""

    groups: tuple[Group, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie in the list, seen from the actor under whose name it stands."""

    how: str
    actor: Link
    detail: Words | None
    when: str
    according_to: Link | None


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """An actor of the list with all its ties."""

    actor: Link
    ties: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Everything that the network's template prints.

    `drawing` is None where no actor has a tie; `left_out` tells what of it is not drawn, empty where all is.
    `rows` are the actors with a tie, by name; `untied` those without. Many actors go on on further pages,
    without the drawing.
    """

    view: View
    drawing: Network | None
    left_out: str
    rows: tuple[NetworkRow, ...]
    untied: tuple[Link, ...]
    empty: str
    pager: Pager | None = None


def page_count(graph: Graph) -> int:
    """How many pages the list of actors needs."""
    return paging.page_count(len(graph.by_kind["actor"]))


def network_page(graph: Graph, number: int = 1) -> NetworkPage:
    """The network of all actors, or the further page of a number."""
    composer, count = Composer(graph, VIEW.path), page_count(graph)
    drawing, too_many = drawn(composer) if number == 1 else (None, "")
    part = [graph.record(key) for key in on_page(graph.by_kind["actor"], number)[1]]
    rows = {actor.id: tie_rows(composer, actor) for actor in part if isinstance(actor, Actor)}
    return NetworkPage(
        view=VIEW.page(number, count),
        drawing=drawing,
        left_out=too_many,
        rows=tuple(NetworkRow(composer.link(key), found) for key, found in rows.items() if found),
        untied=composer.links(key for key, found in rows.items() if not found),
        empty="" if has_ties(composer) else EMPTY,
        pager=pager(composer, VIEW.path, number, count),
    )


def has_ties(composer: Composer) -> bool:
    """Whether any actor is tied to another one; no more are read than it takes to know."""
    return any(tie for actor in composer.graph.of_kind(Actor) for tie in ties_of(composer, actor))


def drawn(composer: Composer) -> tuple[Network | None, str]:
    """What is drawn of all actors, None where no tie is known; and in words what of them is not."""
    actors = tuple(composer.graph.of_kind(Actor))
    ties = tuple(tie for actor in actors for tie in ties_of(composer, actor))
    tied = {end for tie in ties for end in (tie.origin, tie.target)}
    groups = all_groups(composer, tuple(actor.id for actor in actors if actor.id in tied), ties)
    shown = most_tied(groups, ties)
    return Network(shown, between(shown, ties)) if shown else None, left_out(len(groups))


def ties_of(composer: Composer, actor: Actor) -> Iterator[Tie]:
    """The ties of an actor's own record."""
    if actor.parent:
        yield tie(composer, actor, actor.parent, "parent")
    for relation in actor.relations:
        yield tie(composer, actor, relation.target, relation.type, relation, claim=relation.claim)
    for membership in actor.memberships:
        role = words(membership.role) if membership.role else None
        yield tie(composer, actor, membership.organization, "membership", membership, role)
    for post in actor.posts:
        if post.organization:
            yield tie(composer, actor, post.organization, "post", post, words(post.post))


def ties_around(composer: Composer, actor: Actor) -> tuple[Tie, ...]:
    """The ties of an actor's own record, then those of others to it, in the order of their index."""
    others = composer.graph.backlinks_from(actor.id, Actor, "parent", "relations", "memberships", "posts")
    theirs = (tie for other in others for tie in ties_of(composer, other) if tie.target == actor.id)
    return (*ties_of(composer, actor), *theirs)


def tie(
    composer: Composer,
    actor: Actor,
    target: str,
    kind: str,
    span: Span | None = None,
    detail: Words | None = None,
    claim: str | None = None,
) -> Tie:
    """One tie of an actor."""
    return Tie(
        origin=actor.id,
        target=target,
        kind=kind,
        how=words_for(kind)[0],
        detail=detail,
        when=composer.span(span.start_date, span.end_date, span.verbatim_date) if span else "",
        according_to=composer.link(claim) if claim else None,
        mutual=kind in BOTH_WAYS,
    )


def words_for(kind: str) -> tuple[str, str]:
    """The words for a tie, from both its ends."""
    plain = wording.plain_words(kind)
    return WORDS.get(kind, (plain, f"{plain} (of)"))


def all_groups(composer: Composer, keys: tuple[str, ...], ties: tuple[Tie, ...]) -> tuple[Group, ...]:
    """The actors with ties as groups, each under the one that it belongs to, in the order of the index."""
    above = uppers(ties)
    below: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        if key in above:
            below[above[key]].append(key)
    own: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for one in ties:
        own[one.origin, one.target].append(one)

    def members(top: str) -> Iterator[Member]:
        waiting = [(top, 0)]
        while waiting:
            key, depth = waiting.pop()
            upwards = tuple(own[key, above[key]]) if key in above else ()
            yield Member(key, composer.link(key), depth, upwards)
            waiting += [(under, depth + 1) for under in reversed(below[key])]

    return tuple(Group(tuple(members(key))) for key in keys if key not in above)


def uppers(ties: Iterable[Tie]) -> dict[str, str]:
    """For each actor that belongs to another one, which: by its most telling tie, the first of that kind.

    A tie that rests on a claim does not count, and none that would put an actor under itself.
    """
    above: dict[str, str] = {}
    sure = [one for one in ties if one.kind in UPWARDS and one.according_to is None]
    for one in sorted(sure, key=lambda one: UPWARDS.index(one.kind)):
        if one.origin not in above and one.origin not in way_up(above, one.target):
            above[one.origin] = one.target
    return above


def way_up(above: dict[str, str], key: str) -> Iterator[str]:
    """An actor and all above it."""
    yield key
    while key in above:
        key = above[key]
        yield key


def most_tied(groups: tuple[Group, ...], ties: tuple[Tie, ...]) -> tuple[Group, ...]:
    """The groups that are drawn where there are too many: those with the most ties, in the order of all."""
    count: dict[str, int] = defaultdict(int)
    for one in ties:
        count[one.origin] += 1
        count[one.target] += 1
    weights = [-sum(count[member.key] for member in group.members) for group in groups]
    kept = set(sorted(range(len(groups)), key=lambda number: (weights[number], number))[:MOST_GROUPS])
    return tuple(group for number, group in enumerate(groups) if number in kept)


def between(groups: tuple[Group, ...], ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
    """The ties between drawn actors that do not stand in a group already."""
    drawn = {member.key for group in groups for member in group.members}
    told = {one for group in groups for member in group.members for one in member.ties}
    return tuple(one for one in ties if one not in told and one.origin in drawn and one.target in drawn)


def left_out(groups: int) -> str:
    """In words what is not drawn; empty where all is."""
    if groups <= MOST_GROUPS:
        return ""
    return (
        f"Drawn are the {MOST_GROUPS} groups with the most ties, of {groups}; the list below has all of them."
    )


def tie_rows(composer: Composer, actor: Actor) -> tuple[TieRow, ...]:
    """All ties of an actor for the list."""
    return tuple(tie_row(composer, one, actor) for one in ties_around(composer, actor))


def tie_row(composer: Composer, one: Tie, actor: Actor) -> TieRow:
    """A tie, seen from one of its ends."""
    other, words_of_end = (one.target, 0) if one.origin == actor.id else (one.origin, 1)
    how = words_for(one.kind)[words_of_end]
    return TieRow(how, composer.link(other), one.detail, one.when, one.according_to)
