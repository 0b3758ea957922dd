"""Delimited text, as spreadsheets save it: a header and rows with their places.

In: the bytes of a file. Out: the names of the columns, and the rows one after the other. The rule it
guards: a cell is the text that stands in it, a bad row is named by its number, and the others are read.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.characters import decoded

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet counts (the header is row 1), the line it begins at, its cells."""

    number: int
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the name of its file, its columns in order, and its text, which is read row by row."""

    name: str
    columns: tuple[str, ...]
    delimiter: str
    text: str

    def rows(self) -> Iterator[Row | Diagnostic]:
        """Every row behind the header that is not empty; a bad one as what is wrong with it."""
        found = _rows(self.text, self.delimiter)
        next(found)
        for number, line, cells in found:
            if isinstance(cells, str):
                yield bad_row(self.name, number, line, cells, "mend the quotation marks of this row")
            elif any(cell.strip() for cell in cells[len(self.columns) :]):
                message = f"{len(cells)} cells, and the table has {len(self.columns)} columns"
                yield bad_row(self.name, number, line, message, UNQUOTED)
            elif any(cells):
                yield Row(number, line, cells + [""] * (len(self.columns) - len(cells)))


UNQUOTED = "put a cell that holds the delimiter or a line break in quotation marks"


def read_table(data: bytes, name: str, delimiter: str | None = None) -> Table | Diagnostic:
    """The table in a file's bytes; the delimiter is looked for where none is given."""
    text = decoded(data, name)
    if isinstance(text, Diagnostic):
        return text
    text = text.replace("\r", "\n")
    delimiter = delimiter or delimiter_of(text)
    _, _, header = next(_rows(text, delimiter), (1, 1, []))
    if isinstance(header, str):
        return _bad_table(name, f"the header cannot be read: {header}", "mend its quotation marks")
    columns = tuple(cell.strip() for cell in header)
    if not any(columns):
        return _bad_table(
            name, "the file has no header", "write the names of the columns into its first line"
        )
    return Table(name, columns, delimiter, text)


def delimiter_of(text: str) -> str:
    """The delimiter that divides the header into most cells; a comma where none divides it."""
    return max(DELIMITERS, key=lambda delimiter: len(_header(text, delimiter)))


def _header(text: str, delimiter: str) -> list[str]:
    _, _, header = next(_rows(text, delimiter), (1, 1, []))
    return header if isinstance(header, list) else []


def repeated_columns(columns: tuple[str, ...]) -> frozenset[str]:
    """The names that more than one column has, folded as columns are compared."""
    counts = Counter(folded_column(name) for name in columns if name)
    return frozenset(name for name, count in counts.items() if count > 1)


def folded_column(name: str) -> str:
    """The form in which names of columns are compared: without regard to capitals and edge spaces."""
    return name.strip().casefold()


def bad_row(file: str, number: int, line: int, message: str, hint: str) -> Diagnostic:
    """What is wrong with a row as a whole."""
    return Diagnostic(Code.BAD_ROW, Position(file, line, 1), f"row {number}: {message}", hint)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str] | str]]:
    # Number, line and cells; in place of the cells the reader's words where it cannot read them.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number, line = number + 1, reader.line_num + 1
        try:
            yield number, line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, line, str(error)


def _bad_table(name: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(Code.BAD_TABLE, Position(name, 1, 1), message, hint)
