"""The examples in the docs work as they are printed."""

import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from sourcebook.cli import main
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.diagnostics.reports import as_text
from sourcebook.records.base import Record
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.files import site_files
from sourcebook.site.format_reference import NEEDED_BY_RULE

DOCS = Path(__file__).parents[2] / "docs"
FENCE = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"\A(?:# |\{#- )(?P<path>\S+)")
MINIMAL = "site_name: Examples\nplugins: [sourcebook]\n"


def examples(name, language):
    """The examples of a language in a page, in order."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return [found["text"] for found in FENCE.finditer(text) if found["language"] == language]


def named_files(name, language):
    """The examples of a language in a page by the path in their first line; a path stands once."""
    found = examples(name, language)
    files = {NAMED.match(text)["path"]: text for text in found}
    assert len(files) == len(found), f"two examples in {name} have one path"
    return files


def project(folder, files):
    """A project of files in a folder, with the least of a mkdocs.yml where they have none."""
    for path, text in {"mkdocs.yml": MINIMAL, "docs/index.md": "# Home\n", **files}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return read_settings(folder / "mkdocs.yml")


def report(folder, files):
    """What the check says of a project of files."""
    return as_text(check_project(project(folder, files)).diagnostics)


@pytest.mark.parametrize("name", ["editing.md", "own.md"])
def test_the_records_of_a_page_pass_the_check(tmp_path, name):
    """All YAML examples of a page together are a project without errors and warnings."""
    files = named_files(name, "yaml")
    assert files
    assert report(tmp_path, files) == ""


def test_no_other_page_has_yaml_that_nobody_checks():
    """YAML stands only in the pages whose examples are checked."""
    checked = ("editing.md", "own.md", "importing.md", "tutorial.md")
    others = [path.name for path in DOCS.glob("*.md") if path.name not in checked]
    assert [name for name in others if examples(name, "yaml")] == []


def test_the_documented_message_is_what_the_check_prints(tmp_path):
    """The message in the page on editing is that of an event with a slip in it."""
    files = named_files("editing.md", "yaml")
    event = "content/events/pier-closure.yml"
    files[event] = files[event].replace("actor: ferry-union", "actor: fery-union")
    message = report(tmp_path, files)
    assert examples("editing.md", "text") == [message]
    assert f"```text\n{message}```" in (DOCS.parent / "README.md").read_text(encoding="utf-8")


def test_a_sourcebook_of_ones_own_builds_without_a_warning(tmp_path):
    """The project in the page on a sourcebook of one's own is built by MkDocs, strictly."""
    project(tmp_path, named_files("own.md", "yaml"))
    build(load_config(str(tmp_path / "mkdocs.yml"), strict=True))
    claim = (tmp_path / "site/claims/pier-was-rotten/index.html").read_text(encoding="utf-8")
    assert "its planks were rotten" in claim


def test_an_address_for_editing_needs_no_address_of_a_repository(tmp_path):
    """The `edit_uri` that the page on one's own sourcebook shows makes the link to a record's file."""
    address = re.search(r"`(edit_uri: \S+)`", (DOCS / "own.md").read_text(encoding="utf-8"))[1]
    files = named_files("own.md", "yaml")
    settings = project(tmp_path, {**files, "mkdocs.yml": f"{files['mkdocs.yml']}\n{address}\n"})
    page = rendered(settings)["claims/pier-was-rotten.md"]
    assert "/edit/main/content/claims/pier-was-rotten.yml)" in page


def rendered(settings):
    """The Markdown of a project's pages by path."""
    render = make_renderer(settings.templates_dir)
    return {file.path: file.text for file in site_files(check_project(settings).graph, render)}


def test_the_documented_override_works_on_the_real_templates(tmp_path):
    """The override adds its line to claims, keeps the rest of the page, and leaves other kinds alone."""
    files = named_files("own.md", "yaml")
    claim = "content/claims/pier-was-rotten.yml"
    files[claim] = files[claim].replace("rotten.", "*rotten* <b>[x](y)</b>.")
    before = rendered(project(tmp_path / "plain", files))
    override = named_files("templates.md", "jinja")
    assert list(override) == ["site_templates/claim.md"]
    after = rendered(project(tmp_path / "own", {**files, **override}))
    changed = [path for path in before if before[path] != after[path]]
    assert changed == ["claims/pier-was-rotten.md"]
    old, new = before[changed[0]].splitlines(), after[changed[0]].splitlines()
    added = [line for line in new if line not in old]
    assert [line for line in old if line not in new] == []
    assert added == [
        "To cite this claim: The north pier had to be closed because its planks were "
        "&#42;rotten&#42; &#60;b&#62;&#91;x&#93;(y)&#60;/b&#62;.",
        "Said by [Orrin Bay Port Authority](../actors/port-authority.md), "
        '<time class="sb-date" datetime="2031-04-10" title="EDTF 2031-04-10">10 April 2031</time>.',
    ]


