"""The reference of the format, written from the models.

In: the models of records and of the plugin's options, the closed lists, the words of pages. Out: Markdown.
The rule it guards: what the docs say that a field takes is read off the checks that the field has.
"""

import inspect
import re
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from sourcebook.pages import wording
from sourcebook.records import fields as field_types
from sourcebook.records.actor import RELATION_TYPES, ActorType
from sourcebook.records.base import Record
from sourcebook.records.citation import LOCATOR_LABELS
from sourcebook.records.claim import Claim, Evidence, Quantity
from sourcebook.records.collection import SCHEMA_VERSION, Collection, inside, known_schema
from sourcebook.records.event import EVENT_TYPES, Participant
from sourcebook.records.fields import Agent, Model, Passage, Phrase, Ref, Statement
from sourcebook.records.load import MODELS
from sourcebook.records.place import a_geometry
from sourcebook.records.source import SourceType
from sourcebook.site.reference_tables import anchor, classes_in, table

WORDS_OF_CHECKS: dict[Callable[..., object], str] = {
    field_types.own_id: "id",
    field_types.an_id: "id",
    field_types.a_tag: "tag",
    field_types.one_line: "text on one line",
    field_types.folded_lines: "text",
    field_types.a_date: "[date](editing.md#dates)",
    field_types.a_number: "number",
    field_types.a_count: "whole number from 1",
    field_types.a_truth: "`true` or `false`",
    field_types.a_web_address: "web address",
    field_types.a_language: "language tag",
    a_geometry: "GeoJSON geometry",
    inside: "folder in the project",
    known_schema: f"`{SCHEMA_VERSION}`",
}
"""What a field takes, by the function that checks it."""

WORDS_OF_FORMS: dict[type[Model], str] = {
    Phrase: "text on one line, or `{value, lang}`",
    Statement: "text, or `{value, lang}`",
    Passage: "prose, or `{value, lang}`",
    Agent: "text, or `{actor: id}`",
}
"""What a field takes, by the model of a text with something besides."""

NEEDED_BY_RULE = {"id": "in a file with a list", "sources": "in claims and events"}
"""Fields of every record that are needed in some places only, as the rules for records have it."""


@dataclass(frozen=True, slots=True)
class ClosedList:
    """Values that a field may have, and what a page prints for each."""

    title: str
    words: Mapping[str, str]

    @property
    def link(self) -> str:
        """A link to the list in the reference of the format."""
        return f"[{lower_first(self.title)}](#{anchor(self.title)})"


def closed_lists() -> tuple[ClosedList, ...]:
    """Every closed list of the format, and the statuses that are computed."""
    return (
        ClosedList("Types of actors", plain(get_args(ActorType))),
        ClosedList("Types of relations", {key: " / ".join(wording.RELATIONS[key]) for key in RELATION_TYPES}),
        ClosedList("Types of events", plain(EVENT_TYPES)),
        ClosedList("Roles in an event", worded(choices(Participant, "role"), wording.ROLES)),
        ClosedList("Types of claims", worded(choices(Claim, "claim_type"), wording.CLAIM_TYPES)),
        ClosedList("Verbs between claims", worded(choices(Evidence, "relation"), wording.TIES)),
        ClosedList("Qualifiers of a figure", worded(choices(Quantity, "qualifier"), wording.QUALIFIERS)),
        ClosedList("Types of sources", plain(get_args(SourceType))),
        ClosedList("Grades of a source", wording.GRADES),
        ClosedList("Places in a document", {key: wording.LOCATORS[key][0] for key in LOCATOR_LABELS}),
        ClosedList("Statuses of a claim", wording.STATUSES),
    )


def plain(values: Iterable[str]) -> dict[str, str]:
    """Values as the words that a page makes of them."""
    return worded(values, {})


def worded(values: Iterable[str], words: Mapping[str, str]) -> dict[str, str]:
    """Values with the words that a page prints, which are the value's own where it has no others."""
    return {value: words.get(value, wording.plain_words(value)).strip() for value in values}


def choices(model: type[Model], name: str) -> tuple[str, ...]:
    """The values that a field with a closed list takes."""
    return get_args(unannotated(without_none(hints(model)[name]))[0])


def hints(model: type[Model]) -> dict[str, Any]:
    """The types of a model's fields with their checks."""
    return get_type_hints(model, include_extras=True)


