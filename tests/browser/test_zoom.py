"""The zoom of the timeline in a real Chromium: time gets wider, words do not, and all of it comes back."""

from datetime import date
from itertools import pairwise

import pytest

pytestmark = pytest.mark.browser

FRAME = ".sb-zoomable .sb-frame"
TICKS = f"{FRAME} .sb-tick-words"
MARKS = f"{FRAME} a .sb-mark"
IN = ".sb-zoomable button >> text=Zoom in"
OUT = ".sb-zoomable button >> text=Zoom out"
ALL = ".sb-zoomable button >> text=Show all"
HEIGHTS = """texts => [...new Set(texts.filter((text) => text.textContent).map(
  (text) => Math.round(text.getBoundingClientRect().height)))]"""
DRAG = """(frame, [from, to]) => {
  const point = (x) =>
    new Touch({ identifier: x < 0 ? 0 : 1, target: frame, clientX: 150 + x, clientY: 300 });
  const send = (name, apart) => frame.dispatchEvent(new TouchEvent(name,
    { touches: [point(-apart), point(apart)], bubbles: true, cancelable: true }));
  send("touchstart", from);
  return send("touchmove", to);
}"""


@pytest.fixture
def timeline(real_site, serve, watch):
    """Function from the width of a window, and a query, to the timeline's page with its buttons."""

    def opened(width=1440, query="", **options):
        watched = watch(viewport={"width": width, "height": 800}, **options)
        watched.page.goto(f"{serve(real_site)}timeline/{query}")
        watched.page.wait_for_selector(IN)
        return watched

    return opened


def width_of(page, number=0):
    """How wide a bar is on the screen."""
    return page.locator(f"{FRAME} a path.sb-mark").nth(number).bounding_box()["width"]


def heights(page):
    """How high the words of the drawing are."""
    return page.eval_on_selector_all(f"{FRAME} .sb-number", HEIGHTS)


def days_in(page):
    """The first and the last day that the address names."""
    return [date.fromisoformat(day) for day in page.url.partition("?period=")[2].split("/")]


def await_text(page, selector, found):
    """Wait for a text; the pages' Content-Security-Policy forbids `wait_for_function`."""
    for _ in range(60):
        if found(page.inner_text(selector)):
            return page.inner_text(selector)
        page.wait_for_timeout(50)
    raise AssertionError(page.inner_text(selector))


def await_address(page, found):
    """Wait for an address."""
    for _ in range(60):
        if found(page.url):
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.url)


@pytest.mark.parametrize("width", [360, 1440])
def test_zooming_widens_time_and_no_word(timeline, axe, width):
    """Bars get wider, titles appear, letters stay as high; all of it comes back byte for byte."""
    watched = timeline(width)
    page = watched.page
    before, high, wide = page.inner_html(FRAME), heights(page), width_of(page, 1)
    page.click(IN)
    page.click(IN)
    assert width_of(page, 1) == pytest.approx(wide * 1.6**2, rel=0.05)
    assert heights(page) == high
    assert page.locator(f"{FRAME} a text >> text=/[A-Z][a-z]+ [a-z]+/").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    page.click(OUT)
    assert width_of(page, 1) == pytest.approx(wide * 1.6, rel=0.02)
    page.click(ALL)
    assert page.inner_html(FRAME) == before
    assert watched.events() == []


def test_no_mark_is_drawn_over_another(timeline):
    """Zoomed or not, marks of one row stand apart."""
    page = timeline().page
    for _ in range(3):
        page.click(IN)
        rows = {}
        for box in page.eval_on_selector_all(
            MARKS,
            "marks => marks.map(mark => { const { x, y, width } = mark.getBBox(); return { x, y, width }; })",
        ):
            rows.setdefault(round(box["y"]), []).append((box["x"], box["x"] + box["width"]))
        for row in map(sorted, rows.values()):
            assert all(one[1] <= other[0] for one, other in pairwise(row))


@pytest.mark.parametrize("width", [360, 1440])
def test_the_names_of_periods_stand_apart(timeline, width):
    """Each stays over its own period, in sight or not."""
    page = timeline(width).page
    for _ in range(3):
        page.click(IN)
        heads = page.eval_on_selector_all(
            f"{FRAME} .sb-head",
            "heads => heads.map(head => { const { x, width } = head.getBBox(); return [x, x + width]; })",
        )
        assert len(heads) > 1
        assert all(one[1] <= other[0] for one, other in pairwise(heads))


