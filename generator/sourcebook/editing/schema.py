"""The JSON Schemas of the format (2020-12), for editors that complete and underline as one types.

In: the models, and the ids of a project. Out: a schema for each kind, and one with the ids. The rule it
guards: what the check accepts is not underlined, but for a bare `null` or `~` as a text; what a schema can
tell to be wrong is.
"""

import inspect
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from sourcebook.markdown.ids import ID_LENGTH, ID_PATTERN
from sourcebook.records import fields as forms
from sourcebook.records.citation import LOCATOR_LABELS, Citation
from sourcebook.records.collection import Collection
from sourcebook.records.fields import Agent, Passage, Phrase, Ref, Unquoted
from sourcebook.records.load import MODELS
from sourcebook.records.place import GEOMETRIES, a_geometry

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
IDS = "ids.json"
ID = f"^{ID_PATTERN.pattern}$"
# What YAML makes of a text without quotation marks: our reader takes it as it is written.
TEXT: Schema = {"type": ["string", "number", "boolean"]}
# `patternErrorMessage` is a word of editors' language servers: what they say in place of the pattern.
ID_RULE = f"An id or a tag has a-z, 0-9 and single hyphens, at most {ID_LENGTH} characters."
AN_ID: Schema = {"pattern": ID, "maxLength": ID_LENGTH, "patternErrorMessage": ID_RULE}
PLACES = f"p[0-9]{{1,6}}([-–][0-9]{{1,6}})?|({'|'.join(LOCATOR_LABELS)})=.+"

OF_CHECKS: Mapping[Callable[..., object], Schema] = {
    forms.own_id: {**AN_ID, "type": ["string", "number"]},
    forms.an_id: {**AN_ID, "type": ["string", "number"]},
    forms.a_tag: {**AN_ID, "type": ["string", "number", "boolean"]},
    forms.one_line: TEXT,
    forms.folded_lines: TEXT,
    forms.some_prose: TEXT,
    # EDTF has no pattern that an editor could show; a set of dates may be read as a list.
    forms.a_date: {"type": ["string", "number", "array"]},
    forms.a_number: {
        "anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{forms.NUMBER_PATTERN.pattern}$"}]
    },
    forms.a_count: {
        "anyOf": [
            {"type": "integer", "minimum": 1},
            {"type": "string", "pattern": f"^{forms.COUNT_PATTERN.pattern}$"},
        ]
    },
    forms.a_truth: {"enum": [True, False, "true", "false"]},
    forms.a_web_address: {
        "type": "string",
        "pattern": r"^\s*([hH][tT][tT][pP][sS]?://|[mM][aA][iI][lL][tT][oO]:)",
        "patternErrorMessage": "Write a whole address that begins with https://, http:// or mailto:.",
    },
    forms.a_language: {
        "type": "string",
        "pattern": f"^({forms.LANGUAGE_PATTERN.pattern})$",
        "patternErrorMessage": "Write a language tag, as in en, hy, ru or az-Cyrl.",
    },
    a_geometry: {
        "type": "object",
        "properties": {"type": {"enum": list(GEOMETRIES)}, "coordinates": {"type": "array"}},
        "required": ["type", "coordinates"],
        "additionalProperties": False,
    },
}
"""What each check of a single value lets through."""


NO_CITATION = "There is no source with this id, or no such place: write source#p4, #p4-5 or #page=12."


