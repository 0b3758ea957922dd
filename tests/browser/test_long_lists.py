"""A list on several pages, in a real Chromium, on an invented collection."""

import os
import subprocess
import sys

import pytest

from benchmarks.corpus import write_corpus
from small_project import PACKAGE_ROOT

pytestmark = pytest.mark.browser

ROWS = ".sb-index tbody tr"


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    """The site of a collection whose claims need two pages."""
    project = tmp_path_factory.mktemp("long")
    write_corpus(project, 500)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(PACKAGE_ROOT)},
        check=True,
        timeout=120,
    )
    return project / "site"


def test_without_scripts_a_long_list_goes_on_on_further_pages(long_site, serve, watch):
    """Every claim stands on one of the pages, and each page leads to the next."""
    page = watch(java_script_enabled=False).page
    page.goto(serve(long_site) + "claims/")
    first = page.locator(ROWS).count()
    page.click("text=Next page")
    page.wait_for_url("**/claims/index_2/")
    total = first + page.locator(ROWS).count()
    assert first == 300
    assert total > first
    page.click("text=Previous page")
    assert page.url.endswith("/claims/")


def test_the_whole_of_a_long_list_is_narrowed(long_site, serve, watch):
    """From the second page the claims of all pages are found; the address keeps the state."""
    watched = watch(viewport={"width": 390, "height": 844})
    page = watched.page
    page.goto(serve(long_site) + "claims/index_2/")
    own = page.locator(ROWS).count()
    page.click(".sb-facets button")
    page.click(".sb-facets summary:has-text('Status')")
    page.check(".sb-facets label:has-text('contested') input")
    shown = page.inner_text(".sb-shown")
    assert page.locator(ROWS).count() == int(shown.split(" of ")[0]) < int(shown.split(" of ")[1])
    assert page.url.endswith("?status=contested")
    assert page.locator(".sb-pager").is_hidden()
    page.locator(ROWS).first.locator("a").first.click()
    assert "/claims/claim-" in page.url
    page.go_back()
    page.wait_for_selector(".sb-shown")
    assert page.inner_text(".sb-shown") == shown
    page.click("text=Show all")
    assert page.locator(ROWS).count() == own
    assert watched.events() == []


def test_more_of_a_narrowed_list_is_shown_when_asked_for(long_site, serve, watch):
    """A hundred rows at first, then a hundred more."""
    page = watch().page
    page.goto(serve(long_site) + "claims/?text=at+the")
    page.wait_for_selector(".sb-shown")
    assert page.locator(ROWS).count() == 100
    page.click("text=Show more")
    assert page.locator(ROWS).count() == 200
