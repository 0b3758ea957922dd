"""When facts last changed, from git and from what editors tell of their changes.

In: the graph. Out: the last change of each record, and the changes that editors tell of, newest first. The
rule it guards: a day that is only the latest possible one is called that, and nothing is guessed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from sourcebook.dates.edtf import Date, parse_date
from sourcebook.dates.order import sort_key
from sourcebook.graph.graph import Graph
from sourcebook.records.base import Record, Revision


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of a record: the day, whether it may have been earlier, and how many there were.

    `times` is 0 where only an editor's word is known.
    """

    record: str
    date: Date
    or_earlier: bool
    times: int


@dataclass(frozen=True, slots=True)
class Told:
    """A change that the editors tell of in a record."""

    record: str
    revision: Revision


def last_change(graph: Graph, record: Record) -> Change | None:
    """The last change of a record: of its file by git, else the last one told of; None without either.

    Records that share a file share its changes.
    """
    known = graph.history.files.get(graph.entries[record.id].file)
    if known:
        return Change(record.id, day(known.last), known.or_earlier, known.changes)
    told = newest_first(Told(record.id, revision) for revision in record.revisions)
    return Change(record.id, told[0].revision.date, False, 0) if told else None


@cache
def day(text: str) -> Date:
    """A day that git gave."""
    return parse_date(text)


def last_changes(graph: Graph) -> tuple[Change, ...]:
    """The last change of every record that has one: newest first, those of a day in the order of kinds.

    Of a day that is only the latest possible one the changes come after those that are surely of it.
    """
    found = [
        change
        for keys in graph.by_kind.values()
        for key in keys
        if (change := last_change(graph, graph.record(key)))
    ]
    return tuple(sorted(found, key=change_order, reverse=True))


def change_order(change: Change) -> tuple[object, ...]:
    """By day, and what may have been before that day first."""
    return sort_key(change.date), not change.or_earlier


def told_changes(graph: Graph) -> tuple[Told, ...]:
    """Every change that editors tell of, newest first."""
    return newest_first(all_told(graph))


def all_told(graph: Graph) -> Iterator[Told]:
    """Every change that editors tell of, in the order of the records."""
    for keys in graph.by_kind.values():
        for key in keys:
            for revision in graph.record(key).revisions:
                yield Told(key, revision)


def newest_first(told: Iterable[Told]) -> tuple[Told, ...]:
    """Changes by date, the newest first; of one date the later in its file first."""
    rising = sorted(told, key=lambda one: sort_key(one.revision.date))
    return tuple(reversed(rising))
