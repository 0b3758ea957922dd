"""Tests of the index of large sites, and of when a site has one."""

import json
from types import SimpleNamespace

import pytest

from sourcebook.mkdocs_plugin import large_search as deciding
from sourcebook.site import large_search as indexing
from sourcebook.site.large_search import Failed, Mark, by_page, index_site, mark_of, most_named, text_page
from sourcebook.site.pagefind import program
from sourcebook.site.policy import policy


class Plugins(dict):
    """Plugins by name, each with its options."""

    def __init__(self, *names):
        super().__init__({name: SimpleNamespace(config={"enabled": True}) for name in names})


def decided(monkeypatch, *, records=3000, plugins=("material/search",), installed="/bin/pagefind"):
    """Which program indexes a site."""
    monkeypatch.setattr(deciding, "program", lambda: installed)
    collection = SimpleNamespace(pagefind_from=2000)
    graph = SimpleNamespace(entries=range(records))
    return deciding.large_search(collection, graph, SimpleNamespace(plugins=Plugins(*plugins)))


def test_pagefind_takes_over_above_a_size(monkeypatch):
    """Below it, without any search, and for a site that is opened from a disk, it does not."""
    assert decided(monkeypatch) == "/bin/pagefind"
    assert decided(monkeypatch, records=1999) is None
    assert decided(monkeypatch, plugins=()) is None
    assert decided(monkeypatch, plugins=("search", "material/offline")) is None


def test_without_the_program_a_line_says_how_to_get_it(monkeypatch, caplog):
    """Material's search stays."""
    caplog.set_level("INFO", logger="mkdocs.plugins.sourcebook")
    assert decided(monkeypatch, installed=None) is None
    assert [record.getMessage() for record in caplog.records] == [
        "3,000 records make Material's search slow, which stays until Pagefind is there: "
        "pip install 'sourcebook[search]'"
    ]


def test_sections_are_gathered_by_page():
    """The first section has the page's title, the others their anchors."""
    entries = [
        {"location": "claims/rot/", "title": "Rot", "text": "<p>Soft.</p>"},
        {"location": "claims/rot/#says", "title": "Says", "text": "A ferryman."},
        {"location": "", "title": "Home", "text": ""},
    ]
    assert dict(by_page(entries)) == {
        "claims/rot/": [("", "Rot", "<p>Soft.</p>"), ("says", "Says", "A ferryman.")],
        "": [("", "Home", "")],
    }


def test_a_page_tells_its_kind_and_status():
    """By path, with either form of addresses; any other page is a page, and asked first."""
    marks = {"claims/rot.md": Mark("Claim", "contested")}
    assert mark_of("claims/rot/", marks) == mark_of("claims/rot.html", marks) == Mark("Claim", "contested")
    assert mark_of("method/", marks) == Mark("Page", is_first=True)
    sections = [("", "Rot", "Soft."), ("rot", "Rot", "Softer."), ("says", "Says", "He.")]
    page = text_page(sections, Mark("Claim", 'a "doubt"'), "en")
    assert 'data-pagefind-filter="Status:a &quot;doubt&quot;"' in page
    assert '<h2 id="says">Says</h2>' in page
    assert page.count("Rot") == 1
    assert "Softer." in page
    assert "First:yes" not in page
    assert "First:yes" in text_page(sections, Mark("Actor", is_first=True), "en")


def test_of_each_kind_those_that_most_records_name_are_asked_first(monkeypatch):
    """Of as many as there is room for; the order of the index decides between equals."""
    monkeypatch.setattr(indexing, "MOST_NAMED", 2)
    graph = SimpleNamespace(naming={"a": 1, "b": 5, "c": 1, "d": 3}.get)
    assert most_named(graph, "abcd") == ["b", "d"]
    assert most_named(graph, "ac") == ["a", "c"]


def test_a_site_is_indexed_and_a_failure_leaves_it_as_it_was(tmp_path):
    """With the program the index is there and Material's empty; a program that fails is told."""
    if program() is None:
        pytest.skip("Pagefind is not installed: the index is not made; see CONTRIBUTING.md")
    site = tmp_path / ".site.next"
    (site / "search").mkdir(parents=True)
    index = site / "search/search_index.json"
    docs = [{"location": "claims/rot/", "title": "Rot", "text": "Soft planks."}]
    index.write_text(json.dumps({"config": {}, "docs": docs}), encoding="utf-8")
    failed = index_site(site, {}, "en", "false")
    assert isinstance(failed, Failed)
    assert json.loads(index.read_text(encoding="utf-8"))["docs"] == docs
    assert index_site(site, {"claims/rot.md": Mark("Claim", "reported")}, "en-GB", program()) is None
    assert json.loads(index.read_text(encoding="utf-8")) == {"config": {}, "docs": []}
    assert (site / "pagefind/pagefind.js").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [".site.next"]


def test_only_a_large_site_s_policy_allows_webassembly():
    """The search of others does without."""
    assert "wasm" not in policy("<html></html>")
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy("<html></html>", wasm=True)
