"""From degrees to a drawing, by Mercator's projection.

In: longitudes and latitudes. Out: places on a drawing. The rule it guards: what is drawn is projected by one
formula.

The formula is one line, needs no library, and is conformal: the shapes of coasts and the circles of precision
look right wherever the places of a collection lie, north is up everywhere, and no choice of a middle or of
parallels has to be made for each map. That it enlarges what is far from the equator is said on the page, and
the bar of distance holds for the middle of the map.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

EARTH_RADIUS = 6_371_000.0
HIGHEST_LATITUDE = 84.0
FULL_TURN = 2 * math.pi

Position = tuple[float, float]


def mercator(position: Position) -> Position:
    """Longitude and latitude in degrees as x and y in radians of the equator; y grows to the north."""
    longitude, latitude = position
    held = max(-HIGHEST_LATITUDE, min(HIGHEST_LATITUDE, latitude))
    return math.radians(longitude), math.log(math.tan(math.pi / 4 + math.radians(held) / 2))


def latitude_of(y: float) -> float:
    """The latitude in degrees of a y."""
    return math.degrees(2 * math.atan(math.exp(y)) - math.pi / 2)


@dataclass(frozen=True, slots=True)
class View:
    """The part of the world that a drawing shows: its west and north edge in radians, its size, its scale.

    `scale` is how many units of the drawing a radian of the equator has.
    """

    west: float
    north: float
    width: float
    height: float
    scale: float

    def place(self, position: Position) -> Position:
        """Where a position lies on the drawing; the nearest of the turns around the earth."""
        x, y = mercator(position)
        middle = self.west + self.width / self.scale / 2
        x -= FULL_TURN * round((x - middle) / FULL_TURN)
        return (x - self.west) * self.scale, (self.north - y) * self.scale

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees; the longitudes may lie beyond 180."""
        south = self.north - self.height / self.scale
        east = self.west + self.width / self.scale
        return math.degrees(self.west), latitude_of(south), math.degrees(east), latitude_of(self.north)

    @property
    def metres(self) -> float:
        """How many metres a unit of the drawing is in the middle of the map."""
        middle = latitude_of(self.north - self.height / self.scale / 2)
        return EARTH_RADIUS * math.cos(math.radians(middle)) / self.scale


def view(positions: Iterable[Position], width: float, heights: tuple[float, float], least: float) -> View:
    """The view of all positions, with some space around them.

    `heights` are the lowest and the highest that the drawing may be, `least` the fewest degrees of longitude
    that it shows. Where positions lie on both sides of the 180th meridian, it runs across that.
    """
    points = [mercator(position) for position in positions]
    west, east = around([x for x, _ in points])
    south, north = min(y for _, y in points), max(y for _, y in points)
    across = min(FULL_TURN, max(1.12 * (east - west), math.radians(least)))
    ratio = (1.12 * (north - south)) / across
    height = min(heights[1], max(heights[0], width * ratio))
    scale = min(width / across, height / (1.12 * (north - south)) if north > south else math.inf)
    return View(
        west=(west + east - width / scale) / 2,
        north=(south + north + height / scale) / 2,
        width=width,
        height=height,
        scale=scale,
    )


def around(longitudes: list[float]) -> tuple[float, float]:
    """The shortest way around the earth that passes all longitudes (radians): where it begins and ends."""
    order = sorted(x % FULL_TURN for x in longitudes)
    gaps = [after - before for before, after in zip(order, [*order[1:], order[0] + FULL_TURN], strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    start = order[(widest + 1) % len(order)]
    start -= FULL_TURN * (start > math.pi)
    return start, start + FULL_TURN - gaps[widest]


def circle(centre: Position, radius: float, corners: int = 72) -> tuple[Position, ...]:
    """The positions at a distance in metres from a centre, on a sphere; none where it holds a pole."""
    longitude, latitude = math.radians(centre[0]), math.radians(centre[1])
    angle = radius / EARTH_RADIUS
    if angle == 0 or abs(latitude) + angle >= math.pi / 2:
        return ()
    found = []
    for corner in range(corners):
        bearing = FULL_TURN * corner / corners
        sine = math.sin(latitude) * math.cos(angle) + math.cos(latitude) * math.sin(angle) * math.cos(bearing)
        turn = math.atan2(
            math.sin(bearing) * math.sin(angle) * math.cos(latitude),
            math.cos(angle) - math.sin(latitude) * sine,
        )
        found.append((math.degrees(longitude + turn), math.degrees(math.asin(sine))))
    return tuple(found)