def schemas(collection: Collection, ids: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The schemas of a project by file name; `ids` has those of its records by kind."""
    found = {f"{kind}.json": kind_schema(kind, collection) for kind in MODELS}
    found[IDS] = ids_schema(ids)
    return {name: as_text(schema) for name, schema in found.items()}


def as_text(schema: Schema) -> str:
    """A schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def ids_schema(known: Mapping[str, Iterable[str]]) -> Schema:
    """The ids of a project by kind: those that a reference to each kind may name, and short citations."""
    ids = {kind: sorted(set(known.get(kind, ()))) for kind in MODELS}
    sources = "|".join(ids["source"])
    place = {"type": "string", "pattern": rf"^({sources})#({PLACES})$"}
    short = [{"$ref": "#/$defs/source"}, {**place, "description": "source#p4, source#p4-5 or source#page=12"}]
    return {
        "$schema": DIALECT,
        "title": "The ids of the records",
        "$defs": {
            **{kind: ids_of_kind(kind, held) for kind, held in ids.items()},
            "citation": {"anyOf": [never(NO_CITATION), *(short if ids["source"] else [])]},
        },
    }


def ids_of_kind(kind: str, ids: list[str]) -> Schema:
    """The ids that a reference to a kind may name; without any, no value is right."""
    return {"enum": ids} if ids else never(no_id_of([kind]))


def never(message: str) -> Schema:
    """What no value is, as the first of several alternatives: where none fits, editors say its message.

    Of alternatives that are lists of words, language servers for YAML would list every word, thousands of
    ids; of several with one type each, the types. They read `errorMessage`, and merge neither into this.
    """
    return {"type": ["integer"], "minimum": 1, "maximum": 0, "errorMessage": message}


def either(kinds: Iterable[str]) -> str:
    """Kinds of records in words: "actor, claim or event"."""
    *others, last = kinds
    return f"{', '.join(others)} or {last}" if others else last


def ids_of(schema: object) -> dict[str, list[str]]:
    """The ids by kind that a schema of ids holds; raises ValueError where it is none."""
    try:
        held = schema["$defs"]  # type: ignore[index]
        return {kind: [str(id) for id in held[kind].get("enum", ())] for kind in MODELS}
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("not a schema of ids") from error


def kind_schema(kind: str, collection: Collection) -> Schema:
    """The schema of a file of a kind: a record, or a list of records with their ids."""
    model = MODELS[kind]
    record = {"$ref": f"#/$defs/{model.__name__}"}
    return {
        "$schema": DIALECT,
        "title": f"{model.__name__}: a record, or a list of them",
        "anyOf": [
            record,
            {"type": "array", "items": {"allOf": [record, {"required": ["id"]}]}, "minItems": 1},
        ],
        "$defs": {each.__name__: model_schema(each, collection) for each in models_in(model)},
    }


def models_in(model: type[BaseModel]) -> list[type[BaseModel]]:
    """A model, and every model that stands in it, each once."""
    found: list[type[BaseModel]] = []
    waiting = [model]
    while waiting:
        if (each := waiting.pop(0)) not in found:
            found.append(each)
            waiting += [inner for hint in hints(each).values() for inner in models_of(hint)]
    return found


def models_of(hint: Any) -> list[type[BaseModel]]:
    """The models in a type."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [hint]
    return [model for argument in get_args(hint) for model in models_of(argument)]


@cache
def hints(model: type[BaseModel]) -> dict[str, Any]:
    """The types of a model's fields with all that is attached to them."""
    found = get_type_hints(model, include_extras=True)
    return {name: found[name] for name in model.model_fields}


def model_schema(model: type[BaseModel], collection: Collection) -> Schema:
    """What a mapping, or what stands for it, may be."""
    properties = {
        name: {**type_schema(hint, model, collection), **described(model.model_fields[name])}
        for name, hint in hints(model).items()
    }
    required = [name for name, field in model.model_fields.items() if field.is_required() and name != "id"]
    mapping: Schema = {
        "type": "object",
        "description": inspect.cleandoc(model.__doc__ or ""),
        "properties": properties,
        "additionalProperties": False,
    }
    if model is Agent:
        text = {name: properties_of(Phrase, collection)[name] for name in Phrase.model_fields}
        mapping["properties"] = {"actor": properties["actor"], **text}
        return {"anyOf": [TEXT, mapping]}
    mapping |= {"required": required} if required else {}
    if issubclass(model, Phrase) or model is Passage:
        return {"anyOf": [TEXT, mapping]}
    if model is Citation:
        return {"anyOf": [{"$ref": f"{IDS}#/$defs/citation"}, mapping]}
    return mapping


def properties_of(model: type[BaseModel], collection: Collection) -> Schema:
    """The fields of a model that is a mapping or a text."""
    found: Schema = model_schema(model, collection)["anyOf"][1]["properties"]
    return found


def described(field: FieldInfo) -> Schema:
    """What a field is, in words."""
    return {"description": field.description} if field.description else {}


def type_schema(hint: Any, model: type[BaseModel], collection: Collection) -> Schema:
    """What a value of a type may be."""
    if get_origin(hint) is Annotated:
        return marked_schema(hint, model, collection)
    if get_origin(hint) is tuple:
        return many(type_schema(get_args(hint)[0], model, collection))
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is dict:
        key, value = get_args(hint)
        names: Schema = {"enum": list(model.model_fields)} if key is str else {"pattern": form_of(key)}
        held = type_schema(value, model, collection)
        return {"type": "object", "additionalProperties": held, "propertyNames": names}
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    (inner,) = (argument for argument in get_args(hint) if argument is not NoneType)
    return type_schema(inner, model, collection)


def marked_schema(hint: Any, model: type[BaseModel], collection: Collection) -> Schema:
    """What a value of a type with checks and marks may be."""
    base, marks = hint.__origin__, hint.__metadata__
    if ref := next((mark for mark in marks if isinstance(mark, Ref)), None):
        return reference(ref)
    before = [mark.func for mark in marks if isinstance(mark, BeforeValidator)]
    checks = [check for check in before if check is not forms.as_list]
    if checks:
        return of_check(checks[0], collection, unquoted=any(isinstance(mark, Unquoted) for mark in marks))
    found = type_schema(base, model, collection)
    least = [bound.min_length for mark in marks if isinstance(mark, FieldInfo) for bound in mark.metadata]
    return {**found["anyOf"][1], "minItems": least[0]} if least else found


def of_check(check: Callable[..., object], collection: Collection, *, unquoted: bool) -> Schema:
    """What a check of a single value lets through; one that was made for a form or a list carries it."""
    if found := OF_CHECKS.get(check):
        return found
    carried = inspect.getclosurevars(check).nonlocals
    if "vocabulary" in carried:
        return {"enum": sorted(collection.vocabularies()[carried["vocabulary"]])}
    text: Schema = {
        "type": "string",
        "pattern": f"^({carried['form'].pattern})$",
        "patternErrorMessage": f"This is not {carried['what']}: {carried['hint']}.",
    }
    return {"anyOf": [text, {"type": "integer"}]} if unquoted else text


def form_of(hint: Any) -> str:
    """The pattern of a type that is a text of one form."""
    check = next(mark.func for mark in hint.__metadata__ if isinstance(mark, BeforeValidator))
    return f"^({inspect.getclosurevars(check).nonlocals['form'].pattern})$"


def reference(ref: Ref) -> Schema:
    """The ids that a reference may name, and the words that it takes besides."""
    kinds = [kind for kind in MODELS if kind in ref.kinds]
    wrong = "There is no record with this id." if len(kinds) == len(MODELS) else no_id_of(kinds)
    held: list[Schema] = [never(wrong), *({"$ref": f"{IDS}#/$defs/{kind}"} for kind in kinds)]
    held += [{"enum": sorted(ref.besides)}] if ref.besides else []
    return {"anyOf": held}


def no_id_of(kinds: Iterable[str]) -> str:
    """What an editor says of an id that no record of these kinds has."""
    return f"There is no {either(kinds)} with this id."


def many(item: Schema) -> Schema:
    """A list of items, of which one may stand alone."""
    return {"anyOf": [item, {"type": "array", "items": item}]}
