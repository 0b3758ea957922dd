"""The campaign of encodings in its short form; `make campaign-encodings` is the long one."""

import pytest

from campaigns import encodings
from campaigns.encodings import try_bytes, try_project
from sourcebook.reading.yaml_text import Reading, read_yaml


@pytest.mark.no_cover  # takes as long again
def test_files_in_every_encoding():
    """Each is read as what it is, or refused at the first byte that is no text."""
    outcomes, broken = try_bytes(3_000, seed=1)
    assert broken == []
    assert min(outcomes["read"], outcomes["refused"]) > 300


@pytest.mark.no_cover  # takes as long again
def test_pages_and_templates_in_every_encoding(tmp_path):
    """A page and a template; the long form has facts, settings, lists and documents, too."""
    assert list(try_project(tmp_path, ("docs/notes/tides.md", "site_templates/claim.md"))) == []


@pytest.mark.parametrize(
    "way",
    [
        lambda data: read_yaml(data.decode("utf-8", "replace").encode(), "x.yml"),
        lambda data: read_yaml(data.decode("latin-1").encode(), "x.yml"),
        lambda data: Reading(None, read_yaml(data, "x.yml").diagnostics),
    ],
    ids=["replaced", "latin-1", "lost"],
)
def test_a_broken_rule_would_be_seen(monkeypatch, way):
    """A reader that replaces, guesses or loses what is there fails."""
    monkeypatch.setattr(encodings, "read_yaml", lambda data, file: way(data))
    assert try_bytes(200, seed=1)[1]
