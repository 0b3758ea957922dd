"""The map: where the places lie, as far as that is known, and what happened there.

In: the graph. Out: a page with the same twice, once for drawing and once as a list. The rule it guards: a
place is drawn as wide as its precision, and the map says nothing on whose a place is.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from sourcebook.graph.graph import Graph
from sourcebook.pages import paging, wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.paging import Pager, on_page, pager
from sourcebook.pages.parts import Cites, EventRow, Link, Words
from sourcebook.pages.view import View
from sourcebook.records.event import Event
from sourcebook.records.place import Place

INTRODUCTION = "Where it happened, as far as the sources tell, with what happened at each place."
VIEW = View("map", "Map", INTRODUCTION, INTRODUCTION)
EMPTY = "No place has coordinates yet."
BASE_MAP = (
    "Land and borders are a simplified extract of Natural Earth 4.1 (1:50 million, public domain), which "
    "draws borders by who holds the ground. They are there to find one’s way and are no statement of this"
    " site. No line is drawn around areas to which ISO 3166-1 gives no code, none between Crimea and the "
    "rest of Ukraine, and no area is drawn that Natural Earth calls breakaway or disputed."
)
BORDERS = (
    "Borders are those of Natural Earth, which goes by who holds the ground; they are no statement of "
    "this site."
)
PROJECTION = (
    "A circle holds all the places where the point may lie. The projection is Mercator’s: directions are "
    "right, and what is farther from the equator is drawn larger; the bar of distance holds for the "
    "middle of the map."
)
SQUARE = 1 / 12
"""Of the map's longer side: places in squares of that side that touch have a map of their own."""
PLACES_A_PAGE = 150
MOST_EVENTS = 30
"""Of a place with more events the first stand in the list, all of them on its page."""
METRES_PER_DEGREE = 111_200

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """A part of a place's outline: a `point`, a `line` or an `area`, as longitudes and latitudes."""

    form: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """A place as it is drawn: its point in degrees, the metres within which it lies, its outline."""

    place: Link
    longitude: float
    latitude: float
    radius: float
    outline: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """A drawn map: its key, which no other map of the page has, its title, and the places on it."""

    key: str
    title: str
    marks: tuple[PlaceMark, ...]


