"""Records as plain JSON values, and the JSON Schema of what comes out.

In: a record and the nodes it was read from. Out: texts, numbers, truths, lists and mappings. The rule it
guards: what is written can be read back as the same record. A list is a list, also of one item, a citation is
a mapping, and a number keeps its decimals.
"""

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from sourcebook.dates.edtf import Date
from sourcebook.reading.nodes import Mapping, Node, Scalar, Sequence
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.fields import Agent, Passage, Phrase, models_in
from sourcebook.records.load import MODELS, Entry

Values = dict[str, Any]
Plain = Callable[[Any, Node | None], object]

IS_NUMBER = frozenset({"where_prec"})
"""Texts that are whole numbers, written as such."""


@dataclass(frozen=True)
class Shape:
    """How a value is made plain (None: it is already), the JSON Schema of the outcome, and its form.

    The form is the type in Table Schema of what a cell of a table can hold, with `date` for EDTF, `list` for
    a list of such, `object` for a mapping of them; `item` and `items` for what has fields of its own.
    """

    plain: Plain | None
    schema: Values
    form: str = "string"


def plain_record(entry: Entry) -> Values:
    """The fields of a record that were given a value, in the order of the model."""
    plain = shape_of_model(type(entry.record)).plain
    assert plain
    return typing.cast("Values", plain(entry.record, entry.node))


def reference_to(model: type[BaseModel]) -> Values:
    """The JSON Schema that refers to the one of a model."""
    return {"$ref": f"#/$defs/{model.__name__}"}


def definitions() -> dict[str, Values]:
    """The JSON Schema of every model that records are made of, by the model's name."""
    found: dict[str, Values] = {}
    pending: list[type[BaseModel]] = list(MODELS.values())
    while pending:
        model = pending.pop()
        if model.__name__ in found:
            continue
        if issubclass(model, Phrase | Passage | Agent):
            found[model.__name__] = AGENT_SCHEMA if model is Agent else PHRASE_SCHEMA
        else:
            found[model.__name__] = schema_of_model(model)
            pending += [
                inner for field in model.model_fields.values() for inner in models_in(field.annotation)
            ]
    return dict(sorted(found.items()))


def schema_of_model(model: type[BaseModel]) -> Values:
    """The JSON Schema of a model: its fields with their descriptions, and which of them are never missing."""
    shapes = shapes_of(model)
    fields = model.model_fields
    return {
        "type": "object",
        "description": (model.__doc__ or "").strip().split("\n")[0],
        "properties": {
            name: {**shapes[name].schema, "description": field.description} for name, field in fields.items()
        },
        "required": [name for name, field in fields.items() if field.is_required()],
        "additionalProperties": False,
    }


@cache
def shape_of_model(model: type[BaseModel]) -> Shape:
    """The shape of a model that is a mapping in every form."""
    # Asked for once a field of each record, so that all that can be known before is known before.
    plans = tuple((name, shape.plain) for name, shape in shapes_of(model).items())

    def plain(value: BaseModel, node: Node | None) -> Values:
        entries = node.entries if isinstance(node, Mapping) else {}
        given, held = value.model_fields_set, value.__dict__
        found: Values = {}
        for name, make_plain in plans:
            if name in given:
                if make_plain is None:
                    found[name] = held[name]
                else:
                    entry = entries.get(name)
                    found[name] = make_plain(held[name], entry.value if entry else None)
        return found

    return Shape(plain, reference_to(model), "item")


@cache
def shapes_of(model: type[BaseModel]) -> dict[str, Shape]:
    """The shape of each field of a model."""
    special = {"geometry": GEOMETRY, **dict.fromkeys(IS_NUMBER, WHOLE_NUMBER)}
    return {
        name: special.get(name) or shape_of(field.annotation) for name, field in model.model_fields.items()
    }


