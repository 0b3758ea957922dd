"""Places: where. Control and sovereignty are claims, never fields."""

import json
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from sourcebook.diagnostics.codes import Code
from sourcebook.records.base import Record
from sourcebook.records.fields import (
    Many,
    Number,
    Phrase,
    PlaceId,
    Unquoted,
    a_number,
    in_range,
    matching,
    refusal,
)

GEOMETRIES = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""The types of geometry, and how many lists deep their positions stand."""
LEAST_POSITIONS = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}
"""How many positions a line, or the ring of a polygon, has at least."""

a_latitude = in_range(-90, 90, "a latitude")
a_longitude = in_range(-180, 180, "a longitude")


def a_geometry(value: object) -> str:
    """A GeoJSON geometry (RFC 7946) as compact JSON text."""
    if not isinstance(value, dict) or set(value) != {"type", "coordinates"} or not is_type(value["type"]):
        raise not_geometry("a mapping of `type` (" + ", ".join(GEOMETRIES) + ") and `coordinates`")
    kind = value["type"]
    found = coordinates(value["coordinates"], GEOMETRIES[kind], kind)
    return json.dumps({"type": kind, "coordinates": found})


def is_type(value: object) -> bool:
    """Whether a value names a type of geometry."""
    return isinstance(value, str) and value in GEOMETRIES


def not_geometry(hint: str) -> PydanticCustomError:
    """The error for what is no geometry."""
    return refusal(Code.BAD_VALUE, "this is not a GeoJSON geometry", hint)


def coordinates(value: Any, depth: int, kind: str) -> Any:
    """A position, or lists of positions as deep as a type of geometry has them."""
    if depth == 0:
        return position(value)
    if not isinstance(value, list):
        raise not_geometry(f"the coordinates of a {kind} are {GEOMETRIES[kind] + 1} lists deep")
    found = [coordinates(item, depth - 1, kind) for item in value]
    if depth == 1:
        check_line(found, kind)
    return found


def position(value: Any) -> list[float]:
    """Longitude, latitude and perhaps altitude, as numbers."""
    if not isinstance(value, list) or len(value) not in (2, 3):
        raise not_geometry("a position is a list of longitude and latitude, as in [5.2, 59.1]")
    east, north, *up = (a_number(number) for number in value)
    return [float(number) for number in (a_longitude(east), a_latitude(north), *up)]


def check_line(positions: list[Any], kind: str) -> None:
    """Refuse a line of one position, and the ring of a polygon that is not closed."""
    least = LEAST_POSITIONS.get(kind, 1)
    if len(positions) < least:
        raise not_geometry(f"a line or ring of a {kind} has {least} positions or more")
    if "Polygon" in kind and positions[0] != positions[-1]:
        raise not_geometry("the ring of a polygon ends at the position at which it begins")


class Place(Record):
    """A place; names per side stand next to each other."""

    name: Phrase = Field(description="The name.")
    latitude: Annotated[Number, AfterValidator(a_latitude)] | None = Field(
        None, description="Degrees north (WGS 84)."
    )
    longitude: Annotated[Number, AfterValidator(a_longitude)] | None = Field(
        None, description="Degrees east (WGS 84)."
    )
    precision_m: Annotated[Number, AfterValidator(in_range(0, None, "a radius"))] | None = Field(
        None, description="Radius of uncertainty, in metres."
    )
    geometry: Annotated[str, BeforeValidator(a_geometry), Unquoted()] | None = Field(
        None, description="GeoJSON geometry."
    )
    contained_in: Many[PlaceId] = Field((), description="What it physically lies in.")
    geonames_id: (
        Annotated[
            str,
            BeforeValidator(
                matching("[1-9][0-9]*", "a GeoNames id such as 616052", "write its digits alone")
            ),
            Unquoted(),
        ]
        | None
    ) = Field(None, description="Its GeoNames id.")

    @property
    def label(self) -> Phrase:
        """The name."""
        return self.name
