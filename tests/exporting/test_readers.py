"""Every format of the data, read back by a reader of somebody else's and compared with the records."""

import csv
import json
import re
import sqlite3
from xml.etree import ElementTree

import duckdb
import feedparser
import frictionless
import geojson
import jsonschema
import pybtex.database
import pytest
from citeproc.source.json import CiteProcJSON
from pyld import jsonld
from rdflib import Graph as Triples

from sourcebook.exporting.csv_text import plain_text
from sourcebook.exporting.tables import all_tables
from sourcebook.records.actor import Actor
from sourcebook.records.claim import Claim
from sourcebook.records.event import Event
from sourcebook.records.place import Place
from sourcebook.records.source import Source

SITE = "https://harbour.example/strike/"
COUNTS = """
SELECT ?kind (COUNT(?one) AS ?n) WHERE { ?one <https://schema.org/additionalType> ?kind } GROUP BY ?kind
"""
REFUTES = "SELECT ?one ?other WHERE { ?one <http://purl.org/spar/cito/refutes> ?other }"
STATUS = "SELECT ?status WHERE { ?claim <https://schema.org/creativeWorkStatus> ?status }"
SEARCH = """
SELECT texts.record FROM texts_fts JOIN texts ON texts.number = texts_fts.rowid WHERE texts_fts MATCH ?
"""


@pytest.mark.parametrize("table", all_tables(), ids=lambda table: table.name)
def test_csv(graph, folder, table):
    """DuckDB reads every row of every table, with the columns' names and the ids of the records."""
    with duckdb.connect() as database:
        path = str(folder / "data" / f"{table.name}.csv")
        found = database.execute("SELECT * FROM read_csv(?, all_varchar = true, header = true)", [path])
        assert [column[0] for column in found.description] == [column.name for column in table.columns]
        rows = found.fetchall()
    described = json.loads((folder / "data/datapackage.json").read_text())["resources"]
    assert [len(rows)] == [one["rowCount"] for one in described if one["name"] == table.name]
    if table.keyed:
        keys = [
            key
            for kind, keys in graph.by_kind.items()
            for key in keys
            if table.name in (f"{kind}s", "records")
        ]
        assert [row[0] for row in rows] == keys


def test_numbers_of_figures(graph, folder):
    """Numbers are numbers, also where they are negative."""
    path = str(folder / "data" / "figures.csv")
    found = duckdb.sql(
        f"SELECT claim, low, best, high FROM read_csv('{path}') WHERE best IS NOT NULL"
    ).fetchall()
    given = [claim for claim in graph.of_kind(Claim) if claim.quantity and claim.quantity.best is not None]
    assert [(row[0], row[2]) for row in found] == [(claim.id, float(claim.quantity.best)) for claim in given]


