"""Makes the base map that the package ships from Natural Earth's countries, without network.

    npm pack world-atlas@2.0.2
    python tests/tools/make_basemap.py world-atlas-2.0.2.tgz generator/sourcebook/drawing/

In: the archive of the npm package world-atlas 2.0.2, which holds Natural Earth 4.1.0 at 1:50 million.
Out: `basemap.json`, its licence, and the SHA-256 of both. The same archive gives the same bytes.

What is changed: lines are simplified (Douglas and Peucker) by two kilometres at most, coordinates rounded to
a hundredth of a degree, islets that vanish at that scale left out unless they are all there is of a country.
Left out as well are two kinds of line, so that no map of ours draws a border which states do not have
among themselves: those around areas to which ISO 3166-1 gives no code, and the one between Crimea, which
ISO 3166-2 lists under Ukraine, and the rest of Ukraine. The land of all of them is there.
"""

import hashlib
import json
import sys
import tarfile
from itertools import pairwise
from pathlib import Path

ARCHIVE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
UNITS_PER_DEGREE = 100
TOLERANCE = 0.018
"""In degrees of latitude, 111 km each."""
SMALLEST_RING = 0.005
"""In square degrees; an islet of about eight kilometres by eight."""
RUSSIA, UKRAINE = "643", "804"
CRIMEAN_ISTHMUS = ((32.0, 45.0), (36.0, 46.6))
NATURAL_EARTH = """
The data are those of Natural Earth, version 4.1.0, https://www.naturalearthdata.com/. Natural Earth's
terms of use: all versions of Natural Earth raster and vector map data are in the public domain.

basemap.json is a simplified extract of the file countries-50m.json of the npm package world-atlas,
version 2.0.2, https://github.com/topojson/world-atlas, made by tests/tools/make_basemap.py. The
licence of that package:

"""


def main(archive, folder):
    """Write the three files."""
    data = archive.read_bytes()
    if hashlib.sha256(data).hexdigest() != ARCHIVE_SHA256:
        sys.exit(f"{archive} is not the archive that this was written for")
    with tarfile.open(archive) as package:
        topology = json.load(package.extractfile("package/countries-50m.json"))
        licence = package.extractfile("package/LICENSE").read().decode()
    made = {
        "basemap.json": json.dumps(basemap(topology), separators=(",", ":")) + "\n",
        "basemap.LICENSE.txt": NATURAL_EARTH.lstrip() + licence,
    }
    sums = "".join(f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in made.items())
    for name, text in {**made, "basemap.sha256": sums}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def basemap(topology):
    """Arcs as differences, polygons as lists of rings of arcs, and which arcs are borders."""
    arcs = [simplified(arc) for arc in decoded(topology)]
    countries = topology["objects"]["countries"]["geometries"]
    owners = owners_of(countries)
    borders = [number for number, of in sorted(owners.items()) if len(of) == 2 and is_drawn(arcs[number], of)]
    polygons = [polygon for country in countries for polygon in kept_polygons(country, arcs)]
    used = sorted({arc if arc >= 0 else ~arc for polygon in polygons for ring in polygon for arc in ring})
    place = {number: index for index, number in enumerate(used)}

    def renamed(arc):
        return place[arc] if arc >= 0 else ~place[~arc]

    return {
        "units_per_degree": UNITS_PER_DEGREE,
        "arcs": [differences(arcs[number]) for number in used],
        "polygons": [[[renamed(arc) for arc in ring] for ring in polygon] for polygon in polygons],
        "borders": [place[number] for number in borders if number in place],
    }


def decoded(topology):
    """The arcs of a TopoJSON file as points in degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        yield points


def simplified(points):
    """The points without those that lie within the tolerance of a line between others."""
    if points[0] == points[-1] and len(points) > 2:
        far = max(range(len(points)), key=lambda index: distance(points[index], points[0], points[0]))
        return within_tolerance(points[: far + 1])[:-1] + within_tolerance(points[far:])
    return within_tolerance(points)


def within_tolerance(points):
    """Douglas and Peucker's algorithm, without recursion."""
    kept, ranges = {0, len(points) - 1}, [(0, len(points) - 1)]
    while ranges:
        first, last = ranges.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda index: distance(points[index], points[first], points[last]))
        if distance(points[far], points[first], points[last]) > TOLERANCE:
            kept.add(far)
            ranges += [(first, far), (far, last)]
    return [points[index] for index in sorted(kept)]


def distance(point, start, end):
    """Degrees from a point to a piece of line."""
    (x, y), (left, bottom), (right, top) = point, start, end
    width, height = right - left, top - bottom
    length = width * width + height * height
    share = max(0.0, min(1.0, ((x - left) * width + (y - bottom) * height) / length)) if length else 0.0
    return ((x - left - share * width) ** 2 + (y - bottom - share * height) ** 2) ** 0.5


def owners_of(countries):
    """For each arc the countries that it bounds, by their ISO 3166-1 number, None for those without."""
    owners = {}
    for country in countries:
        for polygon in polygons_of(country):
            for ring in polygon:
                for arc in ring:
                    owners.setdefault(arc if arc >= 0 else ~arc, []).append(country.get("id"))
    return owners


def polygons_of(country):
    """The polygons of a country, each a list of rings of arcs."""
    return [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])


def is_drawn(arc, countries):
    """Whether a border is drawn."""
    if None in countries:
        return False
    (left, bottom), (right, top) = CRIMEAN_ISTHMUS
    inside = all(left <= x <= right and bottom <= y <= top for x, y in arc)
    return not (set(countries) == {RUSSIA, UKRAINE} and inside)


def kept_polygons(country, arcs):
    """The polygons that are large enough to be seen, at least the largest."""
    polygons = sorted(polygons_of(country), key=lambda polygon: -area(polygon[0], arcs))
    for number, polygon in enumerate(polygons):
        rings = [ring for ring in polygon if area(ring, arcs) >= SMALLEST_RING]
        if rings and rings[0] is polygon[0]:
            yield rings
        elif number == 0:
            yield [polygon[0]]


def area(ring, arcs):
    """The area of a ring in square degrees."""
    points = [point for arc in ring for point in (arcs[arc] if arc >= 0 else arcs[~arc][::-1])]
    turns = sum(x * below - left * y for (x, y), (left, below) in pairwise([*points, points[0]]))
    return abs(turns) / 2


def differences(points):
    """The first point, then the step to each next one, as whole numbers; points that coincide once."""
    whole = [(round(x * UNITS_PER_DEGREE), round(y * UNITS_PER_DEGREE)) for x, y in points]
    steps = [(x - left, y - below) for (left, below), (x, y) in pairwise(whole)]
    return [*whole[0], *(number for step in steps if step != (0, 0) for number in step)]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