@dataclass(frozen=True, slots=True)
class MapRow:
    """A place of the list: where it lies, how precisely that is known, and the events there.

    Of many events the first stand here, and `more` leads to the place's page, where all do.
    """

    place: Link
    contained_in: tuple[Link, ...]
    coordinates: str
    precision: str
    events: tuple[EventRow, ...]
    more: Link | None = None


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything that the map's template prints.

    `drawing` is None where no place has coordinates; `close_up` is a second map of the most places that
    lie close together, None where none do. `rows` are the places with coordinates, `unlocated` the others.
    """

    view: View
    drawing: PlaceMap | None
    close_up: PlaceMap | None
    base_map: str
    projection: str
    rows: tuple[MapRow, ...]
    unlocated: tuple[MapRow, ...]
    empty: str
    pager: Pager | None = None


def page_count(graph: Graph) -> int:
    """How many pages the list of places needs."""
    return paging.page_count(len(graph.by_kind["place"]), PLACES_A_PAGE)


def map_page(graph: Graph, number: int = 1) -> MapPage:
    """The map of all places with their list, in the order of their index; the first page has the drawings."""
    composer, count = Composer(graph, VIEW.path), page_count(graph)
    places = tuple(graph.of_kind(Place))
    marks = tuple(mark for place in places if (mark := place_mark(composer, place)))
    located = {mark.place.target for mark in marks}
    ordered = [(composer.link(place.id).target not in located, place) for place in places]
    _, part = on_page(sorted(ordered, key=lambda pair: pair[0]), number, PLACES_A_PAGE)
    near = close_together(marks) if number == 1 else ()
    return MapPage(
        view=VIEW.page(number, count),
        drawing=PlaceMap("map", "Map of all places", marks) if marks and number == 1 else None,
        close_up=PlaceMap("close-up", "Where places lie close together", near) if near else None,
        base_map=BASE_MAP,
        projection=PROJECTION,
        rows=tuple(row(composer, place) for is_unlocated, place in part if not is_unlocated),
        unlocated=tuple(row(composer, place) for is_unlocated, place in part if is_unlocated),
        empty=EMPTY if not marks else "",
        pager=pager(composer, VIEW.path, number, count),
    )


def place_mark(composer: Composer, place: Place) -> PlaceMark | None:
    """A place for drawing; None for one without coordinates and outline."""
    outline = shapes(place.geometry)
    if place.longitude is not None and place.latitude is not None:
        point = (float(place.longitude), float(place.latitude))
    elif outline:
        point = middle([position for shape in outline for position in shape.positions])
    else:
        return None
    return PlaceMark(composer.link(place.id), *point, float(place.precision_m or 0), outline)


def shapes(geometry: str | None) -> tuple[Shape, ...]:
    """A GeoJSON geometry as parts; the holes of an area are areas, too."""
    if geometry is None:
        return ()
    read = json.loads(geometry)
    kind = str(read["type"])
    form = {"Point": "point", "LineString": "line", "Polygon": "area"}[kind.removeprefix("Multi")]
    return tuple(Shape(form, tuple(positions)) for positions in position_lists(read["coordinates"], form))


def position_lists(coordinates: list[object], form: str) -> Iterator[list[Position]]:
    """The lists of positions in nested coordinates; each point by itself."""
    first = coordinates[0] if coordinates else None
    if not isinstance(first, list):
        if coordinates:
            yield [position(coordinates)]
    elif first and not isinstance(first[0], list) and form != "point":
        yield [position(item) for item in coordinates]
    else:
        for item in coordinates:
            assert isinstance(item, list)
            yield from position_lists(item, form)


def position(numbers: object) -> Position:
    """Longitude and latitude; an altitude is left out."""
    assert isinstance(numbers, list)
    return float(numbers[0]), float(numbers[1])


def middle(positions: list[Position]) -> Position:
    """The middle of the box around positions."""
    longitudes, latitudes = zip(*positions, strict=True)
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def close_together(marks: tuple[PlaceMark, ...]) -> tuple[PlaceMark, ...]:
    """The most places that lie close together, in order; none where that would be all or hardly any.

    The map is divided into squares, and places in squares that touch belong together. Of two groups of one
    size it is the one with the first place.
    """
    if not marks:
        return ()
    side = SQUARE * max(1.0, *spread(marks))
    squares: dict[tuple[int, int], list[PlaceMark]] = defaultdict(list)
    for mark in marks:
        squares[math.floor(mark.longitude / side), math.floor(mark.latitude / side)].append(mark)
    largest = max(touching(squares), key=len)
    if not 1 < len(largest) < len(marks):
        return ()
    members = frozenset(largest)
    return tuple(mark for mark in marks if mark in members)


def spread(marks: tuple[PlaceMark, ...]) -> Position:
    """How many degrees of longitude and latitude places take up, their circles included."""
    longitudes = [end for mark in marks for end in ends(mark.longitude, mark.radius)]
    latitudes = [end for mark in marks for end in ends(mark.latitude, mark.radius)]
    return max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)


def ends(degrees: float, radius: float) -> Position:
    """About how far a circle reaches to both sides."""
    reach = radius / METRES_PER_DEGREE
    return degrees - reach, degrees + reach


def touching(squares: dict[tuple[int, int], list[PlaceMark]]) -> Iterator[list[PlaceMark]]:
    """The places of squares that touch, group by group."""
    left = dict(squares)
    while left:
        group, waiting = [], [next(iter(left))]
        while waiting:
            column, row = waiting.pop()
            group += left.pop((column, row), [])
            beside = ((column + right, row + up) for right in (-1, 0, 1) for up in (-1, 0, 1))
            waiting += [square for square in beside if square in left]
        yield group


def row(composer: Composer, place: Place) -> MapRow:
    """A place for the list."""
    events = composer.graph.backlinks_from(place.id, Event, "location")
    all_of_them = Words(f"All {wording.several(len(events), 'event')} here")
    link = composer.link(place.id)
    return MapRow(
        place=link,
        contained_in=composer.links(place.contained_in),
        coordinates=coordinates(place),
        precision=f"within {length(place.precision_m)} of that point" if place.precision_m else "",
        # The notes stand on the pages of the place and of the events.
        events=tuple(
            replace(composer.event_row(event), place=None, cites=Cites(())) for event in events[:MOST_EVENTS]
        ),
        more=replace(link, label=all_of_them) if len(events) > MOST_EVENTS else None,
    )


def coordinates(place: Place) -> str:
    """The coordinates in words; empty for none."""
    if place.latitude is None or place.longitude is None:
        return "an outline" if place.geometry else ""
    return f"{degrees(place.latitude, 'N', 'S')}, {degrees(place.longitude, 'E', 'W')}"


def degrees(value: Decimal, positive: str, negative: str) -> str:
    """Degrees with the side of the equator or of Greenwich on which they are counted."""
    return f"{abs(value)}° {positive if value >= 0 else negative}"


def length(metres: Decimal) -> str:
    """A length in words, never rounded."""
    if metres >= 1000:
        return f"{wording.number((metres / 1000).normalize() + 0)} km"
    return f"{wording.number(metres)} m"


def map_of(composer: Composer, place: Place) -> PlaceMap | None:
    """A small map of one place for its own page; None where it has no coordinates."""
    mark = place_mark(composer, place)
    return PlaceMap("map", f"Where it lies: {mark.place.label.value}", (mark,)) if mark else None
