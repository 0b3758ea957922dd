"""How claims stand to each other: who supports, disputes or corrects what, and what follows for a status.

In: the records and the sides. Out: for each claim its stances and its computed status.
The rule it guards: a status is computed from what the records say and is never a verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sourcebook.dates.edtf import Date
from sourcebook.graph.sides import Sides, side_of, sides_of_claim
from sourcebook.records.citation import Citation
from sourcebook.records.claim import AGAINST, FOR, NEVER_CORROBORATED, TIES, Claim
from sourcebook.records.fields import Agent, Passage
from sourcebook.records.source import Source


class Status(StrEnum):
    """What is to be said of a claim, without judging it."""

    WITHDRAWN = "withdrawn"
    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Stance:
    """One position on a claim.

    `relation` is a CiTO verb; `holders` are ids of actors or sources; `claim` is the claim by which it
    is held, None where it is none of its own; `other_side` tells whether it is another side's.
    """

    relation: str
    holders: tuple[str, ...]
    sides: frozenset[str]
    other_side: bool
    claim: str | None
    date: Date | None
    withdrawn: bool
    sources: tuple[Citation, ...]
    verbatim_date: str | None = None
    note: Passage | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim's computed status, and the counts behind it.

    The counts are of other sides; `disputes` counts those whose claims it disputes or says are false,
    `disputed_by` takes in those that say it is false, `supported_by` those that say it is true;
    `sources` counts documents.
    """

    status: Status
    disputes: int
    disputed_by: int
    supported_by: int
    sources: int
    corrected_by_claimant: bool


def stances_on_claims(claims: Mapping[str, Claim], sides: Sides) -> dict[str, tuple[Stance, ...]]:
    """For each claim that has any, the positions on it: by verb, then by holder and claim."""
    found: dict[str, list[Stance]] = defaultdict(list)
    for claim in claims.values():
        for verb in TIES:
            for target in getattr(claim, verb):
                found[target].append(tie_stance(verb, claim, claims[target], sides))
        found[claim.id] += own_stances(claim, sides)
    return {name: tuple(sorted(stances, key=stance_order)) for name, stances in found.items() if stances}


def stance_order(stance: Stance) -> tuple[object, ...]:
    """By verb in the order of the format, then by holder and claim."""
    verbs = (*TIES, "discusses")
    return verbs.index(stance.relation), stance.holders, stance.claim or ""


def tie_stance(verb: str, claim: Claim, target: Claim, sides: Sides) -> Stance:
    """The position that a claim takes on another."""
    own = sides_of_claim(claim, sides)
    return Stance(
        relation=verb,
        holders=tuple(claim.claimant),
        sides=own,
        other_side=own.isdisjoint(sides_of_claim(target, sides)),
        claim=claim.id,
        date=claim.claim_date,
        withdrawn=claim.withdrawn is not None,
        sources=claim.sources,
        verbatim_date=claim.verbatim_date,
    )


def own_stances(claim: Claim, sides: Sides) -> Iterator[Stance]:
    """The positions that stand in the claim's own record: evidence, and actors' positions."""
    mine = sides_of_claim(claim, sides)
    for evidence in claim.evidence:
        sources = evidence.sources or claim.sources
        holders = (evidence.by,) if evidence.by else tuple(dict.fromkeys(c.source for c in sources))
        theirs = frozenset(side_of(holder, sides) for holder in holders)
        yield Stance(
            relation=evidence.relation,
            holders=holders,
            sides=theirs,
            other_side=theirs.isdisjoint(mine),
            claim=None,
            date=None,
            withdrawn=False,
            sources=sources,
            note=evidence.note,
        )
    for position in claim.positions:
        theirs = frozenset({side_of(position.actor, sides)})
        yield Stance(
            relation=position.relation,
            holders=(position.actor,),
            sides=theirs,
            other_side=theirs.isdisjoint(mine),
            claim=None,
            date=position.date,
            withdrawn=False,
            sources=position.sources or claim.sources,
            verbatim_date=position.verbatim_date,
            note=position.note,
        )


