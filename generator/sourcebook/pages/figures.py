"""The view of figures: what is counted, and who gives which number for it.

In: the graph. Out: for each measure and what it counts the figures in order of time, each with its place on
a scale that they share. The rule it guards: figures stand next to each other; they are never added up, never
averaged, and drawn together only where they count the same thing in the same unit.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sourcebook.graph.graph import Graph, figure_order
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.paging import Pager, pager, sized_chunks
from sourcebook.pages.parts import CitedNote, Cites, Link, When, Words
from sourcebook.pages.view import View
from sourcebook.records.claim import Claim, Quantity

VIEW = View(
    "figures",
    "Figures",
    "Every number that somebody gives, beside the others for the same thing.",
    "Each number belongs to whoever gives it, for the time for which it was given. "
    "Numbers for the same thing are drawn on one scale; none is added to another, averaged or picked.",
)
SCALE = 1000
"""The length of a drawing, in parts that have no unit."""

GroupKey = tuple[str, str, str]
"""The measure, the group or event that is counted (empty where the claim names none), and the unit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a figure lies on its group's scale, from 0 to 1000, and the same in words.

    `best` is None where only a lowest or a highest figure is given. With `open_start` or `open_end` nothing
    is said of that end, and it lies where the scale ends.
    """

    start: int
    end: int
    best: int | None
    open_start: bool
    open_end: bool
    words: str


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure: in words, drawn, for when, of which event, given by whom through which claim."""

    figure: str
    bar: Bar | None
    as_of: When | None
    of: Link | None
    claimants: tuple[Link | Words, ...]
    on_behalf_of: Link | None
    claim: Link
    status: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures for one thing; `scale` says in words from where to where they are drawn, empty if not."""

    counted: Link | None
    scale: str
    rows: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class MeasureSection:
    """What is measured, with an anchor, and everything that is counted so."""

    measure: str
    anchor: str
    groups: tuple[FigureGroup, ...]


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """Everything that the template of figures prints: measures by name, what is counted by name.

    Many figures go on on further pages; a measure may begin on one and end on another.
    """

    view: View
    measures: tuple[MeasureSection, ...]
    notes: tuple[CitedNote, ...]
    pager: Pager | None = None


def page_count(graph: Graph) -> int:
    """How many pages the figures need."""
    return len(groups_by_page(graph))


def groups_by_page(graph: Graph) -> tuple[tuple[tuple[GroupKey, list[Claim]], ...], ...]:
    """The groups of figures in their order, page by page, each with its claims."""
    composer = Composer(graph, VIEW.path)
    groups: dict[GroupKey, list[Claim]] = defaultdict(list)
    for claim in graph.of_kind(Claim):
        if claim.quantity:
            groups[group_key(claim.quantity)].append(claim)
    order = sorted(groups, key=lambda key: (key[0], group_order(composer, key)))
    return tuple(sized_chunks([(len(groups[key]), (key, groups[key])) for key in order]))


def figures_page(graph: Graph, number: int = 1) -> FiguresPage:
    """The view of figures, or the further page of a number."""
    composer, parts = Composer(graph, VIEW.path), groups_by_page(graph)
    measures = sorted({key[0] for groups in parts for key, _ in groups})
    sections: dict[str, list[FigureGroup]] = defaultdict(list)
    for key, claims in parts[number - 1]:
        sections[key[0]].append(figure_group(composer, key[1], claims))
    found = tuple(
        MeasureSection(
            wording.capitalized(wording.plain_words(measure)),
            f"measure-{measures.index(measure) + 1}",
            tuple(section),
        )
        for measure, section in sections.items()
    )
    place = number, len(parts)
    return FiguresPage(VIEW.page(*place), found, composer.notes(), pager(composer, VIEW.path, *place))


def group_key(figure: Quantity) -> GroupKey:
    """What makes two figures comparable: the measure, whom or what they count, and the unit."""
    return figure.measure, figure.counted_group or figure.of or "", figure.unit or ""


def group_order(composer: Composer, key: GroupKey) -> tuple[object, ...]:
    """By the name of what is counted, then by unit; what is not said comes last."""
    _, counted, unit = key
    return not counted, composer.plain_label(counted).casefold() if counted else "", counted, unit


def figure_group(composer: Composer, counted: str, claims: Iterable[Claim]) -> FigureGroup:
    """The figures for one thing, by the time that they are for."""
    ordered = sorted(claims, key=figure_order)
    figures = [claim.quantity for claim in ordered if claim.quantity]
    ends = scale_of(figures) if worth_drawing(figures) else None
    unit = f" {wording.plain_words(figures[0].unit)}" if figures[0].unit else ""
    return FigureGroup(
        counted=composer.link(counted) if counted else None,
        scale=f"Drawn from {wording.number(ends[0])} to {wording.number(ends[1])}{unit}." if ends else "",
        rows=tuple(
            figure_line(composer, claim, figure, counted, ends)
            for claim, figure in zip(ordered, figures, strict=True)
        ),
    )


def worth_drawing(figures: list[Quantity]) -> bool:
    """Whether a drawing shows anything: there are two figures, or one with two ends."""
    return len(figures) > 1 or (figures[0].low is not None and figures[0].high is not None)


def scale_of(figures: Iterable[Quantity]) -> tuple[Decimal, Decimal]:
    """The ends of a scale that holds zero and every figure; never of no length."""
    numbers = [number for figure in figures for number in figure.figures]
    low, high = min(Decimal(0), *numbers), max(Decimal(0), *numbers)
    return low, high if high > low else low + 1


def figure_line(
    composer: Composer, claim: Claim, figure: Quantity, counted: str, ends: tuple[Decimal, Decimal] | None
) -> FigureLine:
    """One figure of a group."""
    return FigureLine(
        figure=wording.quantity(figure),
        bar=bar(figure, *ends) if ends else None,
        as_of=composer.when(figure.as_of, figure.verbatim_date),
        of=composer.link(figure.of) if figure.of and figure.of != counted else None,
        claimants=composer.claimants(claim),
        on_behalf_of=composer.link(claim.on_behalf_of) if claim.on_behalf_of else None,
        claim=composer.link(claim.id),
        status=wording.STATUSES[composer.graph.standings[claim.id].status],
        cites=composer.cite(figure.sources or claim.sources),
    )


def bar(figure: Quantity, low: Decimal, high: Decimal) -> Bar:
    """A figure on a scale. `at_least` and `at_most` leave an end open, and so does a single low or high."""

    def place(number: Decimal) -> int:
        return int((number - low) * SCALE / (high - low))

    least, most = min(figure.figures), max(figure.figures)
    open_end = figure.qualifier == "at_least" or (figure.best is None and figure.high is None)
    open_start = figure.qualifier == "at_most" or (figure.best is None and figure.low is None)
    return Bar(
        start=0 if open_start else place(least),
        end=SCALE if open_end else place(most),
        best=None if figure.best is None else place(figure.best),
        open_start=open_start,
        open_end=open_end,
        words=f"{wording.quantity(figure)}, on a scale from {wording.number(low)} to {wording.number(high)}",
    )
