"""The canonical form of records: the order of keys, and which values need no quotation marks.

In: a record's plain values. Out: the text of a file. The rule it guards: a record has one form, which is what
`fmt` leaves, and which reads back to the same values.

A kind's own fields come first, in the order of the model, then those that every record has; `id` is the
first of all, and the sources are the last.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import get_origin

from pydantic import BaseModel

from sourcebook.editing.layout import Child, Items, Keys, Text, document
from sourcebook.reading.nodes import Plain
from sourcebook.records.fields import Phrase, Unquoted, mark_of
from sourcebook.records.load import MODELS, inner_model

FIRST, LAST = ("id",), ("sources", "field_sources")


def canonical_yaml(kind: str, record: Mapping[str, Plain]) -> str:
    """The text of a file with one record of a kind, which ends with one newline.

    Keys that the model does not know come last, in the order given. An `id` is written where it is given.
    """
    return document(arranged(unarranged(dict(record)), MODELS[kind]))


def canonical_values(kind: str, values: Plain) -> str:
    """The text of a file with one record of a kind, or a list of them."""
    return document(arranged(unarranged(values), MODELS[kind]))


def unarranged(value: Plain) -> Child:
    """A value as it is given, without comments."""
    if isinstance(value, str):
        return Child(Text(value))
    if isinstance(value, list):
        return Child(Items(tuple(map(unarranged, value))))
    return Child(Keys(tuple((key, unarranged(held)) for key, held in value.items())))


def arranged(child: Child, model: type[BaseModel]) -> Child:
    """A record, an item or a list of them, with keys in order and all comments."""
    value = child.value
    if isinstance(value, Items):
        return replace(child, value=Items(tuple(arranged(item, model) for item in value.items)))
    if isinstance(value, Keys):
        fields = ((key, arranged_field(held, key, model)) for key, held in value.entries)
        return replace(child, value=Keys(tuple(in_order(fields, model))))
    return child


def arranged_field(child: Child, key: str, model: type[BaseModel]) -> Child:
    """The value of a field of a model; in a mapping by field, fields have the model's order."""
    form = field_form(model, key)
    if form.by_key and isinstance(child.value, Keys):
        fields = ((key, arranged_inside(held, form)) for key, held in child.value.entries)
        return replace(child, value=Keys(tuple(in_order(fields, model))))
    return arranged_inside(child, form)


def arranged_inside(child: Child, form: "FieldForm") -> Child:
    """What a field holds: models with their keys in order, or texts with the mark of their field."""
    if form.unquoted:
        return unquoted(child)
    return arranged(child, form.model) if form.model else child


def unquoted(child: Child) -> Child:
    """A value whose texts need no quotation marks for what they look like."""
    value = child.value
    if isinstance(value, Items):
        return replace(child, value=Items(tuple(map(unquoted, value.items))))
    if isinstance(value, Keys):
        return replace(child, value=Keys(tuple((key, unquoted(held)) for key, held in value.entries)))
    return replace(child, value=replace(value, unquoted=True))


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


def in_order(fields: Iterable[tuple[str, Child]], model: type[BaseModel]) -> list[tuple[str, Child]]:
    """Keys with their values in the order of a model's fields; unknown ones come last."""
    places = field_places(model)
    return sorted(fields, key=lambda each: places.get(each[0], len(places)))


@cache
def field_places(model: type[BaseModel]) -> dict[str, int]:
    """The place of each field in the canonical order of its model."""
    return {name: place for place, name in enumerate(field_order(model))}


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
