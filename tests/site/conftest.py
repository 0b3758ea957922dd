"""Sites that several tests look at, built once for the whole run."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from mkdocs.structure.pages import Page

from small_project import REPOSITORY, Ran, content_of, generate, mkdocs_build, small_project


@dataclass(frozen=True)
class BothDoors:
    """A project, what `generate` made of it, and the sites built through either door."""

    project: Path
    generated: Path
    by_plugin: Path
    by_stock: Path
    runs: tuple[Ran, ...]
    ordinary: tuple[str, ...]
    """The pages that Python-Markdown converted in the plugin's build."""

    def sites(self):
        """The two sites, each as files by path."""
        return content_of(self.by_plugin), content_of(self.by_stock)


def both_doors(project, folder):
    """Build a project through both doors into a folder."""
    generated, by_plugin, by_stock = folder / "generated", folder / "plugin", folder / "stock"
    with pytest.MonkeyPatch.context() as patch:
        ordinary = recorded(patch)
        run = mkdocs_build(project, "--strict", site=by_plugin)
    runs = (
        run,
        generate(project, generated),
        mkdocs_build(generated, "--strict", site=by_stock),
    )
    assert [run.exit_code for run in runs] == [0, 0, 0], runs
    return BothDoors(project, generated, by_plugin, by_stock, runs, tuple(ordinary))


def recorded(patch):
    """Write down which pages Python-Markdown converts from now on."""
    render, ordinary = Page.render, []

    def recording(self, config, files):
        ordinary.append(self.file.src_uri)
        render(self, config, files)

    patch.setattr(Page, "render", recording)
    return ordinary


@pytest.fixture
def small(tmp_path):
    """A small project of the test's own."""
    return small_project(tmp_path / "project")


@pytest.fixture(scope="session", params=["small", "real"])
def doors(request):
    """The small project, then the repository's own content, through both doors."""
    return request.getfixturevalue(f"{request.param}_doors")


@pytest.fixture(scope="session")
def small_doors(tmp_path_factory):
    """The small project through both doors."""
    folder = tmp_path_factory.mktemp("small")
    return both_doors(small_project(folder / "project"), folder)


@pytest.fixture(scope="session")
def real_doors(tmp_path_factory):
    """The repository's own content through both doors."""
    return both_doors(REPOSITORY, tmp_path_factory.mktemp("real"))
