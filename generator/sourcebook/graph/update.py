"""The linked whole after an edit of a few records.

In: a graph, and all entries as they are now. Out: the graph that `build_graph` gives of these entries. The
rule it guards: only what the changed records can have changed is worked out anew, by the same rules; a graph
is never changed, so the last good one stays what it was.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from sourcebook.graph.graph import (
    FigureKey,
    Graph,
    Use,
    citations,
    disputes_of_claims,
    figure_order,
    record_order,
    use_order,
)
from sourcebook.graph.references import Reference, references
from sourcebook.graph.related import LEAST_SHARED, MOST_SHARERS, Related, Shared, names_in, nearest
from sourcebook.graph.sides import Sides, sides_of_actors, sides_of_claim
from sourcebook.graph.stances import (
    Stance,
    Standing,
    own_stances,
    stance_order,
    stances_on_claims,
    standing,
    standings,
    tie_stance,
)
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.claim import AGAINST, TIES, Claim
from sourcebook.records.dispute import Dispute
from sourcebook.records.load import MODELS, Entry
from sourcebook.records.source import Source

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Change:
    """The records that an edit has changed, by id, before and after: new ones are after it only."""

    before: Mapping[str, Record]
    after: Mapping[str, Record]

    def __iter__(self) -> Iterator[Record]:
        """Both sides of each."""
        return iter((*self.before.values(), *self.after.values()))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all of them."""
        return frozenset((*self.before, *self.after))


def updated_graph(graph: Graph, entries: Mapping[str, Entry]) -> Graph:
    """The graph of the entries, by id and in order; drafts among them are left out."""
    published = {name: entry for name, entry in entries.items() if not entry.record.draft}
    change = change_between(graph.entries, published)
    sides = updated_sides(graph, change, published)
    links = updated_backlinks(graph, change)
    draft = replace(graph, entries=published, backlinks=links, sides=sides, uses=updated_uses(graph, change))
    stances, stands = updated_standings(graph, draft, change)
    return replace(
        draft,
        by_kind=updated_kinds(graph, published, change),
        stances=stances,
        standings=stands,
        disputes_of=updated_disputes(draft, change),
        figures=updated_figures(graph, change, published),
        related=updated_related(graph, change, published, links),
    )


