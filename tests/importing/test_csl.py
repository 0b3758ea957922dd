"""Bibliographies in CSL-JSON, in the shape of Zotero's export."""

import json

import pytest

from sourcebook.importing.csl import edtf_of, name_of

BOOK = {
    "id": "http://zotero.org/users/1234567/items/ABCD2345",
    "type": "book",
    "title": "Harbours of the <i>North</i>",
    "author": [
        {"family": "Wren", "given": "Ada"},
        {"literal": "Institute of Tides"},
        {"family": "Berg", "given": "Ida", "non-dropping-particle": "van den"},
    ],
    "issued": {"date-parts": [["2031", 4]]},
    "accessed": {"date-parts": [["2031", 5, 2]]},
    "publisher": "Tidewater Press",
    "publisher-place": "Saltmere",
    "ISBN": "978-0-00-000000-0",
    "URL": "https://example.org/harbours",
    "language": "en-us",
    "keyword": "Ports, Low Tide",
    "abstract": "Words of the book.",
}


def sources(facts):
    """The records of sources by path, without the collection's own."""
    return {
        path: text for path, text in facts().items() if path.startswith("seeds/") and "gazette" not in path
    }


def test_an_item_becomes_a_source(bring, facts, check):
    """Names, dates, identifiers and keywords have their places; what has none is told."""
    result = bring("library.json", files={"library.json": json.dumps([BOOK])})
    assert result.exit_code == 0, result.output
    assert sources(facts) == {
        "seeds/wren-2031-harbours-of-the-north.yml": """\
title: Harbours of the North
type: book
author: [Ada Wren, Institute of Tides, Ida van den Berg]
publisher: Tidewater Press
issued: 2031-04
accessed: 2031-05-02
url: https://example.org/harbours
language: en-US
tags: [ports, low-tide]
identifiers: {isbn: 978-0-00-000000-0, zotero: ABCD2345}
"""
    }
    assert result.stderr.splitlines() == [
        "library.json: 1 item, 1 taken, 0 left out",
        "1 source written; 0 there already just so",
        "no place: field 'abstract' (1)",
        "no place: field 'publisher-place' (1)",
    ]
    assert check() == ""


def test_the_same_again_changes_nothing(bring, facts):
    """An item that was imported is found again, also under an id that an editor gave it."""
    bring("library.json", files={"library.json": json.dumps([BOOK])})
    before = facts()
    assert "1 there already just so" in bring("library.json").stderr
    assert facts() == before


def test_a_source_that_was_renamed_is_found_by_its_key(bring, facts, project):
    """Zotero's own key, kept among the identifiers, tells which record an item is."""
    bring("library.json", files={"library.json": json.dumps([BOOK])})
    old = project / "seeds/wren-2031-harbours-of-the-north.yml"
    old.rename(project / "seeds/harbours.yml")
    assert "nothing new; 1 there already just so" in bring("library.json").stderr
    assert list(sources(facts)) == ["seeds/harbours.yml"]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"id": "wren2031", "title": "T"}, "seeds/wren2031.yml"),
        ({"id": "x", "citation-key": "Wren_2031", "title": "T"}, "seeds/wren-2031.yml"),
        ({"id": 17, "title": "Tides"}, "seeds/tides.yml"),
        ({"title": "Приливы"}, "seeds/prilivy.yml"),
    ],
)
def test_ids(bring, facts, item, expected):
    """The citation key is the id; else author, year and title make it."""
    bring("library.json", files={"library.json": json.dumps(item)})
    assert list(sources(facts)) == [expected]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"date-parts": [[2031]]}, "2031"),
        ({"date-parts": [[2031, 4, 12]]}, "2031-04-12"),
        ({"date-parts": [[2031, 4, 12], [2031, 5]]}, "2031-04-12/2031-05"),
        ({"date-parts": [[2031]], "circa": True}, "2031~"),
        ({"date-parts": [[2031]], "season": 2}, "2031-22"),
        ({"raw": "2031-04"}, "2031-04"),
        ({"literal": "about Easter"}, None),
        ({"date-parts": [[2031, 13]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [["x"]]}, None),
        ({}, None),
        ("2031", "2031"),
    ],
)
def test_dates(date, expected):
    """Dates stay as imprecise as they are; what is none is none."""
    assert edtf_of(date) == expected


def test_values_without_a_place_are_told(bring, facts):
    """A type, a language, an address and a date that are none of ours are counted; words stand as words."""
    item = {
        "id": "a",
        "title": "T",
        "type": "hologram",
        "language": "English",
        "URL": "javascript:alert(1)",
        "issued": {"literal": "about Easter"},
        "accessed": {"literal": "lately"},
    }
    result = bring("library.json", files={"library.json": json.dumps([item])})
    assert sources(facts)["seeds/a.yml"] == "title: T\ntype: document\nverbatim_date: about Easter\n"
    assert [line for line in result.stderr.splitlines() if line.startswith("no place")] == [
        "no place: in field 'URL' 'javascript:alert(1)' (1)",
        "no place: in field 'accessed' 'lately' (1)",
        "no place: in field 'language' 'English' (1)",
        "no place: in field 'type' 'hologram' (1)",
    ]


@pytest.mark.parametrize("name", [{}, {"given": ""}, {"family": None}])
def test_a_person_without_a_name_is_none(name):
    """An empty name gives no author."""
    assert name_of(name) is None


@pytest.mark.parametrize("text", ["", "[", "{", "null", "[[]]", '"x"', "[" * 100_000, "[1]", '{"title": 3}'])
def test_any_json_ends_in_a_report(bring, text):
    """Whatever the file holds, there is a report and no traceback."""
    assert bring("library.json", files={"library.json": text}).exit_code in (0, 1)
