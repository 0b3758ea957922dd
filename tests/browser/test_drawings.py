"""Timeline, map and network in a real Chromium, on the real content: read, scrolled, clicked, gone around."""

import pytest

pytestmark = pytest.mark.browser

VIEWS = ("timeline/", "map/", "network/")
WIDTHS = (360, 768, 1440)
FRAMES = ".sb-drawing .sb-frame"
SMALLEST = 9.5
"""In CSS pixels; the small words of a drawing."""


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", VIEWS)
def test_a_drawing_can_be_read_at_every_width(real_site, serve, watch, address, width, scheme):
    """The page does not scroll sideways, the frame may; words are never smaller than those of a note."""
    watched = watch(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = watched.page
    page.goto(serve(real_site) + address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    sizes = page.eval_on_selector_all(
        ".sb-frame svg text", "texts => texts.map(text => text.getBoundingClientRect().height)"
    )
    assert sizes and min(sizes) >= SMALLEST
    assert watched.events() == []


@pytest.mark.parametrize("address", VIEWS)
def test_the_keyboard_goes_around_a_drawing_in_two_steps(real_site, serve, watch, address):
    """A link leads to the list; the frame can be scrolled by arrow keys; no mark is a stop on the way."""
    page = watch(viewport={"width": 360, "height": 640}).page
    page.goto(serve(real_site) + address)
    page.focus(".sb-as-list a")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('sb-frame')")
    page.keyboard.press("ArrowRight")
    # Not `wait_for_function`, which the pages' Content-Security-Policy forbids.
    for _ in range(50):
        if page.evaluate("document.activeElement.scrollLeft > 0"):
            break
        page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.scrollLeft > 0")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('svg')")
    page.click(".sb-as-list a")
    assert page.url.endswith("#list")


@pytest.mark.parametrize(
    ("address", "mark", "kind"),
    [
        ("timeline/", ".sb-svg a:has(.sb-mark)", "events/"),
        ("timeline/", ".sb-lane-names a", "actors/"),
        ("map/", "a:has(.sb-map-name)", "places/"),
        ("network/", "a:has(.sb-name)", "actors/"),
        ("network/", "a:has(.sb-tie-words)", "claims/"),
    ],
)
def test_a_click_on_a_mark_leads_to_its_page(real_site, serve, watch, address, mark, kind):
    """Every mark can be clicked, and leads where it says."""
    watched = watch(viewport={"width": 1440, "height": 900})
    page, base = watched.page, serve(real_site)
    page.goto(base + address)
    first = page.locator(mark).first
    first.locator("text, rect, path, circle").last.click()
    page.wait_for_url(f"{base}{kind}*/")
    assert watched.events() == []


def test_names_of_lanes_stay_in_sight(real_site, serve, watch):
    """When the timeline is scrolled sideways on a phone, the names over its lanes stay where they were."""
    page = watch(viewport={"width": 360, "height": 640}).page
    page.goto(serve(real_site) + "timeline/")
    name = page.locator(".sb-lane-names text").first
    before = name.bounding_box()["x"]
    page.eval_on_selector(FRAMES, "frame => { frame.scrollLeft = 200; }")
    assert page.eval_on_selector(FRAMES, "frame => frame.scrollLeft") == 200
    assert name.bounding_box()["x"] == pytest.approx(before, abs=1)


@pytest.mark.parametrize("address", VIEWS)
def test_drawings_need_no_script(real_site, serve, watch, address):
    """With JavaScript off drawing and list are there."""
    page = watch(java_script_enabled=False).page
    page.goto(serve(real_site) + address)
    assert page.is_visible(".sb-frame svg text >> nth=0")
    assert page.is_visible("#list")


def test_the_page_of_a_place_has_its_map(real_site, graph, serve, watch):
    """A place with coordinates has a small map that fits on a phone; one without has none."""
    page, base = watch(viewport={"width": 360, "height": 640}).page, serve(real_site)
    for key in graph.by_kind["place"]:
        page.goto(f"{base}places/{key}/")
        located = graph.record(key).latitude is not None
        assert page.locator(".sb-map svg").count() == located, key
        if located:
            assert page.eval_on_selector(".sb-frame", "frame => frame.scrollWidth <= frame.clientWidth")
