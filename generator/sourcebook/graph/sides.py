"""Who is on one side with whom.

In: actors and claims. Out: the side of each. The rule it guards: a state and its spokesman do not
corroborate each other, and do not contest each other either.
"""

from collections.abc import Iterable, Mapping

from sourcebook.records.actor import Actor
from sourcebook.records.claim import Claim

JOINING_RELATIONS = frozenset({"part_of", "represents"})

Sides = Mapping[str, str]
"""For each actor the id that stands for its side; for anybody else nothing."""


def sides_of_actors(actors: Iterable[Actor]) -> Sides:
    """The side of every actor: actors joined by `parent`, `part_of` or `represents` share one.

    A side is named by the smallest id in it.
    """
    side: dict[str, str] = {}

    def root(name: str) -> str:
        while side.setdefault(name, name) != name:
            side[name] = side[side[name]]
            name = side[name]
        return name

    for actor in sorted(actors, key=lambda actor: actor.id):
        for other in joined_to(actor):
            low, high = sorted((root(actor.id), root(other)))
            side[high] = low
        root(actor.id)
    return {name: root(name) for name in list(side)}


def joined_to(actor: Actor) -> tuple[str, ...]:
    """The actors that an actor is one side with, by its own record."""
    related = [relation.target for relation in actor.relations if relation.type in JOINING_RELATIONS]
    return (*related, *([actor.parent] if actor.parent else ()))


def sides_of_claim(claim: Claim, sides: Sides) -> frozenset[str]:
    """The sides that make a claim: that of `on_behalf_of`, else those of its claimants.

    Each `unknown` is a side of its own; a source that speaks for itself is one, too.
    """
    if claim.on_behalf_of:
        return frozenset({side_of(claim.on_behalf_of, sides)})
    return frozenset(
        f"unknown:{claim.id}" if name == "unknown" else side_of(name, sides) for name in claim.claimant
    )


def side_of(name: str, sides: Sides) -> str:
    """The side of an actor or a source."""
    return sides.get(name, name)
