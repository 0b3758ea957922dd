"""Lists made from the facts on hand-written pages: the same through both doors, and nothing else touched."""

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from sourcebook.cli import main
from sourcebook.pages.fragments import FRAGMENTS
from sourcebook.reading.markers import Marker, filled, markers
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings
from views.orrin_bay import FILES, ONE_ACTOR, graph_of, write

HOME = "# Home\n\n<!-- sourcebook: counts -->\n\nand\n<!--sourcebook:most-contested-->\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- sourcebook: latest -->", [Marker("latest", 1, 18)]),
        ("a\n<!--sourcebook:counts-->  \nb", [Marker("counts", 2, 16)]),
        ("a\r\n<!-- sourcebook: counts -->\r\n", [Marker("counts", 2, 18)]),
        ("    <!-- sourcebook: counts -->", []),
        ("Write `<!-- sourcebook: counts -->` there", []),
        ("```\n<!-- sourcebook: counts -->\n```\n<!-- sourcebook: latest -->", [Marker("latest", 4, 18)]),
        ("~~~~\n~~~\n<!-- sourcebook: counts -->\n~~~~~", []),
        ("````\n``` x\n<!-- sourcebook: counts -->", []),
        ("<!-- sourcebook: -->", [Marker("", 1, 18)]),
        ("<!-- generated: counts -->", []),
    ],
)
def test_a_marker_is_a_line_of_its_own_outside_of_code(text, found):
    """Markers are found with the line and the column of their name; code shows them as they are."""
    assert list(markers(text)) == found


def test_only_markers_are_replaced():
    """Everything but a marker's line stays as it is, and so does a marker without a part."""
    text = "a\r\n\n<!-- sourcebook: counts -->\nb  \n<!-- sourcebook: other -->\n"
    assert filled(text, {"counts": "| x |\n"}) == "a\r\n\n\n| x |\n\nb  \n<!-- sourcebook: other -->\n"
    assert filled("no marker\n", {"counts": "x"}) == "no marker\n"


def fragment(graph, name, path="index.md"):
    """The Markdown of a list on a page."""
    return make_renderer()(FRAGMENTS[name](graph, path))


def test_the_most_contested_claims_come_with_their_numbers(tmp_path):
    """Claims that other sides dispute are listed by how many dispute them, with whoever says them."""
    more = "text: It never was rotten.\nclaimant: mayor\ndisputes: [rotten, sound]\nsources: courier#p2\n"
    text = fragment(graph_of(tmp_path, {"content/claims/never.yml": more}), "most-contested", "a/b.md")
    first, second = (line for line in text.splitlines() if line.startswith("- "))
    assert first.startswith("- [The pier was closed because it was rotten.](../claims/rotten.md)")
    assert "disputed by 2" in first and "[Port Authority](../actors/port.md)" in first
    assert second.startswith("- [The pier was sound.](../claims/sound.md)") and "disputed by 1" in second


def test_disputed_questions_come_with_the_number_of_their_answers(tmp_path):
    """Those with the most claims stand first, five at most, and only then a link leads to all."""
    sides = "sides:\n- answer: 'Yes.'\n  claims: {}\n- answer: 'No.'\n  claims: sound\n"
    more = {
        f"content/disputes/q{number}.yml": f"question: Question {number}?\n"
        + sides.format("[rotten, never]" if number == 7 else "rotten")
        for number in range(1, 8)
    }
    never = "text: It never was rotten.\nclaimant: mayor\nsources: courier#p2\n"
    graph = graph_of(tmp_path, {**more, "content/claims/never.yml": never})
    text = fragment(graph, "disputed-questions", "a/b.md")
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert len(lines) == 5 and lines[0].startswith("- [Question 7?](../disputes/q7.md)")
    assert "2 answers · 3 claims" in lines[0]
    assert f"[All {len(graph.by_kind['dispute'])} disputes](../disputes/index.md)" in text


def test_lists_of_nothing_say_so(tmp_path):
    """Where there is nothing to list a sentence says that."""
    graph = graph_of(tmp_path, files=ONE_ACTOR)
    assert fragment(graph, "most-contested") == "No claim recorded here is disputed by another side.\n"
    assert fragment(graph, "disputed-questions") == "No disputed question is recorded yet.\n"
    assert fragment(graph, "latest") == "No change is known.\n"
    assert fragment(graph, "counts") == "[1 actor](actors/index.md) and [1 source](sources/index.md)\n"


def test_the_latest_changes_lead_to_all(tmp_path):
    """What editors tell stands first, and the page of all changes is linked."""
    text = fragment(graph_of(tmp_path), "latest")
    assert "20 April 2031</time>: [The pier was closed because it was rotten.](claims/rotten.md)" in text
    assert text.endswith("All changes: [What’s new](whats-new.md).\n")


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
def test_both_doors_fill_markers_alike(tmp_path, ends):
    """The plugin's page and the page made of what `generate` wrote have the same article."""
    write(tmp_path, {**FILES, "docs/index.md": "---\ntitle: T\n---\n" + HOME.replace("\n", ends)})
    out = tmp_path / "out"
    config = str(tmp_path / "mkdocs.yml")
    result = CliRunner().invoke(main, ["generate", "--config-file", config, "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "[5 actors](actors/index.md)" in (out / "docs/index.md").read_text(encoding="utf-8")
    pages = []
    for folder in (tmp_path, out):
        build(load_config(str(folder / "mkdocs.yml"), strict=True, theme="mkdocs"))
        page = (folder / "site/index.html").read_text(encoding="utf-8")
        pages.append(page[page.index('role="main"') : page.index("<footer")])
    assert pages[0] == pages[1]
    assert "sourcebook:" not in pages[0] and 'href="claims/rotten/"' in pages[0]


def test_views_may_be_left_out_of_a_navigation(tmp_path):
    """With a navigation that names some views only, neither door warns, and all of them are there."""
    nav = "nav: [index.md, figures.md, {Facts: [actors/index.md, events/index.md, claims/index.md, " + (
        "disputes/index.md, places/index.md, sources/index.md]}]\nvalidation: {omitted_files: warn}\n"
    )
    write(tmp_path, {**FILES, "mkdocs.yml": FILES["mkdocs.yml"] + nav})
    config, out = str(tmp_path / "mkdocs.yml"), tmp_path / "out"
    assert (
        CliRunner().invoke(main, ["generate", "--config-file", config, "--out", str(out)], env={}).exit_code
        == 0
    )
    for folder in (tmp_path, out):
        build(load_config(str(folder / "mkdocs.yml"), strict=True, theme="mkdocs"))
        assert "positions/index.html" in {
            path.relative_to(folder / "site").as_posix() for path in (folder / "site").rglob("*.html")
        }


def test_an_unknown_marker_keeps_the_site_from_being_made(tmp_path):
    """A marker that names no list is an error with the nearest name, at its place."""
    write(tmp_path, {**FILES, "docs/a/b.md": "# B\n\n<!-- sourcebook: lattest -->\n"})
    checked = check_project(read_settings(tmp_path / "mkdocs.yml"))
    (found,) = checked.diagnostics
    assert (str(found.position), found.code.slug) == ("docs/a/b.md:3:18", "unknown-marker")
    assert found.hint == "did you mean 'latest'?" and checked.graph is None
