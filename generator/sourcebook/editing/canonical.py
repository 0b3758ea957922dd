"""The canonical form of records: the order of keys, and which values need no quotation marks.

In: a record's plain values. Out: the text of a file. The rule it guards: a record has one form, which is what
`fmt` leaves, and which reads back to the same values.

A kind's own fields come first, in the order of the model, then those that every record has; `id` is the
first of all, and the sources are the last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_origin

from pydantic import BaseModel

from sourcebook.editing.layout import Child, Items, Keys, Text, Value, document
from sourcebook.reading.nodes import Plain
from sourcebook.records.fields import Phrase, Unquoted, mark_of
from sourcebook.records.load import MODELS, inner_model

FIRST, LAST = ("id",), ("sources", "field_sources")


def canonical_yaml(kind: str, record: Mapping[str, Plain]) -> str:
    """The text of a file with one record of a kind, which ends with one newline.

    Keys that the model does not know come last, in the order given. An `id` is written where it is given.
    """
    return document(Child(shaped(dict(record), MODELS[kind])))


def canonical_list(kind: str, records: list[dict[str, Plain]]) -> str:
    """The text of a file with a list of records of a kind."""
    return document(Child(Items(tuple(Child(shaped(record, MODELS[kind])) for record in records))))


def shaped(value: Plain, model: type[BaseModel] | None, *, unquoted: bool = False) -> Value:
    """A value with its keys in order; without a model they stay as they are."""
    if isinstance(value, str):
        return Text(value, unquoted)
    if isinstance(value, list):
        return Items(tuple(Child(shaped(item, model, unquoted=unquoted)) for item in value))
    if model is None:
        return Keys(tuple((key, Child(shaped(held, None, unquoted=unquoted))) for key, held in value.items()))
    return Keys(tuple((key, Child(shaped_field(value[key], key, model))) for key in in_order(value, model)))


def shaped_field(value: Plain, key: str, model: type[BaseModel]) -> Value:
    """The value of a field of a model; in a mapping by field, fields have the model's order."""
    form = field_form(model, key)
    if form.by_key and isinstance(value, dict):
        keys = in_order(value, model)
        return Keys(tuple((name, Child(shaped(value[name], form.model))) for name in keys))
    return shaped(value, form.model, unquoted=form.unquoted)


@dataclass(frozen=True, slots=True)
class FieldForm:
    """What is known of a field's value: the model of what it holds, and what its texts look like."""

    model: type[BaseModel] | None = None
    unquoted: bool = False
    by_key: bool = False


@cache
def field_form(model: type[BaseModel], name: str) -> FieldForm:
    """The form of a field; of an unknown one nothing is known. A name in words has the fields of a phrase."""
    field = model.model_fields.get(name) or Phrase.model_fields.get(name)
    if field is None:
        return FieldForm()
    by_key = get_origin(field.annotation) is dict
    return FieldForm(inner_model(field.annotation), mark_of(field, Unquoted) is not None, by_key)


def in_order(keys: Iterable[str], model: type[BaseModel]) -> list[str]:
    """Keys in the order of a model's fields; unknown ones come last."""
    places = {name: place for place, name in enumerate(field_order(model))}
    return sorted(keys, key=lambda key: places.get(key, len(places)))


@cache
def field_order(model: type[BaseModel]) -> tuple[str, ...]:
    """The canonical order of a model's fields: its own, then those of what it is a kind of."""
    families = [base for base in model.__mro__ if issubclass(base, BaseModel) and base is not BaseModel]
    home: dict[str, int] = {}
    for depth, base in enumerate(families):
        # A field that a kind declares again stays where all records have it.
        home.update({name: depth for name in base.__annotations__ if name in model.model_fields})
    own = sorted(home, key=home.__getitem__)
    order = [name for name in own if name not in FIRST and name not in LAST]
    return (*(name for name in FIRST if name in home), *order, *(name for name in LAST if name in home))
