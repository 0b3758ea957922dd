"""Formatting keeps every value and every comment, and what is formatted stays as it is."""

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from harbour import HARBOUR
from sourcebook.editing.fmt import formatted
from sourcebook.reading.files import Project, find_files
from sourcebook.reading.nodes import plain
from sourcebook.reading.yaml_text import read_yaml

GOLDEN = Path(__file__).parent / "golden"


def values(data):
    """What our reader takes from a file."""
    found = read_yaml(data, "x")
    return None if found.diagnostics or found.root is None else plain(found.root)


def test_comments_stay_with_what_they_are_about(request):
    """A comment at every kind of place: none is lost, and a second run changes nothing."""
    before = (GOLDEN / "comments.yml").read_bytes()
    after = formatted("event", before)
    golden = GOLDEN / "comments-formatted.yml"
    if request.config.getoption("--regenerate"):
        golden.write_bytes(after)
    assert after == golden.read_bytes()
    assert values(after) == values(before)
    assert formatted("event", after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"name: N\r\ntype:  state\r\n", b'name: "N"\r\ntype: state\r\n'),
        (b"\xef\xbb\xbfname:   Ny\n", b"name: Ny\n"),
        (b"---\nname: Ny\n...\n", b"name: Ny\n"),
        (b"{name: Ny, type: state}", b"name: Ny\ntype: state\n"),
        (b"- {name: Ny, id: ny}\n\n\n- id: no\n", b'- id: ny\n  name: Ny\n\n- id: "no"\n'),
        (b"name:\n", b'name: ""\n'),
        (b"name: >+\n  Ny\n\n\n", b'name: "Ny\\n\\n\\n"\n'),
        (b"[]\n", b"[]\n"),
        (b"name: a\n  b\n", b"name: a b\n"),
        (b"tags: []  # none yet\n", b"tags: []  # none yet\n".replace(b"  #", b" #")),
    ],
)
def test_odd_forms(before, after):
    """Line ends of Windows stay; marks of bytes and of documents go; a record in braces gets its lines."""
    assert formatted("actor", before) == after
    assert formatted("actor", after) == after


FILES = find_files(Project(HARBOUR)).files
COMMENTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from(["own", "behind", "blank"])), max_size=8
)


@pytest.mark.no_cover  # takes as long again
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FILES), COMMENTS, st.booleans())
def test_whatever_comments_a_file_has(file, comments, as_is):
    """Comments put anywhere into the files of the harbour collection: all are kept, and no value changes."""
    data = file.path.read_bytes()
    lines = (data if as_is else formatted(file.kind, data)).decode().split("\n")
    for number, (place, column, where) in enumerate(comments):
        at = int(place * (len(lines) - 1))
        if where == "own":
            lines.insert(at, " " * column + f"# {number} note")
        elif where == "blank":
            lines.insert(at, "")
        elif lines[at]:
            lines[at] += f"  # {number} note"
    text = "\n".join(lines).encode()
    assume(values(text) == values(data))
    once = formatted(file.kind, text)
    assert values(once) == values(data)
    assert sorted(notes(once)) == sorted(notes(text))
    assert formatted(file.kind, once) == once


def notes(data):
    """The comments of a file that a test has put there, as they can be told from its values."""
    return [line[line.index("# ") :] for line in data.decode().splitlines() if line.endswith(" note")]
