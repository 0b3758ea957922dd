"""A build after an edit: what has not changed stays, and the site is the one that a clean build makes."""

import random
import shutil
from dataclasses import fields
from itertools import count

import pytest

from harbour import checked_harbour
from small_project import FILES, content_of, differences, mkdocs_build
from sourcebook.graph.graph import Graph
from sourcebook.graph.traced import DESCRIBED, FOR_ALL, Fingerprints, Trace, traced
from sourcebook.mkdocs_plugin import kept_texts
from sourcebook.pages.all_pages import planned_records
from sourcebook.site import kept, kept_pages
from sourcebook.site import manifest as manifests
from sourcebook.site.kept import last_kept

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

ACTOR = "content/actors/town-council.yml"
CLAIM = "content/claims/company.yml"


def build(project):
    """Build a project."""
    built = mkdocs_build(project)
    assert built.exit_code == 0, built.output


def clean(project, tmp_path):
    """What a clean build of the project as it is now publishes."""
    copy = tmp_path / "clean"
    left_out = shutil.ignore_patterns("site", manifests.FOLDER, ".site*")
    shutil.copytree(project, copy, ignore=left_out)
    build(copy)
    found = content_of(copy / "site")
    shutil.rmtree(copy)
    return found


def edit(project, path, old, new):
    """Replace words in a file of the project."""
    text = (project / path).read_text()
    assert old in text
    (project / path).write_text(text.replace(old, new))


def is_as_clean(project, tmp_path):
    """Whether the published site is the one that a clean build makes."""
    return differences(content_of(project / "site"), clean(project, tmp_path)) == []


def test_pages_that_do_not_show_an_edit_stay(small, tmp_path):
    """One fact changed: pages without it are not written again, and all is as a clean build makes it."""
    build(small)
    before = {path: path.stat() for path in (small / "site").rglob("*.html")}
    edit(small, CLAIM, "its engine", "its motor")
    build(small)
    assert is_as_clean(small, tmp_path)
    stayed = {path.parent.name for path, stat in before.items() if path.stat() == stat}
    assert "engine-failed" not in stayed
    assert stayed
    assert not (small / ".site.journal").exists()
    assert not (small / ".site.next").exists()


def edits(project):
    """Edits of every kind by name, each of which can be made at any time."""

    def write(path, text):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)

    def append(path, text):
        write(path, (project / path).read_text() + text)

    def toggle(path, text):
        if (project / path).exists():
            (project / path).unlink()
        else:
            write(path, text)

    new = (
        "text: It runs again.\nclaim_type: promise\nclaimant: ferry-company\nsources: millbrook-gazette#p2\n"
    )
    numbers = count(1)
    return {
        "a claim comes or goes": lambda: toggle("content/claims/runs-again.yml", new),
        "an actor comes or goes": lambda: toggle(
            "content/actors/pilots.yml",
            "name: Pilots\ntype: group\nparent: ferry-company\nsources: millbrook-gazette\n",
        ),
        "another name": lambda: edit(
            project, "content/actors/ferry-company.yml", "name: ", f"name: N{next(numbers)} "
        ),
        "another title": lambda: edit(
            project, "seeds/millbrook-gazette.yml", "title: ", f"title: T{next(numbers)} "
        ),
        "another text": lambda: edit(project, CLAIM, "passengers", f"passengers {next(numbers)}"),
        "a note on a source": lambda: (
            append("seeds/council-minutes.yml", "")
            or edit(project, "seeds/council-minutes.yml", "title: ", f"title: M{next(numbers)} ")
        ),
        "a comment only": lambda: append(ACTOR, f"# {next(numbers)}\n"),
        "a hand-written page": lambda: toggle(
            "docs/notes/more.md", "# More\n\n[Claims](../claims/index.md)\n"
        ),
        "a title in the navigation": lambda: append("docs/index.md", f"\nMore {next(numbers)}.\n"),
        "a template": lambda: toggle("site_templates/claim.md", '{% extends "sourcebook/claim.md" %}\n'),
        "the name of the site": lambda: edit(
            project, "mkdocs.yml", "site_name: ", f"site_name: S{next(numbers)} "
        ),
        "a page changed by hand": lambda: append_to_page(project, next(numbers)),
        "the pages are lost": lambda: (project / manifests.FOLDER / kept_pages.FILE).unlink(missing_ok=True),
        "the texts are lost": lambda: (project / manifests.FOLDER / kept_texts.FILE).unlink(missing_ok=True),
    }


def append_to_page(project, number):
    """Change a published page by hand, and a fact besides so that there is something to build."""
    page = project / "site/actors/town-council/index.html"
    page.write_text(page.read_text() + f"<!-- {number} -->")
    edit(project, ACTOR, "name: ", f"name: A{number} ")


def test_any_edits_give_what_a_clean_build_gives(small, tmp_path):
    """After each kind of edit, in random order, every file is byte for byte that of a clean build."""
    dice = random.Random(1)
    build(small)
    ways = edits(small)
    for name in dice.sample([*ways], len(ways)):
        ways[name]()
        build(small)
        assert differences(content_of(small / "site"), clean(small, tmp_path)) == [], name


CACHES = (kept_pages.FILE, kept_texts.FILE)
REFUSED = "What the last build has kept is not used"


