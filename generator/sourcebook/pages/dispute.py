"""The page of a dispute: the question, and its sides next to each other."""

from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages.composer import Composer, record_path, words
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.parts import ClaimRow, Fact, Head, NameRow, Rich, Tail, Words
from sourcebook.records.dispute import Dispute
from sourcebook.records.load import Entry


@dataclass(frozen=True, slots=True)
class SideBox:
    """One side: its answer, and the claims that give it, by date."""

    answer: Words
    anchor: str
    claims: tuple[ClaimRow, ...]
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class DisputePage:
    """Everything that a dispute's template prints; the sides stand in the order of the file."""

    head: Head
    summary: Rich | None
    description: Rich | None
    sides: tuple[SideBox, ...]
    common_ground: tuple[ClaimRow, ...]
    names: tuple[NameRow, ...]
    identifiers: tuple[Fact, ...]
    tail: Tail


def dispute_page(graph: Graph, entry: Entry) -> DisputePage:
    """The page of one dispute."""
    dispute = entry.record
    assert isinstance(dispute, Dispute)
    composer = Composer(graph, record_path("dispute", dispute.id))
    return DisputePage(
        head=head(composer, entry, "Dispute"),
        summary=composer.stated(dispute, "summary"),
        description=composer.stated(dispute, "description"),
        sides=tuple(
            SideBox(
                words(side.answer),
                f"side-{number}",
                composer.claim_rows(composer.claims(side.claims)),
                composer.rich(side.note),
            )
            for number, side in enumerate(dispute.sides, 1)
        ),
        common_ground=composer.claim_rows(composer.claims(dispute.common_ground)),
        names=names(composer, dispute),
        identifiers=identifiers(dispute),
        tail=tail(composer, dispute),
    )
