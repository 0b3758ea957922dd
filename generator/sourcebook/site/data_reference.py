"""The reference of the data's columns, written from the tables themselves.

In: the tables of the export. Out: Markdown. The rule it guards: whoever reads a file finds for every column
what it means, its type, and which table its ids are of.
"""

from sourcebook.exporting.tables import Column, Table, all_tables
from sourcebook.site.reference_tables import table


def columns_markdown() -> str:
    """Every table with its columns, in the order of the files."""
    return "\n".join(map(table_section, all_tables()))


def table_section(data: Table) -> str:
    """The heading of a table, what a row of it is, and its columns."""
    rows = ((f"`{column.name}`", column.type, meaning(column)) for column in data.columns)
    return (
        f"### {data.name}.csv\n\n{data.description}\n\n{table(('Column', 'Type', 'What it holds'), rows)}\n"
    )


def meaning(column: Column) -> str:
    """What a column holds, and the table in which its ids are found."""
    return f"{column.description} An id of `{column.table}.csv`." if column.table else column.description
