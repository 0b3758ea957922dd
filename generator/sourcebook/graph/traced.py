"""What a page reads of the graph, so that it is made anew only when any of that has changed.

In: a graph. Out: the same graph with every look into it written down, and a fingerprint of each thing looked
at. The rule it guards: whatever a page can read of the graph is written down or the same for the whole site;
of what was gone through as a whole the ids count, and then each of them that was read.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sourcebook.graph.graph import Graph

Value = TypeVar("Value")

FOR_ALL = frozenset({"collection", "edit_base", "site", "history", "data"})
"""Fields of a graph that are not written down: they are the same for all pages of a site, but for the data
files, of which no page of a record tells, and the history, of which the files are."""

Read = tuple[str, Any]
"""Something read of a graph: the field, and the key in it; None for all of its keys."""


@dataclass
class Trace:
    """What has been read of a graph since it was last asked for."""

    found: set[Read] = field(default_factory=set)

    def taken(self) -> frozenset[Read]:
        """What was read, and begin anew."""
        read = frozenset(self.found)
        self.found.clear()
        return read


class Traced(Mapping[Any, Value]):
    """A field of a graph that writes down what is read of it."""

    def __init__(self, name: str, values: Mapping[Any, Value], trace: Trace) -> None:
        self.name, self.values_, self.found = name, values, trace.found

    def __getitem__(self, key: Any) -> Value:
        """The value of a key; that there is none is written down, too."""
        self.found.add((self.name, key))
        return self.values_[key]

    def __contains__(self, key: object) -> bool:
        """Whether there is a value of a key."""
        self.found.add((self.name, key))
        return key in self.values_

    def get(self, key: Any, default: Any = None) -> Any:
        """The value of a key, or another one."""
        self.found.add((self.name, key))
        return self.values_.get(key, default)

    def __iter__(self) -> Iterator[Any]:
        """Every key."""
        self.found.add((self.name, None))
        return iter(self.values_)

    def __len__(self) -> int:
        """How many there are."""
        self.found.add((self.name, None))
        return len(self.values_)


def traced(graph: Graph, trace: Trace) -> Graph:
    """The graph with every look into it written down."""
    fields: dict[str, Any] = {name: Traced(name, values_of(graph, name), trace) for name in DESCRIBED}
    history = replace(graph.history, files=fields.pop("history"))
    measures = fields.pop("measures")
    found = replace(graph, data=(), history=history, **fields)
    found.__dict__["measures"] = measures  # where `cached_property` looks for it
    return found


def values_of(graph: Graph, name: str) -> Mapping[Any, Any]:
    """The values of a field by their keys; of the history those of the files."""
    return graph.history.files if name == "history" else getattr(graph, name)


@dataclass
class Fingerprints:
    """What tells each thing that can be read of a graph from another one in its place.

    `files` tells of each file of facts by its path whether it has changed.
    """

    graph: Graph
    files: Callable[[str], str]
    known: dict[Read, str] = field(default_factory=dict)

    def of(self, read: Read) -> str:
        """The fingerprint of something read."""
        found = self.known.get(read)
        if found is None:
            told = repr(self.told(*read)).encode("utf-8", "surrogatepass")
            found = self.known[read] = hashlib.blake2b(told, digest_size=12).hexdigest()
        return found

    def told(self, name: str, key: Any) -> object:
        """Everything that matters of something read, in values that are always written in the same way."""
        values = values_of(self.graph, name)
        if key is None:
            return [*values]
        return DESCRIBED[name](self, key, values[key]) if key in values else None

    def record(self, key: str | None) -> object:
        """A record as it is written: where, and what is in that file."""
        entry = self.graph.entries.get(key) if key else None
        return (entry.kind, entry.file, self.files(entry.file)) if entry else None


def as_it_is(_all: Fingerprints, _key: Any, value: object) -> object:
    """A value that is made of texts and numbers, in an order of its own."""
    return value


def as_record(known: Fingerprints, key: str, _value: object) -> object:
    """An entry."""
    return known.record(key)


def as_references(known: Fingerprints, _key: str, links: Any) -> object:
    """What names a record; the prose in which it is named is that of the record."""
    return [(link.origin, link.path, known.record(link.origin) if link.prose else "") for link in links]


def as_stances(known: Fingerprints, key: str, stances: Any) -> object:
    """Positions on a claim; date, sources and note stand in the record that holds them."""
    return [
        (
            stance.relation,
            stance.holders,
            sorted(stance.sides),
            stance.other_side,
            stance.withdrawn,
            stance.claim,
            known.record(stance.claim or key),
        )
        for stance in stances
    ]


def as_uses(known: Fingerprints, _key: str, uses: Any) -> object:
    """What rests on a source; the citation stands in the record."""
    return [(use.record, use.path, known.record(use.record)) for use in uses]


DESCRIBED: dict[str, Callable[[Fingerprints, Any, Any], object]] = {
    "entries": as_record,
    "by_kind": as_it_is,
    "backlinks": as_references,
    "sides": as_it_is,
    "stances": as_stances,
    "standings": as_it_is,
    "disputes_of": as_it_is,
    "figures": as_it_is,
    "uses": as_uses,
    "related": as_it_is,
    "measures": as_it_is,
    "history": as_it_is,
}
"""The fields of a graph that are written down, and what matters of a value in each."""
