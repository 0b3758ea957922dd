"""The docs say what the program does: generated parts are the code's, and nothing is missing by hand."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sourcebook.cli import main
from sourcebook.diagnostics.codes import Code
from sourcebook.records.base import Record
from sourcebook.records.collection import Collection
from sourcebook.records.load import MODELS
from sourcebook.rendering.templates import ORIGINALS, make_environment
from sourcebook.site.format_reference import NEEDED_BY_RULE, closed_lists, hints, takes
from sourcebook.site.reference import MARKED, PARTS, rewrite, with_generated

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
REMEDY = "run: python -m sourcebook.site.reference docs/"


def page(name):
    """The text of a page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_generated_parts_are_what_the_code_gives(path):
    """A page of the docs is not changed by writing its generated parts anew."""
    text = path.read_text(encoding="utf-8")
    assert with_generated(text) == text, REMEDY


def test_every_part_stands_in_a_page_once():
    """Each generated part has its place in the docs, and only one."""
    found = [part["part"] for path in PAGES for part in MARKED.finditer(path.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(PARTS)


def test_every_marker_is_closed():
    """No marker stands alone, which would leave its part unwritten."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert text.count("<!-- generated: ") == text.count("<!-- /generated -->"), path.name


def test_rewriting_names_the_pages_that_changed(tmp_path):
    """Rewriting a folder changes stale pages only, and a second time none."""
    (tmp_path / "stale.md").write_text("# A\n\n<!-- generated: dates -->\nold\n<!-- /generated -->\n\nend\n")
    (tmp_path / "plain.md").write_text("# B\n")
    assert rewrite(tmp_path) == (tmp_path / "stale.md",)
    text = (tmp_path / "stale.md").read_text(encoding="utf-8")
    assert "old" not in text and text.startswith("# A\n") and text.endswith("<!-- /generated -->\n\nend\n")
    assert rewrite(tmp_path) == ()


def test_every_field_has_words_for_what_it_takes():
    """No field of any record is left without a word for its type."""
    for model in (Record, *MODELS.values(), Collection):
        assert all(takes(hint) for name, hint in hints(model).items() if name in model.model_fields)


def test_every_key_of_every_kind_is_in_the_format():
    """Every key that a record may have stands in the format's page."""
    text = page("format.md")
    names = {name for model in MODELS.values() for name in model.model_fields}
    assert {name for name in names if f"| `{name}` |" not in text} == set()


def test_keys_needed_by_rule_are_keys_of_every_record():
    """The keys that are said to be needed in some places exist."""
    assert set(NEEDED_BY_RULE) <= set(Record.model_fields)


def test_every_value_of_every_closed_list_is_in_the_format():
    """Every value of every closed list stands in the format's page."""
    text = page("format.md")
    assert [value for known in closed_lists() for value in known.words if f"`{value}`" not in text] == []


def all_commands(group, before=""):
    """Every command by its name, those of groups as `group command`."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from all_commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(all_commands(main))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_section(name):
    """Every command has its section in the page of commands."""
    assert f"\n## sourcebook {name}\n" in page("commands.md")


def spoken_options(command):
    """The options of a command as they are typed."""
    options = [option for option in command.params if isinstance(option, click.Option)]
    return [typed for option in options for typed in (*option.opts, *option.secondary_opts)]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_documented(name):
    """Every option of a command stands in its section or among those of all commands, arguments too."""
    text = page("commands.md")
    common = text[text.index("## For all commands") : text.index("## Exit codes")]
    section = text[text.index(f"## sourcebook {name}\n") :].split("\n## ")[0]
    assert [typed for typed in spoken_options(COMMANDS[name]) if f"`{typed}" not in common + section] == []
    arguments = [each for each in COMMANDS[name].params if isinstance(each, click.Argument)]
    spoken = [each.metavar or each.name.upper() for each in arguments]
    assert [each for each in spoken if f"`{each}`" not in section] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_form_of_a_report_is_documented(name):
    """Every choice of an option stands in the command's section."""
    section = page("commands.md").split(f"## sourcebook {name}\n")[1].split("\n## ")[0]
    choices = [
        f"`{option.opts[0]} {choice}`"
        for option in COMMANDS[name].params
        if isinstance(option, click.Option) and isinstance(option.type, click.Choice)
        for choice in option.type.choices
    ]
    assert [choice for choice in choices if choice not in section] == []


def test_no_documented_option_is_gone():
    """Every option that the page of commands lists is one of some command."""
    known = {typed for command in COMMANDS.values() for typed in spoken_options(command)}
    known |= {"-h", "--help", "--version"}
    rows = re.findall(r"^\| (`-.+?) \|", page("commands.md"), re.MULTILINE)
    assert {typed for row in rows for typed in re.findall(r"`(--?[a-z-]+)", row)} <= known


def test_every_exit_code_is_documented():
    """The four exit codes stand in the page of commands."""
    table = page("commands.md").split("## Exit codes")[1].split("\n## ")[0]
    assert re.findall(r"^\| (\d) \|", table, re.MULTILINE) == ["0", "1", "2", "3"]


def test_every_option_of_the_plugin_is_documented():
    """Every option of the plugin stands in the page on a sourcebook of one's own."""
    text = page("own.md")
    assert [name for name in Collection.model_fields if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("name", sorted(path.name for path in ORIGINALS.glob("*.md")))
def test_every_template_and_block_is_documented(name):
    """Every template stands in the page of templates with every block of its own."""
    row = re.search(rf"^\| `{re.escape(name)}` \|(.*)$", page("templates.md"), re.MULTILINE)
    assert row, name
    blocks = make_environment().get_template(name).blocks
    assert re.findall(r"`(\w+)`", row[1]) == list(blocks)


def test_every_filter_of_templates_is_documented():
    """Every filter that the templates have besides Jinja's own stands in the page of templates."""
    plain = type(make_environment())().filters
    own = [name for name in make_environment().filters if name not in plain]
    assert [name for name in own if f"| `{name}` |" not in page("templates.md")] == []


def test_every_code_is_documented():
    """Every diagnostic code stands in the page of messages."""
    text = page("diagnostics.md")
    assert [code.slug for code in Code if f'id="{code.slug}"' not in text] == []


@pytest.mark.parametrize("group", [main, main.commands["source"]], ids=lambda group: group.name)
def test_no_description_in_a_list_of_commands_is_cut(group):
    """What `--help` says of each command is a whole sentence on a terminal of 80 columns."""
    told = CliRunner().invoke(group, ["--help"], terminal_width=80).stdout.partition("Commands:\n")[2]
    lines = told.splitlines()
    assert len(lines) == len(group.commands)
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []


def test_every_command_has_an_example():
    """The help of each command shows how it is used."""
    commands = [each for each in main.commands.values() if not isinstance(each, click.Group)]
    commands += main.commands["source"].commands.values()
    assert [each.name for each in commands if "Example: sourcebook" not in " ".join(each.help.split())] == []
