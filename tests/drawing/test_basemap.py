"""The base map that is shipped: whole, small, licensed; and what is drawn of it."""

import hashlib
import re
from importlib import resources

import pytest

from sourcebook.drawing.basemap import border_path, land_path, world
from sourcebook.drawing.projection import mercator, view

FOLDER = resources.files("sourcebook.drawing")


def test_files_are_those_that_the_tool_made():
    """Data and licence have the checksums that the tool wrote beside them."""
    sums = dict(line.split("  ")[::-1] for line in FOLDER.joinpath("basemap.sha256").read_text().splitlines())
    assert set(sums) == {"basemap.json", "basemap.LICENSE.txt"}
    for name, expected in sums.items():
        assert hashlib.sha256(FOLDER.joinpath(name).read_bytes()).hexdigest() == expected, name


def test_it_is_small_and_its_licence_goes_with_it():
    """Under 300 kB, with the notice of the package it comes from and Natural Earth's terms."""
    assert len(FOLDER.joinpath("basemap.json").read_bytes()) < 300_000
    licence = " ".join(FOLDER.joinpath("basemap.LICENSE.txt").read_text().split())
    assert "Copyright 2013-2019 Michael Bostock" in licence
    assert "Natural Earth raster and vector map data are in the public domain" in licence


def seen(west, south, east, north):
    """A view of a box."""
    return view([(west, south), (east, north)], 400, (100, 400), 1)


def crosses(path, the_view, start, end):
    """Whether a path crosses the way between two positions, roughly: a corner of it lies in their box."""
    (x1, y1), (x2, y2) = the_view.place(start), the_view.place(end)
    return any(x1 <= x <= x2 and y1 <= y <= y2 for x, y in corners(path))


def corners(path):
    """The corners of a path of steps."""
    for piece in re.findall(r"M(-?\d+) (-?\d+)l([^Mz]*)", path):
        x, y = int(piece[0]), int(piece[1])
        yield x, y
        for right, down in re.findall(r"(-?\d+)([+-]\d+)", piece[2]):
            x, y = x + int(right), y + int(down)
            yield x, y


@pytest.mark.parametrize(
    ("box", "start", "end", "drawn"),
    [
        ((5, 45, 12, 49), (6.5, 47.9), (8.5, 47.2), True),  # France and Switzerland on the Rhine
        ((30, 44, 38, 49), (33.3, 46.4), (34.9, 45.8), False),  # Crimea and the rest of Ukraine
        ((19, 41, 24, 44), (20.6, 43.2), (21.6, 42.4), False),  # Kosovo and Serbia
        ((43, 9, 50, 12), (46.9, 11.2), (49.0, 8.9), False),  # Somaliland and Somalia
    ],
)
def test_borders_that_are_drawn_and_that_are_not(box, start, end, drawn):
    """States' borders are drawn; those around areas without a code, and the one at Crimea, are not."""
    the_view = seen(*box)
    assert crosses(border_path(the_view), the_view, start, end) is drawn


def test_land_is_cut_at_the_edge():
    """Nothing is drawn that lies far beyond the drawing, and a view of open sea has no land."""
    the_view = seen(5, 45, 12, 49)
    found = list(corners(land_path(the_view)))
    assert found
    assert all(-8 <= x <= 408 and -8 <= y <= the_view.height + 8 for x, y in found)
    assert land_path(seen(-40, 30, -35, 33)) == border_path(seen(-40, 30, -35, 33)) == ""


def test_land_is_there_on_both_sides_of_the_180th_meridian():
    """A view across it shows the islands of Fiji to its left and to its right."""
    the_view = view([(177, -19), (-178, -16)], 400, (100, 400), 1)
    found = list(corners(land_path(the_view)))
    assert {x > the_view.place((180, 0))[0] for x, _ in found} == {True, False}


def test_every_border_lies_in_the_world():
    """No line leaves the degrees that there are."""
    east, north = mercator((180, 84))
    for line in (*world().rings, *world().borders):
        left, bottom, right, top = line.box
        assert -east - 0.001 <= left <= right <= east + 0.001 and -north <= bottom <= top <= north + 0.001
