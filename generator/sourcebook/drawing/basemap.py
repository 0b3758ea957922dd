"""Land and borders behind a map, from the extract of Natural Earth that the package ships.

In: a view. Out: SVG paths. The rule it guards: nothing is drawn of the world that is not in view.

`basemap.json` was made by `tests/tools/make_basemap.py`; its licence lies beside it. `arcs` are lines in
hundredths of a degree, a first point and then steps; `polygons` are lists of rings, rings lists of arcs (`~n`
is arc n backwards); `borders` are the arcs between two countries.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from sourcebook.drawing.projection import FULL_TURN, Position, View, mercator

BEYOND = 6
"""How far lines go on beyond the edge of a drawing, so that none ends in sight."""
SMALLEST = 1.5
"""Islands that are smaller than that on the drawing are not drawn."""
WIDE, COARSE = 400, 2
"""A wide drawing has its lines on a grid of so many units, which the eye does not see: half the bytes."""

Box = tuple[float, float, float, float]
Whole = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """Points in Mercator's projection, and the box around them: west, south, east, north."""

    points: tuple[Position, ...]
    box: Box


@dataclass(frozen=True, slots=True)
class World:
    """The rings around land, and the borders."""

    rings: tuple[Line, ...]
    borders: tuple[Line, ...]


@cache
def world() -> World:
    """The world of the package's file, read once."""
    text = resources.files("sourcebook.drawing").joinpath("basemap.json").read_text(encoding="utf-8")
    read = json.loads(text)
    arcs = [tuple(positions(arc, read["units_per_degree"])) for arc in read["arcs"]]
    rings = (ring for polygon in read["polygons"] for ring in polygon)
    return World(
        tuple(
            boxed([point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])])
            for ring in rings
        ),
        tuple(boxed(arcs[number]) for number in read["borders"]),
    )


def positions(arc: list[int], units: int) -> Iterator[Position]:
    """The points of an arc, projected."""
    x = y = 0
    for step_x, step_y in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + step_x, y + step_y
        yield mercator((x / units, y / units))


def boxed(line: Iterable[Position]) -> Line:
    """A line with the box around it."""
    points = tuple(line)
    across, up = zip(*points, strict=True)
    return Line(points, (min(across), min(up), max(across), max(up)))


def land_path(view: View) -> str:
    """The land in view as the steps of a path; empty where all is sea."""
    return "".join(
        f"{steps(ring)}z" for line, turn in in_view(world().rings, view) if (ring := land(line, view, turn))
    )


def border_path(view: View) -> str:
    """The borders in view as the steps of a path; empty for none."""
    found = (
        piece
        for line, turn in in_view(world().borders, view)
        for piece in pieces(projected(line, view, turn), view)
    )
    return "".join(steps(piece) for piece in found)


def in_view(lines: Iterable[Line], view: View) -> Iterator[tuple[Line, float]]:
    """The lines whose box meets the view, with the radians by which they are turned around the earth."""
    west, south, east, north = bounds(view)
    for line in lines:
        left, bottom, right, top = line.box
        if bottom <= north and top >= south:
            for turn in (-FULL_TURN, 0.0, FULL_TURN):
                if left + turn <= east and right + turn >= west:
                    yield line, turn


def bounds(view: View) -> Box:
    """West, south, east and north of what is drawn, projected, a little beyond the edge."""
    beyond = BEYOND / view.scale
    east, south = view.west + view.width / view.scale, view.north - view.height / view.scale
    return view.west - beyond, south - beyond, east + beyond, view.north + beyond


def projected(line: Line, view: View, turn: float) -> list[Position]:
    """A line on the drawing, without points that cannot be seen to be missing."""
    points = nearby(line.points, bounds(view), turn)
    return [((x + turn - view.west) * view.scale, (view.north - y) * view.scale) for x, y in points]


def nearby(points: tuple[Position, ...], box: Box, turn: float) -> list[Position]:
    """The points without those that lie on the same side of a box as the one before and the one behind.

    Most of a continent lies beyond one side of a small map; leaving it out at once makes all else fast.
    """
    west, south, east, north = box[0] - turn, box[1], box[2] - turn, box[3]
    beyond = [(x < west) | (x > east) << 1 | (y < south) << 2 | (y > north) << 3 for x, y in points]
    kept, before = [points[0]], beyond[0]
    for point, here, behind in zip(points[1:-1], beyond[1:-1], beyond[2:], strict=True):
        if not before & here & behind:
            kept.append(point)
            before = here
    return [*kept, points[-1]]


