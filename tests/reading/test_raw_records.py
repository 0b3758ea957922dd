"""Raw records: which mappings of the files are records, and under which id."""

import os

import pytest

from sourcebook.diagnostics.codes import Code
from sourcebook.reading.files import Project
from sourcebook.reading.nodes import plain
from sourcebook.reading.raw_records import read_raw_records
from sourcebook.reading.yaml_text import Limits


def read(tmp_path, files, limits=None):
    """Write files by name and read their records."""
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_raw_records(Project(tmp_path), limits or Limits())


def one(tmp_path, text):
    """Read the records of one file of actors."""
    return read(tmp_path, {"content/actors/red-cross.yml": text})


def ids(records):
    """Return all of each record but its node."""
    return [(record.kind, record.file, record.id, record.id_line, record.id_column) for record in records]


def test_a_record_takes_its_id_from_its_key_or_its_file(tmp_path):
    """Without `id` the file's stem is the id, and its place is the record's."""
    records, diagnostics = read(
        tmp_path,
        {
            "content/actors/red-cross.yml": "# c\nname: X\n",
            "content/actors/z.yml": "name: Y\nid: other\n",
            "seeds/p.yml": "title: T\n",
        },
    )
    assert diagnostics == ()
    assert ids(records) == [
        ("actor", "content/actors/red-cross.yml", "red-cross", 2, 1),
        ("actor", "content/actors/z.yml", "other", 2, 5),
        ("source", "seeds/p.yml", "p", 1, 1),
    ]
    assert plain(records[1].node) == {"name": "Y", "id": "other"}


def test_a_list_of_records(tmp_path):
    """Each item of a list is a record with its own id, in the order of the file."""
    records, diagnostics = one(tmp_path, "- id: b\n- {name: X, id: a}\n")
    assert diagnostics == ()
    assert ids(records) == [
        ("actor", "content/actors/red-cross.yml", "b", 1, 7),
        ("actor", "content/actors/red-cross.yml", "a", 2, 17),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("- name: X\n- id: a\n", Code.MISSING_FIELD, 1, 3),
        ("- id: a\n- text\n", Code.WRONG_TYPE, 2, 3),
        ("- id: a\n- [b]\n", Code.WRONG_TYPE, 2, 3),
        ("- id: a\n- id: [b]\n", Code.WRONG_TYPE, 2, 7),
        ("- id: a\n- id:\n", Code.EMPTY_VALUE, 2, 6),
    ],
)
def test_a_bad_item_is_left_out(tmp_path, text, code, line, column):
    """An item that is no record is reported where it begins, and the others are read."""
    records, (diagnostic,) = one(tmp_path, text)
    assert [record.id for record in records] == ["a"]
    assert (diagnostic.code, diagnostic.position.line, diagnostic.position.column) == (code, line, column)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Code.EMPTY_VALUE),
        ("# later\n", Code.EMPTY_VALUE),
        ("---\n", Code.EMPTY_VALUE),
        ("[]", Code.EMPTY_VALUE),
        ("just words", Code.WRONG_TYPE),
        ("a: [", Code.YAML_SYNTAX),
        (b"\xff", Code.NOT_UTF8),
        ("*x", Code.YAML_FEATURE),
    ],
)
def test_a_file_without_a_record_is_reported_once(tmp_path, text, code):
    """Each file that gives no record has one reason for it."""
    records, diagnostics = one(tmp_path, text)
    assert records == ()
    assert [diagnostic.code for diagnostic in diagnostics] == [code]


def test_an_empty_file_is_no_excuse_for_the_invisible(tmp_path):
    """A warning in an empty file does not hide that it is empty."""
    assert {d.code for d in one(tmp_path, "# \u200b\n")[1]} == {Code.EMPTY_VALUE, Code.INVISIBLE_CHARACTER}


def test_one_bad_file_hides_nothing_of_the_others(tmp_path):
    """The errors of all files come in one run, sorted by place, with the records of the good ones."""
    records, diagnostics = read(
        tmp_path,
        {
            "content/actors/a.yml": "x: [",
            "content/actors/b.yml": "name: B\n",
            "content/claims/c.yml": "text: X\ntext: Y\n",
            "content/wrong/d.yml": "name: D\n",
        },
    )
    assert [record.id for record in records] == ["b", "c"]
    assert [d.code for d in diagnostics] == [Code.YAML_SYNTAX, Code.DUPLICATE_KEY, Code.MISPLACED_FILE]


def test_a_huge_file_is_not_read_whole(tmp_path):
    """Of a file beyond the limit no more than the limit and a byte is read."""
    _, (diagnostic,) = read(tmp_path, {"content/actors/a.yml": "name: abcdefgh\n"}, Limits(bytes=10))
    assert diagnostic.code is Code.TOO_LARGE


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported(tmp_path):
    """A file that the system refuses is an error of that file alone."""
    read(tmp_path, {"content/actors/a.yml": "name: A\n", "content/actors/b.yml": "name: B\n"})
    (tmp_path / "content/actors/a.yml").chmod(0)
    records, diagnostics = read_raw_records(Project(tmp_path))
    assert [record.id for record in records] == ["b"]
    assert [d.code for d in diagnostics] == [Code.UNREADABLE_FILE]


def test_a_file_that_vanishes_is_reported(tmp_path, monkeypatch):
    """A file that is gone between finding and reading is an error, not a traceback."""
    read(tmp_path, {"content/actors/a.yml": "name: A\n"})

    def gone(*_arguments):
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr("pathlib.Path.open", gone)
    (diagnostic,) = read_raw_records(Project(tmp_path))[1]
    assert diagnostic.code is Code.UNREADABLE_FILE and "No such file" in diagnostic.message