def spoilt(data):
    """What a build has kept, spoilt in several ways, by name."""
    return {
        "truncated": data[: len(data) // 2],
        "empty": b"",
        "changed": data.replace(b"ferry", b"fairy"),
        "no JSON": b"not JSON",
    }


@pytest.mark.parametrize(
    ("name", "how"),
    [*((kept_pages.FILE, how) for how in ("truncated", "empty", "changed", "no JSON"))]
    + [(kept_texts.FILE, how) for how in ("truncated", "changed")],
)
def test_what_is_spoilt_is_not_trusted(small, tmp_path, name, how):
    """A cache that is not exactly what was written is none, and a line says so."""
    build(small)
    cache = small / manifests.FOLDER / name
    cache.write_bytes(spoilt(cache.read_bytes())[how])
    edit(small, CLAIM, "its engine", "its motor")
    built = mkdocs_build(small)
    assert f"{REFUSED}: it is not as it was written" in built.output
    assert is_as_clean(small, tmp_path)


def test_what_was_forged_shows(small):
    """Texts that are kept are published: the tests of spoilt files would see it if these were trusted."""
    build(small)
    cache = small / manifests.FOLDER / kept_texts.FILE
    _, _, body = cache.read_bytes().partition(b"\n")
    forged = body.replace(b"Where it happened", b"Where it was sung")
    assert forged != body
    cache.write_bytes(kept.sha256_of((forged,)).encode() + b"\n" + forged)
    edit(small, CLAIM, "its engine", "its motor")
    build(small)
    assert "Where it was sung" in (small / "site/places/index.html").read_text()


def test_nothing_is_said_of_what_is_used(small):
    """Neither a first build nor one that uses what is kept speaks of it."""
    assert REFUSED not in mkdocs_build(small).output
    edit(small, CLAIM, "its engine", "its motor")
    assert REFUSED not in mkdocs_build(small).output


def test_other_settings_are_told(small, tmp_path):
    """After a change of the settings nothing that was kept is used, and a line says so."""
    build(small)
    edit(small, "mkdocs.yml", "site_name: ", "site_name: Another ")
    assert f"{REFUSED}: it was made with" in mkdocs_build(small).output
    assert is_as_clean(small, tmp_path)


class AsKept:
    """Fingerprints that are those of the last build."""

    def __init__(self, reads):
        self.prints = {(name, kept.as_key(value)): print_ for name, value, print_ in reads}

    def of(self, read):
        """The fingerprint of something read."""
        return self.prints[read]


@pytest.mark.parametrize("name", CACHES)
def test_what_another_version_has_kept_is_not_trusted(small, monkeypatch, name):
    """What another version has kept is as good as nothing."""
    build(small)
    path = small / manifests.FOLDER / name
    _, key, reads = kept.orjson.loads(path.read_bytes().split(b"\n")[1])
    same, told = AsKept(reads), []
    assert last_kept(path, key, same, told.append).places
    assert not told
    assert not last_kept(path, "another", same, told.append).places
    monkeypatch.setattr(kept, "FORMAT", "another")
    assert not last_kept(path, key, same, told.append).places
    assert len(told) == 2


@pytest.mark.parametrize("how", ["other", "gone", "more", "theme"])
def test_a_site_changed_by_hand_is_mended_with_an_edit(small, tmp_path, how):
    """Whatever was done to the published files, the next edit makes them right."""
    build(small)
    page = small / "site/actors/town-council/index.html"
    if how == "other":
        page.write_text(page.read_text().replace("Council", "Counsel"))
    elif how == "gone":
        page.unlink()
    elif how == "more":
        (small / "site/more").mkdir()
        (small / "site/more/index.html").write_text("more")
    else:
        (small / "site/assets/sourcebook.css").write_text("")
        (small / "site/claims/engine-failed.json").write_text("{}")
    edit(small, CLAIM, "its engine", "its motor")
    build(small)
    assert is_as_clean(small, tmp_path)


def test_what_is_hidden_in_the_site_stays(small):
    """A repository in the published folder is not the site's, and stays through an edit."""
    build(small)
    hidden = small / "site/.git/HEAD"
    hidden.parent.mkdir()
    hidden.write_text("ref: main")
    (small / "site/.nojekyll").write_text("")
    edit(small, CLAIM, "its engine", "its motor")
    build(small)
    assert hidden.read_text() == "ref: main"
    assert (small / "site/.nojekyll").exists()


def test_a_full_disk_leaves_the_last_site(small, monkeypatch):
    """Where the changes cannot be written down, nothing is changed."""
    build(small)
    before = content_of(small / "site")
    edit(small, CLAIM, "its engine", "its motor")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sourcebook.site.changing.write_journal", full)
    built = mkdocs_build(small)
    assert built.exit_code == 3
    assert "No space left on device" in built.output
    assert content_of(small / "site") == before


def test_every_field_of_the_graph_is_written_down_or_the_same_for_all():
    """A new field of the graph has to say how a page that reads it is known to have changed."""
    names = {field.name for field in fields(Graph)}
    assert names <= DESCRIBED.keys() | FOR_ALL
    assert DESCRIBED.keys() - names == {"measures"}


def test_what_a_page_reads_is_written_down():
    """A page made of the traced graph is the same page, and names what it has read."""
    graph = checked_harbour().graph
    trace = Trace()
    plans = zip(planned_records(graph), planned_records(traced(graph, trace)), strict=True)
    prints = Fingerprints(graph, str)
    for plan, same in plans:
        assert plan.compose() == same.compose()
        read = trace.taken()
        assert read
        assert all(prints.of(one) == Fingerprints(graph, str).of(one) for one in read)
        assert all(prints.of(one) != "" for one in read)


def test_an_edit_of_a_file_shows_in_what_is_read_of_it():
    """The fingerprint of a record is another one when its file is."""
    graph = checked_harbour().graph
    name = next(iter(graph.entries))
    one, other = Fingerprints(graph, lambda _: "1"), Fingerprints(graph, lambda _: "2")
    assert one.of(("entries", name)) != other.of(("entries", name))
    assert one.of(("entries", "nobody")) == other.of(("entries", "nobody"))
    assert one.of(("entries", None)) == other.of(("entries", None))
    assert FILES
