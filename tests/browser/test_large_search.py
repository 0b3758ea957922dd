"""The search of a large site, in a real Chromium, on an invented collection."""

import os
import subprocess
import sys

import pytest

from benchmarks.corpus import write_corpus
from benchmarks.searching import answers_in
from small_project import PACKAGE_ROOT

pytestmark = pytest.mark.browser

RESULTS = ".md-search-result__item"
RECORDS = 120


@pytest.fixture(scope="module")
def searched_site(tmp_path_factory):
    """A site that is searched with Pagefind, as it has the option say."""
    project = tmp_path_factory.mktemp("searched")
    write_corpus(project, RECORDS)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("- sourcebook:", "- sourcebook:\n      pagefind_from: 100"), encoding="utf-8"
    )
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PACKAGE_ROOT)},
        check=True,
        timeout=120,
    )
    return project / "site"


def ask(page, words):
    """Open the search by its shortcut, and type."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector(f"{RESULTS} .sb-result-kind")


def test_a_question_is_answered_from_a_part_of_the_index(searched_site, serve, watch):
    """Results say what kind of record they are; nothing is asked of anybody else, and no policy is broken."""
    watched = watch(viewport={"width": 1280, "height": 900})
    page = watched.page
    page.goto(serve(searched_site))
    ask(page, "tide")
    assert page.locator(RESULTS).count() == 10
    assert "results" in page.inner_text(".md-search-result__meta")
    assert {"Claim", "reported"} <= set(page.locator(".sb-result-kind").all_inner_texts())
    page.click(".sb-search-more")
    page.locator(RESULTS).nth(10).wait_for()
    assert watched.events() == []


def test_results_are_filtered_by_kind_and_status(searched_site, serve, watch):
    """Only claims have a status, and only those that have it are left."""
    page = watch(viewport={"width": 390, "height": 844}).page
    page.goto(serve(searched_site))
    page.click("label[for=__search].md-header__button")
    page.keyboard.type("tide")
    page.wait_for_selector(RESULTS)
    whole = page.inner_text(".md-search-result__meta")
    page.select_option(".sb-search-filters select[aria-label=Kind]", "Claim")
    page.select_option(".sb-search-filters select[aria-label=Status]", "contested")
    page.locator(".sb-result-status:text-is('reported')").first.wait_for(state="detached")
    assert set(page.locator(".sb-result-status").all_inner_texts()) == {"contested"}
    assert page.inner_text(".md-search-result__meta") != whole


def test_a_name_in_any_script_leads_to_its_page(searched_site, serve, watch):
    """A whole name comes first, and Enter leads there."""
    page = watch(viewport={"width": 1280, "height": 900}).page
    base = serve(searched_site)
    page.goto(base + "actors/actor-000003/")
    name = page.inner_text("h1").split("\n")[0].strip("¶ ")
    other = page.locator("td[lang], td [lang]").first.inner_text()
    for words in (name, other):
        page.goto(base)
        ask(page, words)
        assert name in page.locator(f"{RESULTS} h1").all_inner_texts()
    page.goto(base)
    ask(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/actor-000003/**")


def test_the_theme_s_own_index_is_empty_then(searched_site):
    """No browser fetches a whole index; only what Pagefind needs to answer is published."""
    assert '"docs":[]' in (searched_site / "search/search_index.json").read_text(encoding="utf-8")
    assert [path.name for path in (searched_site / "pagefind").glob("*ui*")] == []


def test_the_first_answer_of_each_kind_of_question_is_measured(searched_site, browser):
    """What the benchmark asks is answered, and something of the index has gone over the line for it."""
    answers = answers_in(browser, searched_site.parent, rounds=1)
    assert len(answers) == 4
    assert all(answer.seconds > 0 and answer.kilobytes > 10 for answer in answers.values())
