"""Places: where. Control and sovereignty are claims, never fields."""

import json
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from sourcebook.diagnostics.codes import Code
from sourcebook.records.base import Record
from sourcebook.records.fields import Many, Number, Phrase, PlaceId, a_number, in_range, matching, refusal

GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def a_geometry(value: object) -> str:
    """A GeoJSON geometry (RFC 7946) as compact JSON text."""
    if (
        not isinstance(value, dict)
        or set(value) != {"type", "coordinates"}
        or value["type"] not in GEOMETRIES
    ):
        raise refusal(
            Code.BAD_VALUE,
            "this is not a GeoJSON geometry",
            "a mapping of `type` (" + ", ".join(GEOMETRIES) + ") and `coordinates`",
        )
    return json.dumps({"type": value["type"], "coordinates": coordinates(value["coordinates"])})


def coordinates(value: Any) -> Any:
    """Nested lists of longitude and latitude, as numbers."""
    if isinstance(value, list):
        return [coordinates(item) for item in value]
    return float(a_number(value))


class Place(Record):
    """A place; names per side stand next to each other."""

    name: Phrase = Field(description="The name.")
    latitude: Annotated[Number, BeforeValidator(in_range(-90, 90, "a latitude"))] | None = Field(
        None, description="Degrees north (WGS 84)."
    )
    longitude: Annotated[Number, BeforeValidator(in_range(-180, 180, "a longitude"))] | None = Field(
        None, description="Degrees east (WGS 84)."
    )
    precision_m: Number | None = Field(None, description="Radius of uncertainty, in metres.")
    geometry: Annotated[str, BeforeValidator(a_geometry)] | None = Field(
        None, description="GeoJSON geometry."
    )
    contained_in: Many[PlaceId] = Field((), description="What it physically lies in.")
    geonames_id: Annotated[str, BeforeValidator(matching("[1-9][0-9]*", "a GeoNames id"))] | None = Field(
        None, description="Its GeoNames id."
    )

    @property
    def label(self) -> Phrase:
        """The name."""
        return self.name
