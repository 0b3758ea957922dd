"""The plugin and the command line make the same site of the same facts, on every machine."""

import os
import random
from pathlib import Path

import pytest

from small_project import (
    FILES,
    HAND_WRITTEN,
    INDEXES,
    RECORDS,
    VIEWS,
    article,
    content_of,
    differences,
    markdown_for_mkdocs,
    mkdocs_build,
    mkdocs_process,
    pages_in,
    small_project,
    verify,
)
from sourcebook.exporting.export import paths
from sourcebook.mkdocs_plugin import facts_page
from sourcebook.site.check import check_project, read_settings

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

WITHOUT_PLUGIN = ("search/search_index.json", "sitemap.xml.gz")
"""What differs by design: only the plugin shows a record's names to the search as tags, and dates
the sitemap by the facts, where MkDocs writes the moment of the build into the packed one."""


def test_same_markdown(doors, tmp_path):
    """What MkDocs gets from the plugin is what `generate` writes, byte for byte, but for the data."""
    handed = markdown_for_mkdocs(doors.project, tmp_path / "site")
    graph = check_project(read_settings(doors.project / "mkdocs.yml")).graph
    data = set(paths(graph))
    written = {path: text for path, text in content_of(doors.generated / "docs").items() if path not in data}
    by_hand = content_of(doors.project / "docs")
    assert differences(by_hand | {path: text.encode() for path, text in handed.items()}, written) == []


def test_same_articles(doors):
    """The article of every page, made or hand-written, is the same through both doors.

    Without `edit_uri` there is no difference by design inside it; with one, MkDocs' own edit button leads to
    the YAML file through the plugin only.
    """
    by_plugin, by_stock = pages_in(doors.by_plugin), pages_in(doors.by_stock)
    assert by_plugin.keys() == by_stock.keys()
    different = [path for path in by_plugin if article(by_plugin[path]) != article(by_stock[path])]
    assert different == []


def test_same_files_but_for_the_search(doors):
    """All other files are the same, but for the search's index and what the plugin adds to a page's head."""
    by_plugin, by_stock = doors.sites()
    different = differences(by_plugin, by_stock)
    assert [path for path in different if not only_head_has_more(by_plugin, by_stock, path)] == sorted(
        WITHOUT_PLUGIN
    )


def only_head_has_more(by_plugin, by_stock, path):
    """Whether a page is that of the other site with further elements in its head."""
    if not path.endswith(".html") or not by_plugin.keys() & by_stock.keys() & {path}:
        return False
    (head, _, body), (stock_head, _, stock_body) = (
        site[path].decode().partition("</head>") for site in (by_plugin, by_stock)
    )
    elements, stock_elements = ({part.strip() for part in text.split("<")} for text in (head, stock_head))
    return body == stock_body and stock_elements <= elements


def test_no_warning(doors):
    """A strict build of either door prints no warning and no error."""
    for run in doors.runs:
        assert "WARNING" not in run.output and "ERROR" not in run.output


def test_every_page_is_there(doors):
    """Pages are records, indexes, views and hand-written pages; the site is whole."""
    checked = check_project(read_settings(doors.project / "mkdocs.yml"))
    by_hand = sum(1 for _ in (doors.project / "docs").rglob("*.md"))
    expected = sum(checked.records.values()) + INDEXES + VIEWS + by_hand
    assert len(pages_in(doors.by_plugin)) == len(pages_in(doors.by_stock)) == expected
    verified = verify(doors.project, doors.by_plugin)
    assert verified.exit_code == 0, verified.output
    assert verified.output.startswith(f"{expected} of {expected} pages")


def test_pages_of_the_small_project(small_doors):
    """The small project has as many pages as it says, and one redirect."""
    assert len(pages_in(small_doors.by_plugin)) == RECORDS + INDEXES + VIEWS + HAND_WRITTEN
    assert (small_doors.by_plugin / "actors/a-verne/index.html").is_file()


def test_pages_as_files(doors, tmp_path):
    """Without directories as addresses the site has the same pages, and is as whole."""
    site = tmp_path / "site"
    built = mkdocs_build(doors.project, "--strict", "--no-directory-urls", site=site)
    assert built.exit_code == 0 and "WARNING" not in built.output
    assert len(pages_in(site)) == len(pages_in(doors.by_plugin))
    verified = verify(doors.project, site)
    assert verified.exit_code == 0, verified.output