def test_data_package(folder):
    """The package is valid: files have their sizes and hashes, cells their types, and ids lead to records."""
    report = frictionless.validate(str(folder / "data" / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]


def test_database(graph, folder):
    """The database is whole, every reference leads somewhere, and the search finds a record by a word."""
    with sqlite3.connect(f"file:{folder / 'data' / 'collection.sqlite'}?mode=ro", uri=True) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in all_tables():
            count = database.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]
            with (folder / "data" / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
                assert count == len(list(csv.DictReader(stream)))
        assert ("dockers-union",) in database.execute(SEARCH, ["докеры"]).fetchall()
        query = "SELECT typeof(latitude), longitude FROM places WHERE id = 'eastern-quay'"
        assert database.execute(query).fetchone() == ("real", -5.25)
        contested = {row[0] for row in database.execute("SELECT id FROM claims WHERE status = 'contested'")}
    standings = graph.standings.items()
    assert contested == {key for key, standing in standings if standing.status.value == "contested"}


def test_geojson(graph, files):
    """Both are valid GeoJSON with a feature for every record; what has no coordinates has no geometry."""
    for name, model in (("places", Place), ("events", Event)):
        found = geojson.loads(files[f"data/{name}.geojson"])
        assert found.is_valid, found.errors()
        assert [one["id"] for one in found["features"]] == [record.id for record in graph.of_kind(model)]
    events = {one["id"]: one for one in found["features"]}
    strike = events["strike"]["properties"]
    assert (strike["date_start"], strike["date_end"], strike["date_prec"]) == ("2031-03-04", "2031-03-08", 2)
    assert strike["where_prec"] == 1 and events["strike"]["geometry"]["coordinates"] == [-5.25, 59.1312]
    assert events["e-day"]["geometry"] is None
    steps = {
        key: events[key]["properties"]["date_prec"]
        for key in ("e-day", "e-month", "e-year", "e-within", "e-open-end")
    }
    assert steps == {"e-day": 1, "e-month": 4, "e-year": 5, "e-within": 3, "e-open-end": None}
    assert events["e-unknown-start"]["properties"]["date_start"] is None


def test_documents_fit_their_schema(files):
    """Each record's document is valid by the schema that it names, which is itself valid."""
    schema = json.loads(files["data/record.schema.json"])
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for kind in ("actors", "events", "claims", "disputes", "places", "sources"):
        for line in files[f"data/{kind}.jsonl"].splitlines():
            assert list(validator.iter_errors(json.loads(line))) == []
    wrong = {**json.loads(files["claims/smoke-seen.json"]), "verdict": "true"}
    assert list(validator.iter_errors(wrong))


def test_bibliographies(graph, files):
    """Citeproc and pybtex read every source, under its id and with its title."""
    sources = {source.id: source for source in graph.of_kind(Source)}
    items = json.loads(files["data/sources.csl.json"])
    assert set(CiteProcJSON(items)) == set(sources)
    assert {item["id"]: item["title"] for item in items} == {
        key: one.title.value for key, one in sources.items()
    }
    entries = pybtex.database.parse_bytes(files["data/sources.bib"], "bibtex").entries
    assert set(entries) == set(sources)
    assert entries["courier-article"].fields["date"] == "2031-03-05"


def triples(folder):
    """The linked data as rdflib reads it."""
    path = folder / "data" / "collection.jsonld"
    return Triples().parse(path, format="json-ld", publicID=path.as_uri())


def test_linked_data(graph, folder):
    """For rdflib each kind has as many records, anonymous actors left out, with the same ties and status."""
    found = triples(folder)
    counts = {str(kind): int(number) for kind, number in found.query(COUNTS)}
    named = [actor for actor in graph.of_kind(Actor) if not actor.anonymous]
    assert counts == {**{kind: len(keys) for kind, keys in graph.by_kind.items()}, "actor": len(named)}
    ties = {(str(one), str(other)) for one, other in found.query(REFUTES)}
    told = {(this(claim.id), this(key)) for claim in graph.of_kind(Claim) for key in claim.refutes}
    assert told and told <= ties
    status = STATUS.replace("?claim", f"<{this('pay-is-late')}>")
    assert [str(row[0]) for row in found.query(status)] == [graph.standings["pay-is-late"].status.value]


def this(claim):
    """What stands for a claim."""
    return f"{SITE}claims/{claim}/#this"


def test_linked_data_says_the_same_to_another_reader(folder):
    """PyLD makes as many statements of it as rdflib."""
    document = json.loads((folder / "data" / "collection.jsonld").read_text(encoding="utf-8"))
    document["@context"] = json.loads((folder / "data" / "context.jsonld").read_text())["@context"]
    text = jsonld.to_rdf(document, {"format": "application/n-quads"})
    assert len(text.strip().splitlines()) == len(triples(folder))


def test_nobody_anonymous_in_the_linked_data(files):
    """Neither the id nor the name of an anonymous actor stands in it."""
    assert b"crane-driver" not in files["data/collection.jsonld"]
    assert b"A crane driver" not in files["data/collection.jsonld"]


def test_feeds(graph, files):
    """Feedparser reads every feed without complaint; entries are unique and newest first."""
    for path in (path for path in files if path.endswith("feed.xml")):
        feed = feedparser.parse(files[path])
        assert not feed.bozo and feed.feed.title and feed.feed.updated
        ids = [entry.id for entry in feed.entries]
        days = [entry.updated for entry in feed.entries]
        assert len(ids) == len(set(ids)) and days == sorted(days, reverse=True)
        other = json.loads(files[path.replace("feed.xml", "feed.json")])
        assert [item["id"] for item in other["items"]] == ids
        ElementTree.fromstring(files[path])
    told = [entry.summary for entry in feedparser.parse(files["feed.xml"]).entries]
    assert any("The last day was added." in words for words in told)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+x", "'+x"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("＝x", "'＝x"),
        ("'=x", "''=x"),
        ("-5.25", "-5.25"),
        ("+5", "+5"),
        ("'quoted'", "'quoted'"),
        ("plain", "plain"),
    ],
)
def test_formulas(text, cell):
    """What a spreadsheet would compute begins with an apostrophe, numbers do not, and the way back is one."""
    assert plain_text(text) == cell
    assert (re.sub(r"^'(?='*[=+\-@\t\r\n＝＋－＠])", "", cell)) == text
