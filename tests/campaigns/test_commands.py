"""The campaign of commands with hostile texts in its short form; `make campaign-commands` is the long one."""

import json

import pytest

from campaigns import commands
from campaigns.commands import Outcome, one, try_commands
from small_project import Ran
from sourcebook.importing import csl


def test_hostile_texts_through_every_command_that_writes(tmp_path):
    """No traceback, nothing outside, nothing lost, and nothing that a terminal obeys."""
    outcome = try_commands(tmp_path, 42, seed=1)
    assert outcome.broken == []
    assert len(outcome.ended) > 8


@pytest.mark.parametrize("character", ["\ud800", "\x1b", "\u202e", "\x00"])
def test_what_an_escape_of_json_hides_is_not_written(tmp_path, monkeypatch, character):
    """An item with a character that no file may hold is named and left out; without the rule that is seen."""
    words = ["import", "../given.json"]
    beside = {"given.json": json.dumps([{"type": "book", "title": f"A {character}title"}]).encode()}
    outcome = Outcome()
    assert list(one(tmp_path / "as-it-is", words, beside, outcome)) == []
    assert outcome.ended == {"import 1": 1}
    monkeypatch.setattr(csl, "forbidden_in", lambda fields: None)
    assert list(one(tmp_path / "broken", words, beside, outcome))


def test_what_is_lost_or_written_elsewhere_would_be_seen(tmp_path, monkeypatch):
    """A command that empties a file, writes beside the project, or speaks to the terminal is found out."""

    def run(_, *words):
        project = tmp_path / "a/project"
        (project / "content/places/millbrook.yml").unlink()
        (project.parent / "stray").touch()
        return Ran(0, "\x1b[2J")

    monkeypatch.setattr(commands, "run_here", run)
    told = " ".join(one(tmp_path / "a", ["fmt"], {}, Outcome()))
    assert all(word in told for word in ("terminal", "stray", "lost", "error"))
