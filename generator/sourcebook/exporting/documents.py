"""A record as a JSON document: its fields, what is worked out from the others, and where all of it is shown.

In: the graph and an id. Out: one line of JSON. The rule it guards: what an editor wrote stands under
`record`, and whatever else stands there was worked out.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import orjson

from sourcebook.exporting.setting import changed, page_of
from sourcebook.exporting.shapes import Values, definitions, short_citation
from sourcebook.graph.graph import Graph
from sourcebook.graph.references import references
from sourcebook.graph.stances import Stance
from sourcebook.records.base import Record
from sourcebook.records.collection import SCHEMA_VERSION
from sourcebook.records.load import MODELS

SCHEMA_FILE = "record.schema.json"
SCHEMA_ADDRESS = f"../data/{SCHEMA_FILE}"
"""Where the schema lies, as seen from a record's document."""


def as_json(value: object, *, indented: bool = False) -> bytes:
    """A value as JSON; numbers keep their decimals."""
    return orjson.dumps(value, default=_number, option=orjson.OPT_INDENT_2 if indented else None)


def _number(value: Any) -> orjson.Fragment:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} is no value of an export")


def document(graph: Graph, key: str, plain: Values, named: Iterable[str]) -> bytes:
    """The document of a record, as a line that ends; `named` are the records that it names."""
    entry = graph.entries[key]
    links = graph.backlinks.get(key, ())
    backlinks = [{"record": link.origin, "field": field_path(link.path)} for link in links]
    known = {key, *named, *(link.origin for link in links)}
    values: Values = {
        "$schema": SCHEMA_ADDRESS,
        "schema_version": SCHEMA_VERSION,
        "kind": entry.kind,
        "id": key,
        "label": entry.record.label.value,
        "page": page_of(graph, key),
        "last_changed": changed(graph, entry.record) or None,
        "record": plain,
        "backlinks": backlinks,
        "addresses": {other: page_of(graph, other) for other in sorted(known)},
    }
    if standing := graph.standings.get(key):
        values |= {
            "status": standing.status.value,
            "disputed_by": standing.disputed_by,
            "supported_by": standing.supported_by,
            "reported_in": standing.sources,
            "corrected_by_claimant": standing.corrected_by_claimant,
            "stances": [stance_values(stance) for stance in graph.stances.get(key, ())],
            "contained_in_disputes": graph.disputes_of.get(key, ()),
        }
    return as_json(values) + b"\n"


def named_by(graph: Graph) -> dict[str, list[str]]:
    """For each record that names others, these."""
    found: dict[str, list[str]] = defaultdict(list)
    for target, links in graph.backlinks.items():
        for link in links:
            found[link.origin].append(target)
    return found


def named_in(record: Record) -> set[str]:
    """The records that one record names."""
    return {reference.target for reference in references(record)}


def stance_values(stance: Stance) -> Values:
    """A position on a claim; `claim` is null where it is held by no claim of its own."""
    return {
        "relation": stance.relation,
        "holders": stance.holders,
        "other_side": stance.other_side,
        "withdrawn": stance.withdrawn,
        "claim": stance.claim,
        "date": stance.date.edtf if stance.date else None,
        "sources": [short_citation(citation) for citation in stance.sources],
    }


def field_path(path: tuple[str | int, ...]) -> str:
    """A path in a record without the numbers of items: `participants.actor`."""
    return ".".join(step for step in path if isinstance(step, str))


def schema() -> bytes:
    """The JSON Schema (2020-12) of the documents."""
    text, truth = {"type": "string"}, {"type": "boolean"}
    count = {"type": "integer", "minimum": 0}
    texts = {"type": "array", "items": text}
    kinds = [
        {
            "if": {"properties": {"kind": {"const": kind}}},
            "then": {"properties": {"record": {"$ref": f"#/$defs/{model.__name__}"}}},
        }
        for kind, model in MODELS.items()
    ]
    stance = {
        "relation": text,
        "holders": texts,
        "other_side": truth,
        "withdrawn": truth,
        "claim": {"type": ["string", "null"]},
        "date": {"type": ["string", "null"], "description": "EDTF."},
        "sources": texts,
    }
    backlink = {"record": text, "field": text}
    properties: Values = {
        "$schema": text,
        "schema_version": {"const": SCHEMA_VERSION, "description": "The version of the facts format."},
        "kind": {"enum": list(MODELS)},
        "id": {**text, "description": "Unique over all kinds."},
        "label": {**text, "description": "What the page is called."},
        "page": {
            **text,
            "description": "The address of its page; a relative one where the site's is not known.",
        },
        "last_changed": {
            "type": ["string", "null"],
            "description": "When its facts last changed (EDTF); [..day] is that day or earlier.",
        },
        "record": {"type": "object", "description": "The record as its editors wrote it."},
        "backlinks": {"type": "array", "items": closed(backlink), "description": "What names the record."},
        "addresses": {
            "type": "object",
            "additionalProperties": text,
            "description": "For every id named here the address of its page.",
        },
        "status": {
            "enum": ["withdrawn", "contested", "corroborated", "reported"],
            "description": "Of a claim; worked out, and no verdict.",
        },
        "disputed_by": {**count, "description": "How many other sides dispute it or say it is false."},
        "supported_by": {**count, "description": "How many other sides support it or say it is true."},
        "reported_in": {**count, "description": "In how many sources it is written."},
        "corrected_by_claimant": truth,
        "stances": {"type": "array", "items": closed(stance), "description": "Who holds what of it (CiTO)."},
        "contained_in_disputes": {**texts, "description": "The disputes that hold it."},
    }
    always = [name for name in properties if name in REQUIRED]
    values = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A record of a sourcebook",
        "type": "object",
        "properties": properties,
        "required": always,
        "additionalProperties": False,
        "allOf": kinds,
        "$defs": definitions(),
    }
    return as_json(values, indented=True) + b"\n"


REQUIRED = frozenset(
    "$schema schema_version kind id label page last_changed record backlinks addresses".split()
)
"""What every document has."""


def closed(properties: Values) -> Values:
    """The JSON Schema of a mapping with just these keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
