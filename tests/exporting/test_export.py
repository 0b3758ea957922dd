"""The export as a whole: which files there are, the same bytes each time, and the way back to the records."""

import json
import os
import subprocess
import sys

from harbour import HARBOUR
from sourcebook.editing.canonical import canonical_yaml
from sourcebook.exporting.export import Export, export_file, paths
from sourcebook.exporting.shapes import as_written, read_record
from sourcebook.site.check import check_project, read_settings

MAKE_AND_HASH = """
import hashlib, sys
from pathlib import Path
from sourcebook.exporting.export import Export
from sourcebook.site.check import check_project, read_settings
graph = check_project(read_settings(Path(sys.argv[1]) / "mkdocs.yml")).graph
for path, content in Export(graph).files():
    print(path, hashlib.sha256(content).hexdigest())
"""


def test_the_files_are_those_announced(graph, files):
    """`paths` names every file and no other, and none is made twice."""
    named = list(paths(graph))
    assert sorted(named) == sorted(files) and len(named) == len(set(named))
    assert len(list(Export(graph).files())) == len(files)


def test_one_file_alone(graph, files):
    """A file made for itself is the same as in the whole export; what is no file of it is none."""
    for path in (
        "claims/smoke-seen.json",
        "data/statements.csv",
        "data/datapackage.json",
        "feed.xml",
        "robots.txt",
    ):
        assert export_file(graph, path) == files[path]
    assert export_file(graph, "claims/nobody.json") is None
    assert export_file(graph, "events/smoke-seen.json") is None
    assert export_file(graph, "index.html") is None


def test_the_same_bytes_each_time(files):
    """Another process with another hash seed, time zone and language gives the same bytes."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C"}
    run = subprocess.run(
        [sys.executable, "-c", MAKE_AND_HASH, str(HARBOUR)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    import hashlib

    expected = [f"{path} {hashlib.sha256(content).hexdigest()}" for path, content in files.items()]
    assert run.stdout.splitlines() == expected


def test_no_draft(files):
    """The id of no draft stands in any file."""
    for draft in (b"rumour-of-a-lockout", b"retired-docker", b"next-regatta"):
        assert [path for path, content in files.items() if draft in content or draft in path.encode()] == []


def test_the_way_back(graph, files):
    """A document read back is the same record, and so is the canonical YAML that is made of it."""
    words = graph.collection.vocabularies()
    for key, entry in graph.entries.items():
        plural = {"actor": "actors", "event": "events", "claim": "claims"}.get(entry.kind, f"{entry.kind}s")
        document = json.loads(files[f"{plural}/{key}.json"], parse_int=str, parse_float=str)
        assert read_record(entry.kind, document["record"], words) == entry.record


def test_a_line_is_a_document(files):
    """The JSON Lines of a kind are the documents of its pages, in the order of the index."""
    lines = files["data/claims.jsonl"].splitlines(keepends=True)
    assert all(files[f"claims/{json.loads(line)['id']}.json"] == line for line in lines)
    assert len(lines) == sum(path.startswith("claims/") for path in files)


def yaml_of(document):
    """The canonical YAML of a document's record."""
    return canonical_yaml(document["kind"], as_written(document["record"]))


def documents(files):
    """Every record's document, with numbers as they are written."""
    return {
        path: json.loads(content, parse_int=str, parse_float=str)
        for path, content in files.items()
        if path.endswith(".json")
        and path.count("/") == 1
        and not path.startswith("data/")
        and ".feed." not in path
    }


def test_there_and_back_as_files(files, tmp_path):
    """Documents written as canonical YAML are a project whose export gives the same documents and YAML."""
    first = documents(files)
    for path, document in first.items():
        folder = tmp_path / ("seeds" if document["kind"] == "source" else f"content/{path.split('/')[0]}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{document['id']}.yml").write_text(yaml_of(document), encoding="utf-8")
    settings = (HARBOUR / "mkdocs.yml").read_text(encoding="utf-8").replace("source_texts: texts", "")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (tmp_path / "docs").mkdir()
    checked = check_project(read_settings(tmp_path / "mkdocs.yml"))
    assert checked.graph, checked.diagnostics
    second = documents(dict(Export(checked.graph).files()))
    assert first.keys() == second.keys() and len(first) == len(checked.graph.entries)
    for path in first:
        assert second[path]["record"] == first[path]["record"]
        assert yaml_of(second[path]) == yaml_of(first[path])
