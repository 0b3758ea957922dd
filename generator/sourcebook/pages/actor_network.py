"""The network around one actor: whoever it is tied to, for a small drawing on its page.

In: an actor, and the composer of its page. Out: a network with the actor's own ties only. The rule it guards:
a drawing of one line is none: the words say it.
"""

from sourcebook.graph.graph import record_order
from sourcebook.pages.composer import Composer
from sourcebook.pages.network import Network, all_groups, between, ties_around
from sourcebook.records.actor import Actor

FEWEST, MOST = 2, 14
"""With fewer neighbours a drawing shows nothing, with more it is not small."""


def network_around(composer: Composer, actor: Actor) -> Network | None:
    """The actor with all that it is tied to; None for hardly any, or for very many."""
    graph, ties = composer.graph, ties_around(composer, actor)
    ends = {end for tie in ties for end in (tie.origin, tie.target)}
    if not FEWEST <= len(ends - {actor.id}) <= MOST:
        return None
    # Not the index: every actor's page would then read every actor.
    others = sorted((graph.record(end) for end in ends - {actor.id}), key=record_order)
    groups = all_groups(composer, (actor.id, *(other.id for other in others)), ties)
    return Network(groups, between(groups, ties))