def test_two_builds_are_the_same(small_doors, tmp_path):
    """A second build has the same files, byte for byte; the tests below say so of the real content."""
    mkdocs_build(small_doors.project, "--strict", site=tmp_path / "again")
    assert differences(content_of(small_doors.by_plugin), content_of(tmp_path / "again")) == []


EAST = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0"}
WEST = {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4294967295", "LC_ALL": "C.UTF-8"}


def test_another_machine(doors, tmp_path):
    """Time zone, hash seed and locale change nothing, in a process of its own."""
    built_elsewhere(doors, tmp_path, EAST)


def test_one_more_machine(small_doors, tmp_path):
    """So it is on the other side of the date line."""
    built_elsewhere(small_doors, tmp_path, WEST)


def built_elsewhere(doors, folder, environment):
    """Build in another environment; the site is the same."""
    site = folder / "site"
    built = mkdocs_process(doors.project, "build", "--strict", "--site-dir", str(site), **environment)
    assert built.exit_code == 0, built.output
    assert differences(content_of(doors.by_plugin), content_of(site)) == []


def test_another_order_of_files(doors, tmp_path, monkeypatch):
    """The order in which the system lists files changes nothing."""
    real_scandir, real_listdir, real_iterdir = os.scandir, os.listdir, Path.iterdir
    dice = random.Random(7)

    def shuffled(found):
        listed = list(found)
        dice.shuffle(listed)
        return listed

    class Scan(list):
        def __enter__(self):
            return iter(self)

        def __exit__(self, *_):
            pass

        def __next__(self):
            if not self:
                raise StopIteration
            return self.pop()

        def close(self):
            pass

    def scandir(path="."):
        with real_scandir(path) as found:
            return Scan(shuffled(found))

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "listdir", lambda path=".": shuffled(real_listdir(path)))
    monkeypatch.setattr(Path, "iterdir", lambda self: iter(shuffled(real_iterdir(self))))
    built = mkdocs_build(doors.project, "--strict", site=tmp_path / "site")
    monkeypatch.undo()
    assert built.exit_code == 0, built.output
    assert differences(content_of(doors.by_plugin), content_of(tmp_path / "site")) == []


def test_files_written_in_another_order(small_doors, tmp_path):
    """A project whose files were written in the opposite order gives the same site."""
    mirrored = small_project(tmp_path / "mirrored", dict(reversed(FILES.items())))
    mkdocs_build(mirrored, "--strict", site=tmp_path / "site")
    assert differences(content_of(small_doors.by_plugin), content_of(tmp_path / "site")) == []


def test_the_ordinary_way(doors, tmp_path, monkeypatch):
    """The fast converter and Python-Markdown give the same files."""
    ordinary_way(monkeypatch)
    built = mkdocs_build(doors.project, "--strict", site=tmp_path / "ordinary")
    assert built.exit_code == 0, built.output
    assert differences(content_of(doors.by_plugin), content_of(tmp_path / "ordinary")) == []


def test_the_ordinary_way_with_pages_as_files(small_doors, tmp_path, monkeypatch):
    """So they do without directories as addresses."""
    mkdocs_build(small_doors.project, "--strict", "--no-directory-urls", site=tmp_path / "fast")
    ordinary_way(monkeypatch)
    mkdocs_build(small_doors.project, "--strict", "--no-directory-urls", site=tmp_path / "ordinary")
    assert differences(content_of(tmp_path / "fast"), content_of(tmp_path / "ordinary")) == []


def ordinary_way(monkeypatch):
    """Have every page converted by Python-Markdown; a call of the fast converter fails."""
    monkeypatch.setattr(facts_page, "converter_was_checked", lambda _: False)
    monkeypatch.setattr(facts_page, "convert", None)


def test_every_record_takes_the_fast_way(doors):
    """No record's page of the built-in templates is beyond the fast converter."""
    records = [path for path in doors.ordinary if not (doors.project / "docs" / path).exists()]
    assert [path for path in records if "/" in path and not path.endswith("/index.md")] == []


def test_an_extension_that_nobody_checked(small_doors, tmp_path, monkeypatch):
    """With a further Markdown extension every page goes the ordinary way, to the same articles."""
    changed = FILES["mkdocs.yml"] + "  - pymdownx.caret\n"
    project = small_project(tmp_path / "project", {"mkdocs.yml": changed})
    monkeypatch.setattr(facts_page, "convert", None)
    built = mkdocs_build(project, "--strict")
    assert built.exit_code == 0, built.output
    assert differences(content_of(small_doors.by_plugin), content_of(project / "site")) == []