def shape_of(hint: Any) -> Shape:
    """The shape of a type of the format."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return shape_of(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return shape_of(arguments[0])
    if origin is typing.Literal:
        return Shape(None, {"enum": list(arguments)})
    if origin is tuple:
        return list_of(shape_of(arguments[0]))
    if origin is dict:
        return mapping_of(shape_of(arguments[1]))
    if issubclass(hint, Phrase | Passage | Agent):
        return Shape(TEXT_PLAINS.get(hint, phrase), reference_to(hint))
    return shape_of_model(hint) if issubclass(hint, BaseModel) else SCALARS[hint]


def list_of(item: Shape) -> Shape:
    """The shape of a list; one item that stands alone in YAML is a list of one."""
    make_plain = item.plain

    def plain(values: tuple[Any, ...], node: Node | None) -> list[object]:
        if make_plain is None:
            return list(values)
        nodes = node.items if isinstance(node, Sequence) else (node,) * len(values)
        return [make_plain(value, of) for value, of in zip(values, nodes, strict=True)]

    form = "items" if item.form == "item" else "list"
    return Shape(plain, {"type": "array", "items": item.schema}, form)


def mapping_of(item: Shape) -> Shape:
    """The shape of a mapping with free keys."""
    make_plain = item.plain

    def plain(values: dict[str, Any], node: Node | None) -> Values:
        if make_plain is None:
            return dict(values)
        nodes = node.entries if isinstance(node, Mapping) else {}
        return {
            key: make_plain(value, nodes[key].value if key in nodes else None)
            for key, value in values.items()
        }

    form = "items" if item.form in ("item", "list", "items") else "object"
    return Shape(plain, {"type": "object", "additionalProperties": item.schema}, form)


def phrase(value: Phrase, _: Node | None) -> object:
    """A text, or a mapping of the text and its language."""
    return {"value": value.value, "lang": value.lang} if value.lang else value.value


def passage(value: Passage, node: Node | None) -> object:
    """Prose as its author wrote it, or a mapping of it and its language."""
    if isinstance(node, Mapping):
        node = node.entries["value"].value
    assert isinstance(node, Scalar), "prose is read from a text"
    text = node.value.strip()
    return {"value": text, "lang": value.lang} if value.lang else text


def agent(value: Agent, node: Node | None) -> object:
    """A name in words, or the id of an actor."""
    if value.actor:
        return {"actor": value.actor}
    assert value.text
    return phrase(value.text, node)


def geometry(_: str, node: Node | None) -> object:
    """A GeoJSON geometry, with its numbers as they are written."""
    assert isinstance(node, Mapping)
    kind = node.entries["type"].value
    assert isinstance(kind, Scalar)
    return {"type": kind.value.strip(), "coordinates": numbers(node.entries["coordinates"].value)}


def numbers(node: Node) -> object:
    """A number, or lists of numbers."""
    if isinstance(node, Sequence):
        return [numbers(item) for item in node.items]
    assert isinstance(node, Scalar)
    return Decimal(node.value.strip())


TEXT = Shape(None, {"type": "string"})
WHOLE_NUMBER = Shape(lambda value, _: int(value), {"type": "integer"}, "integer")
GEOMETRY = Shape(
    geometry,
    {"type": "object", "properties": {"type": TEXT.schema, "coordinates": {"type": "array"}}},
)
SCALARS: dict[type, Shape] = {
    str: TEXT,
    int: Shape(None, {"type": "integer"}, "integer"),
    bool: Shape(None, {"type": "boolean"}, "boolean"),
    Decimal: Shape(None, {"type": "number"}, "number"),
    Date: Shape(lambda value, _: value.edtf, {"type": "string"}, "date"),
}
PHRASE_SCHEMA: Values = {
    "description": "A text, or a mapping where it has a language of its own (BCP 47).",
    "oneOf": [
        TEXT.schema,
        {
            "type": "object",
            "properties": {"value": TEXT.schema, "lang": TEXT.schema},
            "required": ["value", "lang"],
            "additionalProperties": False,
        },
    ],
}
AGENT_SCHEMA: Values = {
    "description": "A name in words, or the id of an actor of the collection.",
    "oneOf": [
        *PHRASE_SCHEMA["oneOf"],
        {
            "type": "object",
            "properties": {"actor": TEXT.schema},
            "required": ["actor"],
            "additionalProperties": False,
        },
    ],
}
TEXT_PLAINS: dict[type, Plain] = {Passage: passage, Agent: agent}


def short_citation(citation: Citation) -> str:
    """A citation in the short form of the format: `report#p4`, `report#page=12`, `report`."""
    locator = citation.locator
    if locator is None:
        return citation.source
    place = f"p{locator.value}" if locator.label == "paragraph" else f"{locator.label}={locator.value}"
    return f"{citation.source}#{place}"


def read_record(kind: str, values: Values, vocabularies: dict[str, frozenset[str]]) -> Record:
    """The record that plain values are of: the way back from `plain_record`.

    Numbers must have been left as texts, so that they keep their decimals: `json.loads` with `parse_int=str`
    and `parse_float=str`. Raises pydantic's ValidationError for what is no record.
    """
    return MODELS[kind].model_validate(as_written(values), context=vocabularies)


def as_written(value: object) -> object:
    """A value as YAML's scalars have it: every one a text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [as_written(item) for item in value]
    if isinstance(value, dict):
        return {key: as_written(item) for key, item in value.items()}
    return value
