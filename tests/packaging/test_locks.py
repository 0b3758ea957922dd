"""The locks: every dependency is in them, in one version that its range admits, with hashes."""

import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from locks import FOLDER, locked
from small_project import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
HINT = "run `make lock`"


def wanted(name):
    """What a lock is made for: the lines that name packages and their ranges."""
    sources = {
        "run.lock": [*PROJECT["project"]["dependencies"], *build_lines("build.in")],
        "dev.lock": [*wanted_dev(), *build_lines("build.in")],
        "release.lock": build_lines("release.in"),
    }
    return [Requirement(line) for line in sources[name]]


def wanted_dev():
    """The dependencies of whoever tests, and of the extras that these name."""
    extras = PROJECT["project"]["optional-dependencies"]
    for line in (*PROJECT["project"]["dependencies"], *extras["dev"]):
        requirement = Requirement(line)
        if requirement.name == PROJECT["project"]["name"]:
            yield from (other for extra in requirement.extras for other in extras[extra])
        else:
            yield line


def build_lines(name):
    """The requirements of a file of them."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", ["run.lock", "dev.lock", "release.lock"])
def test_every_dependency_is_locked(name):
    """Each package that is asked for stands in the lock, in a version of its range."""
    versions = {}
    for each in locked(name):
        (exact,) = each.specifier
        assert exact.operator == "==", each
        versions.setdefault(canonicalize_name(each.name), []).append(exact.version)
    for each in wanted(name):
        found = versions.get(canonicalize_name(each.name), [])
        assert found, f"{name} lacks {each.name}: {HINT}"
        assert all(each.specifier.contains(version) for version in found), f"{each} is {found}: {HINT}"


@pytest.mark.parametrize("name", ["run.lock", "dev.lock", "release.lock"])
def test_a_lock_names_no_host(name):
    """Where the packages come from is up to whoever installs them; the hashes say which they are."""
    assert "://" not in (FOLDER / name).read_text(encoding="utf-8")


def test_the_build_backend_is_locked():
    """What the project is built with is what the locks are made for."""
    names = {Requirement(line).name for line in PROJECT["build-system"]["requires"]}
    assert names <= {each.name for each in locked("run.lock")}
