"""From a row to the records that are made of it, as values with places.

In: a mapping and the columns of a table; then row after row. Out: drafts of records, and what had no place.
The rule it guards: each value knows the cell it came from, and one that is not understood is counted or
reported, never passed over.

A place in a table is the line at which its row begins and the number of the cell.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.importing.finding import Finder, Unresolved
from sourcebook.importing.ids import proposed_id
from sourcebook.importing.mapping import (
    Cell,
    Condition,
    Dated,
    Each,
    Fields,
    Items,
    Made,
    Mapping,
    RecordSpec,
    Slot,
    Value,
    Words,
    slots_of,
    values_in,
    values_of,
)
from sourcebook.importing.table import Row, Table, folded_column, repeated_columns
from sourcebook.importing.timing import has_form, in_edtf, read_day
from sourcebook.reading.characters import about_character, code_of, is_suspect
from sourcebook.reading.nodes import Entry, Node, Scalar, Sequence
from sourcebook.reading.nodes import Mapping as MappingNode
from sourcebook.records.fields import did_you_mean, slug
from sourcebook.records.load import LABELS

FAULTS_OF_FORMULAS = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
"""What programs write into a cell whose formula has no result."""
ANY_OTHER = "*"
"""What stands in a list of values for each that is not in it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be: its kind and id, the file that it is to lie in (without a suffix), its values.

    `row` is the number of the row that it was first made of.
    """

    kind: str
    id: str
    file: str
    node: MappingNode
    row: int


@dataclass(slots=True)
class Tally:
    """What was counted: filled cells of columns that feed nothing, and values that a list does not have."""

    columns: Counter[str] = field(default_factory=Counter)
    values: dict[str, Counter[str]] = field(default_factory=dict)

    def unmapped(self, column: str, value: str) -> None:
        """Count a value of a column that the mapping's list does not have."""
        self.values.setdefault(column, Counter())[value] += 1


Bound = dict[str, tuple[str, int]]
"""Words that stand for an item of a list in a cell, each with the number of that cell."""


@dataclass(slots=True)
class Filling:
    """A row while it is filled in: its cells, words bound for a time, ids, what is made of it.

    `needs` are the ids of records that it names; `unresolved` says that it names one that there is not.
    """

    row: Row
    bound: Bound = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    needs: set[str] = field(default_factory=set)
    problems: list[Diagnostic] = field(default_factory=list)
    unresolved: bool = False


Fill = Callable[[Filling], Node | None]
Read = Callable[[Filling], tuple[str, int]]


def mapping_problems(mapping: Mapping, table: Table) -> Iterator[Diagnostic]:
    """Columns that the mapping names and the table does not have, or has twice."""
    repeated = repeated_columns(table.columns)
    columns = {folded_column(name) for name in table.columns}
    for slot, bound in slots_in(mapping):
        name = folded_column(slot.name)
        if name in bound:
            continue
        if name in repeated:
            places = [str(n) for n, each in enumerate(table.columns, 1) if folded_column(each) == name]
            message = f"the table has the column '{slot.name}' more than once (columns {', '.join(places)})"
            yield Diagnostic(Code.BAD_TABLE, slot.at, message, f"rename them in {table.name}")
        elif name not in columns:
            message = f"the table has no column '{slot.name}'"
            hint = did_you_mean(slot.name, filter(None, table.columns))
            yield Diagnostic(Code.MISSING_COLUMN, slot.at, message, hint)


def slots_in(mapping: Mapping) -> Iterator[tuple[Slot, frozenset[str]]]:
    """Every column that a mapping asks for, and the words that stand for more than a column there."""
    defined = frozenset(map(folded_column, mapping.define))
    earlier: frozenset[str] = frozenset()
    for name, value in mapping.define.items():
        for inner in values_in(value):
            yield from ((slot, earlier) for slot in slots_of(inner))
        earlier |= {folded_column(name)}
    for record in mapping.records:
        bound = defined.union(*(bound_by(value) for value in values_of(record)))
        for value in values_of(record):
            yield from ((slot, bound) for slot in slots_of(value))
    yield from ((slot, frozenset()) for slot in mapping.ignore)


def bound_by(value: Value) -> frozenset[str]:
    """The words that a value binds for what is in it."""
    each = value.each if isinstance(value, Fields) else None
    return frozenset(folded_column(name) for name, _, _ in (each.lists if each else ()))


