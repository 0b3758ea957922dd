"""A reader on the real content, in a real Chromium: searches, follows, reads, on a phone and at a desk."""

import re

import pytest

from sourcebook.reading.files import KINDS
from watching import serving, watching

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 640}}
DESK = {"viewport": {"width": 1440, "height": 900}}
RESULT_LINKS = ".md-search-result__link"
FIRST_SCREEN = ["article h1", ".sb-statement", ".sb-status", "blockquote a"]
SEEN = """parts => ({
  isTooWide: document.documentElement.scrollWidth > innerWidth,
  feet: parts.map(part => document.querySelector(part)?.getBoundingClientRect().bottom ?? null),
})"""
SEARCHED = "document.querySelector('.md-search-result__meta')?.textContent"


def addresses(site):
    """Every page of a site, as an address relative to it."""
    pages = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(page.removesuffix("index.html") for page in pages if page != "404.html")


def names(graph):
    """Every name and alias of every record, each with the address of a page that has it."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            record = graph.record(key)
            own = [record.label, *record.names, *record.aliases]
            for name in dict.fromkeys(phrase.value for phrase in own):
                yield name, f"{KINDS[kind]}/{key}/"


def found(page, base, query):
    """The addresses of the pages that the search lists for a query, the best first."""
    page.fill(".md-search__input", "")
    page.press(".md-search__input", "End")
    page.wait_for_selector(RESULT_LINKS, state="detached")
    page.fill(".md-search__input", query)
    page.press(".md-search__input", "End")
    page.wait_for_selector(RESULT_LINKS, state="attached", timeout=5_000)
    links = page.eval_on_selector_all(RESULT_LINKS, "links => links.map(link => link.href)")
    pages = (link.split("?")[0].split("#")[0].removeprefix(base) for link in links)
    return list(dict.fromkeys(pages))


@pytest.fixture(scope="module")
def on_a_phone(browser, real_site):
    """What was seen of each page of the site by a reader who opened all of them on a phone."""
    with watching(browser, **PHONE) as watched, serving(real_site) as base:
        seen = {}
        for address in addresses(real_site):
            watched.page.goto(base + address)
            seen[address] = watched.page.evaluate(SEEN, FIRST_SCREEN)
        yield watched, seen


def test_no_page_asks_another_host_or_reports_an_error(on_a_phone):
    """Every page of the site loads without a foreign request, an error, or sideways scrolling on a phone."""
    watched, seen = on_a_phone
    assert watched.events() == []
    assert [address for address, page in seen.items() if page["isTooWide"]] == []
    assert watched.page.context.cookies() == []


def test_every_name_is_found_among_the_first_three(real_site, graph, serve, watch):
    """The search shows the page of every name and alias of every record among its first three results."""
    base, watched = serve(real_site), watch(**DESK)
    page = watched.page
    page.goto(base)
    page.click(".md-search__input")
    missed = [(name, address) for name, address in names(graph) if address not in found(page, base, name)[:3]]
    assert missed == []
    assert watched.events() == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_reader_goes_from_search_to_claim_paragraph_event_actor_and_back(real_site, serve, watch, size):
    """From the search to a claim, its paragraph, an event resting on it, an actor in it, and back."""
    base, watched = serve(real_site), watch(**size)
    page = watched.page
    page.goto(base)
    if size is PHONE:
        page.click("label[for='__search'].md-header__button")
    page.click(".md-search__input")
    page.keyboard.type("4,850")
    page.click(f"{RESULT_LINKS} >> nth=0")
    page.wait_for_url("**/claims/**")
    claim = page.url.split("?")[0].split("#")[0]
    assert "4,850" in page.inner_text("h1")

    page.click("blockquote a")
    page.wait_for_url("**/sources/*/#p6")
    assert page.is_visible("#p6")

    page.click("h3#p6 ~ ul a[href*='/events/'] >> nth=0")
    page.wait_for_url("**/events/**")
    page.click("article a[href*='/actors/'] >> nth=0")
    page.wait_for_url("**/actors/**")
    for _ in range(3):
        page.go_back()
    assert page.url.split("?")[0].split("#")[0] == claim
    assert watched.events() == []


FAILED = "The Russian peacekeepers failed to protect"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_newcomer_learns_who_says_it_and_who_denies_it_in_three_clicks(real_site, serve, watch, size):
    """From the home page to who says the peacekeepers failed, who denies it, and in which paragraph."""
    page = watch(**size).page
    page.goto(serve(real_site))
    page.locator("article").get_by_role("link", name=FAILED).first.click()
    page.wait_for_url("**/claims/**")
    assert "Nikol Pashinyan" in page.inner_text(".sb-statement")
    denial = page.locator("article li:has-text('disputes it')").first
    assert "Dmitry Peskov" in denial.inner_text()
    denial.locator(".sb-cite a").first.click()
    note = page.locator("article ol li:has(a:target)")
    assert "paragraph 18" in note.inner_text()
    note.locator("a[href*='/sources/']").first.click()
    page.wait_for_url("**/sources/*/#p18")
    assert page.locator("h3:target").count() == 1


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_search_answers_the_same_in_two_clicks(real_site, serve, watch, size):
    """The first result tells who says it and who denies it; a second click leads to the paragraph."""
    page = watch(**size).page
    page.goto(serve(real_site))
    page.click("label[for='__search'].md-header__button" if size is PHONE else ".md-search__input")
    page.keyboard.type("peacekeepers failed")
    page.locator(RESULT_LINKS).first.click()
    page.wait_for_url(re.compile("/(claims|disputes)/[^/]+/"))
    text = page.inner_text("article")
    assert "Nikol Pashinyan" in text and "Dmitry Peskov" in text and "paragraph 16" in text
    page.locator("article a[href*='/sources/']:text('25 September')").first.click()
    page.wait_for_url(re.compile(r"/sources/[^/]+/#p\d+$"))


def test_the_first_screen_of_every_claim_answers_on_a_phone(on_a_phone, graph):
    """On a phone's first screen stand what is said, by whom, how it stands, and in which document."""
    _, seen = on_a_phone
    feet = {claim: seen[f"claims/{claim}/"]["feet"] for claim in graph.by_kind["claim"]}
    assert {claim: foot for claim, foot in feet.items() if None in foot or max(foot) > 640} == {}


