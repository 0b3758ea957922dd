"""The graph of the harbour collection, built once for all tests of this folder."""

import pytest

from harbour import checked_harbour


@pytest.fixture(scope="session")
def harbour():
    """The outcome of the check."""
    return checked_harbour()


@pytest.fixture(scope="session")
def graph(harbour):
    """The linked graph."""
    return harbour.graph
