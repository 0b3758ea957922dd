"""The collection as one SQLite file, ready for Datasette: the tables, their ties, and a full-text search.

In: tables with their rows. Out: the bytes of the file. The rule it guards: the same rows give the same bytes
with the same SQLite, so nothing is written but what is put in, in the order in which it is put in.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Self

from sourcebook.exporting.shapes import Values
from sourcebook.exporting.tables import Plains, Row, Table
from sourcebook.graph.graph import Graph
from sourcebook.pages.frame import all_names

TYPES = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "NUMERIC", "boolean": "INTEGER"}
"""The affinity of a column, by its type in Table Schema."""
AT_ONCE = 1000
"""How many rows are put in at once."""
PIECE = 1 << 20
TRUTHS = {"true": 1, "false": 0}
PROSE = ("summary", "description", "note")
ABOUT = "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
SEARCH = """
CREATE TABLE texts (
  number INTEGER PRIMARY KEY,
  record TEXT NOT NULL REFERENCES records(id),
  label TEXT NOT NULL,
  names TEXT NOT NULL,
  prose TEXT NOT NULL,
  quotes TEXT NOT NULL
);
CREATE VIRTUAL TABLE texts_fts USING fts5(
  label, names, prose, quotes,
  content="texts", content_rowid="number", tokenize="unicode61 remove_diacritics 2"
);
"""
"""The texts that are searched, and their index: what Datasette looks for to offer its search."""


class Database:
    """A database under way, in a file of its own: no more than some rows are held."""

    def __init__(self, about: Mapping[str, str]) -> None:
        """Begin it with a table of names and values, which tell of the collection."""
        self.folder = tempfile.TemporaryDirectory(prefix="sourcebook-")
        self.file = Path(self.folder.name, "collection.sqlite")
        self.connection = sqlite3.connect(self.file, isolation_level=None)
        # If it is not finished, it is thrown away: nothing need be written twice or waited for.
        for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF"):
            self.connection.execute(f"PRAGMA {setting}")
        self.connection.execute("BEGIN")
        self.connection.execute(
            "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
        )
        self.connection.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))

    def __enter__(self) -> Self:
        """Leaving it takes its file away."""
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        self.folder.cleanup()

    def added(self, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows of a table, each handed on when it has been put in."""
        self.connection.execute(created(table))
        marks = ", ".join("?" * len(table.columns))
        statement = f"INSERT INTO {quoted(table.name)} VALUES ({marks})"
        truths = [number for number, column in enumerate(table.columns) if column.type == "boolean"]
        coming = iter(rows)
        while some := tuple(islice(coming, AT_ONCE)):
            self.connection.executemany(statement, typed(truths, some))
            yield from some
        for statement in indexes(table):
            self.connection.execute(statement)

    def finished(self, graph: Graph, plains: Plains) -> Iterator[bytes]:
        """The bytes of its file in pieces, with the texts of the records and their index."""
        for statement in SEARCH.strip().split(";\n"):
            self.connection.execute(statement)
        self.connection.executemany("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", texts(graph, plains))
        self.connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")
        self.connection.execute("COMMIT")
        self.connection.close()
        with self.file.open("rb") as stream:
            yield from pieces_of(stream)


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """All that a file holds, in pieces of bearable size."""
    stream.seek(0)
    while piece := stream.read(PIECE):
        yield piece


def created(table: Table) -> str:
    """The statement that makes a table."""
    lines = []
    for number, column in enumerate(table.columns):
        line = f"{quoted(column.name)} {TYPES[column.type]}"
        if table.keyed and number == 0:
            line += " PRIMARY KEY NOT NULL"
        if column.table:
            line += f" REFERENCES {quoted(column.table)}(id)"
        lines.append(f"  {line}")
    told = ",\n".join(lines)
    return f"CREATE TABLE {quoted(table.name)} (\n{told}\n)"


def indexes(table: Table) -> list[str]:
    """The statements that make an index of every column that refers to another table, but for the key."""
    return [
        f"CREATE INDEX {quoted(f'{table.name}_{column.name}')} ON {quoted(table.name)}({quoted(column.name)})"
        for number, column in enumerate(table.columns)
        if column.table and not (table.keyed and number == 0)
    ]


def typed(truths: Sequence[int], rows: Sequence[Row]) -> Iterable[Row]:
    """Rows in which the truths are 1 and 0, as SQLite has them; its affinities make the numbers."""
    if not truths:
        return rows
    return [
        tuple(TRUTHS.get(value) if number in truths else value for number, value in enumerate(row))
        for row in rows
    ]


def texts(graph: Graph, plains: Plains) -> Iterable[tuple[int, str, str, str, str, str]]:
    """For each record its texts: the title, every other name, the prose, and the words quoted for it."""
    number = 0
    for keys in graph.by_kind.values():
        for key in keys:
            number += 1
            record, plain = graph.record(key), plains[key]
            label, *names = all_names(record)
            prose = "\n\n".join(prose_text(plain[name]) for name in PROSE if name in plain)
            quotes = "\n".join(citation.quote.exact for citation in record.sources if citation.quote)
            yield number, key, label, "\n".join(names), prose, quotes


def prose_text(value: str | Values) -> str:
    """A prose field without its language."""
    return value if isinstance(value, str) else str(value["value"])


def quoted(name: str) -> str:
    """A name of a table or column in SQL; `of` is one of its words."""
    return f'"{name}"'
