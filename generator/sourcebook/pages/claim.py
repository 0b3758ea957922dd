"""The page of a claim: what is said, by whom, where it is written, and how others stand to it."""

from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.graph.stances import Stance
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, record_path, words
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.parts import (
    CitedNote,
    Cites,
    ClaimRow,
    Fact,
    FigureRow,
    Head,
    Link,
    NameRow,
    Rich,
    StanceRow,
    Tail,
    WebLink,
    When,
    Words,
)
from sourcebook.records.claim import TIES, Claim
from sourcebook.records.load import Entry

SHOWN = frozenset(("claim", verb) for verb in TIES) | {("dispute", "sides"), ("dispute", "common_ground")}


@dataclass(frozen=True, slots=True)
class TieRow:
    """What this claim says of another: the neutral words for it, and the other claim."""

    how: str
    claim: ClaimRow


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """That the claimant took the claim back: when, why (empty if not said), and the editors' note."""

    date: When
    reason: str
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Everything that a claim's template prints.

    `evidence_notes` are the notes of its own sources: they stand under the statement.
    `answers` is what the claim says of others; `stances` what others say of it.
    """

    head: Head
    claimants: tuple[Link | Words, ...]
    on_behalf_of: Link | None
    date: When | None
    appearance: Link | None
    claim_type: str
    cites: Cites
    status: str
    counts: str
    withdrawn: Withdrawn | None
    corrected: bool
    evidence_notes: tuple[CitedNote, ...]
    figure: str
    figure_as_of: When | None
    figure_remark: Rich | None
    counted: tuple[Link, ...]
    summary: Rich | None
    description: Rich | None
    stances: tuple[StanceRow, ...]
    answers: tuple[TieRow, ...]
    disputes: tuple[Link, ...]
    figures: tuple[FigureRow, ...]
    about: tuple[Link, ...]
    rests_on: tuple[Link, ...]
    reviews: tuple[Fact, ...]
    names: tuple[NameRow, ...]
    identifiers: tuple[Fact, ...]
    tail: Tail


def claim_page(graph: Graph, entry: Entry) -> ClaimPage:
    """The page of one claim."""
    claim = entry.record
    assert isinstance(claim, Claim)
    composer = Composer(graph, record_path("claim", claim.id))
    standing = graph.standings[claim.id]
    figure = claim.quantity
    cites = composer.cite(claim.sources)
    return ClaimPage(
        head=head(composer, entry, claim_words(claim)),
        claimants=composer.claimants(claim),
        on_behalf_of=composer.link(claim.on_behalf_of) if claim.on_behalf_of else None,
        date=composer.when(claim.claim_date, claim.verbatim_date),
        appearance=composer.link(claim.appearance) if claim.appearance else None,
        claim_type=wording.plain_words(claim.claim_type or ""),
        cites=cites,
        status=wording.STATUSES[standing.status],
        counts=wording.counts(standing),
        withdrawn=withdrawal(composer, claim),
        corrected=standing.corrected_by_claimant,
        evidence_notes=composer.notes(),
        figure=f"{wording.capitalized(wording.plain_words(figure.measure))}: {wording.quantity(figure)}"
        if figure
        else "",
        figure_as_of=composer.when(figure.as_of, figure.verbatim_date) if figure else None,
        figure_remark=composer.rich(figure.note) if figure else None,
        counted=composer.links(key for key in (figure.counted_group, figure.of) if key) if figure else (),
        summary=composer.stated(claim, "summary"),
        description=composer.stated(claim, "description"),
        stances=tuple(stance_row(composer, stance) for stance in graph.stances.get(claim.id, ())),
        answers=answers(composer, claim),
        disputes=composer.links(graph.disputes_of.get(claim.id, ())),
        figures=other_figures(composer, claim),
        about=composer.links(claim.about),
        rests_on=composer.links(claim.obtains_support_from),
        reviews=reviews(composer, claim),
        names=names(composer, claim),
        identifiers=identifiers(claim),
        tail=tail(composer, claim, SHOWN),
    )


def claim_words(claim: Claim) -> str:
    """What kind of claim it is, for readers: `Claim (accusation)`."""
    return f"Claim ({wording.plain_words(claim.claim_type)})" if claim.claim_type else "Claim"


def withdrawal(composer: Composer, claim: Claim) -> Withdrawn | None:
    """That the claim was withdrawn, when and why; None if it was not."""
    if claim.withdrawn is None:
        return None
    when = composer.when(claim.withdrawn.date, claim.withdrawn.verbatim_date)
    assert when
    return Withdrawn(when, claim.withdrawn.reason or "", composer.rich(claim.withdrawn.note))


def stance_row(composer: Composer, stance: Stance) -> StanceRow:
    """One position on the claim."""
    standing = ["same side"] if not stance.other_side else []
    standing += ["withdrawn"] if stance.withdrawn else []
    return StanceRow(
        how=wording.TIES[stance.relation],
        holders=tuple(map(composer.speaker, stance.holders)),
        claim=composer.link(stance.claim) if stance.claim else None,
        date=composer.when(stance.date, stance.verbatim_date),
        standing=", ".join(standing),
        cites=composer.cite(stance.sources),
        notes=composer.notes_of(stance.sources),
        remark=composer.rich(stance.note),
    )


def answers(composer: Composer, claim: Claim) -> tuple[TieRow, ...]:
    """What the claim says of others, by verb in the order of the format."""
    return tuple(
        TieRow(wording.OWN_TIES[verb], composer.claim_row(other))
        for verb in TIES
        for other in composer.claims(getattr(claim, verb))
    )


def other_figures(composer: Composer, claim: Claim) -> tuple[FigureRow, ...]:
    """The claim's figure beside the others of its measure; nothing where there are no others."""
    if claim.quantity is None:
        return ()
    subjects = (claim.quantity.of, claim.quantity.counted_group)
    keys = dict.fromkeys(
        key
        for subject in subjects
        if subject
        for key in composer.graph.figures[subject, claim.quantity.measure]
    )
    if len(keys) < 2:
        return ()
    return tuple(composer.figure_row(other, claim.id) for other in composer.claims(keys))


def reviews(composer: Composer, claim: Claim) -> tuple[Fact, ...]:
    """Fact-checkers' reviews: who, what they rated it in their words, and where."""
    rows = []
    for review in claim.reviews:
        values: list[Link | WebLink | Words | When] = [composer.agent(review.author)]
        values += [words(review.rating_text)] if review.rating_text else []
        values += [when] if (when := composer.when(review.date, review.verbatim_date)) else []
        values.append(WebLink(Words(review.url), review.url))
        rows.append(Fact("Review", tuple(values), Cites(()), composer.rich(review.note)))
    return tuple(rows)
