"""Records that a table names in words: found by id, by identifier, by name, or made.

In: the records of the collection, then names with what else a row tells. Out: ids. The rule it guards: a
name that fits several records is never settled by a guess, and one name makes one record.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.importing.ids import proposed_id
from sourcebook.reading.nodes import Mapping, Node, Scalar
from sourcebook.reading.withheld import folded
from sourcebook.records.base import Record
from sourcebook.records.fields import nearest
from sourcebook.records.load import Entry
from sourcebook.records.place import Place

SAME_PLACE_KM = 50.0
"""How far apart two places of one name may be given to be one place."""
EARTH_RADIUS_KM = 6371.0

Point = tuple[float, float]


@dataclass(slots=True)
class Unresolved:
    """A name that led to no record: at which cell first, which records it may mean, in how many rows."""

    position: Position
    where: str
    kind: str
    text: str
    candidates: tuple[str, ...]
    creatable: bool
    rows: int = 1


class Finder:
    """The records of a collection by id, identifier and name, and those that are made as rows need them."""

    def __init__(self, entries: Iterable[Entry], *, create_missing: bool) -> None:
        self.create_missing = create_missing
        self._kinds: dict[str, str] = {}
        self._present: dict[str, str] = {}
        self._names: dict[tuple[str, str], list[str]] = {}
        self._identifiers: dict[tuple[str, str, str], str] = {}
        self._points: dict[str, Point] = {}
        self._labels: dict[str, list[str]] = {}
        self._unresolved: dict[tuple[str, str, tuple[str, ...]], Unresolved] = {}
        for entry in entries:
            self._add_record(entry.kind, entry.record)

    def _add_record(self, kind: str, record: Record) -> None:
        self._kinds[record.id] = kind
        for former in record.former_ids:
            self._present[former] = record.id
        for name in names_of(record):
            self._add_name(kind, name, record.id)
        for scheme, value in record.identifiers.items():
            self._identifiers[kind, scheme, value] = record.id
        if isinstance(record, Place) and record.latitude is not None and record.longitude is not None:
            self._points[record.id] = (float(record.latitude), float(record.longitude))

    def _add_name(self, kind: str, name: str, key: str) -> None:
        known = self._names.setdefault((kind, comparable(name)), [])
        if key not in known:
            known.append(key)
            self._labels.setdefault(kind, []).append(name)

    def present_id(self, kind: str, key: str) -> str:
        """The id that a record has now which once had this one; else the id itself."""
        present = self._present.get(key, key)
        return present if self._kinds.get(present) == kind else key

    def by_identifier(self, kind: str, node: Mapping) -> str | None:
        """The record that has one of the identifiers of a record to be."""
        for scheme, value in identifiers_of(node):
            if found := self._identifiers.get((kind, scheme, value)):
                return found
        return None

    def find(self, kind: str, text: str, node: Mapping | None, wished: str | None) -> str | tuple[str, ...]:
        """The id of the record that a text names, or all that it may name: none, or several.

        `node` has what a row tells of the record, `wished` is the id that it would get.
        """
        if node and (found := self.by_identifier(kind, node)):
            return found
        for key in (text, wished):
            if key and self._kinds.get(present := self._present.get(key, key)) == kind:
                return present
        known = tuple(self._names.get((kind, comparable(text)), ()))
        if node and (point := point_of(node)):
            known = tuple(key for key in known if self._is_near(key, point))
        return known[0] if len(known) == 1 else known

    def _is_near(self, key: str, point: Point) -> bool:
        other = self._points.get(key)
        return other is None or kilometres(point, other) <= SAME_PLACE_KM

    def create(self, kind: str, text: str, node: Mapping, wished: str | None) -> str:
        """The id for a record that is made for a name; it is found under this name from now on."""
        key = self._free(wished or proposed_id(text), kind)
        self._kinds[key] = kind
        self._add_name(kind, text, key)
        for scheme, value in identifiers_of(node):
            self._identifiers[kind, scheme, value] = key
        if point := point_of(node):
            self._points[key] = point
        return key

    def take(self, kind: str, key: str) -> None:
        """Keep an id for a record that a row gives it to, so that nothing else is made under it."""
        self._kinds.setdefault(key, kind)

    def _free(self, key: str, kind: str) -> str:
        if key not in self._kinds and key not in self._present:
            return key
        choices = (f"{key}-{kind}", *(f"{key}-{number}" for number in range(2, 10_000)))
        return next(each for each in choices if each not in self._kinds and each not in self._present)

    def note_unresolved(self, unresolved: Unresolved) -> None:
        """Remember a name that led to no record; each is told once, with the number of its rows."""
        key = (unresolved.kind, unresolved.text, unresolved.candidates)
        first = self._unresolved.setdefault(key, unresolved)
        if first is not unresolved:
            first.rows += 1

    def problems(self) -> Iterator[Diagnostic]:
        """What is to be said of the names that led to no record."""
        for each in self._unresolved.values():
            others = each.rows - 1
            more = f" (and in {others:,} more row{'s' if others > 1 else ''})" if others else ""
            if each.candidates:
                which = ", ".join(f"'{key}'" for key in each.candidates)
                message = f"'{each.text}' may be any of several {each.kind}s: {which}"
                hint = "write the id into the cell, or lead the name to an id under `values` in the mapping"
                code = Code.AMBIGUOUS_NAME
            else:
                message = f"no {each.kind} is called '{each.text}'"
                hint, code = self._remedy(each), Code.UNKNOWN_REFERENCE
            yield Diagnostic(code, each.position, f"{each.where}: {message}{more}", hint)

    def _remedy(self, each: Unresolved) -> str:
        make = "run with --create-missing to have it made" if each.creatable else ""
        if not each.creatable:
            make = f"write the {each.kind} first, or give `create` in the mapping"
        near = nearest(each.text, self._labels.get(each.kind, ()))
        return f"did you mean '{near}'? Else {make}" if near else make


def names_of(record: Record) -> Iterator[str]:
    """Every name by which a record is known."""
    yield record.label.value
    yield from (alias.value for alias in record.aliases)
    yield from (name.value for name in record.names)


def comparable(name: str) -> str:
    """The form in which names are compared: capitals, widths and white space do not matter."""
    return " ".join(folded(name).split())


def scalar_of(node: Node | None) -> str | None:
    """The text of a node that is one."""
    return node.value if isinstance(node, Scalar) else None


def identifiers_of(node: Mapping) -> Iterator[tuple[str, str]]:
    """The identifiers that a record to be has, by scheme."""
    entry = node.entries.get("identifiers")
    if entry and isinstance(entry.value, Mapping):
        for scheme, inner in entry.value.entries.items():
            if value := scalar_of(inner.value):
                yield scheme, value


def point_of(node: Mapping) -> Point | None:
    """Latitude and longitude of a place to be; None where they are no numbers."""
    texts = [scalar_of(node.entries[key].value) for key in ("latitude", "longitude") if key in node.entries]
    try:
        north, east = (float(text or "") for text in texts)
    except ValueError:
        return None
    return north, east


def kilometres(one: Point, other: Point) -> float:
    """The distance between two points on the sphere, by the haversine formula."""
    north, other_north = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))
