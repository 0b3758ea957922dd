"""From raw records to typed ones, with every mistake of every record.

In: raw records with positions. Out: the entries that are valid, and diagnostics.
The rule it guards: a validation error becomes one message at its place in the file, never a traceback.
"""

import re
import typing
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dict
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError, create_model
from pydantic_core import ErrorDetails

from sourcebook.diagnostics.codes import BY_SLUG, Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.diagnostics.values import look_alike, typed
from sourcebook.markdown.prose import Problem
from sourcebook.reading.nodes import Mapping, Node, Scalar, place, plain
from sourcebook.reading.nodes import Sequence as SequenceNode
from sourcebook.reading.raw_records import RawRecord
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.claim import Claim
from sourcebook.records.collection import Collection
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.fields import Agent, Passage, Phrase, Statement, did_you_mean, kind_of_value, nearest
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

LABELS = {
    "actor": "name",
    "event": "title",
    "claim": "text",
    "dispute": "question",
    "place": "name",
    "source": "title",
}
"""The field by which a record of each kind is called."""


Path = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A record and where it stands.

    `whole` is False where the record is read without its faulty fields.
    """

    record: Record
    kind: str
    file: str
    node: Mapping
    whole: bool = True

    def position(self, path: Path = (), *, at_key: bool = False) -> Position:
        """The place of the value at a path of the record; with `at_key`, of its key."""
        return Position(self.file, *place(self.node, path, at_key=at_key))


def load_records(
    raw_records: Iterable[RawRecord], collection: Collection
) -> tuple[tuple[Entry, ...], tuple[Diagnostic, ...]]:
    """The records in the order given, and what is wrong with those that are not whole.

    A faulty record is read without its faulty fields, so that the others are checked in the same run.
    """
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
            record = tolerant(model).model_validate(without_faulty(values, error), context=context)
            entries.append(Entry(record, raw.kind, raw.file, raw.node, whole=False))
        else:
            entries.append(Entry(record, raw.kind, raw.file, raw.node))
        diagnostics += problems
    return tuple(entries), tuple(diagnostics)


def without_faulty(values: dict[str, Any], error: ValidationError) -> dict[str, Any]:
    """The values without those in which an error was found."""
    faulty = {details["loc"][0] for details in error.errors(include_url=False) if details["loc"]}
    return {name: value for name, value in values.items() if name not in faulty}


@cache
def tolerant(model: type[Record]) -> type[Record]:
    """The model with no field that is required: what is missing is empty."""
    fields: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if field.is_required():
            optional = copy(field)
            optional.default = () if typing.get_origin(field.annotation) is tuple else None
            fields[name] = (field.annotation, optional)
    return create_model(model.__name__, __base__=model, **fields)


def load_collection(options: Mapping, file: str) -> tuple[Collection, tuple[Diagnostic, ...]]:
    """The plugin's options, with the defaults for those that are wrong; and what is wrong."""
    values = typing.cast("dict[str, Any]", plain(options))
    problems = list(empty_values(options, file)) if values else []
    try:
        return Collection.model_validate(values), tuple(map(as_option, problems))
    except ValidationError as error:
        reported = {problem.position for problem in problems}
        problems += validation_diagnostics(error, Collection, options, file, reported)
        right = Collection.model_validate(without_faulty(values, error))
        return right, tuple(map(as_option, problems))


def as_option(diagnostic: Diagnostic) -> Diagnostic:
    """The same message under the code for options."""
    # What is said of the words for a date, in records, does not hold for an option.
    hint = "as in 2031-03-04" if "verbatim_date" in diagnostic.hint else diagnostic.hint
    return Diagnostic(Code.BAD_OPTION, diagnostic.position, diagnostic.message, hint)


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
        subject = typed(name) if at else f"an item of {typed(name)}" if name else "the record"
        remedy = "give it one, or leave the key out" if at else "give it one, or remove it"
        yield Diagnostic(
            Code.EMPTY_VALUE,
            Position(file, *(at or (node.line, node.column))),
            f"{subject} has no value",
            remedy,
        )


def validation_diagnostics(
    error: ValidationError, model: type[BaseModel], node: Node, file: str, reported: set[Position]
) -> Iterator[Diagnostic]:
    """One diagnostic for each error of one record; places already reported are not reported twice.

    A field is not told to be missing beside the misspelt key that it stands under.
    """
    errors = error.errors(include_url=False)
    misspelt = {found for details in errors if (found := meant_field(details, model))}
    for details in errors:
        if details["type"] == "missing" and tuple(details["loc"]) in misspelt:
            continue
        diagnostic = validation_diagnostic(details, model, node, file)
        key = Position(file, *place(node, details["loc"], at_key=True))
        if not reported & {diagnostic.position, key}:
            yield from each_part(diagnostic, details)


def each_part(diagnostic: Diagnostic, details: ErrorDetails) -> Iterator[Diagnostic]:
    """The diagnostic of an error, or one for each thing that is wrong in a value."""
    parts: Sequence[Problem] = details["ctx"]["parts"] if details["type"] == "refusal" else ()
    for part in parts:
        yield replace(diagnostic, message=part.message, hint=part.hint, words=part.words)
    if not parts:
        yield diagnostic


