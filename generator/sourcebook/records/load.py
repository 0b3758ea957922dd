"""From raw records to typed ones, with every mistake of every record.

In: raw records with positions. Out: the entries that are valid, and diagnostics.
The rule it guards: a validation error becomes one message at its place in the file, never a traceback.
"""

import re
import typing
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sourcebook.diagnostics.codes import BY_SLUG, Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.nodes import Mapping, Node, Scalar, place, plain
from sourcebook.reading.nodes import Sequence as SequenceNode
from sourcebook.reading.raw_records import RawRecord
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.claim import Claim
from sourcebook.records.collection import Collection
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.fields import did_you_mean, kind_of_value
from sourcebook.records.place import Place
from sourcebook.records.source import Source

MODELS: dict[str, type[Record]] = {
    "actor": Actor,
    "event": Event,
    "claim": Claim,
    "dispute": Dispute,
    "place": Place,
    "source": Source,
}
"""The model of each kind of record, in the order in which kinds are listed."""


Path = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and where it stands."""

    record: Record
    kind: str
    file: str
    node: Mapping

    def position(self, path: Path = (), *, at_key: bool = False) -> Position:
        """The place of the value at a path of the record; with `at_key`, of its key."""
        return Position(self.file, *place(self.node, path, at_key=at_key))


def load_records(
    raw_records: Iterable[RawRecord], collection: Collection
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The valid records in the order given, and what is wrong with the others."""
    context = collection.vocabularies()
    entries: list[Entry] = []
    diagnostics: list[Diagnostic] = []
    for raw in raw_records:
        model = MODELS[raw.kind]
        problems = list(empty_values(raw.node, raw.file))
        values = {**typing.cast("dict[str, Any]", plain(raw.node)), "id": raw.id}
        try:
            record = model.model_validate(values, context=context)
        except ValidationError as error:
            problems += validation_diagnostics(
                error, model, raw.node, raw.file, {p.position for p in problems}
            )
        else:
            entries.append(Entry(record, raw.kind, raw.file, raw.node))
        diagnostics += problems
    return tuple(entries), tuple(diagnostics)


def load_collection(options: Mapping, file: str) -> tuple[Collection, tuple[Diagnostic, ...]]:
    """The plugin's options; the defaults where they are wrong, and what is wrong."""
    try:
        return Collection.model_validate(plain(options)), ()
    except ValidationError as error:
        found = validation_diagnostics(error, Collection, options, file, set())
        return Collection(), tuple(as_option(diagnostic) for diagnostic in found)


def as_option(diagnostic: Diagnostic) -> Diagnostic:
    """The same message under the code for options."""
    return Diagnostic(Code.BAD_OPTION, diagnostic.position, diagnostic.message, diagnostic.hint)


def empty_values(
    node: Node, file: str, name: str = "", at: tuple[int, int] | None = None
) -> Iterator[Diagnostic]:
    """A diagnostic for each key or item that has no value, wherever it stands below a node."""
    if isinstance(node, Mapping) and node.entries:
        for key, entry in node.entries.items():
            yield from empty_values(entry.value, file, key, (entry.line, entry.column))
    elif isinstance(node, SequenceNode) and node.items:
        for item in node.items:
            yield from empty_values(item, file, name)
    elif not isinstance(node, Scalar) or not node.value.strip():
        subject = f"'{name}'" if name else "this"
        yield Diagnostic(
            Code.EMPTY_VALUE,
            Position(file, *(at or (node.line, node.column))),
            f"{subject} has no value",
            "give it one, or leave the key out",
        )


def validation_diagnostics(
    error: ValidationError, model: type[BaseModel], node: Node, file: str, reported: set[Position]
) -> Iterator[Diagnostic]:
    """One diagnostic for each error of one record; places already reported are not reported twice."""
    for details in error.errors(include_url=False):
        diagnostic = validation_diagnostic(details, model, node, file)
        key = Position(file, *place(node, details["loc"], at_key=True))
        if not reported & {diagnostic.position, key}:
            yield diagnostic


def validation_diagnostic(details: ErrorDetails, model: type[BaseModel], node: Node, file: str) -> Diagnostic:
    """What one error of the validation means for an editor."""
    loc, kind = details["loc"], details["type"]
    name = str(loc[-1]) if loc else ""
    if kind == "missing":
        position = Position(file, *place(node, loc[:-1]))
        return Diagnostic(
            Code.MISSING_FIELD, position, f"'{name}' is missing", f"add a line `{name}: …`{where(loc[:-1])}"
        )
    if kind == "extra_forbidden":
        position = Position(file, *place(node, loc, at_key=True))
        hint = did_you_mean(name, known_keys(model, loc[:-1]))
        return Diagnostic(Code.UNKNOWN_KEY, position, f"there is no key '{name}' here", hint)
    position = Position(file, *place(node, loc))
    if kind == "refusal":
        context = details["ctx"]
        return Diagnostic(BY_SLUG[context["code"]], position, context["message"], context["hint"])
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", details["ctx"]["expected"])
        value = str(details["input"])
        return Diagnostic(
            Code.UNKNOWN_VALUE,
            position,
            f"'{value}' is not one of the allowed values",
            did_you_mean(value, allowed),
        )
    if kind == "too_short":
        return Diagnostic(
            Code.BAD_VALUE, position, f"'{name}' needs at least {details['ctx']['min_length']} items"
        )
    return Diagnostic(Code.WRONG_TYPE, position, wrong_type(details))


def where(loc: Path) -> str:
    """The item that a missing key belongs to, for a hint; empty for the record itself."""
    names = [str(step) for step in loc if isinstance(step, str)]
    return f" to this item of `{names[-1]}`" if names else ""


def wrong_type(details: ErrorDetails) -> str:
    """Which form is needed, and which is there."""
    needed = (
        "a mapping of keys and values"
        if "model" in details["type"] or "dict" in details["type"]
        else "a text"
    )
    return f"{needed} is needed here, and this is {kind_of_value(details['input'])}"


def known_keys(model: type[BaseModel], loc: Path) -> frozenset[str]:
    """The keys that the mapping at a path may have."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = inner_model(model.model_fields[step].annotation) or model
    return frozenset(model.model_fields)


def inner_model(annotation: object) -> type[BaseModel] | None:
    """The first model inside a type annotation, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        if found := inner_model(argument):
            return found
    return None
