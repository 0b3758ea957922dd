"""The view of positions: for each dispute who gives which answer, and for each party what it answers.

In: the graph. Out: a table for each dispute, then a list for each party. The rule it guards: a party stands
beside an answer only through a claim or a recorded position, and that is linked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.graph.sides import Sides, side_of, sides_of_claim
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, words
from sourcebook.pages.parts import Link, When, Words
from sourcebook.pages.view import View
from sourcebook.records.claim import Claim
from sourcebook.records.dispute import Dispute

VIEW = View(
    "positions",
    "Positions",
    "Who answers which disputed question how, and through which claim.",
    "Each table is one dispute: its answers are the columns, and whoever gives one stands in a row. "
    "Those who speak with one voice, such as a state and its spokesman, share a row. "
    "An empty cell means that no such answer of theirs is recorded here, not that they have none.",
)

PartyKey = str


@dataclass(frozen=True, slots=True)
class Given:
    """The claim through which an answer is given; `how` says how the party stands to a claim of others."""

    claim: Link
    date: When | None
    status: str
    how: str


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """What a party says for one answer of a dispute; nothing for an answer that it does not give."""

    answer: Words
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party to a dispute: those who speak for it, and a cell for each answer."""

    parties: tuple[Link | Words, ...]
    cells: tuple[AnswerCell, ...]


@dataclass(frozen=True, slots=True)
class DisputeTable:
    """One dispute: the question, the answers in the order of the file, and whoever gives them."""

    dispute: Link
    anchor: str
    answers: tuple[Link, ...]
    rows: tuple[PartyRow, ...]


@dataclass(frozen=True, slots=True)
class PartyAnswers:
    """One party, and its answers: each the question (a link to its table) and the answer."""

    parties: tuple[Link | Words, ...]
    answers: tuple[tuple[Link, Words], ...]


@dataclass(frozen=True, slots=True)
class PositionsPage:
    """Everything that the template of positions prints; the disputes and the parties by name."""

    view: View
    disputes: tuple[DisputeTable, ...]
    parties: tuple[PartyAnswers, ...]


@dataclass(frozen=True, slots=True)
class _Voice:
    """That somebody of a party stands behind an answer."""

    party: PartyKey
    speakers: tuple[str, ...]
    answer: int
    given: Given


def positions_page(graph: Graph) -> PositionsPage:
    """The view of positions."""
    composer = Composer(graph, VIEW.path)
    voices = {dispute.id: tuple(voices_in(composer, dispute)) for dispute in graph.of_kind(Dispute)}
    tables = tuple(dispute_table(composer, dispute, voices[dispute.id]) for dispute in graph.of_kind(Dispute))
    return PositionsPage(VIEW, tables, tuple(parties(composer, voices)))


def anchor(dispute: str) -> str:
    """The id of a dispute's table on the page."""
    return f"dispute-{dispute}"


def dispute_table(composer: Composer, dispute: Dispute, voices: tuple[_Voice, ...]) -> DisputeTable:
    """The table of one dispute; its rows stand in the order of the answers."""
    answers = tuple(
        Link(words(side.answer), composer.link(dispute.id, f"side-{number}").target)
        for number, side in enumerate(dispute.sides, 1)
    )
    rows = []
    for party in dict.fromkeys(voice.party for voice in sorted(voices, key=lambda voice: voice.answer)):
        own = [voice for voice in voices if voice.party == party]
        cells = tuple(
            AnswerCell(answer.label, tuple(voice.given for voice in own if voice.answer == number))
            for number, answer in enumerate(answers)
        )
        rows.append(PartyRow(speakers(composer, own), cells))
    return DisputeTable(composer.link(dispute.id), anchor(dispute.id), answers, tuple(rows))


def voices_in(composer: Composer, dispute: Dispute) -> Iterator[_Voice]:
    """Whoever stands behind the answers of a dispute, by answer, then in the order of the file."""
    for number, side in enumerate(dispute.sides):
        for claim in composer.claims(side.claims):
            yield from own_voices(composer, claim, number)
            yield from other_voices(composer, claim, number)


def own_voices(composer: Composer, claim: Claim, answer: int) -> Iterator[_Voice]:
    """Those who make a claim, one for each party that they belong to."""
    for party in sorted(sides_of_claim(claim, composer.graph.sides)):
        members = tuple(speakers_for(claim, party, composer.graph.sides))
        yield _Voice(party, members, answer, given(composer, claim))


def speakers_for(claim: Claim, party: PartyKey, sides: Sides) -> Iterator[str]:
    """Who makes a claim for a party: whoever it is said for and whoever says it, else the party's own."""
    if claim.on_behalf_of:
        yield from (claim.on_behalf_of, *claim.claimant)
        return
    for name in claim.claimant:
        if party == (f"unknown:{claim.id}" if name == "unknown" else side_of(name, sides)):
            yield name


def other_voices(composer: Composer, claim: Claim, answer: int) -> Iterator[_Voice]:
    """Actors without a claim of their own, whose position on this one is recorded."""
    for position in claim.positions:
        how = wording.TIES[position.relation]
        party = side_of(position.actor, composer.graph.sides)
        yield _Voice(party, (position.actor,), answer, given(composer, claim, how))


def given(composer: Composer, claim: Claim, how: str = "") -> Given:
    """The claim as it stands in a cell."""
    status = wording.STATUSES[composer.graph.standings[claim.id].status]
    return Given(composer.link(claim.id), composer.when(claim.claim_date, claim.verbatim_date), status, how)


def speakers(composer: Composer, voices: Iterable[_Voice]) -> tuple[Link | Words, ...]:
    """Everybody who speaks for a party, each once, in the order of the claims."""
    names = dict.fromkeys(name for voice in voices for name in voice.speakers)
    return tuple(composer.speaker(name) for name in names)


def parties(composer: Composer, voices: dict[str, tuple[_Voice, ...]]) -> Iterator[PartyAnswers]:
    """Every party with its answers to all disputes, by the name of whoever speaks first for it.

    A position against somebody else's claim is no answer, and is left to the tables.
    """
    found: dict[PartyKey, dict[tuple[str, int], list[_Voice]]] = defaultdict(dict)
    for dispute, heard in voices.items():
        for voice in heard:
            if not voice.given.how:
                found[voice.party].setdefault((dispute, voice.answer), []).append(voice)
    rows = [
        PartyAnswers(
            speakers(composer, (voice for heard in answers.values() for voice in heard)),
            tuple(answer_given(composer, dispute, number) for dispute, number in answers),
        )
        for answers in found.values()
    ]
    yield from sorted(rows, key=lambda row: [name_of(party).casefold() for party in row.parties])


def answer_given(composer: Composer, dispute: str, number: int) -> tuple[Link, Words]:
    """A question, as a link to its table, and one of its answers."""
    record = composer.graph.record(dispute)
    assert isinstance(record, Dispute)
    return Link(words(record.question), f"#{anchor(dispute)}"), words(record.sides[number].answer)


def name_of(party: Link | Words) -> str:
    """What somebody is called, for sorting."""
    return party.label.value if isinstance(party, Link) else party.value
