"""Templates of packages are compiled once in a process, those of a project anew each time."""

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from sourcebook.rendering.compiled import Compiled


@pytest.fixture
def compiled(monkeypatch):
    """Names of the templates that were compiled, in their order."""
    names = []
    ordinary = Environment.compile
    monkeypatch.setattr(
        Environment,
        "compile",
        lambda self, source, name, filename: names.append(name) or ordinary(self, source, name, filename),
    )
    return names


@pytest.fixture
def printed(tmp_path):
    """Function that prints a template in a new environment, with options of Jinja and filters."""
    for folder in ("packaged", "own"):
        (tmp_path / folder).mkdir()
    (tmp_path / "packaged/theirs.md").write_text("{{ 'quay' | upper }}", encoding="utf-8")
    (tmp_path / "own/ours.md").write_text("pier", encoding="utf-8")
    loader = ChoiceLoader([FileSystemLoader(tmp_path / "own"), FileSystemLoader(tmp_path / "packaged")])

    def print_template(name, filters=None, **options):
        environment = Environment(
            loader=loader, autoescape=True, bytecode_cache=Compiled(tmp_path / "packaged"), **options
        )
        environment.filters.update(filters or {})
        return environment.get_template(name).render()

    return print_template


def test_a_template_of_a_package_is_compiled_once(printed, compiled):
    """A later environment with the same settings finds its code."""
    assert [printed("theirs.md") for _ in range(3)] == ["QUAY"] * 3
    assert compiled == ["theirs.md"]


def test_a_changed_template_is_compiled_again(printed, compiled, tmp_path):
    """Its text decides, not its name or its date."""
    printed("theirs.md")
    (tmp_path / "packaged/theirs.md").write_text("{{ 'dock' | upper }}", encoding="utf-8")
    assert printed("theirs.md") == "DOCK"
    assert compiled == ["theirs.md", "theirs.md"]


def test_the_own_templates_of_a_project_are_not_kept(printed, compiled):
    """Each environment compiles them."""
    assert [printed("ours.md") for _ in range(2)] == ["pier"] * 2
    assert compiled == ["ours.md", "ours.md"]


def test_another_filter_or_setting_means_other_code(printed, compiled):
    """What is constant in a template is worked out as it is compiled."""
    assert printed("theirs.md") == "QUAY"
    assert printed("theirs.md", filters={"upper": str.title}) == "Quay"
    assert printed("theirs.md", finalize=lambda value: f"<{value}>") == "<QUAY>"
    assert (
        printed("theirs.md", variable_start_string="((", variable_end_string="))") == "{{ 'quay' | upper }}"
    )
    assert len(compiled) == 4
