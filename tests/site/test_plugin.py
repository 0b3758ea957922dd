"""What the plugin does at the edges of a build: errors, addresses, and the folder it publishes into."""

import errno
import os
import posixpath
import re
import shutil
from pathlib import Path

import pytest

from small_project import FILES, RECORDS, content_of, generate, mkdocs_build, pages_in, small_project, verify
from sourcebook.site import publish as publishing
from sourcebook.site.publish import staging_folder

fcntl = pytest.importorskip("fcntl")

RECORD = re.compile(r"(?:actors|claims|disputes|events|places|sources)/[^/]+/index\.html")
HREF = re.compile(r'href="([^"#]+)"')
TWO_ERRORS = {
    "content/actors/asha-verne.yml": "name: Asha Verne\ntype: persn\nsources: council-minutes#p2\n",
    "content/claims/money-ran-out.yml": "text: No fuel.\nclaimant: asha-vern\nsources: council-minutes#p9\n",
}


def change(project, path, old, new):
    """Replace words in a file of the project, which must have them."""
    text = (project / path).read_text(encoding="utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), encoding="utf-8")


def beside(site):
    """The names of what lies beside a site and is hidden, without what a build keeps for the next."""
    return sorted(path.name for path in site.parent.glob(".*") if path.name != ".sourcebook-cache")


def test_errors_leave_the_last_site_as_it_was(small):
    """With errors in the facts the build ends with 1, tells all of them, and touches nothing."""
    mkdocs_build(small)
    before = content_of(small / "site")
    small_project(small, TWO_ERRORS)
    built = mkdocs_build(small)
    assert built.exit_code == 1
    for line in (
        "content/actors/asha-verne.yml:2:7: error: ",
        "did you mean 'person'?",
        "content/claims/money-ran-out.yml:2:11: error: no actor or source with id 'asha-vern'",
        "content/claims/money-ran-out.yml:3:10: error: ",
        "Nothing was built: mend the errors above.",
    ):
        assert line in built.output, built.output
    assert "Traceback" not in built.output
    assert content_of(small / "site") == before
    assert beside(small / "site") == []


def test_errors_before_any_site(small):
    """With errors and no last site there is no site afterwards either."""
    small_project(small, TWO_ERRORS)
    assert mkdocs_build(small).exit_code == 1
    assert not (small / "site").exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"docs/index.md": "# Home\n\n[Nowhere](nowhere.md)\n"},
        {"content/disputes/why-the-ferry-stopped.yml": None},
    ],
    ids=["of MkDocs", "of the facts"],
)
def test_strict_refuses_a_warning(small, changes):
    """A strict build with a warning, of MkDocs or of the facts, is not published; a plain one is."""
    mkdocs_build(small)
    before = content_of(small / "site")
    for path, text in changes.items():
        (small / path).unlink()
        if text:
            (small / path).write_text(text)
    if not changes.get("docs/index.md"):
        change(small, "docs/index.md", "[the dispute](disputes/why-the-ferry-stopped.md)", "a dispute")
    refused = mkdocs_build(small, "--strict")
    assert refused.exit_code == 1
    assert "The site was not published" in refused.output
    assert content_of(small / "site") == before
    assert beside(small / "site") == []
    assert mkdocs_build(small).exit_code == 0
    assert content_of(small / "site") != before


