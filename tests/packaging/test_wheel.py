"""The wheel has all that the program needs, and works without the sources beside it."""

import os
import shutil
import subprocess
import sys
from zipfile import ZipFile

import pytest

from small_project import INDEXES, RECORDS, REPOSITORY, pages_in, small_project

pytest.importorskip(
    "hatchling", reason="Hatchling is not installed: tests of the wheel skipped; see CONTRIBUTING.md"
)

RUN = "import sys; sys.path.insert(0, {folder!r}); from {module} import {name}; {name}()"
WHERE = "import sys; sys.path.insert(0, {folder!r}); import sourcebook; print(sourcebook.__file__)"


def run(*command, cwd):
    """Run a Python command that must succeed; gives what it printed."""
    ended = subprocess.run(
        [sys.executable, *command], cwd=cwd, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this project."""
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder), cwd=REPOSITORY)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with the wheel's package in it and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--no-compile")
    run("-m", "pip", "install", *options, "--target", str(folder), str(wheel), cwd=folder)
    return folder


def isolated(installed, module, name):
    """The options of a Python that runs a command of the installed package and sees no other one."""
    return ("-I", "-c", RUN.format(folder=str(installed), module=module, name=name))


def test_what_is_in_the_wheel(wheel):
    """Templates, stylesheet, script, types, licence and entry points are there; tests and content are not."""
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (points,) = (name for name in names if name.endswith("entry_points.txt"))
        entry_points = archive.read(points).decode()
    package = {path.relative_to(REPOSITORY / "generator") for path in files_of("generator/sourcebook")}
    templates = {path.relative_to(REPOSITORY) for path in files_of("site_templates")}
    expected = {path.as_posix() for path in package} | {f"sourcebook/{path.as_posix()}" for path in templates}
    assert "sourcebook/py.typed" in expected and "sourcebook/site_templates/claim.md" in expected
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith("/LICENSE") for name in names)
    assert "sourcebook = sourcebook.cli:main" in entry_points
    assert "sourcebook = sourcebook.mkdocs_plugin:SourcebookPlugin" in entry_points


def files_of(folder):
    """The files of a folder of this repository, without what Python leaves there."""
    found = (path for path in (REPOSITORY / folder).rglob("*") if path.is_file())
    return [path for path in found if "__pycache__" not in path.parts]


def test_the_wheel_is_the_same_wherever_it_is_built(wheel, tmp_path, monkeypatch):
    """From a copy of the sources, at another time, with other permissions: the same bytes."""
    for name in ("generator", "site_templates"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, copy_function=shutil.copyfile)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    before = os.umask(0o077)
    try:
        run("-m", "hatchling", "build", "--target", "wheel", "--directory", "dist", cwd=tmp_path)
    finally:
        os.umask(before)
    (again,) = (tmp_path / "dist").glob("*.whl")
    assert (again.name, again.read_bytes()) == (wheel.name, wheel.read_bytes())


def test_the_installed_package_is_the_one_that_runs(installed, tmp_path):
    """An isolated Python takes the package from the folder it was installed into."""
    found = run("-I", "-c", WHERE.format(folder=str(installed)), cwd=tmp_path)
    assert found.startswith(str(installed))


def test_both_doors_of_the_installed_package(installed, tmp_path):
    """With the wheel alone a project is checked, generated, built by the plugin and verified."""
    project = small_project(tmp_path / "project")
    sourcebook = isolated(installed, "sourcebook.cli", "main")
    assert "0 errors, 0 warnings" in run(*sourcebook, "check", cwd=project)
    run(*sourcebook, "generate", "--out", "../out", cwd=project)
    assert len(list((tmp_path / "out/docs").glob("*s/*.md"))) == RECORDS + INDEXES + 1
    run(*isolated(installed, "mkdocs.__main__", "cli"), "build", "--strict", cwd=project)
    verified = run(*sourcebook, "verify", "site", cwd=project)
    assert verified.startswith(f"{len(pages_in(project / 'site'))} of ")


def test_the_installed_package_begins_a_project(installed, tmp_path):
    """The wheel alone writes a new project that is clean."""
    sourcebook = isolated(installed, "sourcebook.cli", "main")
    run(*sourcebook, "init", "bay", "--title", "The bay", cwd=tmp_path)
    assert "0 errors, 0 warnings" in run(*sourcebook, "check", "--strict", cwd=tmp_path / "bay")
    run(*sourcebook, "fmt", "--check", cwd=tmp_path / "bay")
