"""The site for everybody: by eye, keyboard, screen reader and printer, in any direction, from any place."""

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from page_types import page_types
from pier_project import MKDOCS, write_project

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 640}}
DESK = {"viewport": {"width": 1440, "height": 900}}
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LAYOUT_RULES = ["scrollable-region-focusable", "target-size"]
EYE_RULES = [*COLOUR_RULES, *LAYOUT_RULES]
"""What width and colours can break; the other rules see the same elements everywhere."""
FEW_OF_EACH = """() => document.querySelectorAll("tbody, ul, ol").forEach((list) =>
  [...list.children].slice(5).forEach((child) => child.remove()))"""
"""Of rows that are alike some are enough: axe looks at every pair of neighbours."""
STILL = {**PHONE, "reduced_motion": "reduce"}
"""Where nothing slides or fades, there is no moment with the contrast of neither end."""
LIGHT = {(360, 640): None, (768, 1024): LAYOUT_RULES, (1440, 900): EYE_RULES}
"""The rules to ask for at each size, None being all: a tablet shows what a phone does, at other places."""
DARK = {(360, 640): COLOUR_RULES, (1440, 900): COLOUR_RULES}
"""Other colours move nothing."""
SETTLED = """() => new Promise((settled) => {
  const isShort = (bar) => bar.offsetParent && getComputedStyle(bar).overflowY == "auto" && !bar.style.height;
  const look = () => [...document.querySelectorAll(".md-sidebar__scrollwrap")].some(isShort)
    ? requestAnimationFrame(look) : settled();
  requestAnimationFrame(() => requestAnimationFrame(look));
})"""
"""Resolves when the theme has given its side bars the height of the window: before, links may be cut off."""
EMPTY_SECTIONS = """() => [...document.querySelectorAll("article :is(h2, h3, h4)")].filter((heading) => {
  const next = heading.nextElementSibling;
  const deeper = next && /^H[1-6]$/.test(next.tagName) && next.tagName > heading.tagName;
  const filled = next && (deeper || next.textContent.trim() || next.querySelector("svg"));
  return !heading.textContent.trim() || !filled;
}).map((heading) => `nothing under the heading ${heading.textContent}`)"""
CLAIM = "claims/pier-was-sound/"


@pytest.fixture
def built(tmp_path):
    """Function that builds the small project with further lines in its theme, and gives the site's folder."""

    def make(*, theme="", plugins="", extra=None):
        config = MKDOCS.format(site_url="").replace("  font: false\n", f"  font: false\n{theme}")
        config = config.replace("  - search\n", f"  - search\n{plugins}")
        write_project(tmp_path, extra={"mkdocs.yml": config, **(extra or {})})
        build(load_config(str(tmp_path / "mkdocs.yml")))
        return tmp_path / "site"

    return make


def faults(page, axe, address, rules_at):
    """What is wrong with a page at some sizes: findings of axe, sideways scrolling, empty sections."""
    found = []
    for (width, height), rules in rules_at.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{width}: scrolls sideways")
        found += [f"{width}: {line}" for line in axe(page, rules)]
    return [f"{address}: {line}" for line in [*found, *page.evaluate(EMPTY_SECTIONS)]]


