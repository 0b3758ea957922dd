"""The Nu HTML checker finds on our pages nothing that it does not find on the theme's own.

It comes from npm (`package.json` beside this file) and runs on Java; without either the tests are skipped,
with SOURCEBOOK_REQUIRE_BROWSER=1 they fail instead.
"""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from pier_project import MKDOCS, write_project

HERE = Path(__file__).parent
JAR = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
NO_JAVA = "Java is not installed: markup tests skipped; see CONTRIBUTING.md"
NO_CHECKER = "vnu is not installed: markup tests skipped; see CONTRIBUTING.md"
NOT_OURS = ("violates Content Security Policy", "IETF BCP 47 language tag should omit")
"""From a file the checker knows no origin that `'self'` could be, and it takes data (JSON-LD) for a script:
what the policy stops is seen in the browser tests, which open every page. A language tag is the author's."""


@pytest.fixture(scope="session")
def check_markup(skip_or_fail):
    """Function from a site's folder to the findings in all of its pages: each message with its pages."""
    java = shutil.which("java") or skip_or_fail(NO_JAVA)
    if not JAR.is_file():
        skip_or_fail(NO_CHECKER)

    def run(site):
        pages = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
        done = subprocess.run(
            # The stack: a page of a long list is deeper than Java's own allows.
            [java, "-Xss4m", "-jar", str(JAR), "--format", "json", "--stdout", *pages],
            cwd=site,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        found = {}
        for message in json.loads(done.stdout)["messages"]:
            if not any(words in message["message"] for words in NOT_OURS):
                found.setdefault(message["message"], set()).add(message["url"])
        return found

    return run


def test_the_checker_sees_what_is_wrong(tmp_path, check_markup):
    """The checker works: a page with an unclosed element and a doubled id has two findings."""
    page = '<!doctype html><html lang="en"><title>x</title><p id="a">x</p><p id="a">x</p><div>x</html>'
    (tmp_path / "index.html").write_text(page)
    assert len(check_markup(tmp_path)) >= 2


def test_pages_have_no_fault_but_the_themes(real_site, bare_site, check_markup):
    """Every page of the real site is as good as one of the bare theme with the same settings."""
    ours, theirs = check_markup(real_site), check_markup(bare_site)
    assert {message: pages for message, pages in ours.items() if message not in theirs} == {}


def test_pages_with_every_field_have_no_fault(harbour_site, bare_site, check_markup):
    """So are those of the invented collection, which has every field of the format."""
    ours, theirs = check_markup(harbour_site), check_markup(bare_site)
    assert {message: pages for message, pages in ours.items() if message not in theirs} == {}


def test_pages_written_from_right_to_left_have_no_fault(tmp_path, bare_site, check_markup):
    """So are those of a site in Arabic."""
    config = MKDOCS.format(site_url="").replace("  font: false\n", "  font: false\n  language: ar\n")
    write_project(tmp_path, extra={"mkdocs.yml": config})
    build(load_config(str(tmp_path / "mkdocs.yml")))
    ours, theirs = check_markup(tmp_path / "site"), check_markup(bare_site)
    assert {message: pages for message, pages in ours.items() if message not in theirs} == {}
