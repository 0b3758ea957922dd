"""The views on a small invented story: whole pages as golden files, then each rule that they keep."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from hostile_texts import hostile_texts
from sourcebook.graph.related import MOST_SHARERS
from sourcebook.pages.all_pages import record_pages, view_pages
from sourcebook.pages.figures import Bar
from sourcebook.rendering.bars import bar
from views.orrin_bay import FILES, ONE_ACTOR, graph_of, texts_of, views_of

GOLDEN = Path(__file__).parent / "golden"


def labels(parts):
    """What links and words say."""
    return [part.label.value if hasattr(part, "label") else part.value for part in parts]


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.md")))
def test_a_view_is_its_golden_file(tmp_path, name, request):
    """The Markdown of a view is that of its golden file, to the letter."""
    text, golden = texts_of(graph_of(tmp_path))[name], GOLDEN / f"{name}.md"
    if request.config.getoption("--regenerate"):
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


def test_every_view_has_a_golden_file(tmp_path):
    """No view is left untested."""
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(views_of(graph_of(tmp_path)))


def test_views_dump_to_json(tmp_path):
    """Every view is made of plain values."""
    for page in view_pages(graph_of(tmp_path)):
        assert json.dumps(dataclasses.asdict(page))


def test_views_of_next_to_nothing_say_so(tmp_path):
    """With one actor there is nothing to show, and each view tells that in a sentence."""
    texts = texts_of(graph_of(tmp_path, files=ONE_ACTOR))
    assert "No dispute is recorded yet." in texts["positions"]
    assert "No figure is recorded yet." in texts["figures"]
    assert "No record has a keyword yet." in texts["tags"]
    assert "Facts rest on 1 of its 5 paragraphs." in texts["coverage"]
    assert "In how many sources" not in texts["coverage"]
    assert "No history of the files is at hand" in texts["whats-new"] and "|" not in texts["whats-new"]


def test_those_who_speak_for_one_party_share_a_row(tmp_path):
    """Whoever speaks for somebody stands in that party's row, and somebody unknown in one of their own."""
    graph = graph_of(
        tmp_path,
        {
            "content/claims/again.yml": "text: Rotten.\nclaimant: [port, unknown]\nsources: courier#p1\n",
            "content/disputes/why.yml": FILES["content/disputes/why.yml"].replace(
                "claims: rotten", "claims: [rotten, again]"
            ),
        },
    )
    (table,) = views_of(graph)["positions"].disputes
    rows = {tuple(labels(row.parties)): [len(cell.given) for cell in row.cells] for row in table.rows}
    assert rows == {
        ("Port Authority", "Ana Lorn"): [2, 0],
        ("The Mayor",): [1, 0],
        ("someone whom the source does not name",): [1, 0],
        ("Ferry Union",): [0, 1],
    }


def test_a_position_on_a_claim_of_others_is_no_answer(tmp_path):
    """Whoever only takes a position on somebody else's claim is in the table, with how, and in no list."""
    page = views_of(graph_of(tmp_path))["positions"]
    mayor = next(row for row in page.disputes[0].rows if labels(row.parties) == ["The Mayor"])
    assert [given.how for cell in mayor.cells for given in cell.given] == ["supports it"]
    assert ["The Mayor"] not in [labels(party.parties) for party in page.parties]


def quantity(**given):
    """A quantity in YAML, of people stranded."""
    inner = ", ".join(f"{name}: {value}" for name, value in {"measure": "stranded", **given}.items())
    return f"text: Some.\nclaimant: port\nquantity: {{{inner}}}\nsources: courier#p3\n"


def bars(folder, *quantities):
    """The bars of figures that count the same, by what the page says of them."""
    files = {f"content/claims/q{number}.yml": text for number, text in enumerate(quantities)}
    page = views_of(graph_of(folder, files, files=ONE_ACTOR))["figures"]
    return {
        row.figure: row.bar for section in page.measures for group in section.groups for row in group.rows
    }


def test_figures_of_one_thing_share_a_scale(tmp_path):
    """Figures lie on their scale in proportion, from zero or the lowest to the highest."""
    found = bars(tmp_path, quantity(best=50), quantity(low=100, high=200), quantity(best=-50))
    assert {name: (bar.start, bar.end, bar.best) for name, bar in found.items()} == {
        "50": (400, 400, 400),
        "100 to 200": (600, 1000, None),
        "-50": (0, 0, 0),
    }


def test_an_end_that_is_not_given_is_open(tmp_path):
    """`at_least`, `at_most`, a low or a high without the other leave an end open, in words too."""
    found = bars(
        tmp_path,
        quantity(best=10, qualifier="at_least"),
        quantity(best=20, qualifier="at_most"),
        quantity(low=30),
        quantity(high=40),
    )
    ends = {name: (bar.start, bar.open_start, bar.end, bar.open_end) for name, bar in found.items()}
    assert ends == {
        "at least 10": (250, False, 1000, True),
        "at most 20": (0, True, 500, False),
        "at least 30": (750, False, 1000, True),
        "at most 40": (0, True, 1000, False),
    }


