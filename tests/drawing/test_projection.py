"""Mercator's projection, and circles on the earth."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.drawing.projection import EARTH_RADIUS, circle, view

BOUNDED = settings(max_examples=150, deadline=None, derandomize=True)
POSITIONS = st.tuples(st.floats(-180, 180), st.floats(-80, 80))


@BOUNDED
@given(st.lists(POSITIONS, min_size=1, max_size=8))
def test_every_position_lies_on_its_view(positions):
    """A view shows all positions that it was made for, also across the 180th meridian."""
    seen = view(positions, 660, (200, 500), 2)
    for x, y in map(seen.place, positions):
        assert -0.5 <= x <= seen.width + 0.5 and -0.5 <= y <= seen.height + 0.5


def test_a_view_goes_the_short_way_around():
    """Fiji's islands on both sides of the 180th meridian are a few degrees apart, not a whole turn."""
    west, _, east, _ = view([(177, -18), (-178, -17)], 660, (200, 500), 2).box
    assert east - west < 15


@BOUNDED
@given(POSITIONS, st.floats(10, 900_000))
def test_a_circle_is_as_far_from_its_middle_as_it_says(centre, radius):
    """Each corner is at the distance, on a sphere; a circle around a pole is not drawn."""
    corners = circle(centre, radius, 24)
    if abs(math.radians(centre[1])) + radius / EARTH_RADIUS >= math.pi / 2:
        assert corners == ()
    for longitude, latitude in corners:
        turn = math.radians(longitude - centre[0])
        a, b = math.radians(centre[1]), math.radians(latitude)
        chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
        assert 2 * EARTH_RADIUS * math.asin(math.sqrt(chord)) == pytest.approx(radius, rel=1e-5, abs=0.5)


def test_a_bar_of_distance_holds_in_the_middle():
    """A unit of the drawing is as many metres as it says, in the middle of the map."""
    seen = view([(44, 38), (50, 42)], 660, (200, 500), 2)
    degrees = seen.place((45, 40))[0] - seen.place((44, 40))[0]
    metres = math.radians(1) * EARTH_RADIUS * math.cos(math.radians(40))
    assert degrees * seen.metres == pytest.approx(metres, rel=0.01)
