"""A build that ends at once where nothing has changed, and makes everything in any doubt."""

import os
import time
from pathlib import Path

import pytest

from small_project import FILES, content_of, mkdocs_build
from sourcebook.site import manifest as kept

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

NOTHING = "Nothing has changed since the last build"
ACTOR = "content/actors/town-council.yml"
WARNING = {"docs/notes/tides.md": "# Tides\n\n[Nowhere](nowhere.md)\n"}


def build(project, *arguments):
    """Build a project; whether it ended at once, having told so."""
    ran = mkdocs_build(project, *arguments)
    assert ran.exit_code == 0, ran.output
    return NOTHING in ran.output


def manifest(project):
    """The file of what the last build has kept."""
    return project / kept.FOLDER / kept.FILE


def test_second_build_ends_at_once(small):
    """Nothing has changed, so nothing is read but what the system tells, and the site stays as it was."""
    assert not build(small)
    before = {path: path.stat() for path in (small / "site").rglob("*")}
    assert build(small)
    assert {path: path.stat() for path in (small / "site").rglob("*")} == before
    assert build(small, "--strict")


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", ACTOR, "docs/index.md", "docs/notes/buoy.svg", "seeds/council-minutes.yml"]
)
def test_changed_input_is_built(small, name):
    """Another text in any file that a site is made of is a full build."""
    build(small)
    path = small / name
    path.write_text(path.read_text().replace("Millbrook", "Millbroke") + "\n")
    assert not build(small)
    assert build(small)


def test_added_and_removed_inputs_are_built(small):
    """A template, a fact or a page that comes or goes is a full build."""
    build(small)
    template = small / "site_templates" / "notes.txt"
    template.parent.mkdir()
    template.write_text("mine")
    assert not build(small)
    template.unlink()
    assert not build(small)
    (small / "docs/new.md").write_text("# New\n")
    assert not build(small)
    assert (small / "site/new/index.html").is_file()


def test_change_of_the_same_size_and_time_is_built(small):
    """An edit right after the build that keeps the size, and has its time put back, is not missed."""
    build(small)
    path = small / ACTOR
    told = path.stat()
    path.write_text(path.read_text().replace("Town Council", "Down Council"))
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert not build(small)
    assert "Down Council" in (small / "site/actors/town-council/index.html").read_text()


def test_what_is_young_is_read_again(tmp_path):
    """A file that has just changed may change once more without another time, so it has no signature."""
    file = tmp_path / "one"
    file.write_text("a")
    changed = file.stat().st_ctime_ns
    young = kept.states(kept.found_files(file), {}, changed + 1)
    old = kept.states(kept.found_files(file), young, changed + kept.YOUNG + 1)
    assert young[str(file)].signature is None
    assert old[str(file)].signature is not None
    assert kept.states(kept.found_files(file), old, changed) == old


def test_touched_input_is_read_and_found_equal(small):
    """Another time alone is no change."""
    build(small)
    later = time.time() + 5
    for name in FILES:
        os.utime(small / name, (later, later))
    assert build(small)


@pytest.mark.parametrize("tamper", ["other", "gone", "more"])
def test_tampered_site_is_made_anew(small, tamper):
    """A published file with another text, one that is gone, and one too many are all mended."""
    build(small)
    whole = content_of(small / "site")
    page = small / "site/index.html"
    if tamper == "other":
        page.write_text(page.read_text().replace("ferry", "fairy"))
    elif tamper == "gone":
        page.unlink()
    else:
        page.with_name("more.html").write_text("more")
    assert not build(small)
    assert content_of(small / "site") == whole


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[: len(data) // 2],
        lambda data: b"",
        lambda data: data.replace(b"index", b"undex", 1),
        lambda data: b"not JSON",
        lambda data: data + b"more",
    ],
)
def test_spoilt_manifest_is_not_trusted(small, spoil):
    """A manifest that is not exactly what was written means a full build, and is written anew."""
    build(small)
    manifest(small).write_bytes(spoil(manifest(small).read_bytes()))
    assert not build(small)
    assert build(small)


def test_manifest_of_another_version_is_not_trusted(small, monkeypatch):
    """What another version has made is made anew."""
    build(small)
    monkeypatch.setattr("sourcebook.__version__", "0.0.0")
    assert not build(small)


def test_manifest_that_cannot_be_written(small):
    """A file in the way of the folder does no harm."""
    Path(small / kept.FOLDER).write_text("mine")
    assert not build(small)
    assert not build(small)


def test_warnings_are_told_again_and_refused_by_strict(small):
    """A site with warnings is not made twice, but they are said twice, and `--strict` refuses them."""
    (small / "docs/notes/tides.md").write_text(WARNING["docs/notes/tides.md"])
    first, again = mkdocs_build(small), mkdocs_build(small)
    assert NOTHING in again.output
    assert "nowhere.md" in first.output
    assert "nowhere.md" in again.output
    refused = mkdocs_build(small, "--strict")
    assert refused.exit_code == 1
    assert NOTHING not in refused.output


def test_option_turns_it_off(small):
    """With `cache: false` every build makes everything, and keeps nothing."""
    config = small / "mkdocs.yml"
    config.write_text(config.read_text().replace("      as_of:", "      cache: false\n      as_of:"))
    assert not build(small)
    assert not build(small)
    assert not manifest(small).exists()


def test_hook_means_a_full_build(small):
    """Nobody knows what a hook reads."""
    (small / "hook.py").write_text("def on_post_build(config): pass\n")
    with (small / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    assert not build(small)
    assert not build(small)


def test_left_over_of_a_killed_build_is_removed(small):
    """An unfinished site beside the published one is cleared away by a full build."""
    build(small)
    (small / ".site.next").mkdir()
    assert not build(small)
    assert not (small / ".site.next").exists()
