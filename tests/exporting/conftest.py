"""The harbour collection's data, made once, and written into a folder."""

import pytest

from harbour import checked_harbour
from sourcebook.exporting.export import Export


@pytest.fixture(scope="session")
def graph():
    """The graph of the harbour collection."""
    graph = checked_harbour().graph
    assert graph
    return graph


@pytest.fixture(scope="session")
def files(graph):
    """Every file of the export, by path."""
    return dict(Export(graph).files())


@pytest.fixture(scope="session")
def folder(files, tmp_path_factory):
    """The same files on a disk."""
    top = tmp_path_factory.mktemp("data")
    for path, content in files.items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(content)
    return top
