"""On the real content: the most-referenced actor renamed and back, and the old address in a browser."""

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config

from sourcebook.cli import main
from sourcebook.editing.facts import facts_of
from sourcebook.graph.references import references
from sourcebook.site.check import read_settings

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
PARTS = ("content", "seeds", "docs", "schemas", "mkdocs.yml")
NEW = "renamed-for-the-test"


@pytest.fixture
def copy(tmp_path):
    """The real content as a repository of its own, everything committed."""
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, tmp_path / part)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Everything"]):
        git(tmp_path, *arguments)
    return tmp_path


def git(folder, *arguments):
    """What git answers."""
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def run(folder, *arguments):
    """Run a command that ends well."""
    result = CliRunner().invoke(main, [*arguments, "--config-file", str(folder / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    return result


def most_referenced(folder):
    """The actor that is named most often, and how often."""
    facts = facts_of(read_settings(folder / "mkdocs.yml"))
    actors = {id for id, each in facts.by_id.items() if each.entry.kind == "actor"}
    named = Counter(
        reference.target for each in facts.standings for reference in references(each.entry.record)
    )
    return max((number, id) for id, number in named.items() if id in actors)


def test_the_most_referenced_actor_renamed_and_back(copy, serve, watched_page):
    """In between the site is whole and the old address leads to the new page; back, `git diff` is empty."""
    number, old = most_referenced(copy)
    assert number > 20
    run(copy, "rename", old, NEW)
    assert not (copy / f"content/actors/{old}.yml").exists()
    run(copy, "check", "--strict")
    run(copy, "schema", "--check")
    build(load_config(str(copy / "mkdocs.yml"), strict=True))
    run(copy, "verify", str(copy / "site"))
    base = serve(copy / "site")
    watched_page.page.goto(f"{base}actors/{old}/")
    watched_page.page.wait_for_url(f"{base}actors/{NEW}/", timeout=10_000)
    shutil.rmtree(copy / "site")
    run(copy, "rename", NEW, old)
    assert git(copy, "diff") == "" and git(copy, "status", "--porcelain") == ""
