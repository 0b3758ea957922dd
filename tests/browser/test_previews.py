"""Cards that tell what a link leads to: for pointers and the keyboard, gone with Escape, never in the way."""

import pytest

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1440, "height": 900}}
CARD = ".sb-preview:visible"
DISPUTE = "disputes/peacekeepers-responsibility/"
CLAIM_LINK = ".sb-side a[href*='/claims/'] >> nth=0"


def pages_asked(page):
    """The pages that are fetched from now on; the browser asks for the icon when it likes."""
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/") else None)
    return asked


def opened(real_site, serve, watch, address=DISPUTE, **options):
    """A page of the real site, watched, and the base of its addresses."""
    watched, base = watch(**{**DESK, **options}), serve(real_site)
    watched.page.goto(base + address)
    return watched, watched.page, base


def test_a_link_pointed_at_tells_what_it_leads_to(real_site, serve, watch):
    """Kind, title, claimant and status stand beside a link to a claim, whose page is fetched once."""
    watched, page, _ = opened(real_site, serve, watch)
    asked = pages_asked(page)
    link = page.locator(CLAIM_LINK)
    for _ in range(2):
        link.hover()
        card = page.locator(CARD)
        card.wait_for()
        lines = [line.strip() for line in card.locator("p").all_inner_texts()]
        assert lines[0].startswith("Claim") and lines[1] == link.inner_text().strip()
        assert lines[2].startswith("Said by") and "disputed by" in lines[3]
        assert link.get_attribute("aria-describedby") == card.get_attribute("id")
        card.hover()
        page.wait_for_timeout(400)
        assert card.is_visible()
        page.mouse.move(5, 5)
        card.wait_for(state="hidden")
    assert len(asked) == 1
    assert watched.events() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_keyboard_shows_a_card_and_escape_takes_it_away(real_site, serve, watch, axe, scheme):
    """Focus shows the card, Escape hides it and leaves the focus; axe finds nothing in it."""
    watched, page, _ = opened(real_site, serve, watch, color_scheme=scheme)
    page.keyboard.press("Tab")
    page.locator(CLAIM_LINK).focus()
    page.locator(CARD).wait_for()
    page.wait_for_timeout(200)
    assert axe(page, ["color-contrast", "aria-tooltip-name", "region"]) == []
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="hidden")
    assert page.locator(CLAIM_LINK).evaluate("link => link === document.activeElement")
    page.keyboard.press("Tab")
    page.locator(CARD).wait_for()
    assert watched.events() == []


def test_the_number_of_a_note_tells_the_note_and_a_note_its_paragraph(real_site, serve, watch):
    """A raised number shows where the fact is written; the link there shows what the paragraph says."""
    watched, page, _ = opened(real_site, serve, watch)
    page.locator(".sb-side .sb-cite a").first.hover()
    page.locator(CARD).wait_for()
    assert "paragraph 16" in page.inner_text(CARD)
    page.keyboard.press("Escape")
    page.locator("article ol li a[href*='#p16']").first.hover()
    page.locator(f"{CARD} >> text='Paragraph 16'").wait_for()
    assert len(page.locator(CARD).locator("p").all_inner_texts()) == 3
    assert watched.events() == []


def test_a_card_stays_within_the_window(real_site, serve, watch):
    """At the edge of a narrow window and at its foot the card is whole."""
    _, page, _ = opened(real_site, serve, watch, viewport={"width": 768, "height": 500})
    for link in page.locator("article a[href*='/claims/'], article a[href*='/actors/']").all()[:6]:
        link.hover()
        page.locator(CARD).wait_for()
        box = page.locator(CARD).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 768
        assert box["y"] >= 0 and box["y"] + box["height"] <= 500
        page.keyboard.press("Escape")


def test_links_that_lead_to_no_record_have_no_card(real_site, serve, watch):
    """Neither an index, nor a written page, nor the page itself has a card, and none is fetched."""
    _, page, _ = opened(real_site, serve, watch, address="")
    asked = pages_asked(page)
    for address in ("claims/", "reading/"):
        page.locator(f"article a[href='{address}']").first.hover()
        page.wait_for_timeout(500)
        assert page.locator(CARD).count() == 0
    assert asked == []
