"""The canonical form of a record, and that it reads back to the same values."""

from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from harbour import HARBOUR
from sourcebook.editing.canonical import canonical_yaml, field_order
from sourcebook.editing.scalars import WIDTH
from sourcebook.reading.characters import is_suspect
from sourcebook.reading.files import Project
from sourcebook.reading.nodes import plain
from sourcebook.reading.raw_records import read_raw_records
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import MODELS

LONG = (
    "The board said that the gates of the eastern quay had been shut before the first of the dockers came, "
    "and that nobody was turned away."
)


def read(text):
    """The values that our reader takes from a text; nothing in it may be refused."""
    found = read_yaml(text.encode(), "x.yml")
    assert found.diagnostics == (), text
    return plain(found.root)


def test_a_record_in_canonical_form():
    """A kind's own fields come first, then those of all records; short values stand in a line."""
    record = {
        "sources": ["gazette#p1", "gazette#p2"],
        "note": "One paragraph.\n\n- a list\n- of two",
        "summary": LONG,
        "names": [{"used_by": "union", "value": "Խարիսխ", "lang": "hy"}],
        "date": "2031-03",
        "participants": [
            {"role": "agent", "actor": "union"},
            {
                "actor": "mayor",
                "role": "speaker",
                "sources": {
                    "source": "gazette",
                    "quote": {"exact": "no"},
                    "locator": {"value": "3", "label": "page"},
                },
            },
        ],
        "type": "protest",
        "title": "no",
        "id": "strike",
        "verbatim_date": "2023-09",
        "where_prec": "2",
        "field_sources": {"participants": "gazette#p3", "date": "gazette"},
    }
    assert canonical_yaml("event", record) == (
        "id: strike\n"
        'title: "no"\n'
        "type: protest\n"
        "date: 2031-03\n"
        "verbatim_date: 2023-09\n"
        "where_prec: 2\n"
        "participants:\n"
        "  - {actor: union, role: agent}\n"
        "  - actor: mayor\n"
        "    role: speaker\n"
        "    sources:\n"
        "      source: gazette\n"
        '      locator: {label: page, value: "3"}\n'
        '      quote: {exact: "no"}\n'
        "names:\n"
        "  - {value: Խարիսխ, lang: hy, used_by: union}\n"
        "summary: >-\n"
        "  The board said that the gates of the eastern quay had been shut before the first of the dockers\n"
        "  came, and that nobody was turned away.\n"
        "note: |-\n"
        "  One paragraph.\n"
        "\n"
        "  - a list\n"
        "  - of two\n"
        "sources: [gazette#p1, gazette#p2]\n"
        "field_sources: {date: gazette, participants: gazette#p3}\n"
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a plain title", "a plain title"),
        ("no", '"no"'),
        ("NO", '"NO"'),
        ("null", '"null"'),
        ("~", '"~"'),
        ("00123", '"00123"'),
        ("12:30", '"12:30"'),
        ("1.10", '"1.10"'),
        ("2023-09-24", '"2023-09-24"'),
        ("[sic] the board", '"[sic] the board"'),
        ("{braces}", '"{braces}"'),
        ("&c.", '"&c."'),
        ("*starred*", '"*starred*"'),
        ("- a dash", '"- a dash"'),
        ("-a dash", "-a dash"),
        ("who: everybody", '"who: everybody"'),
        ("a #tag", '"a #tag"'),
        ("#tag", '"#tag"'),
        ("report#p4", "report#p4"),
        ('the "Rope"', 'the "Rope"'),
        ('"The Rope"', "'\"The Rope\"'"),
        ('it\'s "so": yes', "'it''s \"so\": yes'"),
        ("", '""'),
        (" edge", '" edge"'),
        ("a\ttab", '"a\\ttab"'),
        ("soft\u00adhyphen", "soft\u00adhyphen"),
        ("line\u2028separator", '"line\\u2028separator"'),
        ("\u0085", '"\\x85"'),
        ("trailing \nspace", '"trailing \\nspace"'),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("=", '"="'),
        ("<<", '"<<"'),
        ("---", '"---"'),
        ("a\n", "|\n  a"),
        ("a\nb", "|-\n  a\n  b"),
        ("  a\nb", '"  a\\nb"'),
    ],
)
def test_how_a_text_is_written(value, written):
    """A text is bare where every reader takes it for that text, else quoted or a block."""
    assert canonical_yaml("event", {"title": value}) == f"title: {written}\n"


def test_numbers_dates_and_truths_stand_bare_in_their_fields():
    """What only looks like a number in a text is quoted, a number in a number's field is not."""
    assert canonical_yaml("place", {"latitude": "39.88", "name": "39.88", "draft": "true"}) == (
        'name: "39.88"\nlatitude: 39.88\ndraft: true\n'
    )
    geometry = {"type": "Point", "coordinates": ["5.2", "59.1"]}
    assert canonical_yaml("place", {"geometry": geometry}) == (
        "geometry: {type: Point, coordinates: [5.2, 59.1]}\n"
    )


def test_a_long_text_without_spaces_stays_on_its_line():
    """An address is never broken."""
    address = "https://example.org/" + "a" * 200
    assert canonical_yaml("source", {"url": address}) == f"url: {address}\n"


def test_unknown_keys_come_last_in_their_order():
    """A key that the model does not have is kept."""
    record = {"zeta": "1", "alpha": "x", "name": "Ny"}
    assert canonical_yaml("actor", record) == 'name: Ny\nzeta: "1"\nalpha: x\n'


def test_every_field_has_its_place():
    """The order has each field of a kind once."""
    for model in MODELS.values():
        order = field_order(model)
        assert sorted(order) == sorted(model.model_fields)
        assert order[0] == "id" and order[-2:] == ("sources", "field_sources")


TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab 0-:#'\"\\[]{},&*!|>%@`?=<~.\n\t é“\u00a0"),
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff\u00ad\u200b\u2060"),
    ),
    max_size=40,
)
WORDS = st.lists(TEXTS, max_size=60).map(" ".join)
PARAGRAPHS = st.lists(WORDS, max_size=4).map("\n".join)
VALUES = st.recursive(
    st.one_of(TEXTS, WORDS, PARAGRAPHS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=12,
)
FIELDS = sorted({name for model in MODELS.values() for name in model.model_fields})
KEYS = st.one_of(st.sampled_from(FIELDS), TEXTS)


def accepted(value):
    """Whether a file may hold every character of a value."""
    if isinstance(value, str):
        return not is_suspect(value)
    held = [*value, *value.values()] if isinstance(value, dict) else value
    return all(map(accepted, held))


@pytest.mark.no_cover  # takes as long again
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(MODELS)),
    st.dictionaries(st.one_of(st.sampled_from(FIELDS), TEXTS), VALUES, min_size=1, max_size=4).filter(
        accepted
    ),
)
@example("claim", {"about": ["0:?"]})
def test_whatever_is_written_reads_back(kind, record):
    """Our reader, and a YAML 1.2 library, take the same values from a record in canonical form."""
    text = canonical_yaml(kind, record)
    assert read(text) == record
    assert YAML(typ="base", pure=True).load(StringIO(text)) == record
    assert text.endswith("\n") and not text.endswith("\n\n\n")


def test_the_story_of_the_tests_reads_back():
    """Each record of the harbour collection has the same values in canonical form; texts keep the width."""
    records, _ = read_raw_records(Project(HARBOUR))
    for raw in records:
        values = plain(raw.node)
        text = canonical_yaml(raw.kind, values)
        assert read(text) == values
        wide = [line for line in text.splitlines() if len(line) > WIDTH]
        assert all("](https://" in line for line in wide)
