"""Putting a finished site in place of the last one."""

from sourcebook.site import publish as publishing
from sourcebook.site.publish import aside_folder, publish, recover, staging_folder


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
