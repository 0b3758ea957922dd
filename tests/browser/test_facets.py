"""Narrowing an index by facets, in a real Chromium, on the real content."""

import pytest

pytestmark = pytest.mark.browser

VISIBLE_ROWS = ".sb-index tbody tr:visible"


def texts(page):
    """The text of every row that is shown."""
    return page.locator(VISIBLE_ROWS).all_inner_texts()


def test_a_chosen_value_narrows_the_list_and_stands_in_the_address(real_site, serve, watch):
    """A click on a value leaves the rows that have it, with the count told, and changes the address."""
    watched = watch(viewport={"width": 1440, "height": 900})
    page = watched.page
    page.goto(serve(real_site) + "claims/")
    whole = len(texts(page))
    page.click(".sb-facets summary:has-text('Status')")
    page.check(".sb-facets label:has-text('contested') input")
    rows = texts(page)
    assert 0 < len(rows) < whole
    assert all("contested" in row for row in rows)
    assert page.inner_text(".sb-shown") == f"{len(rows)} of {whole}"
    assert page.url.endswith("?status=contested")
    assert watched.events() == []


def test_an_address_pasted_into_a_fresh_browser_shows_the_same_list(real_site, serve, watch):
    """The state travels with the address: another browser shows the same rows."""
    base = serve(real_site)
    first = watch().page
    first.goto(base + "claims/")
    first.click(".sb-facets summary:has-text('Kind')")
    first.check(".sb-facets label:has-text('accusation') input")
    first.fill(".sb-facets input[type=search]", "russia")
    second = watch().page
    second.goto(first.url)
    assert texts(second) == texts(first) != []


def test_show_all_brings_the_whole_list_back(real_site, serve, watch):
    """One button takes every narrowing away, from the list and from the address."""
    page = watch().page
    page.goto(serve(real_site) + "claims/?status=contested&text=russia")
    narrowed = len(texts(page))
    page.click(".sb-facets button")
    assert len(texts(page)) > narrowed
    assert page.url.endswith("/claims/")


def test_without_scripts_the_list_is_whole(real_site, graph, serve, watch):
    """With JavaScript off every record stands in the list."""
    page = watch(java_script_enabled=False).page
    page.goto(serve(real_site) + "claims/")
    assert len(texts(page)) == len(graph.by_kind["claim"])
    assert page.locator(".sb-facets").count() == 0
