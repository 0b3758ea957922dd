"""The schemas accept what the check accepts, and refuse what a schema can tell to be wrong."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode, SequenceNode

from errors.case_files import case_names, read_case, write_project
from harbour import HARBOUR
from sourcebook.cli import main
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.editing.facts import facts_of
from sourcebook.editing.schema import IDS, ids_schema, schemas
from sourcebook.editing.schema_files import SCHEMAS, ids_by_kind
from sourcebook.reading.files import Project, find_files
from sourcebook.reading.nodes import plain
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import MODELS
from sourcebook.site.check import read_settings

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(r"[-+]?(?:[0-9]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)")


@cache
def kind_schemas(collection):
    """The schemas of the kinds, each of which is one by the rules of JSON Schema."""
    made = {name: json.loads(text) for name, text in schemas(collection, {}).items()}
    for schema in made.values():
        Draft202012Validator.check_schema(schema)
    return made


def validators(facts):
    """A validator for each kind, with the ids of a project."""
    collection = facts.settings.collection
    own = Resource.from_contents(ids_schema(ids_by_kind(facts.ids)))
    made, registry = kind_schemas(collection), Registry().with_resource(IDS, own)
    return {kind: Draft202012Validator(made[f"{kind}.json"], registry=registry) for kind in MODELS}


def as_editors_read(node):
    """The values of YAML 1.2's core schema: numbers and truths where they stand bare (`null` is rare)."""
    if isinstance(node, SequenceNode):
        return [as_editors_read(item) for item in node.value]
    if not isinstance(node, ScalarNode):
        return {key.value: as_editors_read(value) for key, value in node.value}
    if node.style is None and node.value.lower() in ("true", "false"):
        return node.value.lower() == "true"
    if node.style is None and not node.value:
        return None
    if node.style is None and NUMBER.fullmatch(node.value):
        return float(node.value) if re.search("[.eE]", node.value) else int(node.value)
    return node.value


def readings(data):
    """The values of a file, as our reader takes them and as editors do; none where it cannot be read."""
    found = read_yaml(data, "x")
    if found.root is None or has_errors(found.diagnostics):
        return []
    return [plain(found.root), as_editors_read(YAML(typ="base", pure=True).compose(data.decode("utf-8-sig")))]


@pytest.mark.parametrize("root", [ROOT, HARBOUR], ids=["the real content", "the harbour collection"])
def test_every_record_is_accepted(root):
    """No record that the check accepts is underlined, however its numbers are read."""
    facts = facts_of(read_settings(root / "mkdocs.yml"))
    made = validators(facts)
    for file in find_files(Project(root)).files:
        for values in readings(file.path.read_bytes()):
            assert list(made[file.kind].iter_errors(values)) == [], file.name


REFUSED = """
fields/bad-id fields/bad-id-in-a-reference fields/citations fields/codes-of-others
fields/dispute-with-one-side fields/languages fields/missing-fields
fields/missing-fields-in-items fields/missing-sources fields/numbers fields/true-and-false
fields/unknown-actor-type fields/unknown-event-type fields/unknown-key
fields/unknown-key-in-an-item fields/unknown-key-near-none fields/unknown-words-of-closed-lists
fields/who-in-words-or-by-id fields/wrong-type fields/wrong-type-in-places
files/item-without-an-id links/unknown-reference links/unknown-reference-in-items
links/wrong-kind
""".split()


@pytest.mark.parametrize("name", case_names())
def test_bad_input(tmp_path, name):
    """A schema refuses only files in which the check finds an error; and all those that it can tell."""
    write_project(read_case(name), tmp_path)
    facts = facts_of(read_settings(tmp_path / "mkdocs.yml"))
    made = validators(facts)
    collection = facts.settings.collection
    found = find_files(Project(tmp_path, collection.content_dir, collection.seeds_dir))
    files = [file for file in found.files if file.path.is_file()]
    refused = {
        file.name
        for file in files
        for values in readings(file.path.read_bytes())
        if not made[file.kind].is_valid(values)
    }
    wrong = {one.position.file for one in facts.diagnostics if has_errors([one])}
    assert refused <= wrong
    assert bool(refused) or name not in REFUSED


def test_the_schemas_of_this_repository_are_those_of_the_program():
    """An editor that opens a fresh clone completes; ids that came or went by hand are no failure."""
    result = CliRunner().invoke(main, ["schema", "--check", "-f", str(ROOT / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    settings = json.loads((ROOT / ".vscode/settings.json").read_text())
    mapped = {path.removeprefix(f"./{SCHEMAS}/"): globs for path, globs in settings["yaml.schemas"].items()}
    assert sorted(mapped) == sorted(f"{kind}.json" for kind in MODELS)


def test_every_field_is_described():
    """Each field of each model that an editor meets has its words, so that hovering explains it."""
    for schema in schemas(read_settings(HARBOUR / "mkdocs.yml").collection, {}).values():
        for each in json.loads(schema)["$defs"].values():
            for form in [each, *each.get("anyOf", [])]:
                assert all(field.get("description") for field in form.get("properties", {}).values())
