"""Nodes: their plain values and the place of a value at a path."""

import pytest

from sourcebook.reading.nodes import place, plain
from sourcebook.reading.yaml_text import read_yaml

TEXT = b"""\
title: Road closed
sources:
  - some-paper#p4
  - source: other-paper
    note: ''
participants: {actor: red-team}
empty:
"""


@pytest.fixture
def root():
    """Return the nodes of the text above."""
    return read_yaml(TEXT, "x.yml").root


def test_plain_is_what_pydantic_validates(root):
    """Texts, lists and dicts come out in the order of the file, an empty value as the empty text."""
    assert plain(root) == {
        "title": "Road closed",
        "sources": ["some-paper#p4", {"source": "other-paper", "note": ""}],
        "participants": {"actor": "red-team"},
        "empty": "",
    }


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("title",), (1, 8), (1, 1)),
        (("sources",), (3, 3), (2, 1)),
        (("sources", 1), (4, 5), (4, 5)),
        (("sources", 1, "source"), (4, 13), (4, 5)),
        (("participants", 0, "actor"), (6, 23), (6, 16)),
        (("title", 0), (1, 8), (1, 1)),
        (("sources", 9), (3, 3), (2, 1)),
        (("sources", 1, "FullCitation", "note"), (5, 11), (5, 5)),
        (("participants", "role"), (6, 15), (6, 1)),
        (("empty",), (7, 7), (7, 1)),
        (("unknown",), (1, 1), (1, 1)),
    ],
)
def test_place_finds_the_value_or_the_last_node_on_the_way(root, path, value, key):
    """A path leads to a value or its key; steps that lead nowhere are passed over."""
    assert place(root, path) == value
    assert place(root, path, at_key=True) == key
