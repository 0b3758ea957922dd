"""`sourcebook report`: what it asks, in which forms, and when it fails."""

import json
import re

import pytest

SLUG = re.compile(r"\[([a-z-]+)\]$", re.MULTILINE)


def test_questions_are_no_mistakes(run):
    """Whatever is asked, the exit code is 0; how often each is asked follows beside the list."""
    result = run("report")
    assert result.exit_code == 0
    assert {"echo", "silent-actor"} < set(SLUG.findall(result.stdout))
    assert "2 echo: Told in several documents, from one origin" in result.stderr


def test_fail_on_what_is_asked(run):
    """`--fail-on` ends with 1 where one of those named is asked, and with 0 where none is."""
    assert run("report", "--fail-on", "echo").exit_code == 1
    assert run("report", "--fail-on", "similar-names", "--fail-on", "missing-archive").exit_code == 0


def test_only_some(run):
    """`--only` leaves out all else; what is left out fails nothing."""
    result = run("report", "--only", "echo", "--fail-on", "silent-actor")
    assert result.exit_code == 0
    assert set(SLUG.findall(result.stdout)) == {"echo"}


def test_forms_for_programs(run):
    """JSON has a place for each question, GitHub gets notices, SARIF notes."""
    found = json.loads(run("report", "--format", "json", "--only", "echo").stdout)["diagnostics"]
    assert [(one["severity"], one["line"] > 0) for one in found] == [("note", True)] * 2
    lines = run("report", "--format", "github", "--only", "echo").stdout.splitlines()
    assert len(lines) == 2 and all(line.startswith("::notice file=content/") for line in lines)
    log = json.loads(run("report", "--format", "sarif", "--only", "echo").stdout)
    assert {result["level"] for result in log["runs"][0]["results"]} == {"note"}


def test_nothing_to_ask(run):
    """Where nothing is asked, the list is empty and the summary says so."""
    result = run("report", "--only", "similar-names")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "nothing to ask\n")


def test_errors_come_first(run, change):
    """A collection with errors is not asked about: the errors are printed instead."""
    change("content/actors/town/council.yml", "target: town", "target: twon")
    result = run("report")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-reference]" in result.stderr


@pytest.mark.parametrize("arguments", [["--fail-on", "ehco"], ["--only", "uncited"], ["--strict"]])
def test_wrong_usage(run, arguments):
    """What is no question, and options that it does not have: exit code 2."""
    assert run("report", *arguments).exit_code == 2
