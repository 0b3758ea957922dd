"""What `generate` writes is built by every engine that reads Markdown and a mkdocs.yml, with all its pages.

Stock MkDocs always; ProperDocs and Zensical where their commands are on the path.
"""

import os
import shutil
import subprocess

import pytest

from small_project import EPOCH, Ran, article, pages_in, verify

OTHERS = {"properdocs": "ProperDocs", "zensical": "Zensical"}


def built_by(engine, generated, scratch):
    """Build a generated folder with an engine's command; gives the site and how it ended."""
    command = shutil.which(engine)
    if command is None:
        pytest.skip(f"{OTHERS[engine]} is not installed: builds with it skipped; see CONTRIBUTING.md")
    folder = shutil.copytree(generated, scratch / engine)
    own = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    ended = subprocess.run(
        [command, "build", "--strict", "--config-file", "mkdocs.yml"],
        cwd=folder,
        # Nothing of this project is at hand: the folder needs it no more.
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | own,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return folder / "site", Ran(ended.returncode, ended.stdout + ended.stderr)


def test_stock_mkdocs(doors):
    """MkDocs without the plugin makes a whole site of it."""
    verified = verify(doors.project, doors.by_stock)
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize("engine", OTHERS)
def test_other_engines(doors, tmp_path, engine):
    """Another engine ends without a warning, and its site is whole and has the same pages."""
    site, ran = built_by(engine, doors.generated, tmp_path)
    assert ran.exit_code == 0, ran.output
    assert "WARNING" not in ran.output, ran.output
    verified = verify(doors.project, site)
    assert verified.exit_code == 0, verified.output
    assert pages_in(site).keys() == pages_in(doors.by_plugin).keys()


def test_same_articles_by_properdocs(doors, tmp_path):
    """ProperDocs, which grew out of MkDocs, makes the same articles."""
    site, _ = built_by("properdocs", doors.generated, tmp_path)
    mine, other = pages_in(doors.by_plugin), pages_in(site)
    assert [path for path in mine if article(mine[path]) != article(other[path])] == []
