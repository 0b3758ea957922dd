"""Data and feeds with hostile texts in every field: they have the shape of those with plain words."""

import csv
import io
import json
import sqlite3
from collections import Counter
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from hostile_pages import folded
from hostile_records import graph_of, harmless, hostile, records
from small_project import FILES, small_project
from sourcebook.cli import main
from sourcebook.exporting.export import Export

SHIFT = 25
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(scope="module")
def attacked():
    """Every file of the data with hostile texts, another one in each field, by path."""
    return dict(Export(graph_of(hostile(SHIFT))).files())


@pytest.fixture(scope="module")
def plain():
    """The same with plain words."""
    return dict(Export(graph_of(harmless())).files())


def paths(files, *suffixes):
    """The paths that end so; there must be some."""
    found = [path for path in files if path.endswith(suffixes)]
    assert found
    return found


def shape(value):
    """What is left of a JSON value without its texts and numbers; lists may be sorted by names."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in sorted(value.items())}
    return sorted(map(shape, value), key=str) if isinstance(value, list) else type(value).__name__


def told(value):
    """Every text in a JSON value."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return [text for inner in inside for text in told(inner)]
    return [value] if isinstance(value, str) else []


def test_the_same_files(attacked, plain):
    """No text makes a file, or the name of one."""
    assert attacked.keys() == plain.keys()


def test_json_has_the_shape_of_plain_words(attacked, plain):
    """Documents, GeoJSON, JSON-LD, CSL and the JSON feeds; what the records say stands there as typed."""
    seen, texts = "", hostile(SHIFT)
    assert list(records(texts))
    for path in paths(attacked, ".json", ".geojson", ".jsonld"):
        found, expected = json.loads(attacked[path]), json.loads(plain[path])
        if "feed" not in path and not path.endswith(("datapackage.json", "schema.json")):
            assert shape(found) == shape(expected), path
        seen += folded("\n".join(told(found)))
    assert [text for text in texts.given if folded(text) not in seen] == []


def test_lines_of_json_are_documents(attacked, plain):
    """No text ends a line."""
    for path in paths(attacked, ".jsonl"):
        lines = attacked[path].decode().split("\n")
        assert len(lines) == plain[path].decode().count("\n") + 1
        assert all(json.loads(line) for line in lines if line)


def test_atom_has_the_elements_of_plain_words(attacked, plain):
    """The feeds are well-formed, and no text is an element or an attribute of its own."""
    for path in paths(attacked, ".xml"):
        found, expected = (elements(files[path]) for files in (attacked, plain))
        assert found == expected, path


def elements(xml):
    """How many elements of each name with which attributes an XML text has."""
    return Counter((each.tag, *sorted(each.attrib)) for each in ElementTree.fromstring(xml).iter())


def test_no_cell_of_a_table_is_a_formula(attacked, plain):
    """Rows and columns are as many as with plain words; no text begins so that a spreadsheet computes it."""
    for path in paths(attacked, ".csv"):
        rows, expected = (
            list(csv.reader(io.StringIO(files[path].decode(), newline=""))) for files in (attacked, plain)
        )
        assert [len(row) for row in rows] == [len(row) for row in expected], path
        cells = [cell for row in rows for cell in row if cell.startswith(FORMULA)]
        assert [cell for cell in cells if not cell.lstrip("+-").replace(".", "", 1).isdigit()] == [], path


def test_the_bibliography_has_the_entries_of_plain_words(attacked, plain):
    """Braces close, and no text begins an entry."""
    for path in paths(attacked, ".bib"):
        text = attacked[path].decode()
        bare = text.replace("\\{", "").replace("\\}", "")
        assert bare.count("{") == bare.count("}")
        assert text.count("\n@") == plain[path].decode().count("\n@")


def test_the_database_holds_what_that_of_plain_words_does(attacked, plain, tmp_path):
    """Tables, rows and columns are the same; the file is whole."""
    (path,) = paths(attacked, ".sqlite")
    assert tables(tmp_path / "a", attacked[path]) == tables(tmp_path / "p", plain[path])


def tables(path, data):
    """The schema of a database and the number of rows of each table."""
    path.write_bytes(data)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        made = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        names = [name for name, sql in made if sql and sql.startswith("CREATE TABLE")]
        return made, [database.execute(f'SELECT count(*) FROM "{name}"').fetchone() for name in names]


@pytest.mark.parametrize("name", ["for citation managers", "Everything for a triple store"])
def test_a_withheld_name_that_only_the_data_has_is_not_written(tmp_path, name):
    """What is written is looked through itself: words that are in no fact keep the command from writing."""
    config = FILES["mkdocs.yml"].replace("as_of: 2031-05-04", "withheld_names: ../names.txt")
    project = small_project(tmp_path / "project", {"mkdocs.yml": config})
    (tmp_path / "names.txt").write_text(f"{name}\n", encoding="utf-8")
    arguments = ["export", "-f", str(project / "mkdocs.yml"), "--out", str(tmp_path / "out")]
    ended = CliRunner().invoke(main, arguments)
    assert ended.exit_code == 1
    assert "withheld-name" in ended.output and name not in ended.output
    assert not (tmp_path / "out").exists()
