"""Records whose names are equal or differ by a slip of the pen.

In: records. Out: pairs of them with the two names. The rule it guards: names are compared only with those
that share nearly all of their letters with them, so that the work grows as the collection does; and names
that differ in a number, or that tell the points of the compass apart, are two.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from anyascii import anyascii
from rapidfuzz.distance import OSA

from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.event import Event
from sourcebook.records.place import Place
from sourcebook.records.source import Source

MOST_SHARERS = 16
"""What more names than these share brings no two of them together."""
SLIPS = ((8, 2), (5, 1))
"""How many slips a word may have, from so many letters on."""
LITTLE_WORDS = frozenset("a an and de der die du for la le of the".split())
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class NameOf:
    """A name: of which record, with which others it is compared, where it stands, and its words, sorted."""

    record: str
    scope: str
    path: tuple[str | int, ...]
    name: str
    words: tuple[str, ...]
    solid: str
    """Its letters in their order, without the spaces."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records with names that are alike; `second` has the greater id."""

    first: NameOf
    second: NameOf


def similar_names(records: Iterable[Record]) -> tuple[Alike, ...]:
    """The pairs of records with names that are alike: each pair once, by ids.

    Actors and places are compared by all their names, events and sources of one day by their titles.
    """
    found: dict[tuple[str, str], Alike] = {}
    for block in blocks(name for record in sorted(records, key=record_id) for name in names_of(record)):
        for pair in pairs(block):
            found.setdefault((pair.first.record, pair.second.record), pair)
    return tuple(found[key] for key in sorted(found))


def record_id(record: Record) -> str:
    """The id, by which records are sorted."""
    return record.id


def blocks(names: Iterable[NameOf]) -> Iterator[list[NameOf]]:
    """The names that share a key, of each key that several share, and not too many."""
    # Most keys are of one name only, and a list for each would take longer to make than all the rest.
    first: dict[str, NameOf] = {}
    shared: dict[str, list[NameOf]] = {}
    for name in names:
        for key in keys(name):
            if first.setdefault(key, name) is not name:
                shared.setdefault(key, [first[key]]).append(name)
    return (block for block in shared.values() if len(block) <= MOST_SHARERS)


def scope(record: Record) -> str:
    """What two records must have in common for their names to be compared."""
    date = record.date if isinstance(record, Event) else record.issued if isinstance(record, Source) else None
    return f"{type(record).__name__} {date.edtf if date else ''}"


def names_of(record: Record) -> Iterator[NameOf]:
    """The names by which a record is compared."""
    if isinstance(record, Actor | Place):
        texts: list[tuple[tuple[str | int, ...], str]] = [(("name",), record.label.value)]
        texts += [(("names", number, "value"), name.value) for number, name in enumerate(record.names)]
        texts += [(("aliases", number), alias.value) for number, alias in enumerate(record.aliases)]
    elif (isinstance(record, Event) and record.date) or (isinstance(record, Source) and record.issued):
        texts = [(("title",), record.label.value)]
    else:
        texts = []
    own_scope = scope(record)
    for path, text in texts:
        words = _WORD.findall(anyascii(text).casefold())
        own = [word for word in words if word not in LITTLE_WORDS] or words
        if own:
            yield NameOf(record.id, own_scope, path, text, tuple(sorted(own)), "".join(own))


def keys(name: NameOf) -> set[str]:
    """What a name shares with every name that is like it: all words, all letters, or all but a slip."""
    found = {f"{name.scope}|words|{' '.join(name.words)}", f"{name.scope}|solid|{name.solid}"}
    for number, word in enumerate(name.words):
        if slips(word):
            others = f"{name.scope}|{' '.join((*name.words[:number], *name.words[number + 1 :]))}|"
            found.update(others + word[:at] + word[at + 1 :] for at in range(len(word)))
            found.update((others, others + word))
    return found


def slips(word: str) -> int:
    """How many slips a word may have and still be taken for the same; none if it is short or a number."""
    if not word.isalpha():
        return 0
    return next((allowed for least, allowed in SLIPS if len(word) >= least), 0)


def pairs(block: Iterable[NameOf]) -> Iterator[Alike]:
    """The pairs in a block that are names of two records and alike."""
    for first, second in combinations(block, 2):
        if first.record != second.record and are_alike(first, second):
            yield Alike(first, second)


def are_alike(one: NameOf, other: NameOf) -> bool:
    """Whether two names have the same words or letters, or differ in one word by a slip."""
    if one.words == other.words or one.solid == other.solid:
        return True
    left, right = list(one.words), list(other.words)
    for word in one.words:
        if word in right:
            left.remove(word)
            right.remove(word)
    if len(left) != 1 or len(right) != 1:
        return False
    allowed = min(slips(left[0]), slips(right[0]))
    return OSA.distance(left[0], right[0], score_cutoff=allowed) <= allowed
