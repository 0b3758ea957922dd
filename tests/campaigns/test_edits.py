"""The campaign of edits under `serve` in its short form; `make campaign-edits` is the long one."""

from campaigns.edits import edit_at_random


def test_edits_in_every_way(tmp_path):
    """Each edit is seen, each mistake told and mended, and what is served is what a build makes."""
    outcome = edit_at_random(tmp_path, edits=15, seed=1)
    assert outcome.broken == []
    assert outcome.edits.total() == 15
    assert outcome.recoveries > 0
    assert outcome.compared > 0
