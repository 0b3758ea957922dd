"""A new record, from values that were given one by one.

In: the facts of a project, a kind, an id, values. Out: the change that adds its file. The rule it guards:
what is written passes the check.
"""

from collections.abc import Iterable

from pydantic import ValidationError

from sourcebook.editing.canonical import canonical_yaml, field_order
from sourcebook.editing.cite import parsed_citation, source_of
from sourcebook.editing.facts import EditError, Facts
from sourcebook.editing.files import Change, new_file
from sourcebook.editing.rehearsal import rehearsed
from sourcebook.editing.rename import as_items, refuse_id
from sourcebook.editing.schema_files import modeline
from sourcebook.reading.nodes import Plain, plain
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.fields import Ref, did_you_mean, mark_of, nearest
from sourcebook.records.load import MODELS, tolerant, validation_diagnostic


def new_record(facts: Facts, kind: str, id: str, values: dict[str, Plain]) -> tuple[Change, ...]:
    """Add a record; raises EditError, and FaultyError where it would have errors."""
    if missing := missing_fields(kind, values):
        told = ", ".join(f"--set {name}=…" for name in missing)
        raise EditError(f"still missing: {', '.join(missing)}", f"give them with {told}")
    refuse_id(facts, id, "")
    path = new_file(facts.settings, kind, id)
    text = modeline(facts.settings, kind, path) + canonical_yaml(kind, values)
    return rehearsed(facts.settings, (Change(path, None, text.encode()),))


def missing_fields(kind: str, values: Iterable[str]) -> list[str]:
    """The fields that a record of a kind needs and that have no value, in canonical order."""
    given, fields = {"id", *values}, MODELS[kind].model_fields
    return [name for name in field_order(MODELS[kind]) if fields[name].is_required() and name not in given]


def values_of(kind: str, pairs: Iterable[str]) -> dict[str, Plain]:
    """The values given as KEY=VALUE; a key that is given several times has a list. Raises EditError."""
    values: dict[str, Plain] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not text.strip():
            raise EditError(f"'{pair}' gives no value to a field", "write --set KEY=VALUE")
        if key not in MODELS[kind].model_fields:
            raise EditError(
                f"a record of the kind {kind} has no field '{key}'",
                did_you_mean(key, MODELS[kind].model_fields),
            )
        held = values.get(key)
        value = mapping_or_text(text)
        values[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    return values


def mapping_or_text(text: str) -> Plain:
    """A value as it is given: a mapping in braces, else the text."""
    if not text.lstrip().startswith("{"):
        return text.strip()
    reading = read_yaml(text.encode(), "")
    if reading.root is None or reading.diagnostics:
        raise EditError(f"'{text}' is no mapping", "write it as in {answer: Yes, claims: some-claim}")
    return plain(reading.root)


def problem_with(facts: Facts, kind: str, key: str, value: Plain) -> str:
    """Why a value cannot stand in a field, and what to write; empty where it can."""
    model = MODELS[kind]
    context = facts.settings.collection.vocabularies()
    try:
        tolerant(model).model_validate({"id": "some-id", key: value}, context=context)
    except ValidationError as error:
        node = read_yaml(b"{}", "").root
        assert node is not None
        found = validation_diagnostic(error.errors(include_url=False)[0], model, node, "")
        return f"{found.message}; {found.hint}" if found.hint else found.message
    if key == "sources":
        return unknown_source(facts, as_items(value))
    ref = mark_of(model.model_fields[key], Ref)
    return unknown_id(facts, ref, value) if ref and isinstance(value, str) else ""


def unknown_source(facts: Facts, citations: Iterable[Plain]) -> str:
    """Why citations in their short form cannot stand; empty where they can."""
    try:
        for citation in citations:
            source_of(facts, str(parsed_citation(str(citation))["source"]))
    except EditError as error:
        return f"{error.message}; {error.hint}"
    return ""


def unknown_id(facts: Facts, ref: Ref, id: str) -> str:
    """Why an id cannot stand in a reference; empty where it can."""
    known = [key for key, each in facts.by_id.items() if each.entry.kind in ref.kinds]
    if id in known or id in ref.besides:
        return ""
    near = nearest(id, known)
    return f"no {' or '.join(sorted(ref.kinds))} with id '{id}'" + (
        f"; did you mean '{near}'?" if near else ""
    )
