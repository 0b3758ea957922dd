"""What a hand-written page may take in: lists made from the facts, in the place of a marker.

In: the graph, the name of a fragment, and the path of the page that takes it in. Out: its plain values. The
rule it guards: the names are a closed list, and the links fit the page.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby, islice

from sourcebook.graph.graph import Graph, record_order
from sourcebook.pages import wording
from sourcebook.pages.changes import Change, last_changes, told_changes
from sourcebook.pages.composer import Composer
from sourcebook.pages.parts import ClaimRow, Link, When, Words
from sourcebook.pages.timeline import VIEW as TIMELINE
from sourcebook.pages.timeline import Mark, Timeline, scale, short_timeline
from sourcebook.pages.whats_new import VIEW as WHATS_NEW
from sourcebook.pages.whats_new import ToldRow, told_row
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.claim import Claim
from sourcebook.records.dispute import Dispute

LONGEST = 5
"""How many entries a list on a hand-written page has at most."""
MOST_EVENTS = 10
"""How many events a small timeline has at most."""


@dataclass(frozen=True, slots=True)
class MostContested:
    """The claims that the most other sides dispute, with their number in `counts`; none may be contested."""

    name: str
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that is answered differently, and in words how many answers and claims there are."""

    question: Link
    answers: str
    claims: str


@dataclass(frozen=True, slots=True)
class DisputedQuestions:
    """The disputes with the most claims, and where all of them are; None where these are all."""

    name: str
    questions: tuple[QuestionRow, ...]
    all: Link | None


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """A day on which facts changed: their number by kind in words, and the records where they are few."""

    date: When
    or_earlier: bool
    counts: tuple[Words, ...]
    records: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The last changes that editors tell of, the last days on which facts changed, and where to read on."""

    name: str
    told: tuple[ToldRow, ...]
    days: tuple[ChangedDay, ...]
    all: Link


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of each kind there are, each leading to its index."""

    name: str
    kinds: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SmallTimeline:
    """The events that most other records name, drawn in one lane and as a list, and where all of them are.

    `path` is that of the page that takes it in; `drawing` is None where nothing can be drawn; `scale` tells
    in words how time is.
    """

    name: str
    path: str
    drawing: Timeline | None
    scale: str
    marks: tuple[Mark, ...]
    all: Link


Fragment = MostContested | DisputedQuestions | Latest | Counts | SmallTimeline


def most_contested(graph: Graph, path: str) -> MostContested:
    """The most contested claims: by how many other sides dispute them, then in the order of claims."""
    composer = Composer(graph, path)
    disputed = [claim for claim in graph.of_kind(Claim) if graph.standings[claim.id].disputed_by]
    disputed.sort(key=lambda claim: (-graph.standings[claim.id].disputed_by, record_order(claim)))
    return MostContested("most-contested", composer.claim_rows(disputed[:LONGEST]))


def disputed_questions(graph: Graph, path: str) -> DisputedQuestions:
    """The disputes: by how many claims their sides have, then in the order of disputes."""
    composer = Composer(graph, path)
    disputes = sorted(
        graph.of_kind(Dispute), key=lambda dispute: (-claims_of(dispute), record_order(dispute))
    )
    rows = tuple(
        QuestionRow(
            composer.link(dispute.id),
            wording.several(len(dispute.sides), "answer"),
            wording.several(claims_of(dispute), "claim"),
        )
        for dispute in disputes[:LONGEST]
    )
    index = Link(Words(f"All {len(disputes):,} disputes"), composer.target(f"{FOLDERS['dispute']}/index.md"))
    return DisputedQuestions("disputed-questions", rows, index if len(disputes) > LONGEST else None)


def claims_of(dispute: Dispute) -> int:
    """How many claims the sides of a dispute have."""
    return len({claim for side in dispute.sides for claim in side.claims})


def latest(graph: Graph, path: str) -> Latest:
    """The latest changes."""
    composer = Composer(graph, path)
    days = groupby(last_changes(graph), key=lambda change: (change.date, change.or_earlier))
    return Latest(
        "latest",
        tuple(told_row(composer, told) for told in told_changes(graph)[:LONGEST]),
        tuple(changed_day(composer, tuple(changes)) for _, changes in islice(days, LONGEST)),
        Link(Words(WHATS_NEW.title), composer.target(WHATS_NEW.path)),
    )


def changed_day(composer: Composer, changes: tuple[Change, ...]) -> ChangedDay:
    """The changes of one day."""
    date = composer.when(changes[0].date)
    assert date
    numbers = Counter(composer.graph.kind(change.record) for change in changes)
    few = changes if len(changes) <= LONGEST else ()
    return ChangedDay(
        date=date,
        or_earlier=changes[0].or_earlier,
        counts=tuple(Words(wording.several(number, kind)) for kind, number in numbers.items()),
        records=composer.links(change.record for change in few),
    )


def counts(graph: Graph, path: str) -> Counts:
    """The number of records of each kind, kinds without any left out."""
    composer = Composer(graph, path)
    return Counts(
        "counts",
        tuple(
            Link(Words(wording.several(len(keys), kind)), composer.target(f"{FOLDERS[kind]}/index.md"))
            for kind, keys in graph.by_kind.items()
            if keys
        ),
    )


def small_timeline(graph: Graph, path: str) -> SmallTimeline:
    """A small timeline."""
    composer = Composer(graph, path)
    drawing, marks = short_timeline(composer, MOST_EVENTS)
    return SmallTimeline(
        "small-timeline",
        path,
        drawing,
        scale(drawing.periods) if drawing else "",
        marks,
        Link(Words(TIMELINE.title), composer.target(TIMELINE.path)),
    )


FRAGMENTS: dict[str, Callable[[Graph, str], Fragment]] = {
    "disputed-questions": disputed_questions,
    "most-contested": most_contested,
    "latest": latest,
    "counts": counts,
    "small-timeline": small_timeline,
}
"""What a marker may name, and what makes it."""