def land(line: Line, view: View, turn: float) -> list[Whole]:
    """A ring on the drawing, cut off at its edges; empty where nothing that can be seen is left."""
    ring = projected(line, view, turn)
    for inside, cut in edges(view):
        ring = clipped(ring, inside, cut)
    whole = rounded(ring, view)
    if len(whole) < 3:
        return []
    wide, high = ((max(side) - min(side)) for side in zip(*ring, strict=True))
    return whole if max(wide, high) >= SMALLEST else []


def edges(
    view: View,
) -> Iterator[tuple[Callable[[Position], bool], Callable[[Position, Position], Position]]]:
    """For each edge of the drawing: whether a point lies within it, and where a line crosses it."""
    for axis, low, high in ((0, -BEYOND, view.width + BEYOND), (1, -BEYOND, view.height + BEYOND)):
        yield within(axis, low, 1), crossing(axis, low)
        yield within(axis, high, -1), crossing(axis, high)


def within(axis: int, at: float, side: int) -> Callable[[Position], bool]:
    """Whether a point lies on a side of an edge."""
    return lambda point: (point[axis] - at) * side >= 0


def crossing(axis: int, at: float) -> Callable[[Position, Position], Position]:
    """Where the line between two points crosses an edge."""

    def cross(one: Position, other: Position) -> Position:
        share = (at - one[axis]) / (other[axis] - one[axis])
        along = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
        return (at, along) if axis == 0 else (along, at)

    return cross


def clipped(
    ring: list[Position], inside: Callable[[Position], bool], cross: Callable[[Position, Position], Position]
) -> list[Position]:
    """The part of a ring on one side of an edge (Sutherland and Hodgman)."""
    kept: list[Position] = []
    for before, point in pairwise([*ring[-1:], *ring]):
        if inside(point) != inside(before):
            kept.append(cross(before, point))
        if inside(point):
            kept.append(point)
    return kept


def pieces(line: list[Position], view: View) -> Iterator[list[Whole]]:
    """The pieces of a line that are in view, each with the points just before and behind."""
    piece: list[Position] = []
    for start, end in pairwise(line):
        if in_frame(start, end, view):
            piece = piece or [start]
            piece.append(end)
        elif piece:
            yield rounded(piece, view)
            piece = []
    if piece:
        yield rounded(piece, view)


def in_frame(start: Position, end: Position, view: View) -> bool:
    """Whether the box around two points meets the drawing."""
    return (
        min(start[0], end[0]) <= view.width + BEYOND
        and max(start[0], end[0]) >= -BEYOND
        and min(start[1], end[1]) <= view.height + BEYOND
        and max(start[1], end[1]) >= -BEYOND
    )


def rounded(points: Iterable[Position], view: View) -> list[Whole]:
    """Points in whole units, without those that a line through the others passes anyway.

    What two lines share stays shared: a point goes to the same place in both.
    """
    grid = COARSE if view.width > WIDE else 1
    whole: list[Whole] = []
    for x, y in points:
        point = (round(x / grid) * grid, round(y / grid) * grid)
        if len(whole) > 1 and is_between(whole[-2], whole[-1], point):
            whole.pop()
        if not whole or point != whole[-1]:
            whole.append(point)
    return whole


def is_between(one: Whole, middle: Whole, other: Whole) -> bool:
    """Whether the middle one of three points lies on the way from the first to the last."""
    across, down = middle[0] - one[0], middle[1] - one[1]
    further_across, further_down = other[0] - middle[0], other[1] - middle[1]
    is_straight = across * further_down == down * further_across
    return is_straight and across * further_across + down * further_down > 0


def steps(points: list[Whole]) -> str:
    """A line as the steps of a path: where it begins, then by how much it goes on."""
    (x, y), *_ = points
    on = "".join(
        f"{right - left}{below - above:+d}" if number == 0 else f" {right - left}{below - above:+d}"
        for number, ((left, above), (right, below)) in enumerate(pairwise(points))
    )
    return f"M{x} {y}l{on}" if on else ""