@pytest.mark.parametrize(("scheme", "rules_at"), [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"])
def test_no_type_of_page_has_a_fault(real_site, serve, watch, axe, scheme, rules_at):
    """On every type of page and at every width axe finds no violation, be it ours or the theme's."""
    watched, base = watch(**STILL, color_scheme=scheme), serve(real_site)
    found = []
    for address in page_types(real_site):
        watched.page.goto(base + address)
        watched.page.evaluate(FEW_OF_EACH)
        found += faults(watched.page, axe, address, rules_at)
    assert found == []
    assert watched.events() == []


def test_no_type_of_page_with_every_field_has_a_fault(harbour_site, serve, watch, axe):
    """Nor does one of the invented collection, which has every field of the format."""
    watched, base = watch(**STILL), serve(harbour_site)
    found = []
    for address in page_types(harbour_site):
        watched.page.goto(base + address)
        watched.page.evaluate(FEW_OF_EACH)
        found += faults(watched.page, axe, address, LIGHT)
    assert found == []
    assert watched.events() == []


def test_every_type_of_page_is_read_without_scripts(real_site, serve, watch):
    """With JavaScript off every type of page has its heading, its text and its links, and no dead button."""
    page, base = watch(**PHONE, java_script_enabled=False).page, serve(real_site)
    for address in page_types(real_site):
        page.goto(base + address)
        assert page.is_visible("article h1"), address
        assert len(page.inner_text("article")) > 150, address
        assert page.locator("article a[href]:visible").count() > 2, address
        assert page.locator("article button").count() == 0, address


def settle(page):
    """Wait until what slides or fades has come to rest: on its way a text has the contrast of neither end."""
    page.wait_for_timeout(400)
    for _ in range(20):
        if page.evaluate("document.getAnimations().every(one => one.playState !== 'running')"):
            break
        page.wait_for_timeout(100)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_opens(real_site, serve, watch, axe, scheme):
    """The drawer, the results of the search and the citation have no violation either."""
    watched = watch(**PHONE, color_scheme=scheme)
    page, address = watched.page, serve(real_site) + "claims/"
    page.goto(address)
    page.click("article td a >> nth=0")
    page.click("label.md-header__button[for=__drawer]")
    settle(page)
    assert axe(page) == []
    page.reload()
    page.click(".sb-cite-page summary")
    settle(page)
    assert axe(page, EYE_RULES) == []
    page.click("label.md-header__button[for=__search]")
    page.click(".md-search__input")
    page.keyboard.type("armenia")
    page.wait_for_selector(".md-search-result__link")
    settle(page)
    assert axe(page) == []
    assert watched.events() == []


def test_the_keyboard_leads_to_the_text_and_its_place_is_seen(real_site, serve, watch):
    """The first stop is the link that skips to the text; every stop in the text has an outline."""
    page = watch(**DESK).page
    page.goto(serve(real_site) + "claims/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = "const style = getComputedStyle(document.activeElement); return style.outlineStyle"
        box = "document.activeElement.matches('.md-toggle, .md-option, body')"
        assert page.evaluate(box) or page.evaluate(f"(() => {{ {outline} }})()") != "none"


def test_whoever_wants_no_motion_gets_none(real_site, serve, watch):
    """Where the reader's system asks for less motion, nothing slides or fades."""
    page = watch(**DESK, reduced_motion="reduce").page
    page.goto(serve(real_site))
    duration = "parseFloat(getComputedStyle(element).transitionDuration)"
    durations = f"[...document.querySelectorAll('*')].map(element => {duration})"
    assert max(page.evaluate(durations)) < 0.01


@pytest.mark.parametrize("kind", ["claims", "disputes", "events"])
def test_a_page_is_printed_with_its_sources_and_without_navigation(real_site, graph, serve, watch, kind):
    """On paper stand the text and where it is written, in dark ink, and nothing to click on."""
    page = watch(viewport={"width": 794, "height": 1123}, color_scheme="dark").page
    page.goto(f"{serve(real_site)}{kind}/{graph.by_kind[kind.removesuffix('s')][0]}/")
    page.emulate_media(media="print")
    for part in ("h1", "h2:has-text('Where it is written')", "article ol li", ".sb-file"):
        assert page.is_visible(part), part
    for part in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer", ".sb-cite-page", ".headerlink"):
        assert not page.locator(f"{part}:visible").count(), part
    ink = page.evaluate("getComputedStyle(document.querySelector('.sb-file')).color")
    assert max(int(part) for part in ink.removeprefix("rgba(").removeprefix("rgb(").split(",")[:3]) < 128


def test_every_form_of_a_citation_is_copied(real_site, graph, serve, watch):
    """A button beside each form copies it; the keyboard reaches it; without scripts the text is there."""
    address = f"{serve(real_site)}claims/{graph.by_kind['claim'][0]}/"
    watched = watch(**PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = watched.page
    page.goto(address)
    page.focus(".sb-cite-page summary")
    page.keyboard.press("Enter")
    forms = page.locator(".sb-copy").all_inner_texts()
    assert [form[0] for form in forms] == ["“", "@", "["]
    for form in forms:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector(".sb-copy-button:focus:text('Copied')")
        assert page.evaluate("navigator.clipboard.readText()") == form
    assert watched.events() == []
    page = watch(**PHONE, java_script_enabled=False).page
    page.goto(address)
    page.click(".sb-cite-page summary")
    assert page.locator(".sb-copy").all_inner_texts() == forms
    assert page.locator("button.sb-copy-button").count() == 0


def test_a_position_has_an_address(built, serve, watch):
    """The sign beside a position leads to it, and what it led to is marked."""
    page = watch(**DESK).page
    page.goto(serve(built()) + CLAIM)
    page.hover("#position-1 ~ strong")
    page.click("a.headerlink[href='#position-1']")
    assert page.url.endswith("#position-1")
    ground = "getComputedStyle(document.querySelector('#position-1').closest('li')).backgroundColor"
    assert page.evaluate(ground) != "rgba(0, 0, 0, 0)"


def test_a_graphic_event_warns_before_it_tells(built, serve, watch):
    """The content warning stands before everything that the page tells of the event."""
    page = watch(**PHONE).page
    page.goto(serve(built()) + "events/closure/")
    assert page.locator(".sb-warning").bounding_box()["y"] < page.locator(".sb-facts").bounding_box()["y"]


@pytest.mark.parametrize("language", ["ar", "he"])
def test_a_site_is_written_from_right_to_left(built, serve, watch, axe, language):
    """In a language written so, text and marks begin at the right, and nothing runs out of a phone."""
    watched = watch(**PHONE)
    page, base = watched.page, serve(built(theme=f"  language: {language}\n"))
    for address in (CLAIM, "claims/", "events/closure/", "sources/courier/", "disputes/state-of-the-pier/"):
        page.goto(base + address)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), address
        assert axe(page, EYE_RULES) == []
    page.goto(base + "timeline/")
    page.click(".sb-zoomable button >> nth=0")
    mark, number = (page.locator(f".sb-frame a {part} >> nth=0").bounding_box() for part in ("path", "text"))
    assert mark["x"] <= number["x"] <= mark["x"] + mark["width"]
    page.goto(base + CLAIM)
    style = "getComputedStyle(document.querySelector('.sb-status'))"
    assert page.evaluate(f"{style}.borderLeftWidth") == "0px" != page.evaluate(f"{style}.borderRightWidth")
    assert watched.events() == []


def test_a_site_on_a_disk_is_read_and_searched(built, watch):
    """Opened from a folder, the site has its links and its search, and asks nobody for anything."""
    site = built(plugins="  - offline\n")
    assert "unpkg" not in "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    watched = watch(**DESK)
    page = watched.page
    page.goto((site / "index.html").as_uri())
    page.click(".md-search__input")
    page.keyboard.type("rotten")
    page.click(".md-search-result__link >> nth=0")
    page.wait_for_url("**/claims/pier-was-rotten.html*")
    page.click("blockquote a")
    page.wait_for_url("**/sources/courier.html#p1")
    assert watched.events() == []


INJECTED = """<p id="victim">text</p><script>document.title = "taken over"</script>
<img src="x" onerror="document.title = 'taken over'">
<a id="trap" href="javascript:document.title = 'taken over'">x</a>
<p id="styled" style="position: fixed">x</p><script src="https://elsewhere.example/x.js"></script>
"""


def test_a_script_that_got_into_a_page_does_not_run(built, serve, watch):
    """No inline script, handler, script address or foreign script of a page runs; the theme's own do."""
    watched = watch(**DESK)
    page = watched.page
    page.goto(serve(built(extra={"docs/index.md": f"# Home\n\n{INJECTED}\n"})))
    assert page.inner_text("#victim") == "text"
    page.click("#trap")
    page.wait_for_timeout(200)
    assert page.title() != "taken over"
    assert page.evaluate("getComputedStyle(document.querySelector('#styled')).position") == "static"
    refused = [text for text in watched.console_errors if "Content Security Policy" in text]
    assert len(refused) >= 4
    assert watched.foreign_requests == []
    assert page.evaluate("typeof __md_get") == "function"


def test_the_theme_works_under_the_policy(real_site, serve, watch):
    """Colours are switched and remembered, and the search answers, without a message of the browser."""
    watched = watch(**DESK, color_scheme="light")
    page = watched.page
    page.goto(serve(real_site) + "claims/")
    page.click("label[title='Switch to dark']")
    page.reload()
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.click(".md-search__input")
    page.keyboard.type("armenia")
    page.wait_for_selector(".md-search-result__link")
    page.click(".md-search [data-md-component=search-share]")
    page.keyboard.press("Escape")
    assert watched.events() == []
