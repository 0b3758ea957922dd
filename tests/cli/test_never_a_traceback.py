"""Whatever becomes of a valid file, the check ends with a report."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harbour import HARBOUR
from sourcebook.diagnostics.reports import as_text
from sourcebook.site.check import check_project, read_settings

FILES = sorted(path.relative_to(HARBOUR).as_posix() for path in HARBOUR.rglob("*.y*ml"))
FRAGMENTS = [
    *"\n\t :-#&*!|>%@`'\"{}[],?~=<./\\0Xé",
    *("\u202e", "\u00ad", "\x00", "\ufeff", "\U0001f6a2"),
    *("- ", ": ", "[]", "{}", "''", "null", "true", "[[x]]", "#p0", "#p1-9999999", "9" * 50, "x" * 90),
    *("town", "strike", "unknown", "gates-shut", "tidewater-dispatch", "2031-13-40", "[..]", "/"),
]
"""What is put into a file: signs of YAML, of dates and citations, ids, and characters that nobody types."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the collection, in which one file at a time is spoilt."""
    return shutil.copytree(HARBOUR, tmp_path_factory.mktemp("spoilt") / "harbour")


@st.composite
def changes(draw):
    """One way to spoil a list of lines, as a function."""
    where, other = draw(st.floats(0, 1)), draw(st.floats(0, 1))
    fragment = draw(st.sampled_from(FRAGMENTS))
    kind = draw(st.sampled_from(["delete", "double", "move", "insert", "replace", "indent", "cut"]))

    def change(lines):
        at = int(where * (len(lines) - 1))
        line, lines = lines[at], list(lines)
        column = int(other * len(line))
        if kind == "delete":
            del lines[at]
        elif kind == "double":
            lines.insert(at, line)
        elif kind == "move":
            lines.insert(int(other * len(lines)), lines.pop(at))
        elif kind == "insert":
            lines[at] = line[:column] + fragment + line[column:]
        elif kind == "replace":
            lines[at] = line[:column] + fragment + line[column + 1 :]
        elif kind == "indent":
            lines[at] = "  " + line
        else:
            lines[at] = line[:column]
        return lines or [""]

    return change


@pytest.mark.no_cover  # takes as long again
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FILES), st.lists(changes(), min_size=1, max_size=4))
def test_a_spoilt_file_ends_in_a_report(copy, name, spoil):
    """Lines deleted, doubled and moved, characters replaced: the check reports and never raises."""
    path = copy / name
    original = path.read_text(encoding="utf-8")
    lines = original.split("\n")
    for change in spoil:
        lines = change(lines)
    try:
        path.write_text("\n".join(lines), encoding="utf-8", newline="")
        checked = check_project(read_settings(copy / "mkdocs.yml"))
    finally:
        path.write_text(original, encoding="utf-8")
    assert as_text(checked.diagnostics).endswith("\n") or checked.graph
