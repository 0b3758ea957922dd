"""Which records have much in common without naming each other.

In: the records. Out: for each a few others, nearest first, with what they share. The rule it guards: what is
rare counts more, by a rule that is written here; what a record names, or is named by, is no news on its page.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from sourcebook.graph.references import references
from sourcebook.records.base import Record
from sourcebook.records.source import Source

MOST_SHARERS = 16
"""What more records than these share says little of any two of them."""
MOST_RELATED = 5
LEAST_SHARED = 2

Shared: TypeAlias = tuple[Literal["record", "tag"], str]
"""What two records can have in common: a record that both name, or a keyword."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another record, and what it shares with the first one: the rarest first."""

    record: str
    shared: tuple[Shared, ...]


def related_records(records: Iterable[Record]) -> dict[str, tuple[Related, ...]]:
    """For each record that has any, the others that share at least two things with it, nearest first.

    Each thing counts the less, the more records share it; equals stand by id. Sources are neither given nor
    counted: what rests on a source stands on its page.
    """
    named = {record.id: frozenset(names_in(record)) for record in records if not isinstance(record, Source)}
    sharers = things_shared({record.id: record for record in records}, named)
    things_of: dict[str, list[Shared]] = defaultdict(list)
    for thing in sorted(sharers, key=lambda thing: (len(sharers[thing]), thing)):
        for name in sharers[thing]:
            things_of[name].append(thing)
    found = {name: nearest(name, things_of[name], sharers, named) for name in sorted(things_of)}
    return {name: near for name, near in found.items() if near}


def names_in(record: Record) -> Iterator[str]:
    """The records that a record names outside of its citations."""
    for reference in references(record):
        if reference.path[-1] != "source":
            yield reference.target


def things_shared(
    records: Mapping[str, Record], named: Mapping[str, frozenset[str]]
) -> dict[Shared, tuple[str, ...]]:
    """What a few records share, with their ids."""
    found: dict[Shared, list[str]] = defaultdict(list)
    for name, targets in sorted(named.items()):
        for tag in sorted(set(records[name].tags)):
            found["tag", tag].append(name)
        for target in sorted(targets):
            if target in named:
                found["record", target].append(name)
    return {thing: tuple(names) for thing, names in found.items() if 1 < len(names) <= MOST_SHARERS}


def nearest(
    name: str,
    things: Iterable[Shared],
    sharers: Mapping[Shared, tuple[str, ...]],
    named: Mapping[str, frozenset[str]],
) -> tuple[Related, ...]:
    """The records that share most with one."""
    shared: dict[str, list[Shared]] = defaultdict(list)
    for thing in things:
        for other in sharers[thing]:
            if other != name and other not in named[name] and name not in named[other]:
                shared[other].append(thing)
    weights = {
        other: sum(Fraction(1, len(sharers[thing]) - 1) for thing in common)
        for other, common in shared.items()
        if len(common) >= LEAST_SHARED
    }
    order = sorted(weights, key=lambda other: (-weights[other], other))[:MOST_RELATED]
    return tuple(Related(other, tuple(shared[other])) for other in order)
