"""Putting a finished site in place of the last one."""

from pathlib import Path

import pytest

from sourcebook.site import publish as publishing
from sourcebook.site.publish import aside_folder, begin, publish, recover, staging_folder


def make(folder, text):
    """Make a site of one page."""
    folder.mkdir()
    (folder / "index.html").write_text(text)


def test_first_site_is_moved_into_place(tmp_path):
    """Where no site was, the finished one is there afterwards, and nothing beside it."""
    site = tmp_path / "site"
    make(staging_folder(site), "new")
    publish(site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_next_site_replaces_the_last_one(tmp_path):
    """The next site stands in place of the last one, of which nothing is left."""
    site = tmp_path / "site"
    make(site, "old")
    (site / "stale.html").write_text("stale")
    make(staging_folder(site), "new")
    publish(site)
    assert [path.name for path in site.iterdir()] == ["index.html"]
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_an_exchanging_system_two_renames_do_it(tmp_path, monkeypatch):
    """Where the system cannot exchange two folders, the result is the same."""
    monkeypatch.setattr(publishing, "exchanged", lambda one, other: False)
    site = tmp_path / "site"
    make(site, "old")
    make(staging_folder(site), "new")
    publish(site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_other_systems_have_no_exchange(tmp_path, monkeypatch):
    """On a system other than Linux nothing is tried."""
    monkeypatch.setattr(publishing.sys, "platform", "darwin")
    assert publishing.exchanged(tmp_path, tmp_path) is False


def test_recovery_removes_an_unfinished_site(tmp_path):
    """A site that a killed build left half-made goes; the published one stays."""
    site = tmp_path / "site"
    make(site, "old")
    make(staging_folder(site), "half")
    recover(site)
    assert (site / "index.html").read_text() == "old"
    assert not staging_folder(site).exists()


def test_recovery_brings_back_a_site_moved_aside(tmp_path):
    """After a kill between the two renames the last site comes back."""
    site = tmp_path / "site"
    make(aside_folder(site), "old")
    make(staging_folder(site), "new")
    recover(site)
    assert (site / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_recovery_removes_the_last_site_once_the_next_is_in_place(tmp_path):
    """After a kill behind the two renames the site moved aside goes."""
    site = tmp_path / "site"
    make(aside_folder(site), "old")
    make(site, "new")
    recover(site)
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_second_rename_that_fails_is_undone(tmp_path, monkeypatch):
    """Where only the first of two renames works the last site comes back."""
    monkeypatch.setattr(publishing, "exchanged", lambda *_: False)
    site = tmp_path / "site"
    make(site, "old")
    make(staging_folder(site), "new")
    rename = Path.rename

    def once(self, target):
        if self == staging_folder(site):
            raise OSError("no")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(OSError, match="no"):
        publish(site)
    assert (site / "index.html").read_text() == "old"


def test_a_file_where_the_site_belongs(tmp_path):
    """A file at the site's place is not taken for a site."""
    (tmp_path / "site").write_text("mine")
    with pytest.raises(NotADirectoryError):
        begin(tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_a_lock_on_a_folder_that_another_build_made_anew(tmp_path, monkeypatch):
    """A build whose folder was replaced between making and locking it ends instead of sharing it."""
    monkeypatch.setattr(publishing, "is_same", lambda *_: False)
    with pytest.raises(BlockingIOError):
        begin(tmp_path / "site")


def test_without_locks_a_build_goes_on(tmp_path, monkeypatch):
    """On a system without locks the folder is made all the same."""
    monkeypatch.setattr(publishing, "fcntl", None)
    assert begin(tmp_path / "site") is None
    assert staging_folder(tmp_path / "site").is_dir()
