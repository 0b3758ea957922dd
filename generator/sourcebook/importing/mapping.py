"""Mapping files: which column of a table feeds which field of which record.

In: the YAML of a mapping. Out: what to make of a row, and every mistake with its place. The rule it guards:
a mapping names only fields that the format has, so that its mistakes are found before a row is read.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass

from pydantic import BaseModel

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, in_order
from sourcebook.importing.timing import PIECES, PRECISIONS, is_form
from sourcebook.reading.nodes import Mapping as MappingNode
from sourcebook.reading.nodes import Node, Scalar, Sequence
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.fields import did_you_mean, nearest
from sourcebook.records.load import LABELS, MODELS, inner_model

FREE_KEYS = ("identifiers", "field_sources", "geometry")
"""Fields whose keys are no model's."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column or a defined word that is asked for by its name, and where."""

    name: str
    at: Position


@dataclass(frozen=True, slots=True)
class Words:
    """A text with columns in it: `{column}` stands for the cell."""

    parts: tuple[str | Slot, ...]
    at: Position


@dataclass(frozen=True, slots=True)
class Dated:
    """How a cell is a date: its forms, the column with the last day, the column with the precision."""

    forms: tuple[str, ...]
    until: Slot | None
    precision: Slot | None
    precisions: Dict[str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a column, and what is made of it."""

    column: Slot
    values: Dict[str, Words] | None
    otherwise: Words | None
    empty: frozenset[str]
    split: str | None
    remove: str
    dated: Dated | None
    find: "Finding | None"
    at: Position


@dataclass(frozen=True, slots=True)
class Finding:
    """That a cell names a record: of which kind, and what is made where there is none."""

    kind: str
    create: "RecordSpec | None"


@dataclass(frozen=True, slots=True)
class Made:
    """The id of another record that is made of the same row."""

    name: str
    at: Position


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows for which something is made: these columns have one of these values, those have none of those."""

    when: tuple[tuple[Slot, frozenset[str]], ...] = ()
    unless: tuple[tuple[Slot, frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """Lists within cells, side by side: something is made for each of their items."""

    lists: tuple[tuple[str, Slot, str], ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping of fields; without a value for one of `required` there is none."""

    entries: Dict[str, "Value"]
    required: frozenset[str]
    condition: Condition
    each: Each | None
    at: Position


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Value", ...]
    at: Position


Value = Words | Cell | Made | Fields | Items


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """A record to make of a row: its kind, its name in the mapping, its id, the file it goes into."""

    kind: str
    name: str
    id: Words | None
    file: Words | None
    fields: Fields
    at: Position


@dataclass(frozen=True, slots=True)
class Mapping:
    """What to make of each row of a table.

    `ignore` are columns that are left out on purpose, `empty` the texts that count as no value,
    `define` words that stand for more than a column, by their names.
    """

    name: str
    delimiter: str | None
    ignore: tuple[Slot, ...]
    empty: frozenset[str]
    define: Dict[str, Value]
    records: tuple[RecordSpec, ...]


def read_mapping(data: bytes, name: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """The mapping in a YAML file; None where it has an error."""
    reading = read_yaml(data, name)
    reader = _Reader(name)
    reader.found.extend(reading.diagnostics)
    mapping = reader.mapping(reading.root) if reading.root or not reading.diagnostics else None
    found = in_order(reader.found)
    return (None if found else mapping), found


DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
"""The words for delimiters, which may also be written as they are."""

TOP = ("delimiter", "ignore", "empty", "define", "records")
RECORD = ("kind", "name", "id", "file", "when", "unless", "each", "fields")
CELL = tuple("column values otherwise empty split remove date until precision find create".split())
PRECISION = ("column", "values")
HOW = ("when", "unless", "each")
SLOT = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]+)\}|(?P<stray>[{}])")


class _Reader:
    """Reads nodes into a mapping and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Diagnostic] = []
        self.empty: frozenset[str] = frozenset({""})

    # The file as a whole

    def mapping(self, root: Node | None) -> Mapping | None:
        if not isinstance(root, MappingNode):
            message = "a mapping has the key `records`, with the records that are made of each row"
            place = root or MappingNode({}, 1, 1)
            self.report(Code.WRONG_TYPE, place, message, "begin with `records:`")
            return None
        self.known(root, TOP)
        self.empty |= frozenset(self.texts(root, "empty"))
        records = self.list_of(root, "records", self.record)
        if not records:
            self.missing(
                root, "records", "add `records:` with a list of records, each with `kind` and `fields`"
            )
        self.check_made(records)
        return Mapping(
            self.file,
            self.delimiter(root),
            tuple(Slot(item.value, self.at(item)) for item in self.scalars(root, "ignore")),
            self.empty,
            self.definitions(root),
            records,
        )

    def delimiter(self, root: MappingNode) -> str | None:
        node = self.scalar(root, "delimiter")
        if node is None:
            return None
        delimiter = DELIMITERS.get(node.value, node.value)
        if delimiter not in DELIMITERS.values():
            hint = "one of: " + ", ".join(DELIMITERS)
            self.report(Code.UNKNOWN_VALUE, node, f"'{node.value}' is not a delimiter", hint)
        return delimiter

    def definitions(self, root: MappingNode) -> dict[str, Value]:
        node = self.child(root, "define", MappingNode)
        entries = node.entries if node else {}
        found = {name: self.value(entry.value, None) for name, entry in entries.items()}
        return {name: value for name, value in found.items() if value}

    # Records

    def record(self, node: Node) -> RecordSpec | None:
        if not isinstance(node, MappingNode):
            self.report(Code.WRONG_TYPE, node, "a record to make is a mapping", "write `kind:` and `fields:`")
            return None
        self.known(node, RECORD)
        kind = self.kind(node, "kind")
        fields = self.child(node, "fields", MappingNode)
        if kind is None or fields is None:
            for key, given in (("kind", "kind" in node.entries), ("fields", "fields" in node.entries)):
                if not given:
                    self.missing(node, key, f"add `{key}:`")
            return None
        name = self.scalar(node, "name")
        return self.record_of(kind, name.value if name else kind, node, fields)

    def record_of(self, kind: str, name: str, node: MappingNode, fields: MappingNode) -> RecordSpec:
        if "id" not in node.entries:
            hint = 'add `id: "some-prefix-{column}"`, with the column that tells the rows apart'
            self.missing(node, "id", hint)
        model = MODELS[kind]
        filled = self.fields(fields, model, node)
        if "id" in fields.entries:
            place = self.key(fields, "id")
            self.add(
                Code.UNKNOWN_KEY,
                place,
                "`id` stands among the fields",
                "move it out of `fields`, to stand beside it",
            )
        misspelt = {
            nearest(key, model.model_fields) for key in fields.entries.keys() - set(model.model_fields)
        }
        for needed in sorted(filled.required - filled.entries.keys() - misspelt - {"id"}):
            self.missing(fields, needed, f"add `{needed}:` to the fields of this {kind}")
        return RecordSpec(
            kind, name, self.pattern(node, "id"), self.pattern(node, "file"), filled, self.at(node)
        )

    def pattern(self, node: MappingNode, key: str) -> Words | None:
        scalar = self.scalar(node, key)
        return self.words(scalar) if scalar else None

    def fields(self, node: MappingNode, model: type[BaseModel] | None, how: MappingNode) -> Fields:
        entries: dict[str, Value] = {}
        for key, entry in node.entries.items():
            if node is how and key in HOW:
                continue
            if model and key not in model.model_fields:
                hint = did_you_mean(key, model.model_fields)
                self.add(Code.UNKNOWN_KEY, self.key(node, key), f"there is no field '{key}' here", hint)
                continue
            inner = inner_model(model.model_fields[key].annotation) if model else None
            if model and not inner and key not in FREE_KEYS:
                self.no_mapping(entry.value, key)
            value = self.value(entry.value, None if key in FREE_KEYS else inner)
            if value:
                entries[key] = value
        needed = model.model_fields.items() if model else ()
        required = frozenset(name for name, field in needed if field.is_required())
        return Fields(entries, required, self.condition(how), self.each(how), self.at(node))

    def no_mapping(self, node: Node, key: str) -> None:
        """Report a mapping that is neither a cell nor a record, for a field that takes a text."""
        if isinstance(node, MappingNode) and not {"column", "record"} & node.entries.keys():
            message = f"'{key}' takes a text, and this mapping does not say from which column"
            near = nearest(next(iter(node.entries), ""), ("column", "record"))
            hint = f"did you mean '{near}'?" if near else "add `column: …`"
            self.report(Code.MISSING_FIELD, node, message, hint)

    def condition(self, node: MappingNode) -> Condition:
        return Condition(self.choices(node, "when"), self.choices(node, "unless"))

    def choices(self, node: MappingNode, key: str) -> tuple[tuple[Slot, frozenset[str]], ...]:
        chosen = self.child(node, key, MappingNode)
        names = chosen.entries if chosen else {}
        return tuple(
            (Slot(name, Position(self.file, entry.line, entry.column)), frozenset(self.texts(chosen, name)))
            for name, entry in names.items()
            if chosen
        )

    def each(self, node: MappingNode) -> Each | None:
        lists = self.child(node, "each", MappingNode)
        if lists is None:
            return None
        found = []
        for name, entry in lists.entries.items():
            column = self.scalar(entry.value, "column")
            split = self.scalar(entry.value, "split", trim=False)
            if column is None or split is None or not split.value:
                hint = f'write `{name}: {{column: some column, split: ";"}}`'
                self.report(Code.WRONG_TYPE, entry.value, "a list in a cell has `column` and `split`", hint)
            else:
                found.append((name, Slot(column.value, self.at(column)), split.value))
        return Each(tuple(found))

    # Values

    def value(self, node: Node, model: type[BaseModel] | None) -> Value | None:
        if isinstance(node, Scalar):
            return self.words(node)
        if isinstance(node, Sequence):
            items = (self.value(item, model) for item in node.items)
            return Items(tuple(item for item in items if item), self.at(node))
        if "column" in node.entries:
            return self.cell(node)
        if "record" in node.entries:
            self.known(node, ("record",))
            made = self.scalar(node, "record")
            return Made(made.value, self.at(made)) if made else None
        return self.fields(node, model, node)

    def words(self, node: Scalar) -> Words:
        parts: list[str | Slot] = []
        end = 0
        at = self.at(node)
        for found in SLOT.finditer(node.value):
            parts.append(node.value[end : found.start()])
            end = found.end()
            if found["stray"]:
                message = f"a brace that belongs to no column: '{found['stray']}'"
                self.report(Code.BAD_VALUE, node, message, "write {column name}, or {{ and }} for braces")
            parts.append(Slot(found["name"].strip(), at) if found["name"] else found[0][:1])
        parts.append(node.value[end:])
        return Words(tuple(part for part in parts if part != ""), at)

    def cell(self, node: MappingNode) -> Cell | None:
        self.known(node, CELL)
        column = self.scalar(node, "column")
        if column is None:
            return None
        values = self.child(node, "values", MappingNode)
        otherwise = self.scalar(node, "otherwise")
        split = self.scalar(node, "split", trim=False)
        remove = self.scalar(node, "remove", trim=False)
        return Cell(
            Slot(column.value, self.at(column)),
            self.patterns(values) if values else None,
            self.words(otherwise) if otherwise else None,
            self.empty | frozenset(self.texts(node, "empty")),
            split.value if split else None,
            remove.value if remove else "",
            self.dated(node),
            self.finding(node),
            self.at(node),
        )

    def patterns(self, node: MappingNode) -> dict[str, Words]:
        return {key: self.words(found) for key in node.entries if (found := self.scalar(node, key))}

    def words_for(self, node: MappingNode) -> dict[str, str]:
        return {key: found.value for key in node.entries if (found := self.scalar(node, key))}

    def dated(self, node: MappingNode) -> Dated | None:
        forms = self.scalars(node, "date")
        for form in forms:
            if not is_form(form.value):
                hint = "as in YYYY-MM-DD, DD/MM/YYYY or DD Month YYYY; its pieces are " + ", ".join(PIECES)
                self.report(Code.BAD_VALUE, form, f"'{form.value}' is not the form of a date", hint)
        until = self.scalar(node, "until")
        precision = self.child(node, "precision", MappingNode)
        if not forms:
            for key in ("until", "precision"):
                if key in node.entries:
                    self.missing(node, "date", f"`{key}` belongs to a date: add `date: YYYY-MM-DD`")
            return None
        column, codes = self.precision(precision) if precision else (None, {})
        return Dated(
            tuple(form.value for form in forms),
            Slot(until.value, self.at(until)) if until else None,
            column,
            codes,
        )

    def precision(self, node: MappingNode) -> tuple[Slot | None, dict[str, str]]:
        self.known(node, PRECISION)
        column, values = self.scalar(node, "column"), self.child(node, "values", MappingNode)
        if column is None or values is None:
            self.missing(
                node, "values" if column else "column", "write `{column: …, values: {1: day, 2: week}}`"
            )
            return None, {}
        for code in values.entries:
            word = self.scalar(values, code)
            if word and word.value not in PRECISIONS:
                hint = did_you_mean(word.value, PRECISIONS)
                self.report(Code.UNKNOWN_VALUE, word, f"'{word.value}' is not a precision of dates", hint)
        return Slot(column.value, self.at(column)), self.words_for(values)

    def finding(self, node: MappingNode) -> Finding | None:
        kind = self.kind(node, "find") if "find" in node.entries else None
        create = self.child(node, "create", MappingNode)
        if kind is None:
            if create:
                self.missing(node, "find", "`create` belongs to `find`: add `find: actor`, or another kind")
            return None
        return Finding(kind, self.to_create(kind, create) if create else None)

    def to_create(self, kind: str, node: MappingNode) -> RecordSpec:
        # What is made is called as the cell says, so that it is found by this name the next time.
        label = LABELS[kind]
        own = ("id", "file")
        inner = MappingNode({k: e for k, e in node.entries.items() if k not in own}, node.line, node.column)
        filled = self.fields(inner, MODELS[kind], inner)
        for needed in sorted(filled.required - filled.entries.keys() - {"id", label}):
            self.missing(node, needed, f"add `{needed}:` to what is created")
        return RecordSpec(
            kind, kind, self.pattern(node, "id"), self.pattern(node, "file"), filled, self.at(node)
        )

    def check_made(self, records: Iterable[RecordSpec]) -> None:
        """Report records that are referred to and not made."""
        names = [record.name for record in records]
        for record in records:
            self.repeated_name(record, records)
            for made in made_in(record.fields):
                if made.name not in names:
                    hint = did_you_mean(made.name, names)
                    message = f"no record of this mapping is called '{made.name}'"
                    self.add(Code.UNKNOWN_REFERENCE, made.at, message, hint)

    def repeated_name(self, record: RecordSpec, records: Iterable[RecordSpec]) -> None:
        first = next(each for each in records if each.name == record.name)
        if first is not record:
            message = f"two records of this mapping are called '{record.name}'"
            self.add(
                Code.DUPLICATE_ID,
                record.at,
                message,
                f"give this one a `name`, as in `name: {record.name}-2`",
            )

    # Pieces

    def kind(self, node: MappingNode, key: str) -> str | None:
        found = self.scalar(node, key)
        if found and found.value not in MODELS:
            message = f"'{found.value}' is not a kind of record"
            self.report(Code.UNKNOWN_VALUE, found, message, did_you_mean(found.value, MODELS))
            return None
        return found.value if found else None

    def known(self, node: MappingNode, keys: tuple[str, ...]) -> None:
        for key in node.entries:
            if key not in keys:
                near = nearest(key, keys)
                hint = f"did you mean '{near}'?" if near else "one of: " + ", ".join(keys)
                self.add(Code.UNKNOWN_KEY, self.key(node, key), f"there is no key '{key}' here", hint)

    def child(self, node: Node | None, key: str, kind: type[MappingNode]) -> MappingNode | None:
        found = node.entries.get(key) if isinstance(node, MappingNode) else None
        if found is None or isinstance(found.value, kind):
            return found.value if found and isinstance(found.value, kind) else None
        self.report(Code.WRONG_TYPE, found.value, f"'{key}' is a mapping", "write each key with its value")
        return None

    def scalar(self, node: Node | None, key: str, *, trim: bool = True) -> Scalar | None:
        found = node.entries.get(key) if isinstance(node, MappingNode) else None
        if found is None:
            return None
        if not isinstance(found.value, Scalar):
            self.report(Code.WRONG_TYPE, found.value, f"'{key}' is one text", "write it as one text")
            return None
        value = found.value
        return Scalar(value.value.strip(), value.line, value.column) if trim else value

    def scalars(self, node: Node | None, key: str) -> tuple[Scalar, ...]:
        found = node.entries.get(key) if isinstance(node, MappingNode) else None
        if found is None:
            return ()
        items = found.value.items if isinstance(found.value, Sequence) else (found.value,)
        for item in items:
            if not isinstance(item, Scalar):
                self.report(Code.WRONG_TYPE, item, f"'{key}' is a text or a list of texts", "write texts")
        return tuple(item for item in items if isinstance(item, Scalar))

    def texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        return tuple(item.value.strip() for item in self.scalars(node, key))

    def list_of(
        self, node: MappingNode, key: str, read: Callable[[Node], RecordSpec | None]
    ) -> tuple[RecordSpec, ...]:
        found = node.entries.get(key)
        if found is None:
            return ()
        items = found.value.items if isinstance(found.value, Sequence) else (found.value,)
        return tuple(record for item in items if (record := read(item)))

    def at(self, node: Node) -> Position:
        return Position(self.file, node.line, node.column)

    def key(self, node: MappingNode, key: str) -> Position:
        return Position(self.file, node.entries[key].line, node.entries[key].column)

    def missing(self, node: Node, key: str, hint: str) -> None:
        self.report(Code.MISSING_FIELD, node, f"'{key}' is missing", hint)

    def report(self, code: Code, node: Node, message: str, hint: str) -> None:
        self.add(code, self.at(node), message, hint)

    def add(self, code: Code, at: Position, message: str, hint: str) -> None:
        self.found.append(Diagnostic(code, at, message, hint))


def values_in(value: Value | None) -> Iterator[Value]:
    """A value and all values in it, what would be created included."""
    if value is None:
        return
    yield value
    if isinstance(value, Fields):
        for inner in value.entries.values():
            yield from values_in(inner)
    elif isinstance(value, Items):
        for inner in value.items:
            yield from values_in(inner)
    elif isinstance(value, Cell):
        yield from (value.values or {}).values()
        if value.otherwise:
            yield value.otherwise
        if value.find and value.find.create:
            yield from values_of(value.find.create)


def values_of(record: RecordSpec) -> Iterator[Value]:
    """Every value of a record to make: its id, its file, its fields."""
    yield from values_in(record.id)
    yield from values_in(record.file)
    yield from values_in(record.fields)


def made_in(fields: Fields) -> Iterator[Made]:
    """The references to other records of the same row."""
    return (value for value in values_in(fields) if isinstance(value, Made))


def slots_of(value: Value) -> Iterator[Slot]:
    """The columns and words that a value itself asks for."""
    if isinstance(value, Words):
        yield from (part for part in value.parts if isinstance(part, Slot))
    elif isinstance(value, Cell):
        yield value.column
        if value.dated:
            yield from (slot for slot in (value.dated.until, value.dated.precision) if slot)
    elif isinstance(value, Fields):
        yield from (slot for slot, _ in (*value.condition.when, *value.condition.unless))
        yield from (slot for _, slot, _ in (value.each.lists if value.each else ()))
