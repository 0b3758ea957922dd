"""From whom documents have what they report, which decides whether one corroborates another."""

import pytest

from sourcebook.graph.stances import is_independent
from sourcebook.records.citation import Citation
from sourcebook.records.source import Source

SOURCES = {
    source["id"]: Source.model_validate({"title": source["id"], "type": "article", **source})
    for source in (
        {"id": "dispatch", "author": {"actor": "agency"}},
        {"id": "second-dispatch", "publisher": {"actor": "agency"}},
        {"id": "courier", "origin": {"actor": "agency"}, "publisher": "The Courier"},
        {"id": "gazette", "container_title": "The Gazette"},
        {"id": "reprint", "origin": "the gazette"},
        {"id": "log"},
    )
}


def citation(source):
    """A citation of a source, with the origin that it names behind a colon."""
    name, _, origin = source.partition(":")
    return Citation.model_validate({"source": name, **({"origin": {"actor": origin}} if origin else {})})


@pytest.mark.parametrize(
    ("supporting", "own"),
    [
        ("dispatch", "courier"),
        ("courier", "dispatch"),
        ("second-dispatch", "courier"),
        ("reprint", "gazette"),
        ("gazette", "reprint"),
        ("log:agency", "dispatch"),
    ],
)
def test_a_dispatch_and_who_has_it_from_there_are_one_origin(supporting, own):
    """The maker's own document beside one that names the maker as its origin is no second origin."""
    assert not is_independent([citation(supporting)], [citation(own)], SOURCES)


@pytest.mark.parametrize(
    ("supporting", "own"),
    [("dispatch", "second-dispatch"), ("dispatch", "log"), ("gazette", "courier"), ("log", "reprint")],
)
def test_documents_that_name_no_origin_are_their_own(supporting, own):
    """Two documents of one maker are two origins as long as none is said to come from the maker."""
    assert is_independent([citation(supporting)], [citation(own)], SOURCES)


def test_one_further_origin_is_enough():
    """Of several documents that support a claim, one from elsewhere makes the difference."""
    assert is_independent([citation("courier"), citation("log")], [citation("dispatch")], SOURCES)
