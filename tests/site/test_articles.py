"""What is read from a finished article in few steps is what the long way finds."""

import re

import pytest

from sourcebook.mkdocs_plugin.facts_page import ID_IN_HTML, ids_in
from sourcebook.mkdocs_plugin.searching import shown

ARTICLES = (
    "",
    "<p>No mark</p>",
    '<p data-search-boost="2">A</p>',
    '<div class="a" data-search-exclude="true" id="b">\n<p>A</p></div>',
    '<div\n\tdata-search-a="1"data-search-b="2" \xa0 data-search-c="3">A</div> data-search-d="4"',
    'data-search-a="1" data-search-="2" data-search-exclude <p data-search-b="">',
    '<h1 id="a">A</h1><p title="x" id="b">is id="c" too</p><a id="d"></a><p class="id">',
    '<p>a is id="b" > c</p><p id="d">',
)


@pytest.mark.parametrize("article", ARTICLES)
def test_what_only_the_search_reads_is_taken_away_as_by_its_plugin(article):
    """The plugin's own expression says what goes, the space before it included."""
    assert shown(article) == re.sub(r"\s?data-search-\w+=\"[^\"]+\"", "", article)


@pytest.mark.parametrize("article", ARTICLES)
def test_ids_are_those_within_tags(article):
    """An id is what stands in a tag, and not what looks like one in a text."""
    assert ids_in(article) == ID_IN_HTML.findall(article)
