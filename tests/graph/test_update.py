"""A graph after edits is the graph that is built from the beginning."""

import random
from dataclasses import fields

import pytest
import yaml

from benchmarks.corpus import write_corpus
from sourcebook.graph.graph import build_graph
from sourcebook.graph.references import references
from sourcebook.graph.update import updated_graph
from sourcebook.reading.files import InputFile, Project
from sourcebook.reading.nodes import plain
from sourcebook.reading.raw_records import read_raw_records, records_of
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.collection import Collection
from sourcebook.records.load import load_records

COLLECTION = Collection()
EDITS = 40


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    """The entries of an invented collection, by id."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, 120, skew=6)
    found, problems = load_records(read_raw_records(Project(folder))[0], COLLECTION)
    assert not problems
    return {entry.record.id: entry for entry in found}


def with_values(entry, **values):
    """An entry read anew, with other values."""
    wanted = {**entry_values(entry), **values}
    text = yaml.safe_dump({key: value for key, value in wanted.items() if value is not None})
    file = InputFile(None, entry.file, entry.kind)
    raw, problems = records_of(read_yaml(text.encode(), entry.file), file)
    (made,), invalid = load_records(raw, COLLECTION)
    assert not problems and not invalid, (problems, invalid)
    return made


def entry_values(entry):
    """The values of an entry as its file has them."""
    return {**plain(entry.node), "id": entry.record.id}


def edited(entries, dice):
    """The entries after one edit at random, every reference still with its record."""
    after = dict(entries)
    name = dice.choice(sorted(after))
    entry = after[name]
    claims = sorted(key for key, one in after.items() if one.kind == "claim" and key != name)
    events = sorted(key for key, one in after.items() if one.kind == "event")
    actors = sorted(key for key, one in after.items() if one.kind == "actor" and key != name)
    sources = sorted(key for key, one in after.items() if one.kind == "source")
    choices = [
        {"note": f"See [[{dice.choice(sorted(after))}]]."},
        {"tags": dice.sample(["a", "b", "c", "d"], 2)},
    ]
    if entry.kind == "claim":
        choices += [
            {dice.choice(["supports", "disputes", "refutes", "corrects"]): dice.sample(claims, 2)},
            {"supports": None, "disputes": None, "refutes": None, "confirms": None},
            {"claimant": dice.choice(actors), "on_behalf_of": None},
            {"withdrawn": {"date": "2030-01-01"}},
            {"withdrawn": None},
            {"quantity": {"measure": "arrived", "best": "12", "of": dice.choice(events)}},
            {"quantity": None},
            {"claim_date": f"20{dice.randint(10, 40)}", "text": f"Now {dice.random()}"},
            {"sources": [f"{dice.choice(sources)}#p1"]},
            {"positions": [{"actor": dice.choice(actors), "relation": "disputes"}]},
        ]
    if entry.kind == "actor":
        choices += [{"parent": None, "name": f"N {dice.random()}"}, {"draft": None}]
        choices += [
            {"relations": [{"type": "represents", "target": dice.choice(actors), "sources": f"{sources[0]}"}]}
        ]
    if entry.kind == "source":
        choices += [{"origin": dice.choice(["an agency", "a witness", None])}]
    after[name] = with_values(entry, **dice.choice(choices))
    return after


def without_one(entries, dice):
    """The entries without one that no other names."""
    graph = build_graph(entries.values(), COLLECTION)
    free = sorted(name for name in entries if name not in graph.backlinks)
    gone = dice.choice(free)
    return {name: entry for name, entry in entries.items() if name != gone}


@pytest.mark.no_cover  # takes as long again
@pytest.mark.parametrize("seed", range(2))
def test_edits_in_a_row(entries, seed):
    """After each of many edits every index equals the one that is made from the beginning."""
    dice = random.Random(seed)
    now = dict(entries)
    graph = build_graph(now.values(), COLLECTION)
    for number in range(EDITS):
        before = now
        kind = dice.choice(["edit", "edit", "edit", "several", "remove", "back"])
        if kind == "remove":
            now = without_one(now, dice)
        elif kind == "back" and len(now) < len(entries):
            missing = dice.choice(sorted(entries.keys() - now.keys()))
            if named_by(entries[missing]) <= now.keys():
                now = {
                    name: now.get(name, entries[name]) for name in entries if name in now or name == missing
                }
        elif kind == "several":
            for _ in range(3):
                now = edited(now, dice)
        else:
            now = edited(now, dice)
        graph = updated_graph(graph, now)
        whole = build_graph(now.values(), COLLECTION)
        for part in fields(whole):
            one, other = getattr(graph, part.name), getattr(whole, part.name)
            if part.name == "related":
                one = dict(one)
            assert one == other, (seed, number, part.name, kind, before.keys() ^ now.keys())
        assert list(graph.entries) == list(whole.entries)


def named_by(entry):
    """The records that a record names."""
    return {reference.target for reference in references(entry.record)}
