"""The campaign of ids and paths in its short form; `make campaign-paths` is the long one."""

import pytest

from campaigns.paths import path_faults, try_names
from sourcebook.records import fields
from sourcebook.site import check


def test_names_that_want_to_be_paths(tmp_path):
    """Each is refused at its place or has a page of its own, and nothing is written anywhere else."""
    outcome = try_names(tmp_path, collections=4, seed=1)
    assert outcome.broken == []
    assert min(outcome.names["refused"], outcome.names["pages"]) > 10


@pytest.mark.parametrize(
    ("module", "rule", "instead"),
    [
        (fields, "is_id", lambda text: True),
        (check, "duplicate_ids", lambda records: ()),
    ],
    ids=["ids", "duplicates"],
)
def test_a_broken_rule_would_be_seen(tmp_path, monkeypatch, module, rule, instead):
    """Without the rule of ids, or that against two of them, the campaign finds faults."""
    monkeypatch.setattr(module, rule, instead)
    assert try_names(tmp_path, collections=2, seed=1).broken


@pytest.mark.parametrize("path", ["../x", "a/CON.md", "a/nul", "a/b ", "a/b.", "a:b", "ա" * 130])
def test_a_bad_path_would_be_seen(path):
    """The judge knows what is no path everywhere."""
    assert list(path_faults([path]))
    assert list(path_faults(["a/É.md", "a/e\u0301.md"]))
