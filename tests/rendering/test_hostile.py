"""Hostile texts in every field of every kind of record, through the real templates."""

import pytest

from hostile_pages import faults, folded, html_of, ordinary, pages, seen
from hostile_records import graph_of, harmless, hostile

SHIFTS = range(4)


@pytest.fixture(scope="module")
def benign():
    """The shape of each page with plain words in every field, by its path."""
    return shapes(graph_of(harmless()))


def shapes(graph):
    """The shape of each page's HTML, by the page's path."""
    return {path(page): seen(html_of(text)).shape for page, text in pages(graph)}


def path(page):
    """The path of a page's Markdown file."""
    return page.head.path if hasattr(page, "head") else page.path


@pytest.mark.parametrize("shift", SHIFTS)
def test_no_text_is_markup_and_each_is_shown_as_typed(benign, shift):
    """Front matter, converter, elements and visible text are right, whatever stands in whichever field."""
    texts = hostile(shift * 17)
    engine = ordinary()
    shown = ""
    for page, text in pages(graph_of(texts)):
        assert list(faults(page, text, engine)) == [], path(page)
        found = seen(html_of(text))
        assert found.shape == benign[path(page)], path(page)
        shown += found.text
    hidden = [text for text in texts.given if folded(text) not in shown]
    assert hidden == []
