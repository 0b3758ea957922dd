"""The campaign of kills in its short form; `make campaign` is the long one."""

import pytest

from campaigns.kills import kill_builds
from small_project import PACKAGE_ROOT, small_project

pytest.importorskip("fcntl", reason="the campaign kills by process groups, which Windows does not have")


def test_four_kills(tmp_path, monkeypatch):
    """After each of four kills, two of them aimed at the last step, a whole site is served or comes next."""
    monkeypatch.setenv("PYTHONPATH", str(PACKAGE_ROOT))
    project = small_project(tmp_path)
    outcome = kill_builds(project, project / "content/actors/town-council.yml", kills=4, seed=20)
    assert outcome.killed == 4
    assert outcome.broken == ()
