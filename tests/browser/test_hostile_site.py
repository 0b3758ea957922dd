"""A site whose every field holds a script that wants to run, in a real Chromium: none runs."""

import json
import re

import pytest

from hostile_records import claims_with, files, hostile_by_form, running
from hostile_site import build_site
from safety.attacked_site import attacked_site
from safety.attacks import INERT
from small_project import FILES, mkdocs_process, small_project

HANDLERS = """() => [...document.querySelectorAll("*")].flatMap((element) =>
  [...element.attributes].filter(({name, value}) => name.startsWith("on") || (
      ["href", "src", "action", "formaction", "xlink:href"].includes(name) &&
      !["http:", "https:", "mailto:"].includes(new URL(value, location).protocol)))
    .map(({name}) => `${element.tagName} ${name}`))"""
QUERY = "[data-md-component=search-query]"
IS_SHOWN = """(mark) => [...document.querySelectorAll(".md-search-result__item")]
  .some((item) => item.textContent.includes(mark))"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, built once."""
    return build_site(tmp_path_factory.mktemp("hostile"), running())


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """The site of the known attacks, each in a record of its own, with the extensions that they reach for."""
    texts = {name: attack.text for name, attack in INERT.items()}
    return attacked_site(tmp_path_factory.mktemp("attacked"), texts)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A site of hostile titles whose list of claims has two pages and whose search is Pagefind's."""
    texts = hostile_by_form(warned=False)["text"]
    scripts = [text for text in texts if "__pwned" in text]
    titles = (f"harbour {scripts[number % len(scripts)]}" for number in range(310))
    made = files(claims_with(titles))
    config = FILES["mkdocs.yml"].replace("as_of: 2031-05-04", "pagefind_from: 100")
    nothing = {path: None for path in FILES if path.startswith(("content/", "seeds/"))}
    home = {"docs/index.md": "# Home\n", "mkdocs.yml": config}
    project = small_project(tmp_path_factory.mktemp("large"), {**nothing, **home, **made})
    assert mkdocs_process(project, "build", "--strict").exit_code == 0
    return project / "site"


def assert_nothing_ran(watched):
    """No script of a text ran, no element has a handler, and the page did nothing that ours do not."""
    assert watched.page.evaluate("window.__pwned") is None
    assert watched.page.evaluate(HANDLERS) == []
    assert watched.events() == []


@pytest.mark.browser
def test_no_page_runs_a_text(site, serve, watched_page):
    """Every page of the site is opened: no script, dialogue, handler, error or request to another host."""
    address, page, dialogues = serve(site), watched_page.page, []
    page.on("dialog", lambda dialogue: (dialogues.append(dialogue.message), dialogue.dismiss()))
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    for path in pages:
        page.goto(address + path.removesuffix("index.html"))
        if path == "actors/old-a1/index.html":
            page.wait_for_url("**/actors/a1/")
        assert_nothing_ran(watched_page)
    assert len(pages) > 15
    assert dialogues == []


@pytest.mark.browser
def test_no_search_result_runs_a_text(site, serve, watched_page):
    """The search shows titles and names as they were typed, whichever of them is searched for."""
    rows = json.loads((site / "assets/names.json").read_text(encoding="utf-8"))
    marks = {
        mark for title, _, *names in rows for mark in re.findall(r"\bs\d+s\b", " ".join([title, *names]))
    }
    page = watched_page.page
    page.goto(serve(site) + "actors/a1/")
    for query in [*sorted(marks), *(title for title, *_ in rows)]:
        page.fill(QUERY, query)
        page.dispatch_event(QUERY, "keyup")
        page.wait_for_function(IS_SHOWN, arg=query)
        assert page.evaluate("window.__pwned") is None, query
    assert_nothing_ran(watched_page)
    assert len(marks) > 20


@pytest.mark.browser
def test_no_facet_runs_a_text(site, serve, watched_page):
    """The values by which an index is narrowed are labels of records: they are shown, and chosen, as text."""
    page = watched_page.page
    page.goto(serve(site) + "claims/")
    for facet in page.locator(".sb-facets summary").all():
        facet.click()
    for box in page.locator(".sb-facets input[type=checkbox]").all():
        box.check()
        assert_nothing_ran(watched_page)
        box.uncheck()
    page.reload()
    assert_nothing_ran(watched_page)
    assert "<script>window.__pwned=1</script>" in page.content().replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.browser
def test_no_known_attack_runs(attacked, serve, watched_page):
    """Each attack by its name, on a claim's page and an actor's: nothing runs, and nobody else is asked."""
    address, page = serve(attacked), watched_page.page
    for name, attack in INERT.items():
        for path in (f"claims/{name}/", f"actors/actor-{name}/"):
            page.goto(address + path)
            assert page.evaluate("window.__pwned") is None, name
            assert page.evaluate(HANDLERS) == [], name
            assert " ".join(attack.text.split()) in " ".join(page.inner_text("h1").split()), name
    # The theme alone looks for the list of pages in the wrong place; nothing else may be amiss.
    assert watched_page.foreign_requests == [] and watched_page.page_errors == []


@pytest.mark.browser
def test_nothing_runs_in_a_long_list_and_in_the_search_of_a_large_site(large, serve, watched_page):
    """Rows that a script brings from other pages, and results that Pagefind finds, are texts."""
    address, page = serve(large), watched_page.page
    page.goto(address + "claims/index_2/?text=onerror")
    page.wait_for_selector(".sb-shown")
    assert page.locator(".sb-index tbody tr").count() > 10
    assert_nothing_ran(watched_page)
    page.goto(address + "claims/index_2/")
    assert_nothing_ran(watched_page)
    page.keyboard.press("/")
    page.keyboard.type("harbour")
    page.wait_for_selector(".md-search-result__item .sb-result-kind")
    results = page.locator(".md-search-result__item")
    while "<script>window.__pwned=1</script>" not in page.locator(".md-search-result").inner_text():
        shown = results.count()
        page.click(".sb-search-more")
        results.nth(shown).wait_for()
    assert results.count() >= 10
    assert_nothing_ran(watched_page)
