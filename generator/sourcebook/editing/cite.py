"""A citation more for a record, for one of its fields, or for one item of a list in it.

In: the facts of a project, an id, a citation in its short form. Out: the change, and the cited paragraphs
where the text is at hand. The rule it guards: a quote that is not in the paragraph is not written.
"""

import re
from dataclasses import dataclass

from pydantic_core import PydanticCustomError

from sourcebook.editing.facts import EditError, Facts, Standing
from sourcebook.editing.files import Change, UnlikeError
from sourcebook.editing.rehearsal import rehearsed
from sourcebook.editing.rename import as_items, standing_of
from sourcebook.editing.splice import Append, edited
from sourcebook.reading.nodes import Plain
from sourcebook.reading.source_texts import find_text
from sourcebook.records.base import CitedItem
from sourcebook.records.citation import Citation, from_short_form
from sourcebook.records.fields import nearest
from sourcebook.records.load import MODELS, model_at
from sourcebook.records.source import Source


@dataclass(frozen=True, slots=True)
class Cited:
    """The changes, and the cited paragraphs by number; None where the document's text is not at hand."""

    changes: tuple[Change, ...]
    paragraphs: dict[int, str] | None


def cite(
    facts: Facts, id: str, citation: str, *, field: str | None = None, quote: str | None = None
) -> Cited:
    """Add a citation; raises EditError, and FaultyError where the facts would have errors.

    `field` is the name of one, or of an item of it, counted from 0 as messages do: `participants[0]`.
    """
    standing = standing_of(facts, id)
    parts = parsed_citation(citation)
    source = source_of(facts, str(parts["source"]))
    value: Plain = {**parts, "quote": {"exact": quote}} if quote else citation.strip()  # type: ignore[dict-item]
    edit = addition(standing, value, field)
    try:
        after = edited(standing.file.kind, standing.data, [edit])
    except UnlikeError:
        raise EditError(
            f"{standing.file.name}: the record stands in a form that cannot be changed safely",
            "run `sourcebook fmt` on the file first, or change it by hand",
        ) from None
    change = Change(standing.file.path, standing.data, after)
    return Cited(rehearsed(facts.settings, (change,)), cited_paragraphs(facts, source, citation))


def parsed_citation(text: str) -> dict[str, object]:
    """The parts of a citation in its short form; raises EditError."""
    try:
        return from_short_form(text)
    except PydanticCustomError as error:
        context = error.context or {}
        raise EditError(str(context.get("message")), str(context.get("hint", ""))) from None


def source_of(facts: Facts, id: str) -> Source:
    """The source of an id; raises EditError with the nearest one."""
    found = facts.by_id.get(id)
    if found and isinstance(found.entry.record, Source):
        return found.entry.record
    if found:
        raise EditError(f"'{id}' is of the kind {found.entry.kind}", "name the source that states the fact")
    sources = [key for key, each in facts.by_id.items() if each.entry.kind == "source"]
    near = nearest(id, sources)
    hint = f"did you mean '{near}'?" if near else "add it first: sourcebook source add FILE"
    raise EditError(f"no source with id '{id}'", hint)


def addition(standing: Standing, value: Plain, field: str | None) -> Append:
    """The citation as an item of the sources of the record, a field or an item; raises EditError."""
    values = standing.values
    if field is None:
        refuse_repeated(values.get("sources", []), value, standing.entry.record.id)
        return Append(standing.path, "sources", value)
    name, number = parts_of(field)
    if number is not None and name in values:
        return addition_to_item(standing, value, name, number)
    if field not in values:
        near = nearest(field, values)
        hint = f"did you mean '{near}'?" if near else "one of: " + ", ".join(values)
        raise EditError(f"'{standing.entry.record.id}' has no field '{field}'", hint)
    held = values.get("field_sources")
    if not isinstance(held, dict):
        return Append(standing.path, "field_sources", {field: value})
    refuse_repeated(held.get(field, []), value, field)
    return Append((*standing.path, "field_sources"), field, value)


def parts_of(field: str) -> tuple[str, int | None]:
    """The name of a field, and the number of the item that it names."""
    found = re.fullmatch(r"(?P<name>\w+)\[(?P<number>[0-9]{1,6})\]", field)
    return (found["name"], int(found["number"])) if found else (field, None)


def addition_to_item(standing: Standing, value: Plain, name: str, number: int) -> Append:
    """The citation as one of the sources of an item; raises EditError."""
    items = as_items(standing.values[name])
    model = model_at(MODELS[standing.entry.kind], (name,))
    if not issubclass(model, CitedItem):
        raise EditError(
            f"an item of '{name}' takes no sources of its own", f"for all of them: --field {name}"
        )
    if number >= len(items):
        hint = "it is the first" if len(items) == 1 else f"the last one is {name}[{len(items) - 1}]"
        raise EditError(f"'{standing.entry.record.id}' has no {name}[{number}]", f"counted from 0, {hint}")
    item = items[number]
    if not isinstance(item, dict):
        raise EditError(f"{name}[{number}] has no keys", "write it as a mapping first, by hand")
    refuse_repeated(item.get("sources", []), value, f"{name}[{number}]")
    return Append((*standing.path, name, number), "sources", value)


def refuse_repeated(held: Plain, value: Plain, what: str) -> None:
    """Raise EditError where the same citation is there already."""
    if value in as_items(held):
        raise EditError(f"'{what}' has this citation already")


def cited_paragraphs(facts: Facts, source: Source, citation: str) -> dict[int, str] | None:
    """The paragraphs that a citation names, by number, as they stand in the document."""
    text = find_text(facts.texts, source.id, source.sha256)
    if text is None:
        return None
    numbers = Citation.model_validate(citation).paragraphs or ()
    return {number: text.paragraphs[number - 1] for number in numbers if number <= len(text.paragraphs)}
