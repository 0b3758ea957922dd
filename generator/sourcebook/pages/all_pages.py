"""All pages of a collection, in order: each kind's index, the views of the whole, then the records.

In: the graph. Out: pages, or plans of pages. The rule it guards: what is known of a page before it is
composed costs next to nothing, so that a site of many records can be asked for one page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Self

from sourcebook.graph.graph import Graph
from sourcebook.pages import (
    coverage,
    data,
    figures,
    network,
    place_map,
    positions,
    state,
    tags,
    timeline,
    whats_new,
    wording,
)
from sourcebook.pages.actor import ActorPage, actor_page
from sourcebook.pages.claim import ClaimPage, claim_page
from sourcebook.pages.composer import record_path
from sourcebook.pages.coverage import CoveragePage
from sourcebook.pages.data import DataPage
from sourcebook.pages.dispute import DisputePage, dispute_page
from sourcebook.pages.event import EventPage, event_page
from sourcebook.pages.figures import FiguresPage
from sourcebook.pages.fragments import Fragment
from sourcebook.pages.index import IndexPage, index_page
from sourcebook.pages.network import NetworkPage
from sourcebook.pages.paging import numbered, page_count, page_title
from sourcebook.pages.place import PlacePage, place_page
from sourcebook.pages.place_map import MapPage
from sourcebook.pages.positions import PositionsPage
from sourcebook.pages.source import SourcePage, source_page
from sourcebook.pages.state import StatePage
from sourcebook.pages.tags import TagsPage
from sourcebook.pages.timeline import TimelinePage
from sourcebook.pages.view import View
from sourcebook.pages.whats_new import WhatsNewPage
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.load import Entry

RecordPage = ActorPage | ClaimPage | DisputePage | EventPage | PlacePage | SourcePage
DrawnView = TimelinePage | MapPage | NetworkPage
ListView = PositionsPage | FiguresPage | CoveragePage | StatePage | WhatsNewPage | TagsPage
ViewPage = DrawnView | ListView | DataPage
SitePage = RecordPage | IndexPage | ViewPage
"""Whatever is a page of the site."""
AnyPage = SitePage | Fragment
"""Whatever has a template."""

PAGE_OF: dict[str, Callable[[Graph, Entry], RecordPage]] = {
    "actor": actor_page,
    "event": event_page,
    "claim": claim_page,
    "dispute": dispute_page,
    "place": place_page,
    "source": source_page,
}

VIEWS: tuple[tuple[View, Callable[[Graph], ViewPage]], ...] = (
    (timeline.VIEW, timeline.timeline_page),
    (place_map.VIEW, place_map.map_page),
    (network.VIEW, network.network_page),
    (positions.VIEW, positions.positions_page),
    (figures.VIEW, figures.figures_page),
    (coverage.VIEW, coverage.coverage_page),
    (state.VIEW, state.state_page),
    (whats_new.VIEW, whats_new.whats_new_page),
    (tags.VIEW, tags.tags_page),
    (data.VIEW, data.data_page),
)

LONG_VIEWS: dict[str, tuple[Callable[[Graph], int], Callable[[Graph, int], ViewPage]]] = {
    timeline.VIEW.name: (timeline.page_count, timeline.timeline_page),
    place_map.VIEW.name: (place_map.page_count, place_map.map_page),
    network.VIEW.name: (network.page_count, network.network_page),
    figures.VIEW.name: (figures.page_count, figures.figures_page),
    coverage.VIEW.name: (coverage.page_count, coverage.coverage_page),
}
"""The views that go on on further pages: how many they need, and what composes the page of a number."""


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page that is to be: the path of its Markdown file, its title, and what composes it.

    `facts` is the YAML file of a record's page, None for others; `is_view` marks what a site's navigation may
    leave out, `is_further` the pages of a long list after its first, which no navigation has.
    """

    path: str
    title: str
    compose: Callable[[], SitePage]
    facts: str | None = None
    is_view: bool = False
    is_further: bool = False


def planned_pages(graph: Graph) -> Iterator[PlannedPage]:
    """Every page of the site that is made from facts: indexes, views, records; nothing is composed yet."""
    yield from planned_indexes(graph)
    yield from planned_views(graph)
    yield from planned_records(graph)