class Filler:
    """Fills in the records of a mapping, row by row, for one table."""

    def __init__(self, mapping: Mapping, table: Table, finder: Finder) -> None:
        self.table = table
        self.finder = finder
        self.tally = Tally()
        self.created: dict[str, Draft] = {}
        self._columns = {folded_column(name): place for place, name in reversed([*enumerate(table.columns)])}
        self._empty = mapping.empty
        self._defined: dict[str, Read] = {}
        for name, value in mapping.define.items():
            self._defined[folded_column(name)] = _as_read(self._compiled(value))
        self._records = [self._record(record) for record in mapping.records]
        used = {folded_column(slot.name) for slot, _ in slots_in(mapping)}
        self.ignored = tuple(name for name in table.columns if self._is_ignored(mapping, name))
        self._unused = [
            (place, name)
            for place, name in enumerate(table.columns)
            if folded_column(name) not in used or name in self.ignored
        ]

    @staticmethod
    def _is_ignored(mapping: Mapping, name: str) -> bool:
        return folded_column(name) in {folded_column(slot.name) for slot in mapping.ignore}

    def fill(self, row: Row) -> Filling:
        """The drafts of a row, and what is wrong with it."""
        filling = Filling(row)
        for place, name in self._unused:
            if row.cells[place].strip() not in self._empty:
                self.tally.columns[name or f"(column {place + 1})"] += 1
        prepared = [(make, found) for prepare, make in self._records for found in prepare(filling)]
        for make, (key, bound) in prepared:
            filling.bound = bound
            make(filling, key)
        return filling

    # Records

    def _record(
        self, spec: RecordSpec
    ) -> tuple[Callable[[Filling], list[tuple[str, Bound]]], Callable[[Filling, str], None]]:
        # The ids of all records of a row are known before any of their fields is filled in.
        holds, each = self._condition(spec.fields.condition), self._each(spec.fields.each)
        identify, fields, path = self._identity(spec), self._entries(spec.fields), self._path(spec)
        constant = not any(True for value in values_of(spec) for _ in slots_of(value))
        made: set[str] = set()

        def prepare(filling: Filling) -> list[tuple[str, Bound]]:
            found = []
            for bound in each(filling):
                filling.bound = bound
                if not holds(filling):
                    continue
                if key := identify(filling):
                    key = self.finder.present_id(spec.kind, key)
                    found.append((key, bound))
                    filling.ids.setdefault(spec.name, []).append(key)
                elif spec.id:
                    filling.problems.append(self._nothing_for(filling, "id", spec.id))
            filling.bound = {}
            return found

        def make(filling: Filling, key: str) -> None:
            filling.needs.add(key)
            if constant and key in made:
                return
            made.add(key)
            self.finder.take(spec.kind, key)
            draft = Draft(spec.kind, key, path(filling) or key, fields(filling), filling.row.number)
            filling.drafts.append(draft)

        return prepare, make

    def _identity(self, spec: RecordSpec) -> Callable[[Filling], str | None]:
        read = self._words(spec.id, gaps=True) if spec.id else None

        def identify(filling: Filling) -> str | None:
            node = read(filling) if read else None
            return proposed_id(node.value) if isinstance(node, Scalar) else None

        return identify

    def _path(self, spec: RecordSpec) -> Callable[[Filling], str | None]:
        read = self._words(spec.file) if spec.file else None

        def path(filling: Filling) -> str | None:
            node = read(filling) if read else None
            if not isinstance(node, Scalar):
                return None
            return "/".join(filter(None, map(slug, node.value.split("/")))) or None

        return path

    def _entries(self, spec: Fields) -> Callable[[Filling], MappingNode]:
        fills = [(key, self._compiled(value)) for key, value in spec.entries.items()]
        required = spec.required

        def fill(filling: Filling) -> MappingNode:
            line = filling.row.line
            entries = {}
            for key, each in fills:
                known = len(filling.problems)
                if (node := each(filling)) is not None:
                    node = as_tags(node) if key == "tags" else node
                    entries[key] = Entry(node, node.line, node.column)
                elif key in required and len(filling.problems) == known and not filling.unresolved:
                    filling.problems.append(self._nothing_for(filling, key, spec.entries[key]))
            return MappingNode(entries, line, 1)

        return fill

    def _nothing_for(self, filling: Filling, key: str, value: Value) -> Diagnostic:
        columns = [slot.name for slot in slots_of(value)]
        where = f"row {filling.row.number}" + (f", column '{columns[0]}'" if columns else "")
        message, hint = f"{where}: there is no value for '{key}'", "fill in the cell, or give `otherwise`"
        place = self._columns.get(folded_column(columns[0]), 0) if columns else 0
        position = Position(self.table.name, filling.row.line, place + 1)
        if columns and filling.row.cells[place].strip() not in self._empty:
            text = filling.row.cells[place].strip()
            message = f"{where}: '{text}' leads to no value for '{key}'"
            hint = "add it to `values` in the mapping, or give `otherwise`"
        return Diagnostic(Code.MISSING_FIELD, position, message, hint)

    # Values

    def _compiled(self, value: Value) -> Fill:
        if isinstance(value, Words):
            return self._words(value)
        if isinstance(value, Cell):
            return self._cell(value)
        if isinstance(value, Made):
            return _made(value)
        if isinstance(value, Items):
            return self._items(value)
        return self._fields(value)

    def _words(self, words: Words, *, gaps: bool = False) -> Fill:
        # With `gaps`, only some of the cells need be filled.
        constant = "".join(part for part in words.parts if isinstance(part, str))
        reads = [part if isinstance(part, str) else self._read(part) for part in words.parts]
        empty = self._empty
        if not any(map(callable, reads)):
            return lambda filling: Scalar(constant, filling.row.line, 1)

        def fill(filling: Filling) -> Node | None:
            place, texts, filled = 0, [], False
            for read in reads:
                if isinstance(read, str):
                    texts.append(read)
                    continue
                text, found = read(filling)
                if text in empty and not gaps:
                    return None
                filled = filled or text not in empty
                texts.append(text)
                place = place or found
            return Scalar("".join(texts), filling.row.line, place or 1) if filled else None

        return fill

    def _read(self, slot: Slot) -> Read:
        name = folded_column(slot.name)
        defined, place = self._defined.get(name), self._columns.get(name)

        def read(filling: Filling) -> tuple[str, int]:
            if name in filling.bound:
                return filling.bound[name]
            if defined:
                return defined(filling)
            assert place is not None, "columns are looked for before rows are read"
            return self._text(filling, place), place + 1

        return read

    def _text(self, filling: Filling, place: int) -> str:
        text = filling.row.cells[place].strip()
        if text[:1] == "#" and FAULTS_OF_FORMULAS.fullmatch(text):
            hint = "mend the formula in the spreadsheet, or empty the cell"
            self._report(
                filling, place, Code.BAD_VALUE, f"'{text}' is no value but a fault of a formula", hint
            )
        elif is_suspect(text):
            for character in text:
                if code_of(character) is Code.FORBIDDEN_CHARACTER:
                    about = about_character(character, Position(self.table.name))
                    self._report(filling, place, about.code, about.message, about.hint)
                    break
        return text

    def _report(self, filling: Filling, place: int, code: Code, message: str, hint: str) -> None:
        # `place` counts from 0.
        where = f"row {filling.row.number}, column '{self.table.columns[place]}'"
        position = Position(self.table.name, filling.row.line, place + 1)
        found = Diagnostic(code, position, f"{where}: {message}", hint)
        if found not in filling.problems:
            filling.problems.append(found)

    def _fields(self, spec: Fields) -> Fill:
        holds, entries = (
            self._condition(spec.condition),
            [(key, self._compiled(value)) for key, value in spec.entries.items()],
        )
        needed = spec.required & spec.entries.keys()

        def fill(filling: Filling) -> Node | None:
            if not holds(filling):
                return None
            found = {}
            for key, each in entries:
                if (node := each(filling)) is not None:
                    found[key] = Entry(node, node.line, node.column)
                elif key in needed:
                    return None
            if not found:
                return None
            first = next(iter(found.values()))
            return MappingNode(found, first.line, max(entry.column for entry in found.values()))

        return fill

    def _items(self, spec: Items) -> Fill:
        fills = [
            (self._each(item.each if isinstance(item, Fields) else None), self._compiled(item))
            for item in spec.items
        ]

        def fill(filling: Filling) -> Node | None:
            found: list[Node] = []
            outer = filling.bound
            for each, make in fills:
                for bound in each(filling):
                    filling.bound = {**outer, **bound}
                    if (node := make(filling)) is not None:
                        found.extend(node.items if isinstance(node, Sequence) else (node,))
                filling.bound = outer
            found = _each_once(found)
            return Sequence(tuple(found), found[0].line, found[0].column) if found else None

        return fill

    def _condition(self, condition: Condition) -> Callable[[Filling], bool]:
        when = [(self._read(slot), values) for slot, values in condition.when]
        unless = [(self._read(slot), values) for slot, values in condition.unless]

        def holds(filling: Filling) -> bool:
            return all(read(filling)[0] in values for read, values in when) and not any(
                read(filling)[0] in values for read, values in unless
            )

        return holds

    def _each(self, each: Each | None) -> Callable[[Filling], list[Bound]]:
        if each is None:
            return lambda filling: [dict(filling.bound)]
        lists = [(folded_column(name), self._read(slot), split, slot) for name, slot, split in each.lists]

        def bindings(filling: Filling) -> list[Bound]:
            columns = []
            for _, read, split, _ in lists:
                text, place = read(filling)
                columns.append([(part.strip(), place) for part in text.split(split.strip() or split)])
            lengths = {len(parts) for parts in columns if any(text for text, _ in parts)}
            if len(lengths) > 1:
                names = " and ".join(slot.name for *_, slot in lists)
                self.tally.unmapped(names, "lists of unequal length")
                return []
            most = max(lengths, default=0)
            padded = [parts if len(parts) == most else parts * most for parts in columns]
            rows = zip(*padded, strict=True) if padded else ()
            return [
                {name: cell for (name, *_), cell in zip(lists, row, strict=True)}
                for row in rows
                if any(text not in self._empty for text, _ in row)
            ]

        return bindings

    def _cell(self, cell: Cell) -> Fill:
        read, single = self._read(cell.column), self._single(cell)
        split = cell.split

        def fill(filling: Filling) -> Node | None:
            text, place = read(filling)
            if split is None:
                return single(filling, text, place)
            parts = (single(filling, part.strip(), place) for part in text.split(split))
            items = _each_once([node for node in parts if node is not None])
            return Sequence(tuple(items), filling.row.line, place) if items else None

        return fill

    def _single(self, cell: Cell) -> Callable[[Filling, str, int], Node | None]:
        values = {key: self._words(words) for key, words in (cell.values or {}).items()}
        otherwise = self._words(cell.otherwise) if cell.otherwise else None
        listed, empty, remove, name = cell.values is not None, cell.empty, cell.remove, cell.column.name
        any_other = values.get(ANY_OTHER)
        dated = self._dated(cell.dated) if cell.dated else None
        find = self._find(cell) if cell.find else None

        def single(filling: Filling, text: str, place: int) -> Node | None:
            if remove:
                text = "".join(character for character in text if character not in remove)
            if text in empty:
                instead = otherwise
            elif text in values:
                instead = values[text]
            elif listed and not find and not any_other:
                self.tally.unmapped(name, text)
                instead = otherwise
            else:
                instead = any_other
            if instead is None and (text in empty or (listed and not find)):
                return None
            if instead:
                node = instead(filling)
                if not isinstance(node, Scalar) or not node.value:
                    return None
                text = node.value
            if dated:
                return dated(filling, text, place)
            if find:
                return find(filling, text, place)
            return Scalar(text, filling.row.line, place)

        return single

    def _dated(self, dated: Dated) -> Callable[[Filling, str, int], Node | None]:
        until = self._read(dated.until) if dated.until else None
        precise = self._read(dated.precision) if dated.precision else None
        forms = dated.forms

        def fill(filling: Filling, text: str, place: int) -> Node | None:
            first = read_day(text, forms)
            last = first
            if until and (end := until(filling))[0] not in self._empty:
                last = read_day(end[0], forms)
                if last is None:
                    self._bad_date(filling, end[0], end[1], forms)
                    return None
            if first is None:
                self._bad_date(filling, text, place, forms)
                return None
            if isinstance(first, str) or isinstance(last, str) or last is None:
                edtf = str(first) if first == last else f"[{first}..{last}]"
                return Scalar(edtf, filling.row.line, place)
            if last < first:
                hint = "swap the two dates, or mend one"
                message = f"the last day {last} lies before the first, {first}"
                self._report(filling, place - 1, Code.END_BEFORE_START, message, hint)
                return None
            precision = "day"
            if precise:
                code, at = precise(filling)
                if code not in dated.precisions:
                    hint = did_you_mean(code, dated.precisions) if code else "fill in the code"
                    message = f"'{code}' is not one of the codes for the date's precision"
                    self._report(filling, at - 1, Code.UNKNOWN_VALUE, message, hint)
                    return None
                precision = dated.precisions[code]
            return Scalar(in_edtf(first, last, precision), filling.row.line, place)

        return fill

    def _bad_date(self, filling: Filling, text: str, place: int, forms: tuple[str, ...]) -> None:
        message = f"'{text}' is not a date of the form {' or '.join(forms)}"
        hint = "mend the cell, or add its form to `date` in the mapping"
        if has_form(text, forms):
            message = f"'{text}', read as {' or '.join(forms)}, is no day of the calendar"
            hint = "see what the document says, and mend the cell"
        self._report(filling, place - 1, Code.BAD_DATE, message, hint)

    def _find(self, cell: Cell) -> Callable[[Filling, str, int], Node | None]:
        assert cell.find
        kind, spec = cell.find.kind, cell.find.create
        identity = self._identity(spec) if spec and spec.id else None
        fields = self._entries(spec.fields) if spec else None
        file = self._path(spec) if spec else None

        def node_of(filling: Filling, text: str, place: int) -> MappingNode | None:
            node = fields(filling) if fields else None
            if node is not None:
                label = Entry(Scalar(text, filling.row.line, place), filling.row.line, place)
                node.entries = {LABELS[kind]: label, **node.entries}
            return node

        def find(filling: Filling, text: str, place: int) -> Node | None:
            node = node_of(filling, text, place)
            wished = identity(filling) if identity else None
            found = self.finder.find(kind, text, node, wished)
            if isinstance(found, str):
                filling.needs.add(found)
                return Scalar(found, filling.row.line, place)
            if not found and node is not None and self.finder.create_missing:
                key = self.finder.create(kind, text, node, wished)
                path = (file(filling) if file else None) or key
                self.created[key] = Draft(kind, key, path, node, filling.row.number)
                filling.needs.add(key)
                return Scalar(key, filling.row.line, place)
            where = f"row {filling.row.number}, column '{self.table.columns[place - 1]}'"
            position = Position(self.table.name, filling.row.line, place)
            self.finder.note_unresolved(
                Unresolved(position, where, kind, text, found, creatable=spec is not None)
            )
            filling.unresolved = True
            return None

        return find


