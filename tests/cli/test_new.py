"""`sourcebook new`: a record from options, or from answers on a terminal."""

from importlib import import_module

import pytest
from click.testing import CliRunner

from sourcebook.cli import main

SOURCES = ("--set", "sources=letter#p1")


def test_from_options(run, project):
    """The file is in canonical form, passes the check, and says where its schema is if there is one."""
    assert run("schema").exit_code == 0
    values = ("--set", "text=The crane: it was old.", "--set", "claimant=mayor", "--set", "about=gates-shut")
    more = ("--set", "about=eastern-quay", *SOURCES)
    result = run("new", "claim", "crane-was-old", *values, *more)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "content/claims/crane-was-old.yml: added",
        "schemas/ids.json: changed",
    ]
    assert (project / "content/claims/crane-was-old.yml").read_text() == (
        "# yaml-language-server: $schema=../../schemas/claim.json\n"
        'text: "The crane: it was old."\n'
        "claimant: mayor\n"
        "about: [gates-shut, eastern-quay]\n"
        "sources: letter#p1\n"
    )
    assert [run(*each).exit_code for each in (["check"], ["fmt", "--check"], ["schema", "--check"])] == [
        0,
        1,
        0,
    ]
    assert run("fmt", "--check", project / "content/claims/crane-was-old.yml").exit_code == 0


def test_an_id_from_the_name(run, project):
    """Without an id, the record is named by its title."""
    assert run("new", "source", "--set", "title=Ólafur’s Diary, 2031", "--set", "type=book").exit_code == 0
    assert (
        project / "seeds/olafur-s-diary-2031.yml"
    ).read_text() == "title: Ólafur’s Diary, 2031\ntype: book\n"


def test_the_first_record_of_all(run, project):
    """In a collection without a record there is nothing to mend first."""
    for path in (*(project / "content").rglob("*.yml"), *(project / "seeds").rglob("*.y*ml")):
        path.unlink()
    assert run("new", "source", "diary", "--set", "title=A diary", "--set", "type=book").exit_code == 0
    values = ("--set", "name=Ada Wren", "--set", "type=person")
    result = run("new", "actor", "ada-wren", *values)
    assert result.exit_code == 0, result.stderr
    assert run("check").exit_code == 0


def test_a_dispute(run, project):
    """A field that takes mappings has them in braces."""
    sides = [
        f"sides={{answer: {word}, claims: {claim}}}"
        for word, claim in (("A", "gates-shut"), ("B", "gates-open"))
    ]
    pairs = [part for pair in ("question=Open?", *sides) for part in ("--set", pair)]
    assert run("new", "dispute", "open-or-not", *pairs, *SOURCES).exit_code == 0
    assert "- {answer: A, claims: gates-shut}\n" in (project / "content/disputes/open-or-not.yml").read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["claim", "x"], 2, "still missing: text, claimant, sources"),
        (
            ["actor", "mayor", "--set", "name=M", "--set", "type=person"],
            2,
            "the id 'mayor' is taken by the actor in",
        ),
        (["actor", "Mayor", "--set", "name=M", "--set", "type=person"], 2, "'Mayor' is not an id"),
        (["actor", "m", "--set", "nam=M"], 2, "did you mean 'name'?"),
        (["claim"], 2, "still missing: text, claimant, sources"),
        (["actor", "m", "--set", "name"], 2, "write --set KEY=VALUE"),
        (["actor", "m", "--set", "name={M"], 2, "is no mapping"),
        (["actor", "m", "--set", "name=M", "--set", "type=persn"], 1, "did you mean 'person'?"),
        (
            ["actor", "m", "--set", "name=M", "--set", "type=person", "--set", "parent=myor"],
            1,
            "[unknown-reference]",
        ),
        (["actor", "m", "--set", "name=M", "--set", "type=person", "--set", "summary=S."], 1, "[uncited]"),
    ],
)
def test_what_is_refused(run, project, arguments, code, message):
    """No file is made, and the remedy is told."""
    before = sorted(project.rglob("*"))
    result = run("new", *arguments)
    assert result.exit_code == code and message in result.stderr, result.stderr
    assert sorted(project.rglob("*")) == before


@pytest.fixture
def answer(project, monkeypatch):
    """Run the command on a terminal, with the answers that somebody gives."""
    monkeypatch.setattr(import_module("sourcebook.cli.new"), "is_terminal", lambda: True)

    def answer(answers, *arguments):
        config = ["--config-file", str(project / "mkdocs.yml")]
        return CliRunner().invoke(main, ["new", *config, *arguments], input="\n".join(answers) + "\n")

    return answer


def test_asked_for_what_is_missing(answer, project):
    """Each answer is looked at as it is given; a wrong one is asked for again, with what to write."""
    answers = ["Said.", "mayr", "mayor", "leter#p1", "letter#p1, letter#p2"]
    result = answer(answers, "claim", "it-was-said")
    assert result.exit_code == 0, result.output
    assert "did you mean 'mayor'?" in result.output
    assert (project / "content/claims/it-was-said.yml").read_text() == (
        "text: Said.\nclaimant: mayor\nsources: [letter#p1, letter#p2]\n"
    )


def test_asked_for_a_dispute(answer, project):
    """Two sides are asked for; a source is asked for and may be left out."""
    answers = ["Open or shut?", "Open", "gates-open", "Shut", "gates-shut, gates-seen-shut", ""]
    result = answer(answers, "dispute")
    assert result.exit_code == 0, result.output
    assert (project / "content/disputes/open-or-shut.yml").read_text() == (
        "question: Open or shut?\nsides:\n  - {answer: Open, claims: [gates-open]}\n"
        "  - {answer: Shut, claims: [gates-shut, gates-seen-shut]}\n"
    )


def test_help_has_an_example():
    """The help of a command shows how it is used."""
    assert "Example: sourcebook new" in main.commands["new"].help
