"""The campaign of kills in its short form; `make campaign` is the long one."""

import pytest

from campaigns.kills import kill_builds
from campaigns.steps import WAYS, kill_at_steps
from small_project import PACKAGE_ROOT, small_project

pytest.importorskip("fcntl", reason="the campaign kills by process groups, which Windows does not have")


def test_four_kills(tmp_path, monkeypatch):
    """After each of four kills, two of them aimed at the last step, a whole site is served or comes next."""
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE_ROOT))
    project = small_project(tmp_path)
    outcome = kill_builds(project, project / "content/actors/town-council.yml", kills=4, seed=20)
    assert outcome.killed == 4
    assert outcome.broken == ()


def test_a_kill_before_a_step_of_publishing(tmp_path):
    """Before the exchange, before the first of two renames, amid files that change: it is whole or comes."""
    outcome = kill_at_steps(tmp_path, 1, 8)
    assert outcome.broken == []
    assert {name.partition(":")[0] for name in outcome.died} == set(WAYS)
