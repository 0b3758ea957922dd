"""The description of the data as a Frictionless data package, and what the page "Data" tells of each file.

In: the files that were made. Out: `datapackage.json`. The rule it guards: it describes what is there, byte
for byte.
"""

from collections.abc import Iterable

from sourcebook.exporting.documents import as_json
from sourcebook.exporting.setting import facts_changed
from sourcebook.exporting.shapes import Values
from sourcebook.exporting.tables import Column, Table
from sourcebook.graph.data_files import DataFile
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import version
from sourcebook.records.collection import SCHEMA_VERSION
from sourcebook.records.fields import slug

FORMULAS = (
    "In the CSV files a text that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab "
    "or a line end, and is no number) has an apostrophe before it, and so has a text that begins with "
    "apostrophes and then so; numbers are left as they are."
)
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "geojson": "application/geo+json",
    "sqlite": "application/vnd.sqlite3",
    "json": "application/json",
    "bib": "application/x-bibtex",
    "jsonld": "application/ld+json",
}


def data_package(graph: Graph, files: Iterable[DataFile], tables: Iterable[Table]) -> bytes:
    """The description of the files, in the order given."""
    collection = graph.collection
    by_path = {f"{table.name}.csv": table for table in tables}
    licence: Values = {}
    if collection.licence:
        licence["name"] = slug(collection.licence.value).upper() or "licence"
        licence["title"] = collection.licence.value
    if collection.licence_url:
        licence["path"] = collection.licence_url
    values: Values = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": slug(graph.site.name) or "sourcebook",
        "title": graph.site.name or "A sourcebook",
        "description": " ".join(filter(None, (collection.about, FORMULAS))),
        "homepage": "" if graph.site.address.startswith("../") else graph.site.address,
        "version": version(graph),
        "schema_version": SCHEMA_VERSION,
        "created": f"{day}T00:00:00Z" if (day := facts_changed(graph)) else "",
        "licenses": [licence] if licence else [],
        "resources": [resource(file, by_path.get(file.name)) for file in files],
    }
    return as_json({name: value for name, value in values.items() if value}, indented=True) + b"\n"


def resource(file: DataFile, table: Table | None) -> Values:
    """One file; a table with its columns."""
    suffix = file.name.rpartition(".")[2]
    values: Values = {
        # A name is unique, and made of small letters, digits, points and hyphens.
        "name": table.name if table else file.name,
        "type": "table" if table else "file",
        "path": file.name,
        "description": file.description,
        "format": suffix,
        "mediatype": MEDIA_TYPES[suffix],
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
    }
    if table:
        values |= {"rowCount": file.rows, "schema": table_schema(table)}
    return values


def table_schema(table: Table) -> Values:
    """The Table Schema of a table."""
    keys = [
        {"fields": [column.name], "reference": {"resource": column.table, "fields": ["id"]}}
        for column in table.columns
        if column.table
    ]
    key = {"primaryKey": [table.columns[0].name]} if table.keyed else {}
    return {
        "fields": [field(column) for column in table.columns],
        **key,
        **({"foreignKeys": keys} if keys else {}),
    }


def field(column: Column) -> Values:
    """A column in Table Schema."""
    return {"name": column.name, "type": column.type, "description": column.description}
