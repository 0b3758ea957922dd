"""What of a table can be written, and what cannot: drafts against the collection and against each other.

In: the drafts of all rows, and the collection. Out: the records to write, those that are there already, and
what is wrong. The rule it guards: a row is taken whole or left whole, the collection stays in order, and
what an editor has written is compared, never overwritten unasked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related, has_errors
from sourcebook.graph.checks import a_kind, check_links
from sourcebook.importing.filling import Draft, repr_of
from sourcebook.reading.nodes import Entry as NodeEntry
from sourcebook.reading.nodes import Mapping, Node, Scalar
from sourcebook.reading.nodes import Sequence as SequenceNode
from sourcebook.reading.raw_records import RawRecord
from sourcebook.reading.withheld import Withheld, holds_name
from sourcebook.records.collection import Collection
from sourcebook.records.load import Entry, load_records
from sourcebook.records.rules import check_record


@dataclass(slots=True)
class BroughtRow:
    """A row or an item: its number, its line, the records that it makes or names, whether it is good."""

    number: int
    line: int
    needs: frozenset[str]
    good: bool = True


@dataclass(slots=True)
class Brought:
    """All that was read of one file: its rows or items, the drafts by id, and what is wrong so far."""

    name: str
    columns: tuple[str, ...] = ()
    unit: str = "row"
    rows: list[BroughtRow] = field(default_factory=list)
    drafts: dict[str, Draft] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def add(self, row: BroughtRow, drafts: Iterable[Draft], problems: Sequence[Diagnostic]) -> None:
        """Take in a row; a draft with the id of another one that says something else is an error."""
        self.rows.append(row)
        self.problems += problems
        row.good = row.good and not has_errors(problems)
        for draft in drafts:
            first = self.drafts.setdefault(draft.id, draft)
            if first is not draft and (first.kind, repr_of(first.node)) != (draft.kind, repr_of(draft.node)):
                self.problems.append(self._repeated(row, draft, first))
                row.good = False

    def _repeated(self, row: BroughtRow, draft: Draft, first: Draft) -> Diagnostic:
        taken = f"the id '{draft.id}' is already that of {a_kind(first.kind)} of {self.unit} {first.row}"
        message = f"{self.unit} {row.number}: {taken}"
        hint = "remove one of the rows, or choose an id that tells them apart"
        return Diagnostic(Code.DUPLICATE_ID, Position(self.name, row.line, 1), message, hint)


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is there already and that a row gives otherwise: in which fields, and from which row.

    `merged` is the record with the row's values for these fields.
    """

    entry: Entry
    draft: Draft
    fields: tuple[str, ...]
    merged: Mapping


