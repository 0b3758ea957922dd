"""Tests of the corpus that the benchmarks measure with."""

from pathlib import Path

import pytest

from benchmarks.corpus import write_corpus
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


@pytest.mark.parametrize(("records", "a_file"), [(30, 1), (31, 7), (400, 1), (400, 50)])
def test_the_strict_check_is_clean(tmp_path, records, a_file):
    """As many records as asked for, whichever way they lie in files, and nothing to say of them."""
    write_corpus(tmp_path, records, a_file=a_file)
    checked = check_project(read_settings(tmp_path / "mkdocs.yml"))
    assert [d.message for d in checked.diagnostics] == []
    assert checked.graph
    assert len(checked.graph.entries) == records


def test_most_references_lead_to_few_records(tmp_path):
    """With a high skew one actor has a good part of all claims."""
    write_corpus(tmp_path, 400, skew=6)
    graph = check_project(read_settings(tmp_path / "mkdocs.yml")).graph
    assert graph
    claims = [ref for ref in graph.backlinks["actor-000000"] if ref.field == "claimant"]
    assert len(claims) > len(graph.by_kind["claim"]) / 8
