"""`sourcebook verify` on a site that MkDocs built: whole as it is, and each kind of damage is found."""

import shutil

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from harbour import HARBOUR, all_harbour_records
from sourcebook.cli import main
from sourcebook.pages.all_pages import VIEWS

PAGES = sum(not record.draft for record in all_harbour_records()) + 6 + len(VIEWS) + 1
"""A page for each published record, an index for each kind, each view, and the hand-written one."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The site of the harbour collection, generated and built by stock MkDocs, once for all tests."""
    folder = tmp_path_factory.mktemp("built")
    config = str(HARBOUR / "mkdocs.yml")
    made = CliRunner().invoke(main, ["generate", "--config-file", config, "--out", str(folder / "out")])
    assert made.exit_code == 0, made.stderr
    build(load_config(str(folder / "out" / "mkdocs.yml"), site_dir=str(folder / "site")))
    return folder / "site"


@pytest.fixture
def site(built, tmp_path):
    """A copy of the site to damage."""
    return shutil.copytree(built, tmp_path / "site")


def test_a_whole_site(run, site):
    """Every page is there and every address in it leads somewhere: exit code 0."""
    result = run("verify", site)
    assert result.exit_code == 0, result.stdout
    assert result.stdout.startswith(f"{PAGES} of {PAGES} pages, ") and "anchors whole" in result.stdout


def test_a_dropped_page(run, site):
    """A page that an engine left out is named, and so is each link to it."""
    shutil.rmtree(site / "claims" / "smoke-seen")
    result = run("verify", site)
    assert result.exit_code == 1
    assert "claims/smoke-seen/: page is missing" in result.stdout
    assert f"{PAGES - 1} of {PAGES} pages" in result.stderr


def test_a_broken_link(run, site):
    """A link that leads to no file is named with its page."""
    page = site / "claims" / "smoke-seen" / "index.html"
    page.write_text(
        page.read_text(encoding="utf-8").replace("</article>", '<a href="../nowhere/">x</a></article>')
    )
    result = run("verify", site)
    assert result.exit_code == 1
    assert result.stdout == "claims/smoke-seen/index.html: leads to no file: ../nowhere/\n"


def test_a_record_without_its_page(run, site, project):
    """A record that was written after the build has no page there."""
    (project / "content" / "actors" / "newcomer.yml").write_text("name: New Comer\ntype: person\n")
    result = run("verify", site)
    assert result.exit_code == 1
    assert "actors/newcomer/: page is missing" in result.stdout


def test_an_empty_folder(run, tmp_path):
    """A folder that is no site has none of the pages."""
    (tmp_path / "empty").mkdir()
    result = run("verify", tmp_path / "empty")
    assert result.exit_code == 1
    assert f"0 of {PAGES} pages" in result.stderr


def test_errors_in_the_content_come_first(run, site, change):
    """With errors in the content there is nothing to count against: they are reported."""
    change("content/actors/others.yml", "type: company", "type: compny")
    result = run("verify", site)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[unknown-value]" in result.stderr


def test_wrong_usage(run, tmp_path):
    """Without a site, or with one that is not there: exit code 2."""
    assert run("verify").exit_code == 2
    assert run("verify", tmp_path / "nowhere").exit_code == 2