@dataclass(frozen=True, slots=True)
class Settled:
    """The drafts to write, the ids of what is there just so, what differs, and every problem."""

    new: tuple[Draft, ...]
    unchanged: tuple[Draft, ...]
    different: tuple[Difference, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The records of the collection before the import."""

    raw: tuple[RawRecord, ...]
    entries: dict[str, Entry]
    collection: Collection
    withheld: Withheld

    def taken(self) -> dict[str, tuple[str, str]]:
        """The kind and the file of each id."""
        return {record.id: (record.kind, record.file) for record in reversed(self.raw)}


def settle(
    brought: Brought, present: Present, *, update: bool, only: frozenset[str] = frozenset()
) -> Settled:
    """Divide what was brought; with `update` what differs is checked as it would be (in the fields `only`).

    Rows with a fault are left out with all that only they need, until what is left is in order.
    """
    drafts = ((draft, draft.node) for draft in brought.drafts.values())
    loaded = load_drafts(drafts, brought, present)
    problems = [*brought.problems]
    would_be: dict[str, Entry] = {}
    different: dict[str, Difference] = {}
    unchanged: list[Draft] = []
    faulty: set[str] = set()
    told = {one.position.line for one in brought.problems if has_errors([one])}
    for key, (entry, found) in loaded.items():
        # That a field has no value follows from what is wrong with its cell.
        problems += [
            one for one in found if one.code is not Code.MISSING_FIELD or one.position.line not in told
        ]
        draft, known = brought.drafts[key], present.entries.get(key)
        if has_errors(found):
            faulty.add(key)
        elif known is None:
            would_be[key] = entry
        elif fields := differing(entry, known, only):
            different[key] = Difference(known, draft, fields, merged(known.node, draft.node, fields))
        else:
            unchanged.append(draft)
    if update:
        merges = ((each.draft, each.merged) for each in different.values())
        for key, (entry, found) in load_drafts(merges, brought, present).items():
            problems += found
            would_be[key] = entry
            faulty |= {key} if has_errors(found) else set()
    problems += sift(brought, present, would_be, faulty)
    kept = needed(brought)
    return Settled(
        tuple(brought.drafts[key] for key in would_be if key in kept and key not in different),
        tuple(draft for draft in unchanged if draft.id in kept),
        tuple(each for key, each in different.items() if key in kept),
        with_rows(problems, brought),
    )


def sift(
    brought: Brought, present: Present, would_be: dict[str, Entry], faulty: set[str]
) -> Iterator[Diagnostic]:
    """Take rows out until what would be written is in order; gives what is wrong with those taken out."""
    taken = present.taken()
    while True:
        for row in brought.rows:
            row.good = row.good and not row.needs & faulty
        kept = needed(brought) - faulty
        left = {key: entry for key, entry in would_be.items() if key in kept}
        found = link_problems(brought, present, left, taken)
        yield from found
        wrong = {draft_of(one, brought) for one in found if has_errors([one])} - faulty
        if not wrong:
            return
        faulty |= wrong


def load_drafts(
    drafts: Iterable[tuple[Draft, Mapping]], brought: Brought, present: Present
) -> dict[str, tuple[Entry, list[Diagnostic]]]:
    """Drafts, each with its values, as typed records by id, and what is wrong with each by itself."""
    raw = [
        RawRecord(draft.kind, marked(brought.name, draft.id), draft.id, node, draft.node.line, 1)
        for draft, node in drafts
    ]
    entries, problems = load_records(raw, present.collection)
    by_file: dict[str, list[Diagnostic]] = {}
    for found in problems:
        by_file.setdefault(found.position.file, []).append(found)
    return {
        each.id: (entry, [*by_file.get(entry.file, ()), *own_problems(entry, present)])
        for each, entry in zip(raw, entries, strict=True)
    }


def own_problems(entry: Entry, present: Present) -> Iterator[Diagnostic]:
    """What is wrong with a draft by the rules of the format, and beside the collection."""
    if entry.whole:
        yield from check_record(entry)
    yield from withheld_in(entry, present)
    known = present.entries.get(entry.record.id)
    if known and known.kind != entry.kind:
        message = f"the id '{known.record.id}' is taken by {a_kind(known.kind)} ({known.file})"
        hint = "choose another `id` in the mapping"
        yield Diagnostic(Code.DUPLICATE_ID, entry.position(), message, hint)


def marked(name: str, key: str) -> str:
    """A file's name by which a message tells which draft it is about; `with_rows` takes the mark away."""
    return f"{name}#{key}"


def draft_of(found: Diagnostic, brought: Brought) -> str:
    """The id of the draft that a message is about."""
    places = (found.position, *(place.position for place in found.related))
    files = (place.file for place in places)
    return next(file for file in files if is_marked(file, brought)).removeprefix(marked(brought.name, ""))


def is_marked(file: str, brought: Brought) -> bool:
    """Whether a file's name tells which draft a message is about."""
    return file.startswith(marked(brought.name, ""))


def withheld_in(entry: Entry, present: Present) -> Iterator[Diagnostic]:
    """A finding for each cell in which a name stands that must not be published."""
    if present.withheld.pattern is None:
        return
    for scalar in scalars_in(entry.node):
        if holds_name(present.withheld, scalar.value):
            position = Position(entry.file, scalar.line, scalar.column)
            message = "a name that must not be published stands here"
            yield Diagnostic(Code.WITHHELD_NAME, position, message, "remove it from the table")


def scalars_in(node: Node) -> Iterator[Scalar]:
    """Every text of a value."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from scalars_in(item)
    else:
        for entry in node.entries.values():
            yield from scalars_in(entry.value)


def differing(entry: Entry, known: Entry, only: frozenset[str]) -> tuple[str, ...]:
    """The fields that a draft gives and a record of the collection has otherwise, in the draft's order."""
    return tuple(
        name
        for name in entry.node.entries
        if (not only or name in only)
        and getattr(entry.record, name, None) != getattr(known.record, name, None)
    )


def merged(known: Mapping, draft: Mapping, fields: Iterable[str]) -> Mapping:
    """A record of the collection with the draft's values for some fields."""
    taken: dict[str, NodeEntry] = {name: draft.entries[name] for name in fields}
    return Mapping({**known.entries, **taken}, draft.line, draft.column)


def link_problems(
    brought: Brought, present: Present, left: dict[str, Entry], taken: dict[str, tuple[str, str]]
) -> list[Diagnostic]:
    """What would be wrong between the records after the import, as far as it is in what was brought."""
    would_be = {**present.entries, **left}
    places = {**taken, **{key: (entry.kind, brought.name) for key, entry in left.items() if key not in taken}}
    return [
        found
        for found in check_links(would_be, places)
        if any(
            is_marked(place.file, brought)
            for place in (found.position, *(related.position for related in found.related))
        )
    ]


def needed(brought: Brought) -> set[str]:
    """The ids of all records that good rows make or name."""
    return set().union(*(row.needs for row in brought.rows if row.good))


def with_rows(found: Iterable[Diagnostic], brought: Brought) -> tuple[Diagnostic, ...]:
    """Messages about rows with the number of the row and the name of the column in front."""
    numbers = {row.line: row.number for row in brought.rows}
    return tuple(with_row(one, numbers, brought) for one in found)


def with_row(found: Diagnostic, numbers: dict[int, int], brought: Brought) -> Diagnostic:
    """A message about a row with its number and its column in front, where these do not stand there yet."""
    position, related = unmarked(found.position, brought), found.related
    if related:
        related = tuple(Related(unmarked(each.position, brought), each.message) for each in related)
    number = numbers.get(position.line)
    message = found.message
    if position.file == brought.name and number is not None and not message.startswith(f"{brought.unit} "):
        columns = brought.columns
        column = columns[position.column - 1] if 1 < position.column <= len(columns) else ""
        where = f"{brought.unit} {number}"
        message = f"{where}, column '{column}': {message}" if column else f"{where}: {message}"
    return Diagnostic(found.code, position, message, found.hint, related)


def unmarked(position: Position, brought: Brought) -> Position:
    """A place with the file's own name."""
    return (
        Position(brought.name, position.line, position.column)
        if is_marked(position.file, brought)
        else position
    )
