"""A real Chromium that tells what a page does, and cannot reach any host but this one.

`serve` publishes a folder, `watched_page` (or `watch`, for other widths) opens pages and records
console errors, script errors and requests to other hosts. Without a browser the tests are
skipped; with SOURCEBOOK_REQUIRE_BROWSER=1 they fail instead.
"""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from chromium import NoBrowserError, chromium
from harbour import HARBOUR
from sourcebook.site.check import check_project, read_settings
from watching import serving, watching

ROOT = Path(__file__).parents[2]
AXE = """options => axe.run({...options, resultTypes: ["violations"]}).then(({violations}) =>
  violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""
IN_A_SENTENCE = 'target-size: <a href="#cite-'
"""The numbers of notes: WCAG 2.2 (2.5.8) lets targets in a sentence be as small as its letters."""


def stop(reason):
    """Skip with one line, or fail where a run must not go without a browser."""
    if os.environ.get("SOURCEBOOK_REQUIRE_BROWSER") == "1":
        pytest.fail(reason.replace("tests skipped", "tests cannot run"), pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def skip_or_fail():
    """Function that skips a test for want of a program, or fails it where a run must not go without."""
    return stop


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run."""
    with ExitStack() as stack:
        try:
            yield stack.enter_context(chromium())
        except NoBrowserError as reason:
            stop(f"{reason}: browser tests skipped; see CONTRIBUTING.md")


@pytest.fixture
def serve():
    """Function from a folder to the address it is served at until the test ends."""
    with ExitStack() as stack:
        yield lambda directory: stack.enter_context(serving(directory))


@pytest.fixture
def watch(browser):
    """Function from options of a browser context (such as `viewport`) to a new watched page."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(watching(browser, **options))


@pytest.fixture
def watched_page(watch):
    """A watched page as wide as a desktop's window."""
    return watch(viewport={"width": 1280, "height": 900})


def built(project, site):
    """The site of a project, built as its editors would."""
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=project,
        # The package of this working tree, whichever one is installed.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "generator")},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return site


@pytest.fixture(scope="session")
def real_site(tmp_path_factory):
    """The site of the real content, built once."""
    return built(ROOT, tmp_path_factory.mktemp("real") / "site")


@pytest.fixture(scope="session")
def harbour_site(tmp_path_factory):
    """The site of the invented collection that has every field of the format, built once."""
    return built(HARBOUR, tmp_path_factory.mktemp("harbour") / "site")


@pytest.fixture(scope="session")
def valley_site(tmp_path_factory):
    """The site of the invented collection that has names in six languages, built once."""
    return built(HARBOUR.parent / "valley", tmp_path_factory.mktemp("valley") / "site")


@pytest.fixture(scope="session")
def delta_site(tmp_path_factory):
    """The site of the other invented collection with names in six languages, built once."""
    return built(HARBOUR.parent / "delta", tmp_path_factory.mktemp("delta") / "site")


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory):
    """The theme without this project: the real site's settings and navigation, over pages of a few words.

    `short/` is out of the navigation, as records are.
    """
    folder = tmp_path_factory.mktemp("bare")
    settings = load_config(str(ROOT / "mkdocs.yml"))
    for path in [*page_paths(settings.nav), "short.md"]:
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(f"# {path}\n\nA text with [a link](#part).\n\n## Part\n\nText.\n")
    own = {"docs_dir": str(folder / "docs"), "site_dir": str(folder / "site"), "plugins": ["search"]}
    build(load_config(str(ROOT / "mkdocs.yml"), not_in_nav="short.md", **own))
    return folder / "site"


def page_paths(nav):
    """The paths of the pages in a navigation, whatever their section."""
    for entry in nav:
        for target in entry.values():
            yield from [target] if isinstance(target, str) else page_paths(target)


@pytest.fixture(scope="session")
def graph():
    """The graph of the real content."""
    return check_project(read_settings(ROOT / "mkdocs.yml")).graph


@pytest.fixture(scope="session")
def axe():
    """Function from a page to what axe finds on it, a line each; `rules` names those to ask for."""
    package = pytest.importorskip("axe_playwright_python", reason="axe is not installed; see CONTRIBUTING.md")
    script = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

    def run(page, rules=None):
        if not page.evaluate("'axe' in window"):
            page.evaluate(script)
        options = {"runOnly": rules} if rules else {"rules": {"target-size": {"enabled": True}}}
        return [line for line in page.evaluate(AXE, options) if not line.startswith(IN_A_SENTENCE)]

    return run