def test_the_documented_renaming(tmp_path):
    """The command for renaming in the page on editing makes the record that stands there."""
    files = named_files("editing.md", "yaml")
    new = "content/events/islands-cut-off.yml"
    wanted = files.pop(new)
    old = "content/events/islands-isolated.yml"
    files[old] = wanted.replace("islands-cut-off", "islands-isolated", 1).replace(
        "former_ids: islands-isolated\n", ""
    )
    project(tmp_path, files)
    command = re.search(
        r"^    sourcebook (rename .*)$", (DOCS / "editing.md").read_text("utf-8"), re.MULTILINE
    )
    result = CliRunner().invoke(main, [*command[1].split(), "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / new).read_text("utf-8") == wanted.replace("islands-cut-off", "islands-isolated", 1)
    assert not (tmp_path / old).exists()


@pytest.mark.parametrize("page", ["editing.md", "commands.md"])
def test_the_documented_commands_that_add(tmp_path, page):
    """The examples of `cite` and of a whole `new` do what they are there for, and the facts stay right."""
    project(tmp_path, named_files("editing.md", "yaml"))
    text = (DOCS / page).read_text("utf-8")
    commands = re.findall(r"^    sourcebook ((?:cite|new actor) .*)$", text, re.MULTILINE)
    assert commands
    for command in commands:
        result = CliRunner().invoke(main, [*shlex.split(command), "-f", str(tmp_path / "mkdocs.yml")])
        assert result.exit_code == 0, result.output
    assert check_project(read_settings(tmp_path / "mkdocs.yml")).diagnostics == ()


@pytest.mark.parametrize("word", ["fmt", "rename", "merge", "schema"])
def test_the_documented_commands_that_change_files(tmp_path, word):
    """Each example of the page on commands ends well, one after the other, and the facts stay right."""
    files = named_files("editing.md", "yaml")
    union = "name: Ferrymen's Union\ntype: organization\nsources: bay-courier-2031-04-12#p2\n"
    project(tmp_path, {**files, "content/actors/ferrymens-union.yml": union})
    text = (DOCS / "commands.md").read_text("utf-8")
    commands = re.findall(rf"^    sourcebook ({word}\b.*)$", text, re.MULTILINE)
    assert commands
    with chdir(tmp_path):
        # What only shows what would become of files comes first.
        for command in sorted(commands, key=lambda command: "--dry-run" not in command):
            result = CliRunner().invoke(main, shlex.split(command))
            assert result.exit_code == 0, result.output
    found = check_project(read_settings(tmp_path / "mkdocs.yml"))
    assert not has_errors(found.diagnostics)
    if word == "merge":
        assert found.graph.entries["ferry-union"].record.former_ids == ("ferrymens-union",)
    if word == "schema":
        assert '"ferrymens-union"' in (tmp_path / "schemas/ids.json").read_text()


def test_fields_that_are_needed_by_rule_are_missed(tmp_path):
    """What the format's page says of `id` and `sources` is so: lists, claims and events."""
    assert set(NEEDED_BY_RULE) == {"id", "sources"} and not Record.model_fields["sources"].is_required()
    files = named_files("editing.md", "yaml")
    files["content/actors/more.yml"] = "- name: Nobody\n  type: person\n"
    for path in ("content/claims/pier-was-sound.yml", "content/events/pier-closure.yml"):
        files[path] = re.sub(r"^sources:.*\n", "", files[path], flags=re.MULTILINE)
    lines = [line for line in report(tmp_path, files).splitlines() if "[missing-field]" in line]
    assert [line.split(":")[0] for line in lines] == [
        "content/actors/more.yml",
        "content/claims/pier-was-sound.yml",
        "content/events/pier-closure.yml",
    ]
