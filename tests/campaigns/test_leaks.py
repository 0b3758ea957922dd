"""The campaign of withheld names in its short form; `make campaign-leaks` is the long one."""

import gzip
import json
import sqlite3
import zlib

import pytest

from campaigns.leaks import NAMES, WAYS, Outcome, leaks, one, try_places
from sourcebook.mkdocs_plugin import building
from sourcebook.site import check

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

RUTA = NAMES[0]


def test_no_byte_that_is_published_holds_a_name(tmp_path):
    """Whatever place it gets into, each door refuses or publishes what does not hold it."""
    outcome = try_places(tmp_path, rounds=2, seed=2)
    assert outcome.broken == []
    assert outcome.ended.total() == 6


def test_a_broken_rule_would_be_seen(tmp_path, monkeypatch):
    """Without the look at a project's files and at the finished site, a name is published, and found."""
    monkeypatch.setattr(check, "names_in_project", lambda *_: ())
    monkeypatch.setattr(building, "names_in_folder", lambda *_: ())
    outcome = Outcome()
    assert any("published in" in what for what in one(tmp_path, "page", RUTA, "as it is", outcome))
    assert outcome.seen["page"] == 1


def database(text):
    """The bytes of a database with a text in it."""
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE t (x)")
    made.execute("INSERT INTO t VALUES (?)", (text,))
    made.commit()
    return made.serialize()


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize(
    "packed",
    [
        str.encode,
        lambda text: json.dumps({"by": text}).encode(),
        lambda text: gzip.compress(text.encode()),
        lambda text: b"\x89PNG\r\n" + zlib.compress(text.encode()) + b"IEND",
        lambda text: text.encode("utf-16"),
        database,
    ],
    ids=["text", "json", "gzip", "picture", "utf-16", "database"],
)
def test_a_name_would_be_seen(tmp_path, way, packed):
    """The judge finds each name in each way and each sort of file, and nothing in other words."""
    for name in NAMES:
        (tmp_path / "a").write_bytes(packed(WAYS[way](name)))
        assert leaks(name, tmp_path) == ["a"], name
    (tmp_path / "a").write_bytes(packed("Somebody else"))
    assert not any(leaks(name, tmp_path) for name in NAMES)
