"""How the drawings of a page are written: SVG within raw HTML.

In: a drawing's values, and the page on which it stands. Out: a block of HTML that Markdown leaves as it is.
"""

from collections.abc import Callable
from functools import cache

from markupsafe import Markup

from sourcebook.drawing.maps import map_figure, small_map_figure
from sourcebook.drawing.network import network_figure
from sourcebook.drawing.svg import addresses
from sourcebook.drawing.timeline import timeline_figure
from sourcebook.pages.actor import ActorPage
from sourcebook.pages.fragments import SmallTimeline
from sourcebook.pages.network import NetworkPage
from sourcebook.pages.place import PlacePage
from sourcebook.pages.place_map import MapPage
from sourcebook.pages.timeline import TimelinePage

DrawnPage = TimelinePage | MapPage | NetworkPage | PlacePage | ActorPage | SmallTimeline


@cache
def drawn(*, directory_urls: bool) -> Callable[[DrawnPage], Markup]:
    """The filter that gives the drawing of a page; empty for a page without one.

    `directory_urls` is how the engine makes addresses, which raw HTML has to know. It is one filter for each
    of the two, so that templates with it are compiled once.
    """

    def filter_(page: DrawnPage) -> Markup:
        return Markup("\n\n".join(figures(page, directory_urls)))

    return filter_


def figures(page: DrawnPage, directory_urls: bool) -> list[str]:
    """The figures of a page."""
    address = addresses(path_of(page), directory_urls=directory_urls)
    match page:
        case TimelinePage(drawing=timeline) if timeline:
            return [timeline_figure(timeline, (page.scale, page.left_out), address)]
        case MapPage(drawing=whole) if whole:
            close, told = page.close_up, (page.projection, page.base_map)
            if close is None:
                return [map_figure(whole, None, told, address)]
            return [map_figure(whole, close, (), address), map_figure(close, None, told, address)]
        case NetworkPage(drawing=network) if network:
            return [network_figure(network, (page.left_out,), address)]
        case PlacePage(map=small) if small:
            return [small_map_figure(small, (page.borders,), address)]
        case ActorPage(network=around) if around:
            return [network_figure(around, (), address, list_follows=True)]
        case SmallTimeline(drawing=short) if short:
            return [timeline_figure(short, (page.scale,), address, list_follows=True)]
    return []


def path_of(page: DrawnPage) -> str:
    """The path of the Markdown file in which a drawing stands."""
    match page:
        case PlacePage() | ActorPage():
            return page.head.path
        case SmallTimeline():
            return page.path
    return page.view.path
