"""The campaign of builds at once in its short form; `make campaign` is the long one."""

from campaigns.at_once import build_at_once
from small_project import small_project


def test_three_builds_at_once(tmp_path):
    """At least one publishes; whoever comes while another is at work stands back; the site is whole."""
    outcome = build_at_once(small_project(tmp_path), rounds=1, builds=3, seed=1)
    assert outcome.broken == ()
    assert outcome.published + outcome.stood_back == 3
