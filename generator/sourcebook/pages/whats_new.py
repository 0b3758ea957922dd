"""The view of what is new: the changes that editors tell of, and when each record last changed.

In: the graph. Out: two lists, newest first. The rule it guards: the reader is told how far back the changes
are known.
"""

from dataclasses import dataclass

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.changes import Change, Told, last_changes, told_changes
from sourcebook.pages.composer import Composer
from sourcebook.pages.facets import Facet, years
from sourcebook.pages.parts import Link, Rich, When
from sourcebook.pages.view import View
from sourcebook.reading.history import Extent

VIEW = View(
    "whats-new",
    "What’s new",
    "What changed in the facts, and when.",
    "Corrections and other changes that readers should know of are told by the editors, with their reason.",
)
EXTENTS = {
    Extent.WHOLE: "The days are those on which the records’ files last changed in the project’s history.",
    Extent.CUT: "The days are those on which the records’ files last changed. The history at hand is cut: "
    "what changed before its beginning is not counted, and a file without a later change has the day of that "
    "beginning, “or earlier”.",
    Extent.NONE: "No history of the files is at hand: only changes that the editors tell of are listed.",
}


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A change that the editors tell of: when, of which record, what changed and why."""

    date: When
    record: Link
    kind: str
    change: str
    reason: str
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """The last change of a record: when, whether it may have been earlier, and how often it changed."""

    record: Link
    kind: str
    date: When
    or_earlier: bool
    times: str
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class WhatsNewPage:
    """Everything that the template of what is new prints; `extent` says how far back changes are known."""

    view: View
    told: tuple[ToldRow, ...]
    extent: str
    changes: tuple[ChangeRow, ...]


def whats_new_page(graph: Graph) -> WhatsNewPage:
    """The view of what is new."""
    composer = Composer(graph, VIEW.path)
    return WhatsNewPage(
        view=VIEW,
        told=tuple(told_row(composer, told) for told in told_changes(graph)),
        extent=EXTENTS[graph.history.extent],
        changes=tuple(change_row(composer, change) for change in last_changes(graph)),
    )


def told_row(composer: Composer, told: Told) -> ToldRow:
    """A change that the editors tell of."""
    date = composer.when(told.revision.date)
    assert date
    return ToldRow(
        date=date,
        record=composer.link(told.record),
        kind=wording.KINDS[composer.graph.kind(told.record)],
        change=told.revision.change,
        reason=told.revision.reason or "",
        remark=composer.rich(told.revision.note),
    )


def change_row(composer: Composer, change: Change) -> ChangeRow:
    """The last change of a record."""
    date = composer.when(change.date)
    assert date
    kind = wording.KINDS[composer.graph.kind(change.record)]
    at_least = "at least " if composer.graph.history.extent is Extent.CUT else ""
    return ChangeRow(
        record=composer.link(change.record),
        kind=kind,
        date=date,
        or_earlier=change.or_earlier,
        times=at_least + wording.several(change.times, "change") if change.times else "",
        facets=(Facet("type", (kind,)), Facet("period", tuple(dict.fromkeys(years(change.date))))),
    )