def _made(made: Made) -> Fill:
    def fill(filling: Filling) -> Node | None:
        line = filling.row.line
        found = [Scalar(key, line, 1) for key in filling.ids.get(made.name, ())]
        return found[0] if len(found) == 1 else Sequence(tuple(found), line, 1) if found else None

    return fill


def as_tags(node: Node) -> Node:
    """Keywords in the form that the format has for them."""
    items = node.items if isinstance(node, Sequence) else (node,)
    scalars = [item for item in items if isinstance(item, Scalar)]
    return Sequence(
        tuple(Scalar(slug(item.value), item.line, item.column) for item in scalars), node.line, node.column
    )


def _as_read(fill: Fill) -> Read:
    def read(filling: Filling) -> tuple[str, int]:
        node = fill(filling)
        return (node.value, node.column) if isinstance(node, Scalar) else ("", 1)

    return read


def _each_once(nodes: Iterable[Node]) -> list[Node]:
    found: list[Node] = []
    seen: set[str] = set()
    for node in nodes:
        shown = repr_of(node)
        if shown not in seen:
            seen.add(shown)
            found.append(node)
    return found


def repr_of(node: Node) -> str:
    """A text that two nodes share where their values are equal."""
    if isinstance(node, Scalar):
        return repr(node.value)
    if isinstance(node, Sequence):
        return f"[{','.join(map(repr_of, node.items))}]"
    return "{" + ",".join(f"{key}:{repr_of(entry.value)}" for key, entry in node.entries.items()) + "}"
