"""`sourcebook check` and `sourcebook codes`: exit codes, formats, options."""

import json

import pytest
from click.testing import CliRunner

from sourcebook.cli import main
from sourcebook.diagnostics.codes import Code

TOWN = "content/actors/town/council.yml"


@pytest.fixture
def warned(change):
    """The collection with one warning: a citation that is too wide."""
    change("content/actors/dockers.yml", "sources: tidewater-dispatch#p5", "sources: tidewater-dispatch#p2-5")


@pytest.fixture
def wrong(change):
    """The collection with three errors."""
    change(TOWN, "type: state", "type: stat")
    change(TOWN, "target: town", "target: twon")
    change("content/claims/figures/strikers.yml", "best: 420", 'best: "4,20"')


def test_clean(run):
    """A clean collection: exit code 0, no report, and a summary beside it."""
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "errors, 0 warnings" in result.stderr and "quotes 6 of 6" in result.stderr


def test_errors(run, wrong):
    """Errors in the content: exit code 1, and all of them."""
    result = run("check")
    assert result.exit_code == 1
    assert result.stdout.count(": error: ") == 3


def test_files_that_cannot_be_read_are_counted(run, project):
    """The summary says how many files its number of records leaves out; a file read in part is none."""
    whole = run("check").stderr
    assert "could not be read" not in whole
    (project / TOWN).write_text("name: [\n")
    (project / "content/actors/new.yml").write_bytes(b"name: \xff")
    summary = run("check").stderr
    assert "; 2 files could not be read: " in summary


def test_warnings_do_not_count_but_under_strict(run, warned):
    """Warnings leave the exit code at 0, with `--strict` at 1; they are printed either way."""
    assert [run("check").exit_code, run("check", "--strict").exit_code] == [0, 1]
    assert "[wide-citation]" in run("check").stdout


def test_max_errors_cuts(run, wrong):
    """`--max-errors` prints so many errors and says how many are left out; the exit code is the same."""
    result = run("check", "--max-errors", 1)
    assert result.exit_code == 1
    assert result.stdout.count(": error: ") == 1
    assert result.stdout.endswith("and 2 more errors not shown\n")


def test_json(run, wrong):
    """`--format json` is one document and nothing else."""
    found = json.loads(run("check", "--format", "json").stdout)["diagnostics"]
    assert [one["code"] for one in found] == ["unknown-value", "unknown-reference", "bad-number"]


def test_sarif(run, wrong):
    """`--format sarif` is one log with a result for each message."""
    log = json.loads(run("check", "--format", "sarif").stdout)
    assert len(log["runs"][0]["results"]) == 3


def test_github(run, wrong):
    """`--format github` has one command a message."""
    lines = run("check", "--format", "github").stdout.splitlines()
    assert len(lines) == 3 and all(line.startswith("::error file=content/") for line in lines)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_documents_of_a_clean_collection(run, form):
    """The formats for programs are whole documents where there is nothing to report."""
    assert json.loads(run("check", "--format", form).stdout)


def test_source_texts_in_another_folder(run, project):
    """`--source-texts` takes the place of the option: with an empty folder everything is skipped."""
    (project / "none").mkdir()
    result = run("check", "--source-texts", project / "none")
    assert result.exit_code == 0
    assert "no document’s text is at hand: 16 fingerprints and 6 quotes were not compared" in result.stderr


def test_no_mkdocs_yml(run, project):
    """A project without a mkdocs.yml is a fault of input: exit code 3 and what to do."""
    (project / "mkdocs.yml").unlink()
    result = run("check")
    assert result.exit_code == 3
    assert "--config-file" in result.stderr


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"- a", b"plugins: [", b"plugins:\n  sourcebook:\n    x: &a *a\n"]
)
def test_mkdocs_yml_that_is_none(run, project, content):
    """A mkdocs.yml of any content ends in a report, not in a traceback."""
    (project / "mkdocs.yml").write_bytes(content)
    assert run("check").exit_code in (0, 1)


@pytest.mark.parametrize(
    "arguments",
    [["--fromat", "json"], ["--format", "yaml"], ["--max-errors", "0"], ["--source-texts", "nowhere"]],
)
def test_wrong_usage(run, arguments):
    """Options that do not exist and values that they do not take: exit code 2."""
    assert run("check", *arguments).exit_code == 2


def test_unknown_command():
    """A command that does not exist: exit code 2."""
    assert CliRunner().invoke(main, ["chek"]).exit_code == 2


def test_codes_explains_every_code(run):
    """`sourcebook codes` names every diagnostic code."""
    result = run("codes")
    assert result.exit_code == 0
    assert all(f"{code.slug} (" in result.stdout for code in Code)
    alone = run("codes", "bad-date").stdout
    assert alone.startswith("bad-date (error)\n") and alone in result.stdout


def test_codes_as_markdown(run):
    """`sourcebook codes --format markdown` is a table."""
    assert run("codes", "--format", "markdown").stdout.startswith("| Code |")