def test_what_is_not_comparable_is_not_drawn_together(tmp_path):
    """Other units, other things counted and other measures have groups of their own; alone, none is drawn."""
    found = bars(
        tmp_path,
        quantity(best=1, unit="people"),
        quantity(best=2, unit="families"),
        quantity(best=3, unit="people", counted_group="port"),
        quantity(best=4, unit="people", measure="drowned"),
    )
    assert set(found.values()) == {None} and len(found) == 4


def test_no_figure_is_made(tmp_path):
    """Every number on the page stands in a record: none is a sum, a mean or a difference."""
    text = texts_of(graph_of(tmp_path))["figures"]
    shown = re.sub(
        r"<svg.*?</svg>|datetime=\"[^\"]*\"|EDTF [^\"]*|#[\w-]+|\{.*?\}|\(.*?\)|  boost.*", "", text
    )
    told = {"3", "40", "50", "60", "100", "200", "10", "11", "2031", "0", "1", "2", "4"}
    assert set(re.findall(r"\d+", shown)) <= told


def test_scales_of_zeros_have_a_length(tmp_path):
    """Two figures of zero are drawn without a division by nothing."""
    assert [bar.best for bar in bars(tmp_path, quantity(best=0), quantity(best="0.0")).values()] == [0, 0]


def test_cells_are_the_paragraphs_with_their_facts(tmp_path):
    """Each paragraph has a cell that leads to it, shaded by its facts; those without any are listed."""
    courier, gazette = views_of(graph_of(tmp_path))["coverage"].sources
    assert [(c.paragraph.target, c.facts, c.shade) for c in courier.cells] == [
        ("sources/courier.md#p1", "5 facts", 3),
        ("sources/courier.md#p2", "4 facts", 3),
        ("sources/courier.md#p3", "5 facts", 3),
        ("sources/courier.md#p4", "1 fact", 1),
        ("sources/courier.md#p5", "no fact", 0),
    ]
    assert [(one.paragraph.target, one.gist) for one in courier.unused] == [
        ("sources/courier.md#p5", "The weather.")
    ]
    assert (courier.cited, courier.facts, courier.whole, courier.alone) == (4, "13 facts", "", "5 claims")
    assert (gazette.cells, gazette.facts, gazette.whole, gazette.alone) == ((), "1 fact", "1 fact", "")


def test_claims_are_counted_by_their_sources(tmp_path):
    """Single-source claims are counted, and so are those of two."""
    rows = views_of(graph_of(tmp_path))["coverage"].claims
    assert [(row.sources, row.claims) for row in rows] == [("1 source", "5 claims"), ("2 sources", "1 claim")]


def test_keywords_lead_to_their_lists(tmp_path):
    """Every keyword on a record's page leads to an anchor that the page of keywords has."""
    graph = graph_of(tmp_path)
    anchors = set(re.findall(r"\{#([\w-]+)\}", texts_of(graph)["tags"]))
    for page in record_pages(graph):
        for tag in page.tail.tags:
            address, _, anchor = tag.target.partition("#")
            assert address == "../tags.md" and anchor in anchors


def test_related_records_share_rare_things_and_do_not_name_each_other(tmp_path):
    """What two records both name relates them, unless one of them names the other."""
    extra = {
        "content/claims/inspected.yml": "text: It was inspected.\nclaimant: mayor\nabout: closure\n"
        "tags: [safety]\nsources: courier#p2\n",
    }
    graph = graph_of(tmp_path, extra)
    shared = {near.record: set(near.shared) for near in graph.related["inspected"]}
    both = {("record", "closure"), ("tag", "safety")}
    assert shared == {"rotten": both | {("record", "mayor")}, "sound": both}
    assert "rotten" not in {near.record for near in graph.related.get("sound", ())}


def test_what_many_share_relates_nobody(tmp_path):
    """A keyword of more records than a few says nothing."""
    names = [f"content/actors/a{number}.yml" for number in range(MOST_SHARERS + 1)]
    files = {name: f"name: {name}\ntype: person\ntags: [one, two]\nsources: courier#p1\n" for name in names}
    assert graph_of(tmp_path / "many", files, files=ONE_ACTOR).related == {}
    few = dict(list(files.items())[:3])
    assert set(graph_of(tmp_path / "few", few, files=ONE_ACTOR).related) == {"a0", "a1", "a2"}


def test_a_label_in_a_drawing_is_inert():
    """The words of a drawing, which hold authors' units, cannot leave their attribute."""
    for text in hostile_texts(2000):
        drawing = bar(Bar(0, 10, 5, open_start=False, open_end=True, words=text))
        label = re.search(r'aria-label="([^"]*)"', drawing)
        assert label and "<" not in label[1] and drawing.count("<svg") == 1
