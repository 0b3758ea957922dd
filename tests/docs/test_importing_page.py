"""The examples in the page on importing work as they are printed."""

import re
from contextlib import chdir

from click.testing import CliRunner

from docs.test_examples import DOCS, examples, named_files, project
from sourcebook.cli import main
from sourcebook.importing import mapping
from sourcebook.site.check import check_project, read_settings

PAGE = "importing.md"


def commands():
    """The commands that the page shows, as arguments."""
    text = (DOCS / PAGE).read_text(encoding="utf-8")
    return [line.split() for line in re.findall(r"^    sourcebook (import .*)$", text, re.MULTILINE)]


def run(arguments):
    """The result of a command in the present folder."""
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def test_the_spreadsheet_is_imported_as_the_page_says(tmp_path):
    """The table and the mapping of the page give the report of the page, and a collection in order."""
    (table,) = examples(PAGE, "csv")
    project(
        tmp_path, {**named_files("editing.md", "yaml"), **named_files(PAGE, "yaml"), "ferry-log.csv": table}
    )
    look, do = (each for each in commands() if "--create-missing" in each and "ferry-log.csv" in each)
    with chdir(tmp_path):
        assert "+title: Ferry turned back" in run(look).stdout
        assert not (tmp_path / "content/events/log-17.yml").exists()
        result = run(do)
    assert result.output == examples(PAGE, "text")[0]
    assert result.exit_code == 1
    assert check_project(read_settings(tmp_path / "mkdocs.yml")).diagnostics == ()


def test_every_command_of_the_page_is_one(tmp_path):
    """Options and names in the commands of the page exist; the built-in mappings are printed."""
    for arguments in commands():
        if "--show-mapping" in arguments:
            shown = run(arguments[: arguments.index(">")]).stdout
            found, problems = mapping.read_mapping(shown.encode(), "shown.yml")
            assert found and problems == ()
        else:
            (tmp_path / arguments[1]).write_text("", encoding="utf-8")
            with chdir(tmp_path):
                assert run(arguments).exit_code in (1, 2, 3)
