"""Pages of the invented collection, as plain values and as Markdown: a golden file of each.

The values tell what is said, the Markdown how it is written; `pytest --regenerate` writes both anew.
"""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from harbour import HARBOUR, checked_harbour
from sourcebook.markdown.convert import convert
from sourcebook.pages.all_pages import PAGE_OF, index_pages, record_pages
from sourcebook.reading.history import History
from sourcebook.rendering.templates import make_renderer

GOLDEN = Path(__file__).parent / "golden"
RECORDS = (
    "dockers-union",  # names per side and script, relations and their inverses, disagreements
    "residents",  # an actor without a name
    "harbour-board",
    "strike",  # participants, parts, figures, groups of claims
    "smoke-heard-of",  # a claim without a known claimant
    "blows-event",  # known only from a claim, with a content warning
    "gates-shut",  # contested
    "pay-is-late",
    "union-count",  # a figure beside others
    "strike-is-over",  # withdrawn
    "board-mistaken",
    "gates",  # a dispute
    "marrowbay",
    "coast",
    "courier-article",
    "mayor-speech",
)


@pytest.fixture(scope="module")
def graph():
    """The graph of the collection, without the days on which its files here last changed."""
    return replace(checked_harbour().graph, history=History())


@pytest.fixture(scope="module")
def render():
    """The renderer of the built-in templates."""
    return make_renderer()


def compare(path, text, request):
    """A text against its golden file."""
    if request.config.getoption("--regenerate"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("key", RECORDS)
def test_values_of_a_page(graph, request, key):
    """What a record's page says is what its golden file says."""
    page = PAGE_OF[graph.kind(key)](graph, graph.entries[key])
    values = json.dumps(asdict(page), ensure_ascii=False, indent=1) + "\n"
    compare(GOLDEN / f"{key}.json", values, request)


@pytest.mark.parametrize("key", RECORDS)
def test_markdown_of_a_page(graph, render, request, key):
    """A record's page is written as its golden file is."""
    page = PAGE_OF[graph.kind(key)](graph, graph.entries[key])
    compare(GOLDEN / f"{key}.md", render(page), request)


@pytest.mark.parametrize("number", range(6))
def test_markdown_of_an_index(graph, render, request, number):
    """The index of each kind is written as its golden file is."""
    page = list(index_pages(graph))[number]
    compare(GOLDEN / f"index-of-{page.kind}s.md", render(page), request)


def test_every_page_of_the_collection_is_in_the_converter_s_subset(graph, render):
    """Not one page needs the slow way."""
    for page in record_pages(graph):
        _, _, body = render(page).split("---\n", 2)
        assert convert(body) is not None, page.head.path


def test_golden_files_are_those_of_the_tests():
    """No golden file is left of a page that is no longer tested."""
    kinds = ("actor", "event", "claim", "dispute", "place", "source")
    expected = {f"{key}.{form}" for key in RECORDS for form in ("json", "md")}
    expected |= {f"index-of-{kind}s.md" for kind in kinds}
    assert {path.name for path in GOLDEN.iterdir()} == expected


def test_a_page_names_no_folder_of_this_machine(graph, render):
    """What is written does not depend on where the project lies."""
    for page in record_pages(graph):
        assert str(HARBOUR) not in render(page)