def standings(
    claims: Mapping[str, Claim],
    stances: Mapping[str, tuple[Stance, ...]],
    sources: Mapping[str, Source],
    sides: Sides,
) -> dict[str, Standing]:
    """The standing of every claim."""
    attacked = attacked_in_return(claims, stances, sides)
    return {
        name: standing(claim, stances.get(name, ()), attacked[name], sources)
        for name, claim in claims.items()
    }


def attacked_in_return(
    claims: Mapping[str, Claim], stances: Mapping[str, tuple[Stance, ...]], sides: Sides
) -> dict[str, frozenset[str]]:
    """For each claim the other sides whose claims it disputes: a dispute goes in both directions."""
    found: dict[str, set[str]] = defaultdict(set)
    for target, held in stances.items():
        if claims[target].withdrawn is None:
            for stance in held:
                if stance.claim and stance.other_side and stance.relation in AGAINST:
                    found[stance.claim] |= sides_of_claim(claims[target], sides)
    return defaultdict(frozenset, {name: frozenset(others) for name, others in found.items()})


def standing(
    claim: Claim, stances: Iterable[Stance], attacked: frozenset[str], sources: Mapping[str, Source]
) -> Standing:
    """The standing of one claim, by the order of the format: withdrawn, contested, corroborated, reported."""
    live = [stance for stance in stances if not stance.withdrawn]
    others = [stance for stance in live if stance.other_side]
    against = [stance for stance in others if stance.relation in AGAINST]
    behind = [stance for stance in others if stance.relation in FOR]
    independent = any(is_independent(stance.sources, claim.sources, sources) for stance in behind)
    if claim.withdrawn:
        status = Status.WITHDRAWN
    elif against or attacked:
        status = Status.CONTESTED
    elif independent and claim.claim_type not in NEVER_CORROBORATED:
        status = Status.CORROBORATED
    else:
        status = Status.REPORTED
    return Standing(
        status,
        disputes=len(attacked),
        disputed_by=len(distinct_sides(against)),
        supported_by=len(distinct_sides(behind)),
        sources=len({citation.source for citation in claim.sources}),
        corrected_by_claimant=any(s.relation == "corrects" and not s.other_side for s in live),
    )


def distinct_sides(stances: Iterable[Stance]) -> frozenset[str]:
    """The sides that hold any of the stances."""
    return frozenset(side for stance in stances for side in stance.sides)


def is_independent(
    supporting: Iterable[Citation], own: Iterable[Citation], sources: Mapping[str, Source]
) -> bool:
    """Whether anything of what supports a claim has another origin than what the claim is written in."""
    supporting, own = tuple(supporting), tuple(own)
    named = named_origins((*supporting, *own), sources)
    return bool(origins(supporting, sources, named) - origins(own, sources, named))


def origins(
    citations: Iterable[Citation], sources: Mapping[str, Source], named: frozenset[object]
) -> frozenset[object]:
    """Where the information of citations comes from, beside origins that are named there.

    It is the origin that the citation or its source names. A source that names none is its maker's where the
    maker is one of those named (an agency's own dispatch beside a newspaper that has it from the agency),
    and else an origin of its own.
    """
    return frozenset(origin_of(citation, sources[citation.source], named) for citation in citations)


def origin_of(citation: Citation, source: Source, named: frozenset[object]) -> object:
    """The origin of one citation, beside origins that are named."""
    if origin := citation.origin or source.origin:
        return agent_key(origin)
    return next((maker for maker in makers(source) if maker in named), ("source", source.id))


def named_origins(citations: Iterable[Citation], sources: Mapping[str, Source]) -> frozenset[object]:
    """The origins that citations, or their sources, name."""
    named = (citation.origin or sources[citation.source].origin for citation in citations)
    return frozenset(agent_key(origin) for origin in named if origin)


def makers(source: Source) -> Iterator[object]:
    """Who made a source, each in the form in which origins are compared."""
    for agent in (*source.author, source.publisher):
        if agent:
            yield agent_key(agent)
    if source.container_title:
        yield ("text", source.container_title.value.casefold())


def agent_key(agent: Agent) -> object:
    """What makes two of those that are named the same: the actor, or the words."""
    return ("actor", agent.actor) if agent.actor else ("text", agent.text and agent.text.value.casefold())
