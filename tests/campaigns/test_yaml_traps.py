"""The campaign of YAML 1.1's traps in its short form; `make campaign-yaml` is the long one."""

import dataclasses

import pytest
import yaml

from campaigns import yaml_traps
from campaigns.yaml_traps import try_records, try_styles, try_traps
from sourcebook.reading.nodes import Entry, Mapping, Scalar, Sequence
from sourcebook.reading.yaml_text import Reading, read_yaml


def test_a_value_is_what_was_typed():
    """In each style of quotation, as a value, in a list and as a key."""
    assert list(try_styles()) == []


def test_what_the_format_does_not_have_is_refused():
    """Keys that stand twice, anchors, merge keys, tags and the like: each at its place."""
    assert list(try_traps()) == []


def test_records_hold_what_was_typed():
    """In fields of all types a value is kept as it is, or refused at its place."""
    outcomes, broken = try_records(300, seed=1)
    assert broken == []
    assert min(outcomes["values"], outcomes["errors"]) > 300


def as_yaml_1_1(data, _):
    """A reader that takes words for what YAML 1.1 takes them for, and refuses nothing."""
    try:
        return Reading(node(yaml.safe_load(data)), ())
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return Reading(None, ())


def node(value):
    """A value as a node."""
    if isinstance(value, dict):
        return Mapping({str(key): Entry(node(inner), 1, 1) for key, inner in value.items()}, 1, 1)
    return Sequence(tuple(map(node, value)), 1, 1) if isinstance(value, list) else Scalar(str(value), 1, 1)


@pytest.mark.parametrize("tried", [try_styles, try_traps, lambda: try_records(50, seed=1)[1]])
def test_a_reader_of_yaml_1_1_would_be_seen(monkeypatch, tried):
    """Each part of the campaign finds the faults of a reader that follows YAML 1.1."""
    monkeypatch.setattr(yaml_traps, "read_yaml", as_yaml_1_1)
    assert list(tried())


def test_an_error_without_a_place_would_be_seen(monkeypatch):
    """Places are looked at, too."""

    def without_places(data, file):
        reading = read_yaml(data, file)
        nowhere = tuple(
            dataclasses.replace(each, position=dataclasses.replace(each.position, line=None))
            for each in reading.diagnostics
        )
        return Reading(reading.root, nowhere)

    monkeypatch.setattr(yaml_traps, "read_yaml", without_places)
    assert list(try_traps())