def test_sides_stand_side_by_side_at_a_desk_and_under_each_other_on_a_phone(real_site, graph, serve, watch):
    """The sides of a dispute stand next to each other where there is room."""
    base = serve(real_site)
    address = f"{base}disputes/{graph.by_kind['dispute'][0]}/"
    tops = {}
    for name, size in (("desk", DESK), ("phone", PHONE)):
        page = watch(**size).page
        page.goto(address)
        tops[name] = [box["y"] for box in (side.bounding_box() for side in page.locator(".sb-side").all())]
    assert tops["desk"][0] == tops["desk"][1]
    assert tops["phone"][0] < tops["phone"][1]


def test_a_page_reads_without_scripts(real_site, graph, serve, watch):
    """With JavaScript off a claim's page shows its statement, its notes and its links."""
    base, watched = serve(real_site), watch(**DESK, java_script_enabled=False)
    claim = graph.by_kind["claim"][0]
    watched.page.goto(f"{base}claims/{claim}/")
    assert watched.page.inner_text("h1").startswith(graph.record(claim).label.value)
    assert watched.page.is_visible("#cite-1 ~ a")


def test_results_say_what_kind_of_record_they_are(real_site, serve, watch):
    """Behind each result stands whether it is an actor, an event, a claim, a dispute, a place or a source."""
    base, watched = serve(real_site), watch(**DESK)
    page = watched.page
    page.goto(base)
    page.click(".md-search__input")
    assert found(page, base, "Armenia")[0].split("/")[0] in ("actors", "places")
    page.wait_for_selector(".sb-result-kind")
    kinds = set(page.locator(".sb-result-kind").all_inner_texts())
    assert kinds <= {"Actor", "Event", "Claim", "Dispute", "Place", "Source"}
    assert {"Actor", "Place"} <= kinds
