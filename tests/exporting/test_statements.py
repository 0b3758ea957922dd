"""`statements.csv` holds every fact of the records with its sources, and nothing else."""

import csv
import io
import re
from collections.abc import Iterator

import yaml

from harbour import HARBOUR

# What the format says needs no source, and what is no fact at all; written down here once more on purpose.
IDENTIFYING = set(
    "name title question type sub_type aliases anonymous tags same_as wikidata_id identifiers former_ids "
    "note revisions sides common_ground".split()
)
NO_FACTS = {"id", "draft", "sources", "field_sources"}


def records() -> Iterator[tuple[str, dict]]:
    """Every published record as YAML's own reader has it, each with its id."""
    for path in sorted([*HARBOUR.glob("content/**/*.y*ml"), *HARBOUR.glob("seeds/**/*.y*ml")]):
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)
        for record in found if isinstance(found, list) else [found]:
            if record.get("draft") != "true":
                yield record.get("id", path.stem), record


def as_list(value):
    """A list; one item may stand alone."""
    return value if isinstance(value, list) else [value]


def sources_of(value) -> list[str]:
    """The ids of the sources in citations of either form."""
    return [one["source"] if isinstance(one, dict) else one.partition("#")[0] for one in as_list(value)]


def is_date(value) -> bool:
    """Whether YAML read the brackets of a date as a list."""
    return isinstance(value, list) and all(re.fullmatch(r"[\d.-]*\d{4}[\d.-]*", str(one)) for one in value)


def leaves(path, value) -> Iterator[tuple[str, str]]:
    """The single values in a value, each with its path."""
    if isinstance(value, dict) and "coordinates" in value:
        yield path, "geometry"
    elif isinstance(value, dict):
        if "value" in value:
            yield path, value["value"].strip()
        for key, held in value.items():
            if key not in ("value", "lang", "sources"):
                yield from leaves(f"{path}.{key}", held)
    elif isinstance(value, list) and not is_date(value):
        for held in value:
            yield from leaves(path, held)
    else:
        yield path, "[" + ",".join(value) + "]" if isinstance(value, list) else value.strip()


def expected() -> set[tuple[str, str, str, str]]:
    """Record, field, value and source of every fact, worked out from the YAML files alone."""
    found = set()
    for key, record in records():
        for name, value in record.items():
            if name in NO_FACTS:
                continue
            own = record.get("field_sources", {}).get(name)
            covering = [] if name in IDENTIFYING else sources_of(record.get("sources", []))
            for item in [value] if is_date(value) else as_list(value):
                at_item = item.get("sources") if isinstance(item, dict) else None
                places = sources_of(at_item or own or []) or covering or [""]
                found |= {(key, path, text, place) for path, text in leaves(name, item) for place in places}
    return found


def test_every_fact_and_nothing_else(files):
    """The set of record, field, value and source is that of the YAML files."""
    rows = csv.DictReader(io.StringIO(files["data/statements.csv"].decode(), newline=""))
    found = {
        (
            row["record"],
            row["field"],
            "geometry" if row["field"] == "geometry" else unguarded(row["value"]),
            row["source"],
        )
        for row in rows
    }
    assert {alike(*fact) for fact in found} == {alike(*fact) for fact in expected()}


def unguarded(text):
    """A cell without the apostrophe that keeps spreadsheets from computing it."""
    return text[1:] if re.match(r"'+[=+\-@\t\r\n]", text) else text


def alike(record, field, value, source):
    """A fact for comparison: line breaks in plain texts are spaces, and 0600 is 600."""
    is_number = field.startswith("quantity.") and value.isdigit()
    return record, field, str(int(value)) if is_number else " ".join(value.split()), source


def test_each_row_names_the_place(files):
    """A citation's locator, quote, language, and where it stands are told with the fact."""
    rows = list(csv.DictReader(io.StringIO(files["data/statements.csv"].decode(), newline="")))
    (row,) = [row for row in rows if row["record"] == "two-men-beaten" and row["field"] == "text"]
    assert row["source"] == "tidewater-dispatch" and row["covers"] == "record"
    assert (row["locator_label"], row["locator"], row["quote"]) == ("paragraph", "5", "had beaten two men")
    (item,) = [
        row
        for row in rows
        if row["record"] == "two-men-beaten" and row["field"] == "evidence.relation" and row["item"] == "1"
    ]
    assert (item["value"], item["source"], item["covers"], item["quote_lang"]) == (
        "confirms",
        "letter",
        "item",
        "ru",
    )
    dates = [row for row in rows if row["record"] == "strike" and row["field"] == "date"]
    assert [row["source"] for row in dates] == ["tidewater-dispatch", "mayor-speech"]
    assert {row["covers"] for row in dates} == {"field"}
