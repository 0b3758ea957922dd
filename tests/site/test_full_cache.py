"""A disk that fills up exactly while a build keeps what it has made for the next one: the site is published.

The bytes really go to a device that has no room, so this runs where no small disk can be mounted.
"""

import os
from pathlib import Path

import pytest

from campaigns.disk import EDITED, NO_ROOM, NOT_KEPT
from small_project import content_of, differences, mkdocs_build
from sourcebook.mkdocs_plugin import kept_texts
from sourcebook.site import kept_pages
from sourcebook.site import manifest as manifests

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is full")

KEPT = (kept_texts.FILE, kept_pages.FILE, manifests.FILE)
"""What a build keeps, in the order in which it is written."""


@pytest.fixture
def full_from(monkeypatch):
    """A function after which the files of the cache find no room, from the one of this number on."""
    open_file = Path.open

    def patch(number):
        left = iter(range(number))

        def opened(path, mode="r", *arguments, **more):
            stream = open_file(path, mode, *arguments, **more)
            if "w" in mode and path.parent.name == manifests.FOLDER and next(left, None) is None:
                device = os.open("/dev/full", os.O_WRONLY)
                os.dup2(device, stream.fileno())
                os.close(device)
            return stream

        monkeypatch.setattr(Path, "open", opened)

    yield patch
    monkeypatch.undo()


def build(project):
    """Build a project, with warnings refused; what it told, and what it published."""
    built = mkdocs_build(project, "--strict")
    assert built.exit_code == 0, built.output
    assert "Traceback" not in built.output
    return built.output, content_of(project / "site")


def edit(project, text):
    """Put a line at the end of a fact."""
    with (project / EDITED).open("a", encoding="utf-8") as stream:
        stream.write(text)


def cache(project):
    """What is kept for the next build."""
    return content_of(project / manifests.FOLDER)


@pytest.mark.parametrize("number", range(len(KEPT)))
def test_an_edit_is_published_where_the_cache_finds_no_room(small, full_from, monkeypatch, number):
    """The site is the new one, a line says what is not kept, and the next builds are right."""
    build(small)
    before = cache(small)
    edit(small, "former_ids: switched\n")
    full_from(number)
    told, published = build(small)
    assert f"{NOT_KEPT}: {small / manifests.FOLDER}: {NO_ROOM}" in told
    assert "switched/index.html" in " ".join(published)
    assert set(differences(before, cache(small))) == set(KEPT[:number])
    monkeypatch.undo()
    edit(small, "note: Meets on Mondays.\n")
    told, published = build(small)
    assert NOT_KEPT not in told
    assert published == clean(small)


def clean(project):
    """What a build publishes that has nothing of the last one."""
    for path in (project / manifests.FOLDER).iterdir():
        path.unlink()
    return build(project)[1]


def test_a_first_build_is_published_where_the_cache_finds_no_room(small, full_from, monkeypatch):
    """Nothing is left of what was begun: the folder gets its list for git with the next build."""
    full_from(0)
    told, published = build(small)
    assert NOT_KEPT in told
    assert cache(small) == {}
    monkeypatch.undo()
    told, again = build(small)
    assert NOT_KEPT not in told
    assert again == published
    assert sorted(cache(small)) == sorted([".gitignore", *KEPT])
    assert cache(small)[".gitignore"] == b"*\n"
