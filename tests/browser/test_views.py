"""The views on the real content, in a real Chromium: tables at a desk, lists on a phone, living links."""

import re

import pytest

from sourcebook.records.dispute import Dispute

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 640}}
DESK = {"viewport": {"width": 1440, "height": 900}}
VIEWS = ("positions", "figures", "coverage", "state", "whats-new", "tags")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_views_load_whole(real_site, serve, watch, size, scheme):
    """No view asks another host, reports an error, or scrolls sideways, light or dark."""
    base, watched = serve(real_site), watch(**size, color_scheme=scheme)
    for view in VIEWS:
        watched.page.goto(f"{base}{view}/")
        assert not watched.page.evaluate("document.documentElement.scrollWidth > innerWidth"), view
        assert watched.page.locator("article [style], article script").count() == 0, view
    assert watched.events() == []


def test_answers_are_columns_at_a_desk_and_stand_in_their_cells_on_a_phone(real_site, graph, serve, watch):
    """At a desk each answer heads its column; on a phone it stands above what is said for it."""
    base = serve(real_site)
    dispute = next(iter(graph.of_kind(Dispute)))
    for size, in_head in ((DESK, True), (PHONE, False)):
        page = watch(**size).page
        page.goto(f"{base}positions/#dispute-{dispute.id}")
        table = page.locator(f"#dispute-{dispute.id} ~ .sb-positions").first
        heads, cell_heads = table.locator("th a"), table.locator(".sb-cell-head")
        assert heads.count() == len(dispute.sides)
        assert cell_heads.first.is_visible() != in_head
        box = heads.first.bounding_box()
        assert (box["width"] > 40) == in_head or not in_head


def test_an_answer_leads_to_its_side_and_a_claim_to_its_page(real_site, graph, serve, watch):
    """From the head of a column to the side on the dispute's page, from a cell to the claim."""
    base, page = serve(real_site), watch(**DESK).page
    page.goto(f"{base}positions/")
    page.locator(".sb-positions th a").first.click()
    page.wait_for_url(re.compile(r"/disputes/[^/]+/#side-1$"))
    assert page.locator("h2:target").count() == 1
    page.go_back()
    page.locator(".sb-positions .sb-given a").first.click()
    page.wait_for_url("**/claims/**")


def test_a_cell_leads_to_its_paragraph_and_is_named_in_words(real_site, graph, serve, watch):
    """Each paragraph's cell is large enough to hit, has a name that says its facts, and leads to it."""
    base, page = serve(real_site), watch(**PHONE).page
    page.goto(f"{base}coverage/")
    cells = page.locator(".sb-strip a")
    assert cells.count() == sum(
        len(source.paragraphs) for source in map(graph.record, graph.by_kind["source"])
    )
    for cell in cells.all():
        box = cell.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
        assert re.fullmatch(r"Paragraph \d+: (no fact|1 fact|\d+ facts)", cell.text_content())
    page.get_by_role("link", name=re.compile(r"^Paragraph 1\b")).first.click()
    page.wait_for_url(re.compile(r"/sources/[^/]+/#p1$"))
    assert page.locator("h3:target").count() == 1


def test_every_figure_is_on_the_page_of_figures(real_site, graph, serve, watch):
    """Each claim that gives a figure has its row, and drawings have their words."""
    base, page = serve(real_site), watch(**DESK).page
    page.goto(f"{base}figures/")
    given = [key for key in graph.by_kind["claim"] if graph.record(key).quantity]
    assert page.locator(".sb-figures tbody tr").count() == len(given)
    for key in given:
        assert page.locator(f".sb-figures a[href='../claims/{key}/']").count() == 1
    for drawing in page.locator("svg.sb-bar").all():
        assert "scale from" in drawing.get_attribute("aria-label")


def test_a_keyword_leads_to_its_list(real_site, graph, serve, watch):
    """From a record's keyword to its list, in which the record stands."""
    base, page = serve(real_site), watch(**DESK).page
    key = next(key for key in graph.by_kind["claim"] if graph.record(key).tags)
    page.goto(f"{base}claims/{key}/")
    page.locator(".sb-tags a").first.click()
    page.wait_for_url(f"**/tags/#tag-{graph.record(key).tags[0]}")
    assert page.locator("h2:target").count() == 1
    assert page.locator(f"a[href='../claims/{key}/']").count() >= 1


def test_the_home_page_has_its_lists(real_site, graph, serve, watch):
    """Home tells how many records there are, what is most contested, and what changed last."""
    base, page = serve(real_site), watch(**PHONE).page
    page.goto(base)
    text = page.inner_text("article")
    assert f"{len(graph.by_kind['claim'])} claims" in text and "disputed by" in text
    page.get_by_role("link", name="What’s new", exact=True).last.click()
    page.wait_for_url("**/whats-new/")
    assert page.locator(".sb-index tbody tr").count() > 0 or graph.history.extent == "none"
