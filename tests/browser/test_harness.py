"""The browser tests can be believed: what they watch for is seen, and a missing browser is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

LOUD_PAGE = """<!doctype html><title>Loud</title><link rel="icon" href="data:,">
<p id="kept">Text</p>
<link rel="preconnect" href="https://fonts.elsewhere.example">
<img src="https://pictures.elsewhere.example/x.png" alt="">
<script>
  fetch("https://count.elsewhere.example/visit").catch(() => 0);
  new WebSocket("wss://socket.elsewhere.example/");
  console.error("the console says so");
  console.log("this is no error");
  setTimeout(() => { throw new Error("a script fails"); });
</script>
"""
QUIET_PAGE = '<!doctype html><title>Quiet</title><link rel="icon" href="data:,"><a href="next.html">next</a>'


@pytest.mark.browser
def test_a_loud_page_is_heard(tmp_path, serve, watched_page):
    """Console errors, script errors and requests to other hosts are recorded, and the requests stopped."""
    (tmp_path / "index.html").write_text(LOUD_PAGE)
    page = watched_page.page
    page.goto(serve(tmp_path))
    page.wait_for_load_state("networkidle")
    assert page.inner_text("#kept") == "Text"
    assert set(watched_page.foreign_requests) == {
        "https://pictures.elsewhere.example/x.png",
        "https://count.elsewhere.example/visit",
        "wss://socket.elsewhere.example/",
    }
    assert "the console says so" in watched_page.console_errors
    assert "this is no error" not in watched_page.console_errors
    assert watched_page.page_errors == ["a script fails"]
    assert {line.partition(":")[0] for line in watched_page.events()} == {
        "console error",
        "script error",
        "foreign request",
    }


@pytest.mark.browser
def test_no_foreign_request_gets_an_answer(tmp_path, serve, watched_page):
    """A request to another host fails in the page: nothing has left the machine."""
    (tmp_path / "index.html").write_text(QUIET_PAGE)
    page = watched_page.page
    page.goto(serve(tmp_path))
    answer = page.evaluate(
        "fetch('https://elsewhere.example/', {mode: 'no-cors'}).then(() => 'got', () => 'stopped')"
    )
    assert answer == "stopped"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_quiet_page_is_quiet(tmp_path, serve, watch, width):
    """A page that does nothing wrong leaves no record, at the width that was asked for, over a click."""
    (tmp_path / "index.html").write_text(QUIET_PAGE)
    (tmp_path / "next.html").write_text(QUIET_PAGE)
    watched = watch(viewport={"width": width, "height": 700})
    watched.page.goto(serve(tmp_path))
    watched.page.click("text=next")
    watched.page.wait_for_url("**/next.html")
    assert watched.page.evaluate("innerWidth") == width
    assert watched.events() == []


@pytest.mark.browser
def test_a_missing_file_of_our_own_is_an_error(tmp_path, serve, watched_page):
    """A picture that the site does not have shows as a console error, not as a foreign request."""
    (tmp_path / "index.html").write_text(QUIET_PAGE + '<img src="gone.png" alt="">')
    watched_page.page.goto(serve(tmp_path))
    assert len(watched_page.console_errors) == 1
    assert "404" in watched_page.console_errors[0]
    assert watched_page.foreign_requests == []


@pytest.mark.parametrize(
    ("required", "outcome", "line"),
    [
        ("", 0, "Chromium is not installed: browser tests skipped; see CONTRIBUTING.md"),
        ("1", 1, "Chromium is not installed: browser tests cannot run; see CONTRIBUTING.md"),
    ],
)
def test_a_machine_without_a_browser(tmp_path, required, outcome, line):
    """Without Chromium the tests are skipped with one line, or fail where a browser is required."""
    environment = {**os.environ, "PATH": str(tmp_path), "SOURCEBOOK_REQUIRE_BROWSER": required}
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "browser", "-p", "no:cacheprovider", __file__],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == outcome
    assert line in run.stdout
    assert run.stdout.count("SKIPPED [") == (0 if required else 1)