def test_the_keyboard_zooms_and_scrolls(timeline):
    """In the frame + and - zoom, 0 shows all, arrows scroll; elsewhere these keys do nothing."""
    page = timeline().page
    wide = width_of(page, 1)
    page.keyboard.press("+")
    assert width_of(page, 1) == wide
    page.focus(FRAME)
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("-")
    assert width_of(page, 1) == pytest.approx(wide * 1.6, rel=0.02)
    before = page.eval_on_selector(FRAME, "frame => frame.scrollLeft")
    page.keyboard.press("ArrowRight")
    for _ in range(50):
        if page.eval_on_selector(FRAME, "frame => frame.scrollLeft") > before:
            break
        page.wait_for_timeout(50)
    assert page.eval_on_selector(FRAME, "frame => frame.scrollLeft") > before
    page.keyboard.press("0")
    assert width_of(page, 1) == wide


def test_wheel_and_fingers_zoom_where_they_point(timeline):
    """Ctrl with the wheel zooms, and so do two fingers, which the page then leaves alone."""
    page = timeline(360, has_touch=True).page
    box = page.locator(FRAME).bounding_box()
    wide = width_of(page, 1)
    page.mouse.move(box["x"] + 100, box["y"] + 60)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    for _ in range(50):
        if width_of(page, 1) > wide:
            break
        page.wait_for_timeout(50)
    assert width_of(page, 1) == pytest.approx(wide * 1.25, rel=0.05)
    assert page.eval_on_selector(FRAME, DRAG, [20, 40]) is False
    assert width_of(page, 1) == pytest.approx(wide * 2.5, rel=0.05)


def test_a_mouse_drags_and_a_drag_is_no_click(timeline):
    """What is under the mouse follows it; the link on which the button was let go is not followed."""
    page = timeline().page
    address = page.url
    page.click(IN)
    page.click(IN)
    box = page.locator(FRAME).bounding_box()
    before = page.eval_on_selector(FRAME, "frame => frame.scrollLeft")
    page.mouse.move(box["x"] + 400, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 60, steps=4)
    page.mouse.up()
    assert page.eval_on_selector(FRAME, "frame => frame.scrollLeft") == before + 100
    page.wait_for_timeout(300)
    assert page.url.split("?")[0] == address


@pytest.mark.parametrize("width", [360, 1440])
def test_the_days_in_sight_are_in_the_address(timeline, width):
    """They are said in words, and the address shows them in a fresh browser; all of it needs no word."""
    page = timeline(width).page
    for _ in range(3):
        before = page.url
        page.click(IN)
        await_address(page, lambda address, before=before: address != before)
    assert page.inner_text(".sb-zoomable output")
    seen = days_in(page)
    again = timeline(width, page.url.partition("/timeline/")[2]).page
    assert await_text(again, ".sb-zoomable output", bool)
    # Where a year is an inch, two pixels are some days.
    assert all(abs(one - other).days <= 4 for one, other in zip(days_in(again), seen, strict=True))
    again.click(ALL)
    await_text(again, ".sb-zoomable output", lambda text: not text)
    assert "?" not in again.url


def test_a_period_of_nonsense_shows_all(timeline):
    """An address that names no days of the timeline changes nothing."""
    for query in (
        "?period=x/y",
        "?period=2023-09-25/2023-09-20",
        "?period=3000-01-01/3000-02-01",
        "?period=",
    ):
        watched = timeline(1440, query)
        assert watched.page.eval_on_selector(FRAME, "frame => frame.scrollWidth <= frame.clientWidth")
        assert watched.events() == []


@pytest.mark.parametrize("width", [360, 1440])
def test_buttons_are_large_enough_and_named(timeline, width):
    """Each is at least 24 pixels high and wide, and they stand in a group with a name."""
    page = timeline(width).page
    assert page.get_by_role("group", name="Zoom of the timeline").get_by_role("button").count() == 3
    for button in page.locator(".sb-zoomable button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_it_zooms_after_instant_navigation_and_from_a_disk(real_site, serve, watch):
    """The page need not be loaded by itself, and not from a server."""
    page = watch(viewport={"width": 1440, "height": 800}).page
    page.goto(serve(real_site) + "map/")
    page.evaluate("window.stays = true")
    page.click(".md-sidebar--primary a >> text=Timeline")
    page.click(IN)
    assert page.evaluate("window.stays") or page.url
    assert page.eval_on_selector(FRAME, "frame => frame.scrollWidth > frame.clientWidth")
    watched = watch(viewport={"width": 1440, "height": 800})
    watched.page.goto((real_site / "timeline" / "index.html").as_uri())
    watched.page.click(IN)
    assert watched.page.eval_on_selector(FRAME, "frame => frame.scrollWidth > frame.clientWidth")


def test_paper_has_all_of_it(timeline):
    """Whoever prints a zoomed timeline gets the whole."""
    page = timeline().page
    before = page.inner_html(FRAME)
    page.click(IN)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.inner_html(FRAME) == before
