"""A Chromium without a window, for tests, campaigns and benchmarks.

Debian's `chromium-headless-shell` comes first: the whole browser draws a window of its own beside each page.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
OWN_HOST = "127.0.0.1"
FLAGS = (
    # A container's root user has no sandbox to start; the only pages opened are the tests' own.
    "--no-sandbox",
    # Machines that run tests have no graphics card, and software rendering is the same everywhere.
    "--disable-gpu",
    # No UDP: a closed network refuses it, and pages are served over TCP.
    "--disable-quic",
    # No first-run dialogue or page before the one under test.
    "--no-first-run",
    # No lookups, updates or sign-in of the browser's own: they fail on a closed network, many at a
    # time, and would be foreign requests that no page has made.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever no route sees (preconnect, dns-prefetch) ends before a name is even looked up.
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {OWN_HOST}",
)


class NoBrowserError(Exception):
    """There is no Chromium here, or nothing that drives it; the message says which."""


@contextmanager
def chromium() -> Iterator[Any]:
    """The first Chromium on the path as Playwright's Browser, with an empty profile that Playwright makes.

    Raises NoBrowserError.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise NoBrowserError("Chromium is not installed")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise NoBrowserError("Playwright is not installed") from None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
