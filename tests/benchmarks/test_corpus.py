"""Tests of the corpus that the benchmarks measure with."""

from collections import Counter
from itertools import chain
from pathlib import Path
from random import Random

import pytest

from benchmarks import invented
from benchmarks.corpus import FEWEST, main, write_corpus
from sourcebook.site.check import check_project, read_settings


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    """A seed is a corpus; another seed is another one."""
    write_corpus(tmp_path / "first", 40, seed=7)
    write_corpus(tmp_path / "second", 40, seed=7)
    write_corpus(tmp_path / "third", 40, seed=8)
    assert bytes_of(tmp_path / "first") == bytes_of(tmp_path / "second")
    assert bytes_of(tmp_path / "first") != bytes_of(tmp_path / "third")


@pytest.mark.parametrize(
    ("records", "a_file"), [(FEWEST, 1), (FEWEST + 1, 3), (29, 1), (30, 1), (31, 7), (400, 50)]
)
def test_the_strict_check_is_clean(tmp_path, records, a_file):
    """As many records as asked for, whichever way they lie in files, and nothing to say of them."""
    write_corpus(tmp_path, records, a_file=a_file)
    checked = check_project(read_settings(tmp_path / "mkdocs.yml"))
    assert [d.message for d in checked.diagnostics] == []
    assert checked.graph
    assert len(checked.graph.entries) == records


def test_too_few_records_are_refused(tmp_path, capsys):
    """What is too small to be valid is not begun."""
    with pytest.raises(SystemExit):
        main([str(FEWEST - 1), str(tmp_path / "corpus")])
    assert f"{FEWEST} records or more" in capsys.readouterr().err
    assert not (tmp_path / "corpus").exists()


def test_words_are_as_uneven_as_those_of_a_language():
    """No word has two ranks; a few are in many texts, most in one or two; more texts have more of them."""
    assert len({invented.word(rank) for rank in range(invented.WORDS)}) == invented.WORDS
    random = Random("words")
    texts = [set(invented.passage(random, 100).split()) for _ in range(400)]
    found = Counter(chain.from_iterable(texts))
    assert 20 < sum(count > 40 for count in found.values()) < 100
    assert sum(count < 3 for count in found.values()) > len(found) / 2
    assert len(found) > 2 * len(set().union(*texts[:100]))


def test_most_references_lead_to_few_records(tmp_path):
    """With a high skew one actor has a good part of all claims."""
    write_corpus(tmp_path, 400, skew=6)
    graph = check_project(read_settings(tmp_path / "mkdocs.yml")).graph
    assert graph
    claims = [ref for ref in graph.backlinks["actor-000000"] if ref.field == "claimant"]
    assert len(claims) > len(graph.by_kind["claim"]) / 8
