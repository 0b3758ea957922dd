"""The view of sources and coverage: how much of each document the facts rest on, paragraph by paragraph.

In: the graph. Out: for each source a cell for each paragraph, and the paragraphs on which nothing rests. The
rule it guards: what was left out of the facts is as easy to see as what was taken in.
"""

from collections import Counter
from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages import paging, wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.paging import Pager, on_page, pager
from sourcebook.pages.parts import Link, When, Words
from sourcebook.pages.source import uses_by_paragraph
from sourcebook.pages.view import View
from sourcebook.records.claim import Claim
from sourcebook.records.source import Source

VIEW = View(
    "coverage",
    "Sources and coverage",
    "How much of each document the facts here rest on, paragraph by paragraph.",
    "Each cell is a paragraph of the document, and leads to what rests on it. "
    "The darker it is, the more facts rest on the paragraph.",
)
SHADES = (0, 1, 2, 4, 8)
"""From how many facts on a cell has the shade of that place."""
SOURCES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ParagraphCell:
    """A paragraph: its number as a link, how many facts rest on it, and its shade from 0 (none) to 4."""

    paragraph: Link
    facts: str
    shade: int


@dataclass(frozen=True, slots=True)
class UnusedParagraph:
    """A paragraph on which nothing rests, and what it says in the editors' words."""

    paragraph: Link
    gist: str


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """One source: its paragraphs, and what rests on it.

    `cited` counts paragraphs that something rests on; `facts` tells how many facts rest on the document,
    `whole` how many of them name no paragraph, and `alone` how many claims rest on nothing else; each is
    empty for none.
    """

    source: Link
    issued: When | None
    kind: str
    cells: tuple[ParagraphCell, ...]
    cited: int
    unused: tuple[UnusedParagraph, ...]
    facts: str
    whole: str
    alone: str


@dataclass(frozen=True, slots=True)
class ClaimsBySources:
    """How many claims are reported in so many sources, both in words."""

    sources: str
    claims: str


@dataclass(frozen=True, slots=True)
class Shade:
    """A step of the scale by which cells are shaded, with the numbers of facts that have it."""

    shade: int
    words: str


@dataclass(frozen=True, slots=True)
class CoveragePage:
    """Everything that the template of coverage prints; the sources stand in the order of their index.

    Many sources go on on further pages; what is told of all claims stands on the first.
    """

    view: View
    shades: tuple[Shade, ...]
    sources: tuple[SourceCoverage, ...]
    claims: tuple[ClaimsBySources, ...]
    pager: Pager | None = None


def page_count(graph: Graph) -> int:
    """How many pages the sources need."""
    return paging.page_count(len(graph.by_kind["source"]), SOURCES_A_PAGE)


def coverage_page(graph: Graph, number: int = 1) -> CoveragePage:
    """The view of sources and coverage, or the further page of a number."""
    composer, count = Composer(graph, VIEW.path), page_count(graph)
    _, part = on_page(graph.by_kind["source"], number, SOURCES_A_PAGE)
    sources = (source for key in part if isinstance(source := graph.record(key), Source))
    return CoveragePage(
        view=VIEW.page(number, count),
        shades=shades(),
        sources=tuple(source_coverage(composer, source) for source in sources),
        claims=claims_by_sources(graph) if number == 1 else (),
        pager=pager(composer, VIEW.path, number, count),
    )


def claims_by_sources(graph: Graph) -> tuple[ClaimsBySources, ...]:
    """How many claims are reported in one source, in two, and so on."""
    numbers = Counter(standing.sources for standing in graph.standings.values())
    return tuple(
        ClaimsBySources(wording.several(number, "source"), wording.several(numbers[number], "claim"))
        for number in sorted(numbers)
    )


def shades() -> tuple[Shade, ...]:
    """The legend of the cells."""
    ends = [str(after - 1) for after in SHADES[1:]]
    spans = [
        str(least) if str(least) == end else f"{least}–{end}"
        for least, end in zip(SHADES[:-1], ends, strict=True)
    ]
    return tuple(Shade(number, span) for number, span in enumerate([*spans, f"{SHADES[-1]} or more"]))


def source_coverage(composer: Composer, source: Source) -> SourceCoverage:
    """The coverage of one source."""
    uses = composer.graph.uses.get(source.id, ())
    by_number = uses_by_paragraph(source, uses)
    gists = {paragraph.number: paragraph.gist or "" for paragraph in source.paragraphs}
    numbered = {number: composer.link(source.id, f"p{number}").target for number in by_number}
    whole = sum(1 for use in uses if use.citation.paragraphs is None)
    alone = claims_resting_alone(composer.graph, source.id)
    return SourceCoverage(
        source=composer.link(source.id),
        issued=composer.when(source.issued, source.verbatim_date),
        kind=wording.plain_words(source.type),
        cells=tuple(
            ParagraphCell(
                Link(Words(str(number)), numbered[number]),
                wording.several(len(found), "fact") if found else "no fact",
                shade(len(found)),
            )
            for number, found in by_number.items()
        ),
        cited=sum(1 for found in by_number.values() if found),
        unused=tuple(
            UnusedParagraph(Link(Words(f"Paragraph {number}"), numbered[number]), gists.get(number, ""))
            for number, found in by_number.items()
            if not found
        ),
        facts=wording.several(len(uses), "fact") if uses else "",
        whole=wording.several(whole, "fact") if whole else "",
        alone=wording.several(alone, "claim") if alone else "",
    )


def shade(facts: int) -> int:
    """The shade of a paragraph on which so many facts rest."""
    return max(number for number, least in enumerate(SHADES) if facts >= least)


def claims_resting_alone(graph: Graph, source: str) -> int:
    """How many claims are reported in this source and in no other."""
    claims = {use.record for use in graph.uses.get(source, ()) if not use.path}
    found = (graph.record(name) for name in claims)
    return sum(1 for record in found if isinstance(record, Claim) and graph.standings[record.id].sources == 1)
