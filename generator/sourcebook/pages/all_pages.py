"""All pages of a collection, in order: each kind's index, the views of the whole, then the records."""

from collections.abc import Callable, Iterator

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.actor import ActorPage, actor_page
from sourcebook.pages.claim import ClaimPage, claim_page
from sourcebook.pages.coverage import CoveragePage, coverage_page
from sourcebook.pages.dispute import DisputePage, dispute_page
from sourcebook.pages.event import EventPage, event_page
from sourcebook.pages.figures import FiguresPage, figures_page
from sourcebook.pages.fragments import Fragment
from sourcebook.pages.index import IndexPage, index_page
from sourcebook.pages.network import NetworkPage, network_page
from sourcebook.pages.place import PlacePage, place_page
from sourcebook.pages.place_map import MapPage, map_page
from sourcebook.pages.positions import PositionsPage, positions_page
from sourcebook.pages.source import SourcePage, source_page
from sourcebook.pages.state import StatePage, state_page
from sourcebook.pages.tags import TagsPage, tags_page
from sourcebook.pages.timeline import TimelinePage, timeline_page
from sourcebook.pages.whats_new import WhatsNewPage, whats_new_page
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.load import Entry

RecordPage = ActorPage | ClaimPage | DisputePage | EventPage | PlacePage | SourcePage
DrawnView = TimelinePage | MapPage | NetworkPage
ViewPage = DrawnView | PositionsPage | FiguresPage | CoveragePage | StatePage | WhatsNewPage | TagsPage
AnyPage = RecordPage | IndexPage | ViewPage | Fragment
"""Whatever has a template."""

PAGE_OF: dict[str, Callable[[Graph, Entry], RecordPage]] = {
    "actor": actor_page,
    "event": event_page,
    "claim": claim_page,
    "dispute": dispute_page,
    "place": place_page,
    "source": source_page,
}

VIEWS: tuple[Callable[[Graph], ViewPage], ...] = (
    timeline_page,
    map_page,
    network_page,
    positions_page,
    figures_page,
    coverage_page,
    state_page,
    whats_new_page,
    tags_page,
)


def index_pages(graph: Graph) -> Iterator[IndexPage]:
    """The index of every kind, kinds without a record too."""
    for kind in wording.KINDS:
        yield index_page(graph, kind)


def view_pages(graph: Graph) -> Iterator[ViewPage]:
    """Every view, those without anything to show too."""
    for view in VIEWS:
        yield view(graph)


def record_pages(graph: Graph) -> Iterator[RecordPage]:
    """The page of every record, by kind, then in the order of the index."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            yield PAGE_OF[kind](graph, graph.entries[key])


def redirects(graph: Graph) -> Iterator[tuple[str, str]]:
    """For every former id the path of the Markdown file it had, and the path of the one it leads to."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            for former in graph.record(key).former_ids:
                folder = FOLDERS[kind]
                yield f"{folder}/{former}.md", f"{folder}/{key}.md"
