"""Pages rendered by the workers of an engine that others have made."""

import pytest

from benchmarks.corpus import write_corpus
from sourcebook.rendering.templates import make_renderer
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.files import site_files


def test_dask_s_workers_give_the_same_files(tmp_path):
    """A cluster on this machine alone: each file is the same, in the same order."""
    distributed = pytest.importorskip(
        "distributed", reason="Dask is not installed: its workers are not tried"
    )
    write_corpus(tmp_path, 150)
    graph = check_project(read_settings(tmp_path / "mkdocs.yml")).graph
    render = make_renderer()
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        by_workers = tuple(site_files(graph, render, executor=client.get_executor()))
        assert by_workers == tuple(site_files(graph, render))
