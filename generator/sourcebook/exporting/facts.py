"""Every fact of a record as a row: which field has which value, and where that is written.

In: a record, typed and plain. Out: rows of statements, as FollowTheMoney has them. The rule it guards: a fact
stands there once for each of its citations, once without a source where it needs none, and nothing else does.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import TypeAlias

from sourcebook.exporting.shapes import Values
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.fields import Agent
from sourcebook.records.rules import IDENTIFYING

NO_FACTS = frozenset({"id", "draft", "sources", "field_sources"})
"""Fields that say nothing of what the record is about."""
NEED_NO_SOURCE = IDENTIFYING - {"verbatim_date"}
"""Fields that the record's own sources do not cover; the words for a date are a source's."""


Statement: TypeAlias = tuple[str | int | None, ...]
"""One fact by one citation, in the order of the columns of the table.

Its record, the record's kind, the field, the number of the item (counted from 1, None for a single value),
the value and its language; then what the citation fills.
"""
Cited: TypeAlias = tuple[str | None, ...]
"""The source, label and value of the locator, the quote and its language, to whom the source attributes it,
from whom it has it, and whether the citation covers the item, the field, or the record."""
UNCITED: Cited = (None,) * 8
Leaf: TypeAlias = tuple[str, str, str | None]
"""A single value below a field: the path to it, its text, and its language."""


def statements(record: Record, kind: str, plain: Values) -> Iterator[Statement]:
    """The facts of a record, in the order of its fields."""
    key = record.id
    whole = [cited(citation, "record") for citation in record.sources]
    for name, value in plain.items():
        if name in NO_FACTS:
            continue
        covering = whole if name not in NEED_NO_SOURCE else ()
        if own := record.field_sources.get(name):
            covering = [cited(citation, "field") for citation in own]
        for item, held, sources in items(name, record, value):
            places = [cited(citation, "item") for citation in sources] or covering or (UNCITED,)
            for path, words, lang in leaves(name, held):
                for place in places:
                    yield (key, kind, path, item, words, lang, *place)


def items(
    name: str, record: Record, value: object
) -> Iterator[tuple[int | None, object, tuple[Citation, ...]]]:
    """The items of a field, with their numbers and their own sources; a single value has no number."""
    held = getattr(record, name)
    if isinstance(value, list):
        for number, (item, typed) in enumerate(zip(value, held, strict=True), 1):
            yield number, item, getattr(typed, "sources", ())
    else:
        yield None, value, getattr(held, "sources", ())


def leaves(path: str, value: object) -> Iterator[Leaf]:
    """The single values in a value; sources in it are no values."""
    if isinstance(value, dict):
        if "coordinates" in value:
            yield path, geometry_text(value), None
            return
        if "value" in value:
            yield path, value["value"], value.get("lang")
        for key, held in value.items():
            if key not in ("value", "lang", "sources"):
                yield from leaves(f"{path}.{key}", held)
    elif isinstance(value, list):
        for held in value:
            yield from leaves(path, held)
    else:
        yield path, text(value), None


def text(value: object) -> str:
    """A single value as YAML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, str) else str(value)


def geometry_text(value: Values) -> str:
    """A GeoJSON geometry as compact JSON."""
    return f'{{"type":"{value["type"]}","coordinates":{coordinates_text(value["coordinates"])}}}'


def coordinates_text(value: object) -> str:
    """Coordinates as compact JSON, with their decimals."""
    return f"[{','.join(map(coordinates_text, value))}]" if isinstance(value, list) else text(value)


def cited(citation: Citation, covers: str) -> Cited:
    """What a citation says of a fact."""
    locator, quote = citation.locator, citation.quote
    return (
        citation.source,
        locator.label if locator else None,
        locator.value if locator else None,
        quote.exact if quote else None,
        citation.lang,
        who(citation.attributed_to),
        who(citation.origin),
        covers,
    )


def who(agent: Agent | None) -> str | None:
    """Somebody named in words, or the id of an actor."""
    if agent is None:
        return None
    return agent.actor or (agent.text.value if agent.text else None)


SEPARATOR = "; "
"""What stands between the values of a cell that holds a list."""
