"""Maps as SVG: places with the circle within which they lie, on land and borders.

In: a map of a page, and the addresses of its links. Out: a figure. The rule it guards: a circle is as large
as what is not known, and a name is never nearer to another place than it has to be.
"""

from collections.abc import Iterable, Iterator

from sourcebook.drawing import svg
from sourcebook.drawing.basemap import border_path, land_path
from sourcebook.drawing.labels import Label, labels
from sourcebook.drawing.projection import Position, View, circle, view
from sourcebook.drawing.svg import Address
from sourcebook.pages.place_map import PlaceMap, PlaceMark, Shape

WIDE = (660.0, (260.0, 500.0))
SMALL = (320.0, (200.0, 260.0))
LEAST_DEGREES = {WIDE: 2.0, SMALL: 6.0}
"""A map of one place shows more around it, so that one can tell where in the world it is."""
DOT = 4.0
LONGEST_BAR = 120.0
NAMELESS = "A dot without a name had no room for it; pointing at it shows the name."


def map_figure(drawn: PlaceMap, close_up: PlaceMap | None, captions: Iterable[str], address: Address) -> str:
    """The figure of a map; a close-up has its frame drawn, and names in it stand there only."""
    seen = view_of(drawn, WIDE)
    inner = frame(seen, view_of(close_up, WIDE)) if close_up else None
    inside = frozenset(close_up.marks) if close_up else frozenset()
    named = tuple(mark for mark in drawn.marks if mark not in inside)
    extra = (
        [svg.box(*inner, "sb-map-frame"), svg.words("close-up below", inner[0], inner[1] - 5, "sb-map-note")]
        if inner
        else []
    )
    return map_svg(drawn, seen, named, extra, captions, address)


def small_map_figure(drawn: PlaceMap, captions: Iterable[str], address: Address) -> str:
    """The figure of a small map that stands on the page of a place."""
    return map_svg(drawn, view_of(drawn, SMALL), drawn.marks, [], captions, address)


def view_of(drawn: PlaceMap, size: tuple[float, tuple[float, float]]) -> View:
    """The view that shows all places of a map, their circles and outlines."""
    return view((position for mark in drawn.marks for position in extent(mark)), *size, LEAST_DEGREES[size])


def extent(mark: PlaceMark) -> Iterator[Position]:
    """Every position that a place may take up."""
    yield mark.longitude, mark.latitude
    yield from circle((mark.longitude, mark.latitude), mark.radius)
    for shape in mark.outline:
        yield from shape.positions


def frame(seen: View, close: View) -> tuple[float, float, float, float]:
    """What a close-up shows of the whole map: left, top, width, height."""
    west, south, east, north = close.box
    left, top = seen.place((west, north))
    right, bottom = seen.place((east, south))
    left, top = max(1.0, left), max(1.0, top)
    return left, top, min(seen.width - 1, right) - left, min(seen.height - 1, bottom) - top


def map_svg(
    drawn: PlaceMap,
    seen: View,
    named: tuple[PlaceMark, ...],
    extra: list[str],
    captions: Iterable[str],
    address: Address,
) -> str:
    """A map as a figure."""
    size = (seen.width, seen.height)
    background = [
        svg.box(0, 0, *size, "sb-map-sea"),
        *base(seen),
        *(piece for mark in drawn.marks for piece in area(mark, seen)),
        *extra,
        *distance_bar(seen),
    ]
    texts = labels(
        [(*seen.place((mark.longitude, mark.latitude)), mark.place.label.value) for mark in named], size
    )
    found = dict(zip(named, texts, strict=True))
    links = [place(mark, found.get(mark), seen, address) for mark in drawn.marks]
    names = ", ".join(mark.place.label.value for mark in drawn.marks)
    picture = svg.drawing(
        drawn.key, size, drawn.title, f"It shows: {names}.", "".join(background), "".join(links)
    )
    nameless = NAMELESS if None in texts else ""
    told = [svg.paragraph(caption) for caption in (*captions, nameless)]
    if seen.width < WIDE[0]:
        return svg.small_figure(drawn.key, "sb-map", picture, told)
    return svg.figure(drawn.key, "sb-map", f"{drawn.title}, drawn", picture, told)


def base(seen: View) -> Iterator[str]:
    """Land and borders, as far as there are any."""
    for steps, name in ((land_path(seen), "sb-map-land"), (border_path(seen), "sb-map-border")):
        if steps:
            yield svg.path(steps, name)


def area(mark: PlaceMark, seen: View) -> Iterator[str]:
    """The circle within which a place lies, and its outline."""
    radius = mark.radius / seen.metres
    corners = 40 if radius > 40 else 24
    around = [
        seen.place(position) for position in circle((mark.longitude, mark.latitude), mark.radius, corners)
    ]
    if around and radius > DOT:
        yield svg.path(f"{outline(around)}z", "sb-map-circle")
    for shape in mark.outline:
        yield shape_path(shape, seen)


def shape_path(shape: Shape, seen: View) -> str:
    """A part of an outline."""
    points = [seen.place(position) for position in shape.positions]
    if shape.form == "point":
        x, y = points[0]
        return svg.box(x - 2, y - 2, 4, 4, "sb-map-outline")
    return svg.path(
        outline(points) + ("z" if shape.form == "area" else ""), f"sb-map-outline sb-map-{shape.form}"
    )


def outline(points: list[Position]) -> str:
    """Points as the steps of a path."""
    return "M" + "L".join(f"{svg.number(x)} {svg.number(y)}" for x, y in points)


def place(mark: PlaceMark, label: Label | None, seen: View, address: Address) -> str:
    """The dot of a place with its name, leading to its page."""
    x, y = seen.place((mark.longitude, mark.latitude))
    inner = [svg.element("circle", {"cx": x, "cy": y, "r": DOT, "class": "sb-map-dot"})]
    if label:
        if label.is_far:
            inner.insert(0, svg.line(x, y, *nearest(label, x, y), "sb-map-leader"))
        inner.append(svg.words(label.text, label.x, label.y, "sb-map-name"))
    return svg.linked(address(mark.place), mark.place.label.value, *inner)


def nearest(label: Label, x: float, y: float) -> Position:
    """The point of a label's box that is nearest to a point."""
    left, top, right, bottom = label.box
    return max(left, min(right, x)), max(top, min(bottom, y))


def distance_bar(seen: View) -> Iterator[str]:
    """How long a distance is in the middle of the map: a bar and its length."""
    metres = longest_round(LONGEST_BAR * seen.metres)
    width, y = metres / seen.metres, seen.height - 10
    yield svg.path(f"M10 {svg.number(y - 5)}v5h{svg.number(width)}v-5", "sb-map-bar")
    yield svg.words(f"{metres / 1000:g} km", 10 + width + 5, y + 1, "sb-map-note")


def longest_round(metres: float) -> float:
    """The longest of 1, 2, 5, 10, 20, 50 … kilometres (or metres) that is no longer than that."""
    step = 1.0
    while step * 10 <= metres:
        step *= 10
    return next(step * times for times in (5, 2, 1) if step * times <= metres)
