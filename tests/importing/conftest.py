"""A small collection to import into, and the command to do it with."""

import shutil
from contextlib import chdir

import pytest
from click.testing import CliRunner

from errors.case_files import BASE
from sourcebook.cli import main


@pytest.fixture
def project(tmp_path):
    """The folder of a fresh copy of the collection of the error cases."""
    return shutil.copytree(BASE, tmp_path / "project")


@pytest.fixture
def bring(project):
    """Run `sourcebook import` in the project, after writing the files given; no exception may leave it."""

    def bring(*arguments, files=None):
        for name, text in (files or {}).items():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            (project / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        with chdir(project):
            result = CliRunner().invoke(main, ["import", *map(str, arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return bring


@pytest.fixture
def check(project):
    """What `sourcebook check` prints for the project."""

    def check():
        return CliRunner().invoke(main, ["check", "-f", str(project / "mkdocs.yml")]).stdout

    return check


@pytest.fixture
def facts(project):
    """Every file of facts by its path, as text."""

    def facts():
        files = [*(project / "content").rglob("*"), *(project / "seeds").rglob("*")]
        return {
            path.relative_to(project).as_posix(): path.read_bytes().decode()
            for path in sorted(files)
            if path.is_file()
        }

    return facts