def meant_field(details: ErrorDetails, model: type[BaseModel]) -> tuple[str | int, ...] | None:
    """The path of the field that an unknown key may have been meant for, as its hint says."""
    if details["type"] != "extra_forbidden":
        return None
    *above, name = details["loc"]
    found = nearest(str(name), model_at(model, above).model_fields)
    return (*above, found) if found else None


def validation_diagnostic(details: ErrorDetails, model: type[BaseModel], node: Node, file: str) -> Diagnostic:
    """What one error of the validation means for an editor."""
    loc, kind = details["loc"], details["type"]
    name = str(loc[-1]) if loc else ""
    if kind == "missing":
        position = Position(file, *place(node, loc[:-1]))
        return Diagnostic(Code.MISSING_FIELD, position, f"'{name}' is missing", how_to_add(name, loc[:-1]))
    if kind == "extra_forbidden":
        position = Position(file, *place(node, loc, at_key=True))
        hint = did_you_mean(name, model_at(model, loc[:-1]).model_fields)
        message = f"there is no key {typed(name)} here{look_alike(name)}"
        return Diagnostic(Code.UNKNOWN_KEY, position, message, hint)
    position = Position(file, *place(node, loc, at_key=name == KEY_STEP))
    if kind == "refusal":
        context = details["ctx"]
        hint = context["hint"] if loc != ("id",) or "id" in node_keys(node) else id_of_file(context["hint"])
        return Diagnostic(BY_SLUG[context["code"]], position, context["message"], hint)
    if kind == "literal_error" and isinstance(details["input"], str):
        value, allowed = details["input"], re.findall(r"'([^']*)'", details["ctx"]["expected"])
        message = f"{typed(value)} is not one of the allowed values{look_alike(value)}"
        return Diagnostic(Code.UNKNOWN_VALUE, position, message, did_you_mean(value, allowed))
    if kind == "too_short":
        least = details["ctx"]["min_length"]
        message = f"'{name}' needs at least {least} items"
        return Diagnostic(Code.BAD_VALUE, position, message, f"list {least} or more")
    return wrong_type(details, model_at(model, loc), position)


KEY_STEP = "[key]"
"""The last step of a path to a key that is wrong itself."""

EXAMPLES = {"sources": "some-source#p1", "date": "YYYY-MM-DD", "claimant": "some-actor"}
"""What a missing field may look like, where that says more than its name."""


def how_to_add(name: str, loc: Path) -> str:
    """The remedy for a missing key of the mapping at a path."""
    # `text` is how the model calls what an editor writes without a key: somebody's name in words.
    steps = loc[:-1] if len(loc) > 1 and loc[-1] == "text" else loc
    item = next((step for step in reversed(steps) if isinstance(step, str)), "")
    where = f" to this item of `{item}`" if steps and isinstance(steps[-1], int) else f" to `{item}`"
    return f"add `{name}: {EXAMPLES.get(name, '…')}`{where if item else ''}"


def node_keys(node: Node) -> Iterable[str]:
    """The keys of a node; none if it is no mapping."""
    return node.entries if isinstance(node, Mapping) else ()


def id_of_file(hint: str) -> str:
    """The remedy for an id that was taken from the file's name."""
    return f"rename the file, or give the record an `id`; {hint}"


def wrong_type(details: ErrorDetails, model: type[BaseModel], position: Position) -> Diagnostic:
    """The message for a value of another form than is needed, with that form as the hint."""
    if details["type"] == "literal_error":
        needed, hint = "a text", "write one of the allowed values"
    elif details["type"] == "dict_type":
        needed, hint = "a mapping", "write each key with its value, as in {some_key: some value}"
    elif model in TEXT_MODELS:
        needed, hint = "a text", f"write one text, or {TEXT_MODELS[model]}"
    else:
        required = (name for name, field in model.model_fields.items() if field.is_required())
        keys = ", ".join(f"{name}: …" for name in required)
        needed, hint = "a mapping", f"write its keys, as in {{{keys}}}"
    message = f"{needed} is needed here, and this is {kind_of_value(details['input'])}"
    return Diagnostic(Code.WRONG_TYPE, position, message, hint)


TEXT_MODELS: Dict[type[BaseModel], str] = {
    Phrase: "{value: …, lang: …}",
    Statement: "{value: …, lang: …}",
    Passage: "{value: …, lang: …}",
    Agent: "{actor: some-id}",
    Citation: "{source: some-source, locator: …, quote: …}",
}
"""Models for which a text may stand, each with the mapping that may stand instead."""


def model_at(model: type[BaseModel], loc: Path) -> type[BaseModel]:
    """The model of the mapping at a path."""
    for step in loc:
        if isinstance(step, str) and step in model.model_fields:
            model = inner_model(model.model_fields[step].annotation) or model
    return model


def inner_model(annotation: object) -> type[BaseModel] | None:
    """The first model inside a type annotation, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in typing.get_args(annotation):
        if found := inner_model(argument):
            return found
    return None
