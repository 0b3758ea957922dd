"""Long lists of questions to the editors: the first are seen, the others are opened, and none is lost."""

import pytest

from benchmarks.corpus import write_corpus
from sourcebook.pages.state import FIRST, LONGEST, state_page
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings

RECORDS = 300


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The state of an invented collection that is large enough for long lists."""
    project = tmp_path_factory.mktemp("state")
    write_corpus(project, RECORDS)
    return state_page(check_project(read_settings(project / "mkdocs.yml")).graph)


def test_a_long_list_shows_its_first_and_folds_the_others(page):
    """Every record is seen, folded or counted."""
    folded = [section for section in page.sections if section.folded]
    assert folded
    for section in folded:
        assert len(section.rows) == FIRST
        listed = len(section.rows) + len(section.folded)
        more = int(section.more.replace(",", "") or 0)
        assert section.number == f"{listed + more:,} records"
        assert listed == LONGEST or not more


def test_a_short_list_is_not_folded(page):
    """Two or three more are read sooner than opened."""
    short = [section for section in page.sections if not section.folded]
    assert short
    assert all(len(section.rows) <= FIRST + 3 and not section.more for section in short)


def test_what_is_folded_is_on_the_page_and_says_how_much(page):
    """Without scripts, too: it is an element of HTML that browsers open."""
    text = make_renderer()(page)
    for section in page.sections:
        if section.folded:
            assert f"<summary>{len(section.folded)} more</summary>" in text
    assert text.count("<details markdown>") == sum(1 for section in page.sections if section.folded)
    assert text.count("sb-byline") == sum(len(one.rows) + len(one.folded) for one in page.sections)
