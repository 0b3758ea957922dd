"""The search of a large site, in a real Chromium, on an invented collection."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import quote_plus

import pytest

from benchmarks.corpus import write_corpus
from benchmarks.searching import answers_in
from small_project import PACKAGE_ROOT

pytestmark = pytest.mark.browser

RESULTS = ".md-search-result__item"
TOLD = ".md-search-result__meta"
RECORDS = 400
"""So many that some claims are not among those that most others name."""


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
    """Open the search by its shortcut, type, and wait for what answers all that was typed."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector(f'{RESULTS} [href*="h={quote_plus(words)}"] .sb-result-kind')


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


def misspelt(name):
    """A name with a letter of its longest word left out."""
    longest = max(name.split(), key=len)
    return name.replace(longest, longest[:3] + longest[4:])


def test_a_name_in_any_script_leads_to_its_page(searched_site, serve, watch):
    """A whole name comes first, in any script and with a letter wrong, and Enter leads there."""
    watched = watch(viewport={"width": 1280, "height": 900})
    page, base = watched.page, serve(searched_site)
    page.goto(base + "actors/actor-000003/")
    name = page.inner_text("h1").split("\n")[0].strip("¶ ")
    others = page.locator("td[lang], td [lang]").all_inner_texts()
    assert len(others) == 2
    for words in (name, misspelt(name), *others):
        page.goto(base)
        ask(page, words)
        page.locator(TOLD).get_by_text(re.compile(r"^[\d,]+ results?$")).wait_for()
        assert page.locator(f"{RESULTS} h1").first.inner_text() == name
        assert page.locator(f"{RESULTS} h1").all_inner_texts().count(name) == 1
    page.goto(base)
    ask(page, name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/actors/actor-000003/**")
    assert watched.events() == []


def test_a_name_is_left_out_where_another_kind_is_asked_for(searched_site, serve, watch):
    """The names follow the filters, as all results do."""
    page, base = watch(viewport={"width": 1280, "height": 900}).page, serve(searched_site)
    page.goto(base + "actors/actor-000003/")
    name = page.inner_text("h1").split("\n")[0].strip("¶ ")
    page.goto(base)
    ask(page, misspelt(name))
    page.select_option(".sb-search-filters select[aria-label=Kind]", "Claim")
    page.locator(".sb-result-kind:text-is('Actor')").first.wait_for(state="detached")


def number_told(page, words):
    """How many results the search tells."""
    page.fill(".md-search__input", words)
    page.wait_for_function(
        "(query) => [...document.querySelectorAll('.md-search-result__link')]"
        ".some((link) => new URL(link.href).searchParams.get('h') === query)",
        arg=words,
    )
    return int(page.inner_text(TOLD).split()[0].replace(",", ""))


def test_small_words_of_a_question_are_not_asked_for(searched_site, serve, watch):
    """They stand nearly everywhere and say little; alone, or in quotes, they are."""
    page = watch(viewport={"width": 1280, "height": 900}).page
    page.goto(serve(searched_site))
    page.keyboard.press("/")
    tide = number_told(page, "tide")
    assert number_told(page, "after the tide") == tide
    assert number_told(page, "after") != tide
    assert number_told(page, '"the tide"') <= tide


def test_a_word_on_many_pages_is_answered_from_a_part_and_goes_on_to_all(searched_site, serve, watch):
    """With “many” made small: the number is that of all pages, and each of them is reached once."""
    page = watch(viewport={"width": 1280, "height": 900}).page
    script = (searched_site / "assets/sourcebook-search.js").read_text(encoding="utf-8")
    smaller = script.replace("MANY=2000", "MANY=50").replace("AT_ONCE=10;", "AT_ONCE=60;")
    assert smaller.count("MANY=50") == smaller.count("AT_ONCE=60") == 1
    answer = {"body": smaller, "content_type": "text/javascript"}
    page.route("**/sourcebook-search.js", lambda route: route.fulfill(**answer))
    page.goto(serve(searched_site))
    page.keyboard.press("/")
    number = number_told(page, "tide")
    assert number > 120
    while page.locator(".sb-search-more").is_visible():
        shown = page.locator(RESULTS).count()
        page.click(".sb-search-more")
        page.wait_for_function(
            "(shown) => document.querySelectorAll('.md-search-result__item').length > shown"
            " || document.querySelector('.sb-search-more').hidden",
            arg=shown,
        )
    links = page.eval_on_selector_all(".md-search-result__link", "links => links.map((link) => link.href)")
    assert len(links) == len(set(links)) == number


def test_the_theme_s_own_index_is_empty_then(searched_site):
    """No browser fetches a whole index; only what Pagefind needs to answer is published."""
    assert '"docs":[]' in (searched_site / "search/search_index.json").read_text(encoding="utf-8")
    assert [path.name for path in (searched_site / "pagefind").glob("*ui*")] == []


def test_the_names_of_a_large_site_are_those_of_what_has_names(searched_site):
    """Each reader who searches fetches them: the titles of claims and events are left out."""
    rows = json.loads((searched_site / "assets/names.json").read_text(encoding="utf-8"))
    assert {address.split("/")[0] for _, address, *_ in rows} == {"actors", "disputes", "places", "sources"}


def test_the_first_answer_of_each_kind_of_question_is_measured(searched_site, browser):
    """What the benchmark asks is answered, and something of the index has gone over the line for it."""
    answers = answers_in(browser, searched_site.parent, rounds=1)
    assert len(answers) == 4
    assert all(answer.seconds > 0 and answer.kilobytes > 10 for answer in answers.values())