def test_failing_build_leaves_the_last_site_as_it_was(small):
    """What fails later in a build, here in a hook, changes nothing and leaves nothing behind."""
    mkdocs_build(small)
    before = content_of(small / "site")
    (small / "hook.py").write_text(
        "from mkdocs.exceptions import BuildError\n"
        "def on_page_content(html, *, page, **_):\n"
        "    if page.title == 'Tides': raise BuildError('no tide today')\n"
    )
    change(small, "mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    built = mkdocs_build(small)
    assert built.exit_code == 1 and "no tide today" in built.output
    assert content_of(small / "site") == before
    assert beside(small / "site") == []


@pytest.mark.parametrize(
    "path",
    [
        "docs/claims/engine-failed.md",
        "docs/claims/engine-failed/index.md",
        "docs/claims/engine-failed.html",
        "docs/claims/README.md",
        "docs/actors/a-verne.md",
        "docs/assets/sourcebook.css",
    ],
)
def test_hand_written_page_in_the_way(small, tmp_path, path):
    """A hand-written file at the address of a made one is an error of both doors, under any of its names."""
    small_project(small, {path: "# Mine\n"})
    for run in (mkdocs_build(small), generate(small, tmp_path / "out")):
        assert run.exit_code == 1
        assert f"{path}: error: " in run.output and "[page-in-the-way]" in run.output
    assert not (small / "site").exists() and not (tmp_path / "out").exists()


def test_hand_written_page_beside_records(small):
    """A hand-written page in a kind's folder is welcome where no record has its address."""
    small_project(small, {"docs/claims/reading.md": "# Reading claims\n"})
    built = mkdocs_build(small)
    assert built.exit_code == 0, built.output
    assert (small / "site/claims/reading/index.html").is_file()


@pytest.mark.parametrize(
    ("template", "line"),
    [
        (
            '{% extends "sourcebook/claim.md" %}\n\n{% block file %}\n{{ page.no.such }}\n{% endblock %}\n',
            4,
        ),
        ('{% extends "sourcebook/claim.md" %}\n{% block file %}\n', 2),
        ('{% extends "sourcebook/clam.md" %}\n', 1),
        ("{% block file %}{{ page.head | sideways }}{% endblock %}\n", 1),
    ],
    ids=["undefined", "unclosed", "no original", "no filter"],
)
def test_broken_override(small, template, line):
    """A template that does not work is told with its file and line, and nothing is built."""
    small_project(small, {"site_templates/claim.md": template})
    built = mkdocs_build(small)
    assert built.exit_code == 1
    assert f"site_templates/claim.md:{line}:1: error: " in built.output, built.output
    assert "[broken-template]" in built.output
    assert not (small / "site").exists()


@pytest.mark.parametrize("directory_urls", [True, False], ids=["folders", "files"])
@pytest.mark.parametrize("door", ["plugin", "generate"])
def test_former_id_leads_on(small, tmp_path, door, directory_urls):
    """At a former id's address a page leads on to the present one, in either form and by either door."""
    if not directory_urls:
        change(small, "mkdocs.yml", "theme:", "use_directory_urls: false\ntheme:")
    project = small
    if door == "generate":
        assert generate(small, tmp_path / "out").exit_code == 0
        project = tmp_path / "out"
    assert mkdocs_build(project, "--strict").exit_code == 0
    old = project / "site" / ("actors/a-verne/index.html" if directory_urls else "actors/a-verne.html")
    target = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', old.read_text())[1]
    there = (old.parent / target).resolve()
    page = there / "index.html" if directory_urls else there
    assert "<h1" in page.read_text() and "Asha Verne" in page.read_text()
    assert verify(small, project / "site").exit_code == 0


def test_edit_links_lead_to_the_facts(small):
    """MkDocs' own button and the page's link lead to the record's YAML file; a page by hand to itself."""
    change(
        small,
        "mkdocs.yml",
        "theme:\n",
        "repo_url: https://code.example/ferry\nedit_uri: edit/main/docs/\n"
        "theme:\n  features: [content.action.edit]\n",
    )
    mkdocs_build(small)
    base = "https://code.example/ferry/edit/main"
    pages = pages_in(small / "site")
    page = pages["claims/forty-left-behind/index.html"]
    assert page.count(f'href="{base}/content/claims/company.yml"') == 2
    assert f'href="{base}/docs/notes/tides.md"' in pages["notes/tides/index.html"]
    # An index comes from no single file.
    assert f"{base}/" not in pages["claims/index.html"]


def test_without_edit_uri_the_path_is_shown(small):
    """Where nobody said how to edit, the page shows its file's path and no link."""
    mkdocs_build(small)
    page = pages_in(small / "site")["claims/forty-left-behind/index.html"]
    assert "content/claims/company.yml" in page and "Suggest an edit" not in page


@pytest.mark.parametrize("nav", [True, False], ids=["own nav", "automatic nav"])
def test_records_are_in_no_nav(small, tmp_path, nav):
    """No page's navigation lists a record; every index is in it. So it is through both doors."""
    if not nav:
        text = (small / "mkdocs.yml").read_text()
        (small / "mkdocs.yml").write_text(re.sub(r"nav:\n(  - .*\n)+", "", text))
    generate(small, tmp_path / "out")
    for project in (small, tmp_path / "out"):
        assert mkdocs_build(project, "--strict").exit_code == 0
        pages = pages_in(project / "site")
        for path, text in pages.items():
            navigation = text[text.index('<nav class="md-nav md-nav--primary"') : text.index("<article")]
            found = {posixpath.join(posixpath.dirname(path), link) for link in HREF.findall(navigation)}
            addresses = {posixpath.normpath(address) for address in found}
            records = {path.removesuffix("/index.html") for path in pages if RECORD.fullmatch(path)}
            assert len(records) == RECORDS
            assert addresses & records <= {path.removesuffix("/index.html")}, path
            assert addresses >= {"actors", "claims", "disputes", "events", "places", "sources"}, path


def test_what_a_kill_left_behind_goes(small):
    """A half-built site of a killed run goes with the next build, and is not mixed into it."""
    mkdocs_build(small)
    whole = content_of(small / "site")
    left = staging_folder(small / "site")
    (left / "claims/ghost").mkdir(parents=True)
    (left / "claims/ghost/index.html").write_text("ghost")
    mkdocs_build(small)
    assert content_of(small / "site") == whole
    assert beside(small / "site") == []


def test_missing_parents_of_the_site_are_made(small, tmp_path):
    """Folders above the site that do not exist are made."""
    built = mkdocs_build(small, site=tmp_path / "not/yet/site")
    assert built.exit_code == 0, built.output
    assert (tmp_path / "not/yet/site/index.html").is_file()


def test_site_that_cannot_be_written(small, tmp_path):
    """Where nothing can be written the build ends with 3 and says where, without a traceback."""
    (tmp_path / "file").write_text("")
    built = mkdocs_build(small, site=tmp_path / "file/site")
    assert built.exit_code == 3
    assert f"{tmp_path / 'file/site'}: the site cannot be built here" in built.output
    assert "Traceback" not in built.output


def test_site_that_cannot_be_exchanged(small, monkeypatch):
    """A folder that cannot be moved, such as a mount point, stays as it is and is named."""
    mkdocs_build(small)
    before = content_of(small / "site")

    def busy(*_):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    change(small, "docs/index.md", "Why the ferry stopped", "Why")
    shutil.rmtree(small / ".sourcebook-cache")
    monkeypatch.setattr(publishing, "exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", busy)
    built = mkdocs_build(small)
    assert built.exit_code == 3
    assert f"{small / 'site'}: the site cannot be put in place: Device or resource busy" in built.output
    assert content_of(small / "site") == before
    assert beside(small / "site") == []


def test_site_behind_a_link(small, tmp_path):
    """Where the site's folder is a link, the folder it leads to gets the new site, and the link stays."""
    (tmp_path / "elsewhere").mkdir()
    (small / "site").symlink_to(tmp_path / "elsewhere")
    for _ in range(2):
        built = mkdocs_build(small)
        assert built.exit_code == 0, built.output
    assert (small / "site").is_symlink()
    assert (tmp_path / "elsewhere/index.html").is_file()
    assert beside(small / "site") == [] and beside(tmp_path / "elsewhere") == []


def test_hidden_files_of_the_site_stay(small):
    """What is hidden in the site's folder, such as a repository, stays, as it does with MkDocs alone."""
    mkdocs_build(small)
    (small / "site/.git/refs").mkdir(parents=True)
    (small / "site/.git/refs/head").write_text("head")
    (small / "site/.nojekyll").write_text("")
    (small / "site/stale.html").write_text("stale")
    assert mkdocs_build(small).exit_code == 0
    assert (small / "site/.git/refs/head").read_text() == "head"
    assert (small / "site/.nojekyll").is_file()
    assert not (small / "site/stale.html").exists()


def test_two_builds_at_once(small):
    """While one build is under way another one ends with 1 instead of spoiling it."""
    mkdocs_build(small)
    before = content_of(small / "site")
    under_way = staging_folder(small / "site")
    under_way.mkdir()
    (under_way / "index.html").write_text("of the other build")
    held = os.open(under_way, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    built = mkdocs_build(small)
    assert built.exit_code == 1
    assert "another build of this site is under way" in built.output
    assert (under_way / "index.html").read_text() == "of the other build"
    os.close(held)
    assert mkdocs_build(small).exit_code == 0
    assert content_of(small / "site") == before


def test_the_theme_of_a_project_survives_generate(small, tmp_path):
    """A theme's own folder and hooks come along with what `generate` writes, wherever that is moved to."""
    small_project(
        small,
        {
            "look/partials/footer.html": "<footer>Rowed by hand</footer>",
            "look/.icons/boat.svg": "<svg/>",
            "tools/hook.py": "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n",
        },
    )
    change(small, "mkdocs.yml", "  font: false", "  font: false\n  custom_dir: look")
    change(small, "mkdocs.yml", "plugins:", "hooks: [tools/hook.py]\nwatch: [tools]\nplugins:")
    assert mkdocs_build(small, "--strict").exit_code == 0
    assert generate(small, tmp_path / "first").exit_code == 0
    (tmp_path / "first").rename(tmp_path / "moved")
    built = mkdocs_build(tmp_path / "moved", "--strict")
    assert built.exit_code == 0, built.output
    for site in (small / "site", tmp_path / "moved/site"):
        for path, text in pages_in(site).items():
            assert "Rowed by hand" in text and "<p>hooked</p>" in text, path
    assert (tmp_path / "moved/theme/.icons/boat.svg").is_file()
    # A file of the theme that goes, goes there, too.
    (small / "look/partials/footer.html").unlink()
    generate(small, tmp_path / "moved")
    assert not list((tmp_path / "moved").rglob("footer.html"))


def test_lists_of_a_project_survive_generate(small, tmp_path):
    """What the project keeps out of its navigation stays out, and no extension is listed twice."""
    text = FILES["mkdocs.yml"].replace("  - Tides: notes/tides.md\n", "")
    text = text.replace("theme:", "not_in_nav: |\n  /notes/\ntheme:")
    text = text.replace("  - toc:\n      permalink: true\n", "  toc:\n    permalink: true\n  attr_list:\n")
    small_project(small, {"mkdocs.yml": text})
    assert mkdocs_build(small, "--strict").exit_code == 0
    assert generate(small, tmp_path / "out").exit_code == 0
    built = mkdocs_build(tmp_path / "out", "--strict")
    assert built.exit_code == 0, built.output
    assert "notes/tides.md" not in built.output
    written = (tmp_path / "out/mkdocs.yml").read_text()
    assert written.count("toc") == 1 and written.count("attr_list") == 1
