"""Tests of long lists: nothing is left out, and no page grows with the collection."""

import json

import pytest

from benchmarks.corpus import write_corpus
from sourcebook.pages import paging
from sourcebook.pages.composer import Composer
from sourcebook.pages.paging import on_page, page_count, pager, rest, sized_chunks
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.files import site_files

LARGEST = 600_000
"""Bytes of Markdown."""


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A collection in which one actor, one source and one event have a good part of everything."""
    project = tmp_path_factory.mktemp("uneven")
    write_corpus(project, 1500, skew=12, a_file=500)
    return check_project(read_settings(project / "mkdocs.yml")).graph


@pytest.fixture(scope="module")
def files(graph):
    """The files of its site, by path."""
    return {file.path: file.text for file in site_files(graph, make_renderer())}


def test_every_item_stands_on_one_page():
    """Pages follow one another without a gap, and the last one has what is left."""
    items = list(range(1, 701))
    pages = [on_page(items, number)[1] for number in range(1, page_count(len(items)) + 1)]
    assert [len(page) for page in pages] == [300, 300, 100]
    assert [item for page in pages for item in page] == items
    assert on_page(items, 3)[0] == 601
    assert page_count(0) == 1


def test_groups_stay_together_on_a_page():
    """A group that is longer than a page has one of its own."""
    assert list(sized_chunks([(2, "a"), (2, "b"), (9, "c"), (1, "d")], 4)) == [("a", "b"), ("c",), ("d",)]
    assert list(sized_chunks([])) == [()]


def test_a_pager_names_the_ends_and_the_neighbours(graph):
    """A gap between two numbers is told as one; a single page has no pager."""
    composer = Composer(graph, "claims/index.md")
    found = pager(composer, "claims/index.md", 10, 40)
    assert found
    labels = [None if one is None else getattr(one, "value", None) or one.label.value for one in found.pages]
    assert labels == ["1", None, "8", "9", "10", "11", "12", None, "40"]
    assert (found.before.target, found.after.target) == ("index_9.md", "index_11.md")
    assert pager(composer, "claims/index.md", 1, 1) is None


def test_a_cut_list_leads_to_all_of_it(graph):
    """The index is narrowed by the facet; a list that is whole needs no link."""
    composer = Composer(graph, "actors/actor-000000.md")
    link = rest(composer, "claim", 5000, ("actor", "Nel & Co"))
    assert link
    assert link.label.value == "All 5,000 claims; the first 300 stand here"
    assert link.target == "../claims/index.md?actor=Nel+%26+Co"
    assert rest(composer, "claim", paging.ROWS_A_PAGE, ("actor", "Nel")) is None


def test_every_record_stands_in_its_index_and_in_the_list_for_narrowing(graph, files):
    """Over all pages of an index each record has one row; the list of the script has the same."""
    claims = graph.by_kind["claim"]
    pages = [text for path, text in sorted(files.items()) if path.startswith("claims/index")]
    assert len(pages) == page_count(len(claims)) > 1
    rows = [line for text in pages for line in text.splitlines() if line.startswith("| [")]
    assert len(rows) == len(claims)
    whole = json.loads(files["assets/lists/claim.json"])
    addresses = [whole["parts"][title][1] for title, _, _ in whole["rows"]]
    assert sorted(addresses) == sorted(f"claims/{key}/" for key in claims)


def test_no_page_grows_with_its_lists(files):
    """Not that of an actor with a good part of all claims either."""
    pages = {path: len(text.encode()) for path, text in files.items() if path.endswith(".md")}
    assert {path: size for path, size in pages.items() if size > LARGEST} == {}
    assert "All " in files["actors/actor-000000.md"]