def planned_indexes(graph: Graph) -> Iterator[PlannedPage]:
    """The index of every kind, kinds without a record too, each on as many pages as it needs."""
    for kind in wording.KINDS_PLURAL:
        yield from planned_index(graph, kind)


def planned_index(graph: Graph, kind: str) -> Iterator[PlannedPage]:
    """The pages of the index of one kind."""
    title, path = wording.KINDS_PLURAL[kind], f"{FOLDERS[kind]}/index.md"
    count = page_count(len(graph.by_kind[kind]))
    for number in range(1, count + 1):
        compose = partial(index_page, graph, kind, number)
        further = number > 1
        yield PlannedPage(
            numbered(path, number), page_title(title, number, count), compose, is_further=further
        )


def planned_views(graph: Graph) -> Iterator[PlannedPage]:
    """Every view, those without anything to show too, the long ones on as many pages as they need.

    That of the data is left out where no data is published.
    """
    for view, view_page in VIEWS:
        if view is data.VIEW and not graph.site.has_data:
            continue
        yield PlannedPage(view.path, view.title, partial(view_page, graph), is_view=True)
        if view.name in LONG_VIEWS:
            needed, page = LONG_VIEWS[view.name]
            count = needed(graph)
            for number in range(2, count + 1):
                further = view.page(number, count)
                compose = partial(page, graph, number)
                yield PlannedPage(further.path, further.title, compose, is_view=True, is_further=True)


def planned_records(graph: Graph) -> Iterator[PlannedPage]:
    """The page of every record, by kind, then in the order of the index."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            yield planned_record(graph, kind, key)


def planned_record(graph: Graph, kind: str, key: str) -> PlannedPage:
    """The page of one record."""
    entry = graph.entries[key]
    compose = partial(PAGE_OF[kind], graph, entry)
    return PlannedPage(record_path(kind, key), entry.record.label.value, compose, entry.file)


class PlansByPath(Mapping[str, PlannedPage]):
    """Every page of a site by its path; that of a record is planned when it is asked for."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.others = {plan.path: plan for plan in chain(planned_indexes(graph), planned_views(graph))}

    def __getitem__(self, path: str) -> PlannedPage:
        """The page of a path; raises KeyError."""
        if path in self.others:
            return self.others[path]
        key = path.rpartition("/")[2].removesuffix(".md")
        entry = self.graph.entries.get(key)
        if entry is None or record_path(entry.kind, key) != path:
            raise KeyError(path)
        return planned_record(self.graph, entry.kind, key)

    def __iter__(self) -> Iterator[str]:
        """The paths, in the order of `planned_pages`."""
        yield from self.others
        for kind, keys in self.graph.by_kind.items():
            yield from (record_path(kind, key) for key in keys)

    def __len__(self) -> int:
        """How many pages there are."""
        return len(self.others) + len(self.graph.entries)

    def without(self, others: Self) -> set[str]:
        """The paths that are not among others'."""
        kinds, theirs = self.graph.by_kind, others.graph.by_kind
        if all(set(kinds[kind]) == set(theirs[kind]) for kind in kinds):
            return self.others.keys() - others.others.keys()
        return self.keys() - others.keys()


def index_pages(graph: Graph) -> Iterator[SitePage]:
    """The index of every kind."""
    return (plan.compose() for plan in planned_indexes(graph))


def long_kinds(graph: Graph) -> tuple[str, ...]:
    """The kinds whose index stands on several pages."""
    return tuple(kind for kind in wording.KINDS_PLURAL if page_count(len(graph.by_kind[kind])) > 1)


def index_pages_of(graph: Graph, kinds: Iterable[str]) -> Iterator[SitePage]:
    """The pages of the indexes of some kinds."""
    return (plan.compose() for kind in kinds for plan in planned_index(graph, kind))


def view_pages(graph: Graph) -> Iterator[SitePage]:
    """Every view."""
    return (plan.compose() for plan in planned_views(graph))


def record_pages(graph: Graph) -> Iterator[SitePage]:
    """The page of every record."""
    return (plan.compose() for plan in planned_records(graph))


def redirects(graph: Graph) -> Iterator[tuple[str, str]]:
    """For every former id the path of the Markdown file it had, and the path of the one it leads to."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            for former in graph.record(key).former_ids:
                folder = FOLDERS[kind]
                yield f"{folder}/{former}.md", f"{folder}/{key}.md"
