"""Tables as CSV that no spreadsheet takes for formulas.

In: columns and rows. Out: CSV by RFC 4180, in UTF-8. The rule it guards: a text that a spreadsheet would
compute begins with an apostrophe, and so does one that would look like that; numbers stay numbers. Whoever
takes one apostrophe away before such a beginning has the text as it was.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from sourcebook.exporting.tables import Column, Row

# The OWASP rule for CSV injection, with the full-width forms that some spreadsheets read as the same.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
ROWS_IN_A_PIECE = 1000
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_BEGINNINGS = frozenset("'=+-@\t\r\n＝＋－＠")


def csv_pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """A table with a line of names, then a line for each row; what is not said is empty."""
    texts = [number for number, column in enumerate(columns) if column.type == "string"]
    lines = chain(([column.name for column in columns],), (guarded(row, texts) for row in rows))
    while some := tuple(islice(lines, ROWS_IN_A_PIECE)):
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows(some)
        yield stream.getvalue().encode()


def guarded(row: Row, texts: Sequence[int]) -> Row:
    """A row in which no text begins like a formula."""
    if _BEGINNINGS.isdisjoint([value[0] for number in texts if (value := row[number])]):
        return row
    return tuple(
        plain_text(value) if number in texts and value else value for number, value in enumerate(row)
    )


def plain_text(text: str) -> str:
    """A text that is none of a spreadsheet's formulas."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
