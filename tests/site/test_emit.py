"""Pages rendered by workers are those rendered here."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from small_project import small_project
from sourcebook.pages.all_pages import planned_pages
from sourcebook.rendering.templates import BrokenTemplateError, make_renderer
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.emit import rendered
from sourcebook.site.files import site_files


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """The graph of the small project."""
    project = small_project(tmp_path_factory.mktemp("emit") / "project")
    return check_project(read_settings(project / "mkdocs.yml")).graph


def test_every_page_can_be_sent(graph):
    """A page and the renderer that went through pickle give the same text as before."""
    render = make_renderer()
    for plan in planned_pages(graph):
        page = plan.compose()
        sent_render, sent_page = pickle.loads(pickle.dumps((render, page)))
        assert sent_page == page
        assert sent_render(sent_page) == render(page)


def test_workers_give_the_same_files(graph):
    """With processes that share nothing, the files of the site are the same, in the same order."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        by_workers = tuple(site_files(graph, make_renderer(), executor=executor))
    assert by_workers == tuple(site_files(graph, make_renderer()))


def test_a_batch_is_never_larger_than_asked(graph):
    """Pages reach the executor in groups of the size that is asked for."""

    class Counting:
        def map(self, render, batches):
            found = list(batches)
            sizes.extend(map(len, found))
            return map(render, found)

    sizes = []
    pages = [plan.compose() for plan in planned_pages(graph)]
    texts = list(rendered(pages, make_renderer(), Counting(), batch=4))
    assert texts == list(map(make_renderer(), pages))
    assert max(sizes) == 4 and sum(sizes) == len(pages)


def test_a_broken_template_is_told_by_a_worker_too(graph, tmp_path):
    """The error of a template is the same through a worker."""
    (tmp_path / "claim.md").write_text("{{ page.nothing }}")
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor,
        pytest.raises(BrokenTemplateError) as raised,
    ):
        tuple(site_files(graph, make_renderer(tmp_path), executor=executor))
    assert (raised.value.template, raised.value.line) == ("claim.md", 1)
