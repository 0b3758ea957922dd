"""What is printed for bad input: one readable file a case, the report at its end."""

import re
from contextlib import chdir
from itertools import pairwise

import pytest
from click.testing import CliRunner

from errors.case_files import case_names, read_case, write_project, write_report
from sourcebook.cli import main
from sourcebook.diagnostics.codes import BY_SLUG

CODE = re.compile(r"\[([a-z0-9-]+)\]$", re.M)
FIRST_LINE = re.compile(
    r"^(?P<file>\S.*?)(?P<place>:\d+:\d+)?: (?:error|warning|note): .* \[(?P<code>[a-z0-9-]+)\]$"
)
WITHOUT_LINE = set("symlink unreadable-file empty-content misplaced-file passed-over page-in-the-way".split())
"""Codes about a file or folder as a whole."""


def report_of(name, folder):
    """What the command of a case prints for its project: its own, `report` in `state`, else `generate`."""
    case = read_case(name)
    write_project(case, folder / "project")
    if case.command:
        with chdir(folder / "project"):
            result = CliRunner().invoke(main, case.command)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.stdout
    config, out = str(folder / "project" / "mkdocs.yml"), str(folder / "out")
    of_state = name.startswith("state/")
    arguments = ["report"] if of_state else ["generate", "--out", out]
    result = CliRunner().invoke(main, [*arguments, "--config-file", config])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.stdout if of_state else result.stderr


@pytest.mark.parametrize("name", case_names())
def test_report(name, tmp_path, request):
    """The report on a case is the one in its file, to the letter."""
    report = report_of(name, tmp_path)
    if request.config.getoption("--regenerate"):
        write_report(name, report)
    assert report == read_case(name).report


def test_every_code_has_a_case():
    """Every diagnostic code is in the report of a case."""
    reported = {code for name in case_names() for code in CODE.findall(read_case(name).report)}
    assert reported == set(BY_SLUG)


@pytest.mark.parametrize("name", case_names())
def test_every_message_has_a_place_and_a_remedy(name):
    """Every message names its file, its line and column unless it is about a whole file, and what to do."""
    lines = read_case(name).report.splitlines()
    for line, following in pairwise([*lines, ""]):
        if line.startswith("  "):
            continue
        found = FIRST_LINE.match(line)
        assert found, line
        assert found["place"] or found["code"] in WITHOUT_LINE, line
        assert following.startswith("  hint: "), line
