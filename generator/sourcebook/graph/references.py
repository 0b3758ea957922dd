"""Every place in a record that names another record.

In: a record. Out: its references, in the order of the model's fields. The rule it guards: which field
refers to which kinds is said once, in the model, and read from there.
"""

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType

from pydantic import BaseModel

from sourcebook.markdown.prose import Prose
from sourcebook.records.base import Record
from sourcebook.records.fields import Passage, Ref, mark_of

ANY = Ref(frozenset({"actor", "event", "claim", "dispute", "place", "source"}))

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of a record: by whom, where in the record, of whom, and what may stand there."""

    origin: str
    path: Path
    target: str
    ref: Ref
    prose: Prose | None = None

    @property
    def field(self) -> str:
        """The record's field in which it stands."""
        return str(self.path[0])


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """How a field is searched for references: itself one, a model, or models by key."""

    name: str
    ref: Ref | None


def references(record: Record) -> Iterator[Reference]:
    """The references of a record, those in citations and prose included."""
    yield from references_in(record, record.id, ())


def references_in(value: BaseModel, origin: str, path: Path) -> Iterator[Reference]:
    """The references of a record or of an item in it."""
    if isinstance(value, Passage):
        for target in value.value.references:
            yield Reference(origin, path, target, ANY, value.value)
        return
    for plan in plans(type(value)):
        held = getattr(value, plan.name)
        if held:
            yield from held_references(held, plan, origin, (*path, plan.name))


def held_references(held: object, plan: FieldPlan, origin: str, path: Path) -> Iterator[Reference]:
    """The references in what a field holds: one value, a tuple of them, or a mapping of tuples."""
    if isinstance(held, tuple):
        for number, item in enumerate(held):
            yield from held_references(item, plan, origin, (*path, number))
    elif isinstance(held, dict):
        for key, item in held.items():
            yield from held_references(item, plan, origin, (*path, key))
    elif plan.ref:
        if held not in plan.ref.besides:
            yield Reference(origin, path, str(held), plan.ref)
    elif isinstance(held, BaseModel):
        yield from references_in(held, origin, path)


@cache
def plans(model: type[BaseModel]) -> tuple[FieldPlan, ...]:
    """The fields of a model that can lead to a reference."""
    return tuple(
        FieldPlan(name, ref)
        for name, field in model.model_fields.items()
        if (ref := mark_of(field, Ref)) or holds_model(field.annotation)
    )


def holds_model(annotation: object) -> bool:
    """Whether a type is a model or contains one."""
    if isinstance(annotation, type) and not isinstance(annotation, UnionType):
        try:
            if issubclass(annotation, BaseModel):
                return True
        except TypeError:
            pass
    return any(holds_model(argument) for argument in typing.get_args(annotation))
