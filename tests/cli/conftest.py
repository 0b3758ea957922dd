"""A copy of the harbour collection to work in, and the command line to run on it."""

import shutil

import pytest
from click.testing import CliRunner

from harbour import HARBOUR
from sourcebook.cli import main


@pytest.fixture
def project(tmp_path):
    """The folder of a fresh copy of the collection."""
    return shutil.copytree(HARBOUR, tmp_path / "harbour")


@pytest.fixture
def run(project):
    """Run a command on the copy; gives the exit code and what it printed. No exception may leave it."""

    def run(command, *arguments):
        config = () if command == "codes" else ("--config-file", str(project / "mkdocs.yml"))
        result = CliRunner().invoke(main, [command, *config, *map(str, arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return run


@pytest.fixture
def change(project):
    """Replace words in a file of the copy."""

    def change(path, old, new):
        text = (project / path).read_text(encoding="utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change
