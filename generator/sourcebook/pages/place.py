"""The page of a place: its names per side, where it lies, and what happened there."""

from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.graph.graph import Graph, place_children
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, record_path
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.paging import rest, shown
from sourcebook.pages.parts import ClaimRow, EventRow, Fact, Head, Link, NameRow, Rich, Tail, WebLink, Words
from sourcebook.pages.place_map import BORDERS, PlaceMap, map_of
from sourcebook.pages.place_map import VIEW as MAP_VIEW
from sourcebook.records.claim import Claim
from sourcebook.records.event import Event
from sourcebook.records.load import Entry
from sourcebook.records.place import Place

SHOWN = frozenset({("place", "contained_in"), ("event", "location"), ("claim", "about")})


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything that a place's template prints.

    Of a long list the beginning stands here, and a link to all of it in the field that begins with `all_`.
    """

    head: Head
    summary: Rich | None
    description: Rich | None
    facts: tuple[Fact, ...]
    map: PlaceMap | None
    map_of_all: Link | None
    borders: str
    contains: tuple[Link, ...]
    names: tuple[NameRow, ...]
    events: tuple[EventRow, ...]
    all_events: Link | None
    claims: tuple[ClaimRow, ...]
    all_claims: Link | None
    identifiers: tuple[Fact, ...]
    tail: Tail


def place_page(graph: Graph, entry: Entry) -> PlacePage:
    """The page of one place."""
    place = entry.record
    assert isinstance(place, Place)
    composer = Composer(graph, record_path("place", place.id))
    drawn = map_of(composer, place)
    events = graph.backlinks_from(place.id, Event, "location")
    claims = graph.backlinks_from(place.id, Claim, "about")
    here = ("place", place.name.value)
    return PlacePage(
        head=head(composer, entry, "Place"),
        summary=composer.stated(place, "summary"),
        description=composer.stated(place, "description"),
        facts=tuple(facts(composer, place)),
        map=drawn,
        map_of_all=Link(Words("All places on the map"), composer.target(MAP_VIEW.path)) if drawn else None,
        borders=BORDERS,
        contains=composer.links(child.id for child in place_children(graph, place.id)),
        names=names(composer, place),
        events=composer.event_rows(shown(events)),
        all_events=rest(composer, "event", len(events), here),
        claims=composer.claim_rows(shown(claims)),
        all_claims=rest(composer, "claim", len(claims), here),
        identifiers=(*identifiers(place), *geonames(place)),
        tail=tail(composer, place, SHOWN),
    )


def facts(composer: Composer, place: Place) -> Iterator[Fact]:
    """The rows of the place's table: what it lies in, and where."""
    if place.contained_in:
        yield Fact("Lies in", composer.links(place.contained_in), composer.cite_field(place, "contained_in"))
    if place.latitude is not None and place.longitude is not None:
        yield Fact(
            "Coordinates",
            (Words(f"{place.latitude}, {place.longitude} (latitude, longitude)"),),
            composer.cite_field(place, "latitude"),
        )
    if place.precision_m is not None:
        yield Fact(
            "Precision",
            (Words(f"within {wording.number(place.precision_m)} metres of that point"),),
            composer.cite_field(place, "precision_m"),
        )
    if place.geometry:
        yield Fact("Outline", (Words(place.geometry),), composer.cite_field(place, "geometry"))


def geonames(place: Place) -> tuple[Fact, ...]:
    """The place in GeoNames, if its id is known."""
    if place.geonames_id is None:
        return ()
    address = f"https://www.geonames.org/{place.geonames_id}"
    return (Fact("GeoNames", (WebLink(Words(place.geonames_id), address),)),)