def change_between(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> Change:
    """What has changed; an entry that was not read anew is the same one."""
    changed = [name for name, entry in after.items() if before.get(name) is not entry]
    gone = [] if len(before) == len(after) - len(changed) else [name for name in before if name not in after]
    return Change(
        {name: before[name].record for name in (*changed, *gone) if name in before},
        {name: after[name].record for name in changed},
    )


def updated_kinds(graph: Graph, entries: Mapping[str, Entry], change: Change) -> dict[str, tuple[str, ...]]:
    """The ids of every kind, the changed ones at their new places."""
    kinds = {name: graph.entries[name].kind for name in change.before}
    new = {name: entries[name].kind for name in change.after}
    found = dict(graph.by_kind)
    for kind in MODELS:
        if kind in kinds.values() or kind in new.values():
            rest = [name for name in found[kind] if name not in kinds]
            for name, its in new.items():
                if its == kind:
                    insort(rest, name, key=lambda one: record_order(entries[one].record))
            found[kind] = tuple(rest)
    return found


def updated_backlinks(graph: Graph, change: Change) -> dict[str, tuple[Reference, ...]]:
    """The backlinks with those from the changed records made anew."""
    before, after = links_by_target(change.before.values()), links_by_target(change.after.values())
    found = dict(graph.backlinks)
    for target in before | after:
        if before.get(target) != after.get(target):
            links = [link for link in found.get(target, ()) if link.origin not in change.ids]
            for link in after.get(target, ()):
                insort(links, link, key=lambda one: one.origin)
            put(found, target, tuple(links))
    return found


def links_by_target(records: Iterable[Record]) -> dict[str, list[Reference]]:
    """The references of some records to others, by whom they name."""
    found: dict[str, list[Reference]] = {}
    for record in records:
        for reference in references(record):
            if reference.target != record.id:
                found.setdefault(reference.target, []).append(reference)
    return found


def updated_sides(graph: Graph, change: Change, entries: Mapping[str, Entry]) -> Sides:
    """The sides, worked out anew if an actor has changed."""
    if not any(isinstance(record, Actor) for record in change):
        return graph.sides
    records = (entry.record for entry in entries.values())
    return sides_of_actors(record for record in records if isinstance(record, Actor))


def updated_standings(
    graph: Graph, now: Graph, change: Change
) -> tuple[Mapping[str, tuple[Stance, ...]], Mapping[str, Standing]]:
    """Stances and standings of the claims that the change can reach."""
    if now.sides != graph.sides:
        return all_standings(now)
    reached = {record.id for record in change if isinstance(record, Claim)}
    reached |= {target for record in change if isinstance(record, Claim) for target in ties(record)}
    stances = dict(graph.stances)
    for name in reached:
        put(stances, name, stances_on(now, name))
    # A dispute goes in both directions, and so does what makes it one.
    beyond = {link.origin for name in reached for link in now.backlinks.get(name, ())}
    beyond |= set(resting_on_changed_sources(now, change))
    found = dict(graph.standings)
    for name in sorted(reached | beyond):
        claim = claim_of(now, name)
        if claim:
            found[name] = standing(
                claim, stances.get(name, ()), attacked_by(now, claim), Sources(now.entries)
            )
        else:
            found.pop(name, None)
    return stances, found


def all_standings(now: Graph) -> tuple[dict[str, tuple[Stance, ...]], dict[str, Standing]]:
    """Stances and standings of all claims: where sides have changed, any of them may have."""
    records = [entry.record for entry in now.entries.values()]
    claims = {record.id: record for record in records if isinstance(record, Claim)}
    sources = {record.id: record for record in records if isinstance(record, Source)}
    stances = stances_on_claims(claims, now.sides)
    return stances, standings(claims, stances, sources, now.sides)


def ties(claim: Claim) -> Iterator[str]:
    """The claims that a claim has a position on."""
    return (target for verb in TIES for target in getattr(claim, verb))


def claim_of(graph: Graph, name: str) -> Claim | None:
    """The claim of an id; None where it is no claim, or none any more."""
    record = graph.entries[name].record if name in graph.entries else None
    return record if isinstance(record, Claim) else None


def stances_on(now: Graph, name: str) -> tuple[Stance, ...]:
    """The positions on one claim; none where it is gone."""
    claim = claim_of(now, name)
    if claim is None:
        return ()
    origins = dict.fromkeys(link.origin for link in now.backlinks.get(name, ()) if link.field in TIES)
    found = [
        tie_stance(verb, other, claim, now.sides)
        for other in (claim_of(now, origin) for origin in (*origins, name))
        if other
        for verb in TIES
        for target in getattr(other, verb)
        if target == name
    ]
    return tuple(sorted((*found, *own_stances(claim, now.sides)), key=stance_order))


def attacked_by(now: Graph, claim: Claim) -> frozenset[str]:
    """The other sides whose claims a claim disputes."""
    own = sides_of_claim(claim, now.sides)
    found: set[str] = set()
    for verb in AGAINST:
        for target in getattr(claim, verb):
            other = claim_of(now, target)
            if other and other.withdrawn is None:
                theirs = sides_of_claim(other, now.sides)
                if own.isdisjoint(theirs):
                    found |= theirs
    return frozenset(found)


def resting_on_changed_sources(now: Graph, change: Change) -> Iterator[str]:
    """The claims whose standing asks where a changed source has its information from."""
    for name in change.ids:
        if any(isinstance(record, Source) for record in (change.before.get(name), change.after.get(name))):
            before, after = change.before.get(name), change.after.get(name)
            if getattr(before, "origin", None) == getattr(after, "origin", None) and before and after:
                continue
            for use in now.uses.get(name, ()):
                yield use.record
                if claim := claim_of(now, use.record):
                    yield from ties(claim)


def updated_disputes(now: Graph, change: Change) -> dict[str, tuple[str, ...]]:
    """The disputes that hold each claim."""
    if not any(isinstance(record, Dispute) for record in change):
        return dict(now.disputes_of)
    return disputes_of_claims(entry.record for entry in now.entries.values() if entry.kind == "dispute")


def updated_figures(
    graph: Graph, change: Change, entries: Mapping[str, Entry]
) -> dict[FigureKey, tuple[str, ...]]:
    """The figures, each list with the changed claims at their new places."""
    touched: dict[FigureKey, list[Claim]] = {key: [] for record in change for key in figure_keys(record)}
    for record in change.after.values():
        for key in figure_keys(record):
            assert isinstance(record, Claim)
            touched[key].append(record)
    found = dict(graph.figures)
    for key, new in touched.items():
        kept = (entries[name].record for name in found.get(key, ()) if name not in change.ids)
        claims = [*(claim for claim in kept if isinstance(claim, Claim)), *new]
        put(found, key, tuple(claim.id for claim in sorted(claims, key=figure_order)))
    return found


def figure_keys(record: Record) -> tuple[FigureKey, ...]:
    """The lists of figures that a record belongs in."""
    if not isinstance(record, Claim) or not record.quantity:
        return ()
    subjects = dict.fromkeys((record.quantity.of, record.quantity.counted_group))
    return tuple((subject, record.quantity.measure) for subject in subjects if subject)


def updated_uses(graph: Graph, change: Change) -> dict[str, tuple[Use, ...]]:
    """What rests on each source."""
    before, after = uses_by_source(change.before.values()), uses_by_source(change.after.values())
    found = dict(graph.uses)
    for name in before | after:
        if before.get(name) != after.get(name):
            uses = [use for use in found.get(name, ()) if use.record not in change.ids]
            for use in sorted(after.get(name, ()), key=use_order):
                insort(uses, use, key=use_order)
            put(found, name, tuple(uses))
    return found


def uses_by_source(records: Iterable[Record]) -> dict[str, list[Use]]:
    """What of some records rests on which source."""
    found: dict[str, list[Use]] = {}
    for record in records:
        for path, citation in citations(record):
            found.setdefault(citation.source, []).append(Use(record.id, path, citation))
    return found


def put(found: dict[Key, Value], key: Key, value: Value) -> None:
    """Set a value; an empty one is left out."""
    if value:
        found[key] = value
    else:
        found.pop(key, None)


class Sources(Mapping[str, Source]):
    """The sources among entries, without a look at all of them."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries = entries

    def __getitem__(self, name: str) -> Source:
        """The source of an id."""
        record = self.entries[name].record
        if isinstance(record, Source):
            return record
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        """Their ids."""
        return (name for name, entry in self.entries.items() if entry.kind == "source")

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)


def updated_related(
    graph: Graph,
    change: Change,
    entries: Mapping[str, Entry],
    links: Mapping[str, tuple[Reference, ...]],
) -> "RelatedRecords":
    """The related records, found anew when they are asked for; who has which keyword is remembered."""
    found = RelatedRecords(entries, links)
    before, after = (
        {name: (type(record), record.tags) for name, record in side.items()}
        for side in (change.before, change.after)
    )
    if isinstance(graph.related, RelatedRecords) and before == after:
        found.tagged = graph.related.tagged
    return found


class RelatedRecords(Mapping[str, tuple[Related, ...]]):
    """The related records of each record, found when they are asked for."""

    def __init__(self, entries: Mapping[str, Entry], links: Mapping[str, tuple[Reference, ...]]) -> None:
        self.entries, self.links = entries, links
        self.names: dict[str, frozenset[str]] = {}
        self.sharers: dict[Shared, tuple[str, ...]] = {}
        self.tagged: dict[str, list[str]] | None = None
        self.found: dict[str, tuple[Related, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Related, ...]:
        """Those of one record; a KeyError where there are none, as in a dictionary of all."""
        if name not in self.found:
            self.found[name] = self.near(name)
        if not self.found[name]:
            raise KeyError(name)
        return self.found[name]

    def __iter__(self) -> Iterator[str]:
        """The records that have any."""
        return (name for name in sorted(self.entries) if self.get(name))

    def __len__(self) -> int:
        """How many have any."""
        return sum(1 for _ in self)

    def near(self, name: str) -> tuple[Related, ...]:
        """What `related_records` finds for a record."""
        if name not in self.entries or self.is_source(name):
            return ()
        things = [thing for thing in self.things(name) if 1 < len(self.sharing(thing)) <= MOST_SHARERS]
        if len(things) < LEAST_SHARED:
            return ()
        things.sort(key=lambda thing: (len(self.sharing(thing)), thing))
        return nearest(name, things, self.sharers, _Named(self))

    def things(self, name: str) -> Iterator[Shared]:
        """What a record may share with others."""
        for tag in set(self.entries[name].record.tags):
            yield "tag", tag
        for target in self.named(name):
            if target in self.entries and not self.is_source(target):
                yield "record", target

    def sharing(self, thing: Shared) -> tuple[str, ...]:
        """The records that share a thing, by id; of what many share, as many as are too many."""
        if thing not in self.sharers:
            kind, what = thing
            self.sharers[thing] = tuple(self.with_tag(what) if kind == "tag" else self.naming(what))
        return self.sharers[thing]

    def naming(self, target: str) -> list[str]:
        """The records that name a record outside of citations."""
        found: dict[str, None] = {}
        for link in self.links.get(target, ()):
            if link.path[-1] != "source" and not self.is_source(link.origin):
                found[link.origin] = None
                if len(found) > MOST_SHARERS:
                    break
        if target in self.named(target):
            found[target] = None
        return sorted(found)

    def with_tag(self, tag: str) -> list[str]:
        """The records with a keyword."""
        if self.tagged is None:
            self.tagged = defaultdict(list)
            for name, entry in sorted(self.entries.items()):
                for one in set(entry.record.tags) if entry.kind != "source" else ():
                    self.tagged[one].append(name)
        return self.tagged[tag]

    def named(self, name: str) -> frozenset[str]:
        """The records that a record names outside of citations."""
        if name not in self.names:
            self.names[name] = frozenset(names_in(self.entries[name].record))
        return self.names[name]

    def is_source(self, name: str) -> bool:
        """Whether a record is a source."""
        return self.entries[name].kind == "source"


class _Named(Mapping[str, frozenset[str]]):
    """What each record names, as it is asked for."""

    def __init__(self, related: RelatedRecords) -> None:
        self.related = related

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.related.named(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.related.entries)

    def __len__(self) -> int:
        return len(self.related.entries)


def all_related(graph: Graph, names: Iterable[str]) -> dict[str, tuple[Related, ...]]:
    """The related records of some records as a dictionary."""
    return {name: near for name in names if (near := graph.related.get(name))}
