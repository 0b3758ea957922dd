"""The campaign of full disks in its short form; `make campaign` is the long one."""

import pytest

from campaigns.disk import (
    EDITED,
    NotPermittedError,
    fill,
    filler_of_cache,
    filler_on,
    read_only,
    small_disk,
)
from small_project import content_of, generate, small_project


@pytest.fixture
def disk(tmp_path):
    """A small disk of the test's own, and a function that mounts it again."""
    try:
        with small_disk(tmp_path) as remount:
            yield tmp_path, remount
    except NotPermittedError:
        pytest.skip("no disk can be mounted here: tests of full disks are skipped")


def test_a_full_disk_leaves_the_last_site(disk):
    """With no room, or too little, for all or what has changed, the last site stays whole; it is told."""
    filler = filler_on(disk[0])
    assert not filler.built("anew", "bytes", 0)
    assert not filler.built("changing", "bytes", 1_000_000)
    assert not filler.built("changing", "files", 50)
    assert filler.built("changing", "bytes", 20_000_000)
    assert filler.broken == []


def test_a_disk_that_is_full_for_what_is_kept_alone(tmp_path):
    """The new site is published, a line says that nothing is kept, and the next build is right."""
    try:
        with filler_of_cache(tmp_path) as filler:
            assert filler.built("anew", "bytes", 0)
            assert filler.built("changing", "files", 0)
            assert filler.broken == []
            assert not any(" 3 of 3 files" in stage for stage in filler.stages)
    except NotPermittedError:
        pytest.skip("no disk can be mounted here: tests of full disks are skipped")


def test_a_disk_that_may_not_be_written_leaves_the_last_site(disk):
    """The build says that the file system is read-only."""
    assert read_only(*disk) == []


def test_a_full_disk_leaves_what_was_generated(disk):
    """The command that writes Markdown ends with the code of faults; each file of before is as it was."""
    project, out = small_project(disk[0] / "project"), disk[0] / "out"
    assert generate(project, out).exit_code == 0
    before = content_of(out / "docs")
    (project / EDITED).write_text(
        "name: " + "A long name " * 160 + "\ntype: company\nsources: council-minutes#p1\n"
    )
    fill(disk[0], 0)
    ended = generate(project, out)
    assert ended.exit_code == 3
    assert "No space left on device" in ended.output
    assert content_of(out / "docs") == before
