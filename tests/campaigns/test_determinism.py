"""The campaign of determinism in its short form; `make campaign-determinism` is the long one."""

import random

from campaigns import determinism
from campaigns.determinism import compare, copied
from small_project import content_of, small_project


def test_all_machines_make_the_same_bytes(tmp_path):
    """Zone, locale, hash seed, permissions, place and order of files change nothing, by either door."""
    assert list(compare(small_project(tmp_path / "project"), tmp_path, machines=1, seed=3)) == []


def test_what_depends_on_the_machine_would_be_seen(tmp_path, monkeypatch):
    """A file in which the machine's hash seed stands is found out."""
    monkeypatch.setattr(
        determinism,
        "built",
        lambda project, out, seed, mask, **changes: (
            small_project(out, {"zone": changes["PYTHONHASHSEED"]}) and ""
        ),
    )
    assert len(list(compare(small_project(tmp_path / "project"), tmp_path, machines=1, seed=3))) == 1


def test_a_copy_is_the_same_project(tmp_path):
    """What is compared is the same facts."""
    project = small_project(tmp_path / "project")
    copy = copied(project, tmp_path / "copy", random.Random(1))
    assert content_of(copy) == content_of(project)
