"""`sourcebook fmt`: what it changes, what it says, and what it refuses."""

import json

from sourcebook.cli import main

CLAIM = "content/claims/work-stopped.yml"


def formatted(run):
    """The collection after a first run."""
    assert run("fmt").exit_code == 0


def test_formatting_twice_changes_nothing(run, project):
    """The first run names each file that it changes, the second none, and the check still passes."""
    first = run("fmt")
    assert first.exit_code == 0 and f"{CLAIM}: changed\n" in first.stdout
    assert run("fmt").stdout == ""
    assert run("check").exit_code == 0
    assert run("fmt", "--check").exit_code == 0


def test_the_check_changes_nothing(run, project):
    """`--check` names the files, ends with 1, and leaves them alone."""
    before = (project / CLAIM).read_bytes()
    result = run("fmt", "--check", project / CLAIM)
    assert (result.exit_code, result.stdout) == (1, f"{CLAIM}: not in canonical form\n")
    assert (project / CLAIM).read_bytes() == before


def test_a_dry_run_shows_the_difference(run, project, change):
    """`--dry-run` is a diff, which leaves out what stays; it changes nothing and ends with 0."""
    formatted(run)
    change(CLAIM, "claimant: ", "claimant:    ")
    before = (project / CLAIM).read_bytes()
    result = run("fmt", "--dry-run")
    lines = result.stdout.splitlines()
    assert result.exit_code == 0 and lines[:2] == [f"--- a/{CLAIM}", f"+++ b/{CLAIM}"]
    assert [line[:1] for line in lines[3:]].count("+") == 1
    assert (project / CLAIM).read_bytes() == before


def test_for_programs(run, change):
    """`--format json` has each file with what becomes of it, and whether it was written."""
    formatted(run)
    change(CLAIM, "claimant: ", "claimant:    ")
    for arguments, written in ((["--check"], False), ([], True)):
        found = json.loads(run("fmt", "--format", "json", *arguments).stdout)
        assert found["written"] is written
        assert [(file["file"], file["action"]) for file in found["files"]] == [(CLAIM, "changed")]


def test_a_file_that_cannot_be_read_stops_it(run, project, change):
    """No file is changed where one has a fault of YAML, and the fault is told with its place."""
    change(CLAIM, "claimant: ", "claimant: [")
    before = (project / "content/actors/dockers.yml").read_bytes()
    result = run("fmt")
    assert result.exit_code == 1 and result.stdout == ""
    assert f"{CLAIM}:" in result.stderr and "[yaml-syntax]" in result.stderr
    assert (project / "content/actors/dockers.yml").read_bytes() == before


def test_a_file_of_no_facts(run, project):
    """A file that is none of the project's is wrong usage."""
    result = run("fmt", project / "docs/index.md")
    assert result.exit_code == 2 and "is not a file of facts" in result.stderr


def test_a_read_only_file_stops_it(run, project):
    """One file that may not be written: none is, and the exit code is that of a fault."""
    (project / CLAIM).chmod(0o444)
    before = (project / "content/actors/dockers.yml").read_bytes()
    result = run("fmt")
    assert result.exit_code == 3
    assert "the file is read-only; make it writable first; nothing was changed" in result.stderr
    assert (project / "content/actors/dockers.yml").read_bytes() == before


def test_help_has_an_example(run):
    """The help of a command shows how it is used."""
    assert "Example: sourcebook fmt" in main.commands["fmt"].help