def without_none(hint: Any) -> Any:
    """A type without the `None` of a field that may be left out."""
    if get_origin(hint) in (Union, types.UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def unannotated(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type, and what is attached to it."""
    return (hint.__origin__, hint.__metadata__) if get_origin(hint) is Annotated else (hint, ())


def takes(hint: Any) -> str:
    """What a field takes, in an editor's words, from its type; KeyError for a type without words."""
    base, attached = unannotated(without_none(hint))
    marked = (words_of_mark(mark) for mark in reversed(attached))
    if words := next((found for found in marked if found), None):
        return words
    arguments = get_args(base)
    if get_origin(base) is Literal:
        return one_of(arguments)
    if get_origin(base) is tuple:
        return f"list: {takes(arguments[0])}"
    if get_origin(base) is dict:
        key = "field" if arguments[0] is str else takes(arguments[0])
        return f"mapping: {key} → {takes(arguments[1])}"
    return WORDS_OF_FORMS.get(base) or model_link(base)


def words_of_mark(mark: Any) -> str:
    """The words for one thing that is attached to a type; empty where it says nothing to an editor."""
    if isinstance(mark, Ref):
        return reference_words(mark)
    check = getattr(mark, "func", None)
    return WORDS_OF_CHECKS.get(check) or made_check_words(check) if check else ""


def made_check_words(check: Callable[..., object]) -> str:
    """The words of a check that was made for one form, range or list: it carries them with it."""
    carried = inspect.getclosurevars(check).nonlocals
    if "vocabulary" in carried:
        title = carried["vocabulary"].replace("_", " ").split()[0]
        return "one of the " + next(x.link for x in closed_lists() if x.title == f"Types of {title}s")
    if "low" in carried:
        if carried["high"] is None:
            return f"number from {carried['low']}"
        return f"number from {carried['low']} to {carried['high']}"
    return re.sub("^an? ", "", carried.get("what", ""))


def reference_words(ref: Ref) -> str:
    """The words for a reference: `id of an actor or a source`."""
    if ref.kinds == frozenset(MODELS):
        return "id of any record"
    kinds = " or ".join(f"{'an' if kind[0] in 'ae' else 'a'} {kind}" for kind in sorted(ref.kinds))
    return f"id of {kinds}" + "".join(f", or `{word}`" for word in sorted(ref.besides))


def one_of(values: tuple[str, ...]) -> str:
    """The words for a closed list: a link to it, and which of its values the field does not take."""
    found = next(known for known in closed_lists() if set(values) <= set(known.words))
    without = [f"`{value}`" for value in found.words if value not in values]
    return f"one of the {found.link}" + (f" but {', '.join(without)}" if without else "")


def model_link(model: type[Model]) -> str:
    """A link to the section of a model."""
    return f"[{lower_first(model_title(model))}](#{anchor(model_title(model))})"


def model_title(model: type[Any]) -> str:
    """The heading of a model: `ActorPosition` becomes `Actor position`, `Record` is said in words."""
    if model is Record:
        return "Every record"
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f" {found[1].lower()}", model.__name__)


def lower_first(text: str) -> str:
    """A text that begins small, for the middle of a sentence."""
    return text[:1].lower() + text[1:]


def fields_markdown() -> str:
    """The fields of every kind of record and of the items in it, a section each."""
    told: set[type[Model]] = set()
    models: tuple[type[Record], ...] = (Record, *MODELS.values())
    return "\n".join(text for model in models for text in record_sections(model, told))


def record_sections(model: type[Record], told: set[type[Model]]) -> Iterator[str]:
    """The section of a kind, then those of the items in it that have none yet."""
    common = () if model is Record else tuple(Record.model_fields)
    names = [name for name in model.model_fields if name not in common]
    yield section("##", model, names, NEEDED_BY_RULE if model is Record else {})
    for item in items_in(model, names):
        if item not in told:
            told.add(item)
            yield section("###", item, own_first(item), {})


def section(mark: str, model: type[Model], names: Iterable[str], needed: Mapping[str, str]) -> str:
    """The heading of a model, what it is, and a table of its fields."""
    rows = (field_row(model, name, needed.get(name)) for name in names)
    body = table(("Key", "Needed", "Takes", "Meaning"), rows)
    return f"{mark} {model_title(model)}\n\n{inspect.cleandoc(model.__doc__ or '')}\n\n{body}"


def field_row(model: type[Model], name: str, needed: str | None) -> tuple[str, str, str, str]:
    """The row of one field."""
    field = model.model_fields[name]
    needed = needed if needed is not None else "yes" if field.is_required() else ""
    return f"`{name}`", needed, takes(hints(model)[name]), field.description or ""


def own_first(model: type[Model]) -> list[str]:
    """The fields of an item, those that all items have behind its own."""
    inherited = {name for base in model.__bases__ if issubclass(base, Model) for name in base.model_fields}
    return sorted(model.model_fields, key=lambda name: name in inherited)


def items_in(model: type[Model], names: Iterable[str]) -> Iterator[type[Model]]:
    """The models of items in a model's fields, each before those in it."""
    for name in names:
        for found in classes_in(hints(model)[name]):
            if issubclass(found, Model) and found not in WORDS_OF_FORMS:
                yield found
                yield from items_in(found, found.model_fields)


def lists_markdown() -> str:
    """Every closed list, with the words that a page prints where these are other than the value's own."""
    return "\n".join(f"### {known.title}\n\n{list_body(known.words)}" for known in closed_lists())


def list_body(words: Mapping[str, str]) -> str:
    """The values of one list."""
    if words == plain(words):
        return ", ".join(f"`{value}`" for value in words) + "\n"
    return table(("Value", "On the page"), ((f"`{value}`", said) for value, said in words.items()))


def options_markdown() -> str:
    """The options of the plugin with their defaults."""
    found = hints(Collection)
    rows = (
        (
            f"`{name}`",
            takes(found[name]),
            f"`{field.default}`" if field.default else "",
            field.description or "",
        )
        for name, field in Collection.model_fields.items()
    )
    return table(("Option", "Takes", "If left out", "Meaning"), rows)
