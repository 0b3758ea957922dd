"""Changing a published site file by file, under a journal."""

import errno
import os
from pathlib import Path

import pytest

from sourcebook.site.changing import (
    Changes,
    change,
    changes_between,
    finish,
    go_through,
    journal_of,
    write_journal,
)
from sourcebook.site.publish import discard, recover

CHANGES = Changes(("a.html", "new/deep/page.html"), ("gone/page.html", "gone/other.html"))


@pytest.fixture
def site(tmp_path):
    """A published site."""
    written(tmp_path / "site", {"a.html": "1", "b.html": "1", "gone/page.html": "1", "gone/other.html": "1"})
    return tmp_path / "site"


@pytest.fixture
def made(tmp_path):
    """What is to come into it."""
    return written(tmp_path / ".site.next", {"a.html": "2", "new/deep/page.html": "2"})


def written(folder, files):
    """A folder with files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def content(folder):
    """The files of a folder with their texts, and its empty folders."""
    found = {path: path.read_text() if path.is_file() else "" for path in folder.rglob("*")}
    return {
        str(path.relative_to(folder)): text for path, text in found.items() if text or not any(path.iterdir())
    }


WANTED = {"a.html": "2", "b.html": "1", "new/deep/page.html": "2"}


def test_changes_between_two_sites():
    """What is new or other comes, what is no more goes, and what is hidden is not the site's."""
    published = {"a": "1", "b": "1", "c": "1", "d": "1", ".git/config": "1"}
    assert changes_between(published, {"a": "2", "b": "1", "e": "1"}, {"c"}) == Changes(("a", "e"), ("d",))


def test_only_what_is_named_changes(site, made):
    """Files come and go, folders with them, and no journal is left."""
    kept = (site / "b.html").stat()
    change(site, made, CHANGES)
    assert content(site) == WANTED
    assert (site / "b.html").stat() == kept
    assert not journal_of(site).exists()


@pytest.mark.parametrize("done", range(5))
def test_a_run_that_dies_at_any_step_is_gone_through_with(site, made, done, monkeypatch):
    """However many files had been moved or removed, the next start does the rest."""
    steps = 0

    def step(of):
        def counted(*arguments, **more):
            nonlocal steps
            steps += 1
            if steps > done:
                raise KeyboardInterrupt
            return of(*arguments, **more)

        return counted

    with monkeypatch.context() as patch:
        write_journal(site, CHANGES)
        patch.setattr(Path, "replace", step(Path.replace))
        patch.setattr(Path, "unlink", step(Path.unlink))
        with pytest.raises(KeyboardInterrupt):
            go_through(site, made, CHANGES)
    assert journal_of(site).exists()
    finish(site, made)
    assert content(site) == WANTED
    assert not journal_of(site).exists()


@pytest.mark.parametrize("done", range(3))
def test_a_disk_that_is_full_amid_the_changes(site, made, done, monkeypatch):
    """The journal and the files that wait stay, also when there is no room yet at the next start."""
    before = content(site)

    def full(path, *_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    def full_after(of, steps):
        left = iter([of] * steps)
        return lambda *arguments, **more: next(left, full)(*arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full_after(Path.replace, done + 1))  # the first is that of the journal
        if done == 2:
            patch.setattr(Path, "mkdir", full)
        with pytest.raises(OSError, match="No space left"):
            change(site, made, CHANGES)
        discard(site)
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space left"):
            recover(site)
    assert journal_of(site).exists()
    assert content(site) != before
    recover(site)
    assert content(site) == WANTED
    assert not journal_of(site).exists() and not made.exists()


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-3], lambda data: data.replace(b"a.html", b"b.html"), lambda _: b""]
)
def test_a_spoilt_journal_is_not_followed(site, made, spoil):
    """Nothing is done that is not exactly what was written."""
    before = content(site)
    write_journal(site, CHANGES)
    journal_of(site).write_bytes(spoil(journal_of(site).read_bytes()))
    finish(site, made)
    assert content(site) == before
    assert not journal_of(site).exists()


@pytest.mark.parametrize("path", ["../outside.html", "/outside.html", "a/../../outside.html"])
def test_a_journal_does_not_lead_out_of_the_site(site, made, path, tmp_path):
    """A journal with another file's path in it is removed and not followed."""
    outside = tmp_path / "outside.html"
    outside.write_text("mine")
    write_journal(site, Changes((), (path,)))
    finish(site, made)
    assert outside.read_text() == "mine"
    assert not journal_of(site).exists()


def test_a_journal_that_was_not_finished_is_swept(site, made):
    """A run that died while it wrote its journal has changed nothing."""
    left = site.with_name(".site.x1.journal-to-be")
    left.write_text("hal")
    finish(site, made)
    assert not left.exists()
    assert "gone/page.html" in content(site)


def test_a_file_becomes_a_folder(tmp_path):
    """Where a page was, a folder may be the next time, and the other way round."""
    site = written(tmp_path / "site", {"a": "1", "b/c": "1"})
    made = written(tmp_path / ".site.next", {"a/c": "2", "b": "2"})
    change(site, made, Changes(("a/c", "b"), ("a", "b/c")))
    assert content(site) == {"a/c": "2", "b": "2"}
