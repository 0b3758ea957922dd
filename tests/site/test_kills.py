"""The campaign of kills in its short form; `make campaign` is the long one."""

import pytest

from campaigns.kills import kill_builds
from small_project import PACKAGE_ROOT, small_project

pytest.importorskip("fcntl", reason="the campaign kills by process groups, which Windows does not have")


def test_three_kills(tmp_path, monkeypatch):
    """After each of three kills, one of them aimed at the last step, a whole site is served."""
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE_ROOT))
    project = small_project(tmp_path)
    outcome = kill_builds(project, project / "content/actors/town-council.yml", kills=3, seed=20)
    assert outcome.killed == 3
    assert outcome.broken == ()
