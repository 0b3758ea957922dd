"""Delimited text as spreadsheets save it."""

import pytest

from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.importing.table import Table, read_table


def rows(data, delimiter=None):
    """The number, line and cells of each row of a table."""
    table = read_table(data, "t.csv", delimiter)
    assert isinstance(table, Table), table
    return [(row.number, row.line, row.cells) for row in table.rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter):
    """The delimiter that divides the header is the table's, whatever else stands in the cells."""
    data = f'a{delimiter}"b, or; c"{delimiter}d\n1{delimiter}2{delimiter}3\n'.encode()
    assert rows(data) == [(2, 2, ["1", "2", "3"])]


def test_a_delimiter_that_is_given_is_taken():
    """A given delimiter holds, also where another one divides more."""
    assert rows(b"a,b,c;d\n1,2;3\n", ";") == [(2, 2, ["1,2", "3"])]


@pytest.mark.parametrize(
    "data",
    [b"a,b\n1,2\n", b"\xef\xbb\xbfa,b\r\n1,2\r\n", b"a,b\r1,2\r", b'"a","b"\n"1","2"', b"a,b\n\n1,2\n,\n"],
)
def test_marks_and_line_ends_do_not_matter(data):
    """A byte-order mark, any line ends, quotation marks and empty rows change nothing of the cells."""
    assert [cells for *_, cells in rows(data)] == [["1", "2"]]


def test_a_quoted_line_break_is_part_of_the_cell_and_lines_count_on():
    """A row that spans lines begins where it begins, and the next one is found at its own line."""
    assert rows(b'a,b\r\n"x\r\ny",2\r\n3,4\r\n') == [(2, 2, ["x\ny", "2"]), (3, 4, ["3", "4"])]


def test_short_rows_are_filled_up_and_long_ones_are_bad():
    """Cells left out at the end are empty; filled ones too many are a mistake, empty ones are not."""
    table = read_table(b"a,b,c\n1\n1,2,3,,\n1,2,3,4\n5,6,7\n", "t.csv")
    found = list(table.rows())
    assert [row.cells[:3] for row in found if not isinstance(row, Diagnostic)] == [
        ["1", "", ""],
        ["1", "2", "3"],
        ["5", "6", "7"],
    ]
    assert [str(row.position) for row in found if isinstance(row, Diagnostic)] == ["t.csv:4:1"]


def test_a_quotation_mark_that_is_not_closed_is_a_bad_row():
    """A cell that never ends is told at the row in which it begins."""
    table = read_table(b'a,b\n1,2\n3,"4\n5,6\n', "t.csv")
    good, bad = list(table.rows())
    assert good.cells == ["1", "2"]
    assert str(bad.position) == "t.csv:3:1" and bad.message.startswith("row 3")


@pytest.mark.parametrize("data", [b"", b"\n", b",,\n1,2,3\n", "a,b\n".encode("utf-16")])
def test_no_table(data):
    """An empty file, one without names of columns, and one in another encoding are told as such."""
    assert isinstance(read_table(data, "t.csv"), Diagnostic)
