"""`sourcebook cite`: a citation more, checked against the document where it is at hand."""

import json

import pytest

from sourcebook.cli import main

CLAIM = "content/claims/work-stopped.yml"


def added(project, run, *arguments):
    """The lines that a command adds to the claim's file."""
    before = (project / CLAIM).read_text().splitlines()
    result = run("cite", "work-stopped", *arguments)
    assert result.exit_code == 0, result.stderr
    return [line for line in (project / CLAIM).read_text().splitlines() if line not in before], result


def test_a_citation_for_the_record(run, project):
    """It stands with the other sources, and the paragraph is shown."""
    lines, result = added(project, run, "letter#p1")
    assert len(lines) == 1 and "letter#p1" in lines[0]
    assert result.stdout == f"{CLAIM}: changed\n"
    assert result.stderr.startswith("paragraph 1: ")
    assert run("check").exit_code == 0


def test_a_citation_for_a_field(run, project):
    """It goes into `field_sources`, to which a second one is added."""
    assert added(project, run, "letter#p1", "--field", "text")[0] != []
    assert added(project, run, "letter#p2", "--field", "text")[0] != []
    assert "text: [letter#p1, letter#p2]" in (project / CLAIM).read_text()


@pytest.mark.parametrize("alone", [False, True])
def test_a_citation_for_an_item(run, project, alone):
    """It stands among the sources of the item, also of one that stands alone, and of no other."""
    path = project / "content/events/quay-walk.yml"
    first, second = "{actor: mayor, role: agent}", "{actor: dockers-union, role: witness}"
    held = first if alone else f"[{first}, {second}]"
    path.write_text(f"title: March\ntype: protest\ndate: 2031\nparticipants: {held}\nsources: letter#p1\n")
    at = 0 if alone else 1
    result = run("cite", "quay-walk", "letter#p2", "--field", f"participants[{at}]")
    assert result.exit_code == 0, result.stderr
    changed = (first if alone else second).replace("}", ", sources: letter#p2}")
    assert changed in path.read_text() and path.read_text().count("letter#p2") == 1
    again = run("cite", "quay-walk", "letter#p2", "--field", f"participants[{at}]")
    assert again.exit_code == 2 and f"'participants[{at}]' has this citation already" in again.stderr
    beyond = run("cite", "quay-walk", "letter#p2", "--field", "participants[2]")
    assert beyond.exit_code == 2 and "counted from 0, " in beyond.stderr
    whole = run("cite", "quay-walk", "letter#p2", "--field", "title[0]")
    assert whole.exit_code == 2 and "takes no sources of its own" in whole.stderr
    assert run("check").exit_code == 0


def test_a_quote_that_stands_there(run, project):
    """The words of the paragraph are taken as a quote; those that are not in it are refused."""
    words = " ".join((project / "texts/letter.txt").read_text().split()[:4])
    assert any(words in line for line in added(project, run, "letter#p1", "--quote", words)[0])
    before = (project / CLAIM).read_bytes()
    result = run("cite", "work-stopped", "letter#p1", "--quote", "what nobody has written")
    assert result.exit_code == 1 and "[quote-not-found]" in result.stderr
    assert (project / CLAIM).read_bytes() == before


def test_without_the_text(run, project):
    """Where the document is not at hand, that is said."""
    (project / "texts/letter.txt").unlink()
    result = run("cite", "work-stopped", "letter#p1", "--quote", "any words")
    assert result.exit_code == 0 and "not at hand, so the quote was not checked" in result.stderr


def test_for_programs(run):
    """`--format json` has the paragraphs, too."""
    found = json.loads(run("cite", "work-stopped", "letter#p1", "--dry-run", "--format", "json").stdout)
    assert list(found["paragraphs"]) == ["1"] and not found["written"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["work-stoped", "letter#p1"], 2, "did you mean 'work-stopped'?"),
        (["work-stopped", "leter#p1"], 2, "no source with id 'leter'\n  hint: did you mean 'letter'?"),
        (["work-stopped", "gates-shut#p1"], 2, "'gates-shut' is of the kind claim"),
        (["work-stopped", "letter p 1"], 2, "write letter#p1"),
        (["work-stopped", "letter#p1", "--field", "tex"], 2, "did you mean 'text'?"),
        (["work-stopped", "letter#p400"], 1, "[paragraph-beyond]"),
    ],
)
def test_what_is_refused(run, project, arguments, code, message):
    """Nothing is changed, and the remedy is told."""
    before = (project / CLAIM).read_bytes()
    result = run("cite", *arguments)
    assert result.exit_code == code and message in result.stderr, result.stderr
    assert (project / CLAIM).read_bytes() == before


def test_the_same_citation_again(run):
    """A citation is not added twice."""
    run("cite", "work-stopped", "letter#p1")
    result = run("cite", "work-stopped", "letter#p1")
    assert result.exit_code == 2 and "has this citation already" in result.stderr


def test_help_has_an_example():
    """The help of a command shows how it is used."""
    assert "Example: sourcebook cite" in main.commands["cite"].help
