"""The network around one actor: whoever it is tied to, for a small drawing on its page.

In: an actor, and the composer of its page. Out: a network with the actor's own ties only. The rule it guards:
a drawing of one line is none: the words say it.
"""

from sourcebook.pages.composer import Composer
from sourcebook.pages.network import Network, Tie, all_groups, between, ties_of
from sourcebook.records.actor import Actor

FEWEST, MOST = 2, 14
"""With fewer neighbours a drawing shows nothing, with more it is not small."""


def network_around(composer: Composer, actor: Actor) -> Network | None:
    """The actor with all that it is tied to; None for hardly any, or for very many."""
    graph = composer.graph
    others = graph.backlinks_from(actor.id, Actor, "parent", "relations", "memberships", "posts")
    ties = (
        *ties_of(composer, actor),
        *(tie for other in others for tie in ties_to(composer, other, actor.id)),
    )
    ends = {end for tie in ties for end in (tie.origin, tie.target)}
    if not FEWEST <= len(ends - {actor.id}) <= MOST:
        return None
    keys = (actor.id, *(one.id for one in graph.of_kind(Actor) if one.id in ends and one is not actor))
    groups = all_groups(composer, keys, ties)
    return Network(groups, between(groups, ties))


def ties_to(composer: Composer, origin: Actor, target: str) -> tuple[Tie, ...]:
    """The ties of one actor to another."""
    return tuple(tie for tie in ties_of(composer, origin) if tie.target == target and origin.id != target)
