"""Places and events as GeoJSON (RFC 7946), with UCDP's words for how precisely time and place are known.

In: the graph. Out: a FeatureCollection. The rule it guards: a place without coordinates stays without, and an
event lies where its place lies and nowhere more precisely.
"""

from collections.abc import Iterable

from sourcebook.dates.words import in_words, iso_range
from sourcebook.exporting.documents import as_json
from sourcebook.exporting.precision import date_prec
from sourcebook.exporting.setting import page_of
from sourcebook.exporting.shapes import Values, short_citation
from sourcebook.exporting.tables import Plains
from sourcebook.graph.graph import Graph
from sourcebook.records.event import Event
from sourcebook.records.place import Place


def places(graph: Graph, plains: Plains) -> bytes:
    """Every place, in the order of the index: its outline, else its point, null where it has neither."""
    return collection(graph, (place_feature(graph, place, plains) for place in graph.of_kind(Place)))


def events(graph: Graph, plains: Plains) -> bytes:
    """Every event, by date: the point of its place, else its outline, null where it has neither."""
    return collection(graph, (event_feature(graph, event, plains) for event in graph.of_kind(Event)))


def collection(graph: Graph, features: Iterable[Values]) -> bytes:
    """Features with a line each, under the collection's name."""
    lines = b",\n".join(as_json(feature) for feature in features)
    head = as_json({"type": "FeatureCollection", "name": graph.site.name})[:-1]
    return head + b',"features":[\n' + lines + b"\n]}\n"


def place_feature(graph: Graph, place: Place, plains: Plains) -> Values:
    """One place."""
    return feature(
        place.id,
        outline(place, plains) or point(place),
        {
            "name": place.name.value,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "precision_m": place.precision_m,
            "contained_in": list(place.contained_in),
            "geonames_id": place.geonames_id,
            "page": page_of(graph, place.id),
        },
    )


def event_feature(graph: Graph, event: Event, plains: Plains) -> Values:
    """One event."""
    place = graph.record(event.location) if event.location else None
    assert place is None or isinstance(place, Place)
    start, end = iso_range(event.date)
    return feature(
        event.id,
        (point(place) or outline(place, plains)) if place else None,
        {
            "title": event.title.value,
            "type": event.type,
            "sub_type": event.sub_type,
            "date": event.date.edtf,
            "date_words": in_words(event.date),
            "date_start": start,
            "date_end": end,
            "date_prec": date_prec(event.date),
            "location": event.location,
            "where_prec": int(event.where_prec) if event.where_prec else None,
            "where_description": event.where_description.value if event.where_description else None,
            "precision_m": place.precision_m if place else None,
            "reported_by": list(event.reported_by),
            "sources": [short_citation(citation) for citation in event.sources],
            "page": page_of(graph, event.id),
        },
    )


def feature(key: str, shape: Values | None, properties: Values) -> Values:
    """A feature with its id."""
    return {"type": "Feature", "id": key, "geometry": shape, "properties": {"id": key, **properties}}


def point(place: Place) -> Values | None:
    """The point of a place; None where it has none."""
    if place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def outline(place: Place, plains: Plains) -> Values | None:
    """The outline of a place; None where it has none."""
    return plains[place.id].get("geometry")
