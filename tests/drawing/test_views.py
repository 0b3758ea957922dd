"""The views of the invented collection: what they say, how they are drawn, and that both say the same.

The values and the Markdown, drawings included, are compared with golden files; `pytest --regenerate` writes
them anew.
"""

import itertools
import json
import re
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from harbour import checked_harbour
from hostile_texts import hostile_texts
from sourcebook.drawing.maps import map_figure
from sourcebook.drawing.network import network_figure
from sourcebook.drawing.timeline import timeline_figure
from sourcebook.markdown.convert import convert
from sourcebook.pages.network import Network, Tie, network_page, uppers
from sourcebook.pages.parts import Link, Words
from sourcebook.pages.place_map import PlaceMap, PlaceMark, close_together, map_page
from sourcebook.pages.timeline import timeline_page
from sourcebook.records.event import Event
from sourcebook.records.place import Place
from sourcebook.rendering.drawn import figures
from sourcebook.rendering.templates import make_renderer

GOLDEN = Path(__file__).parent / "golden"
VIEWS = ("timeline", "map", "network")
XLINK = "http://www.w3.org/1999/xlink"


@pytest.fixture(scope="module")
def graph():
    """The graph of the collection."""
    return checked_harbour().graph


@pytest.fixture(scope="module")
def pages(graph):
    """The drawn views by name."""
    return {"timeline": timeline_page(graph), "map": map_page(graph), "network": network_page(graph)}


def read(figure):
    """A figure as a tree; it is well-formed, with the one prefix that HTML knows without a declaration."""
    return ElementTree.fromstring(f'<page xmlns:xlink="{XLINK}">{figure}</page>')[0]


def compare(name, text, request):
    """A text against its golden file."""
    if request.config.getoption("--regenerate"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(text, encoding="utf-8")
    assert text == (GOLDEN / name).read_text(encoding="utf-8")


def test_golden_files_are_those_of_the_views():
    """Each view has its golden files, and there is no other."""
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{form}" for name in VIEWS for form in ("json", "md")
    }


@pytest.mark.parametrize("name", VIEWS)
def test_values_of_a_view(pages, request, name):
    """What a view says is what its golden file says."""
    compare(f"{name}.json", json.dumps(asdict(pages[name]), ensure_ascii=False, indent=1) + "\n", request)


@pytest.mark.parametrize("name", VIEWS)
def test_markdown_of_a_view(pages, request, name):
    """A view is written as its golden file is, and the fast converter could take it."""
    text = make_renderer()(pages[name])
    compare(f"{name}.md", text, request)
    assert convert(text.split("---\n", 2)[2]) is not None


@pytest.mark.parametrize("name", VIEWS)
def test_a_drawing_needs_nothing_but_classes(pages, name):
    """No style, script, handler or address elsewhere; an image with a name; links out of the tab order."""
    for figure in figures(pages[name], directory_urls=True):
        tree = read(figure)
        for part in tree.iter():
            assert part.tag not in ("style", "script", "image", "foreignObject", "use")
            assert not any(key == "style" or key.startswith("on") for key in part.attrib)
            assert "://" not in " ".join(part.attrib.values())
        image = tree.find(".//g[@role='img']")
        ids = {part.get("id") for part in image}
        assert {image.get("aria-labelledby"), image.get("aria-describedby")} <= ids
        assert not list(image.iter("a"))
        hidden = [
            link for part in tree.iter() if part.get("aria-hidden") == "true" for link in part.iter("a")
        ]
        drawn = list(tree.find(".//div").iter("a"))
        assert {id(link) for link in drawn} == {id(link) for link in hidden}
        assert all(link.get("tabindex") == "-1" and link.find("title").text for link in drawn)
        assert tree.find("p/a").get("href") == "#list"


@pytest.mark.parametrize("name", VIEWS)
def test_ids_of_a_page_are_its_own(pages, name):
    """No id stands twice on a page, those of headings included."""
    html = convert(make_renderer()(pages[name]).split("---\n", 2)[2]).html
    twice = [key for key, count in Counter(re.findall(r' id="([^"]+)"', html)).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("name", VIEWS)
def test_the_list_says_what_the_drawing_says(pages, name):
    """Every page that the drawing leads to is linked from the list, too."""
    text = make_renderer()(pages[name])
    drawing, _, listed = text.partition("## As a list")
    targets = set(re.findall(r'xlink:href="\.\./([^"]+)/"', drawing))
    assert targets
    assert {target for target in targets if f"]({target}.md)" not in listed} == set()


# Timeline --------------------------------------------------------------------------------------------------


def test_every_event_is_in_the_list_and_every_dated_one_is_drawn(graph, pages):
    """Numbers run through the list; each drawn one stands in the lane of all and in those of its actors."""
    page = pages["timeline"]
    events = list(graph.of_kind(Event))
    assert [row.number for row in page.rows] == list(range(1, len(events) + 1))
    assert {mark.number for mark in page.drawing.marks} == set(page.drawing.lanes[0].numbers)
    for lane in page.drawing.lanes[1:]:
        taking_part = {
            number
            for number, event in enumerate(events, start=1)
            if any(graph.record(part.actor).label.value == lane.name for part in event.participants)
        }
        assert set(lane.numbers) == taking_part


@pytest.mark.parametrize(
    ("event", "form", "limits", "doubtful"),
    [
        ("e-day", "day", ("", ""), False),
        ("e-time", "day", ("", ""), False),
        ("e-month", "period", ("", ""), False),
        ("e-season", "period", ("", ""), False),
        ("e-some-day", "period", ("", ""), False),
        ("e-about", "period", ("", ""), True),
        ("e-unknown-start", "lasting", ("unknown", ""), False),
        ("e-open-end", "lasting", ("", "open"), False),
        ("e-within", "choice", ("", ""), False),
        ("e-latest", "choice", ("open", ""), False),
        ("e-one-of", "choice", ("", ""), False),
    ],
)
def test_a_date_is_drawn_as_what_it_is(pages, event, form, limits, doubtful):
    """The form of a mark, why it has no bound, and whether it is in doubt."""
    mark = next(mark for mark in pages["timeline"].drawing.marks if mark.event.target == f"events/{event}.md")
    assert (mark.form, (mark.start_limit, mark.end_limit), mark.doubtful) == (form, limits, doubtful)


def boxes(tree):
    """The left, right and top edge of every bar that is a rectangle, by lane and row."""
    for bar in tree.iter("rect"):
        if (bar.get("class") or "").startswith("sb-mark") and bar.get("x"):
            x, width, y = (float(bar.get(key)) for key in ("x", "width", "y"))
            yield x, x + width, y


def test_no_mark_covers_another_one(pages):
    """Marks of one row stand beside each other."""
    figure = timeline_figure(pages["timeline"].drawing, (), lambda link: link.target)
    svg = read(figure).find(".//svg")
    rows = {}
    for left, right, top in boxes(svg):
        assert all(right <= other[0] or other[1] <= left for other in rows.get(top, []))
        rows.setdefault(top, []).append((left, right))
    assert rows


def test_a_crowd_is_told_to_be_cut(graph, monkeypatch):
    """Where there is too much for a drawing, it says what of it is drawn; the list has all."""
    monkeypatch.setattr("sourcebook.pages.timeline.MOST_MARKS", 5)
    monkeypatch.setattr("sourcebook.pages.timeline.MOST_LANES", 2)
    page = timeline_page(graph)
    assert len(page.drawing.marks) <= 5 and len(page.drawing.lanes) <= 3
    assert len(page.rows) == len(list(graph.of_kind(Event)))
    assert page.left_out.startswith("Drawn are the 5 events that most other records name, of ")


def test_a_name_that_is_markup_stays_a_name(pages):
    """No name of an event or actor makes an element in any drawing."""
    texts = [text for text in hostile_texts(160) if text.isprintable() and text.strip()]
    timeline = pages["timeline"].drawing
    plain = sum(1 for _ in read(timeline_figure(timeline, (), lambda link: "x")).iter())
    for text in texts:
        label = Link(Words(text), "x.md")
        marks = tuple(replace(mark, event=label) for mark in timeline.marks)
        lanes = tuple(replace(lane, name=text, actor=lane.actor and label) for lane in timeline.lanes)
        tree = read(timeline_figure(replace(timeline, marks=marks, lanes=lanes), (), lambda link: "x"))
        assert sum(1 for _ in tree.iter()) == plain
        read(
            map_figure(
                PlaceMap("map", text, (PlaceMark(label, 1.0, 2.0, 3.0, ()),)), None, (text,), lambda link: "x"
            )
        )


# Map -------------------------------------------------------------------------------------------------------


def mark(name, longitude, latitude, radius=0.0):
    """A place for drawing."""
    return PlaceMark(Link(Words(name), f"places/{name}.md"), longitude, latitude, radius, ())


def test_every_place_is_in_one_of_the_lists(graph, pages):
    """With coordinates or an outline in the one, without in the other; the drawing has the first."""
    page = pages["map"]
    assert len(page.rows) + len(page.unlocated) == len(list(graph.of_kind(Place)))
    assert [mark.place for mark in page.drawing.marks] == [row.place for row in page.rows]
    assert all(row.coordinates for row in page.rows) and not any(row.coordinates for row in page.unlocated)


def test_whose_borders_these_are_is_said(pages):
    """The map names the data and their policy, and says that borders are no statement of the site."""
    figure = " ".join(figures(pages["map"], directory_urls=True))
    assert (
        "Natural Earth" in figure
        and "who holds the ground" in figure
        and "no statement of this site" in figure
    )


def test_places_close_together_have_a_map_of_their_own():
    """Three near places among five have one; places that are all near, or all far, have none."""
    near = (mark("a", 44.8, 40.4), mark("b", 46.7, 39.9), mark("c", 47.2, 40.4))
    far = (mark("d", 2.5, 46.7), mark("e", 32.1, 49.7))
    assert close_together((*far[:1], *near, *far[1:])) == near
    assert close_together(near[:1]) == close_together(far) == close_together(()) == ()


def test_a_circle_is_as_wide_as_the_precision():
    """The drawn circle is as wide as two radii on the map's bar of distance."""
    figure = map_figure(PlaceMap("map", "x", (mark("a", 45, 0, 100_000),)), None, (), lambda link: "x")
    steps = next(part.get("d") for part in read(figure).iter("path") if part.get("class") == "sb-map-circle")
    xs = [float(x) for x in re.findall(r"[ML]([\d.-]+) ", steps)]
    bar = next(part.get("d") for part in read(figure).iter("path") if part.get("class") == "sb-map-bar")
    kilometres = float(
        next(part.text for part in read(figure).iter("text") if "km" in (part.text or "")).split()[0]
    )
    per_unit = kilometres / float(re.search(r"h([\d.]+)", bar)[1])
    assert (max(xs) - min(xs)) * per_unit == pytest.approx(200, rel=0.02)


def test_names_do_not_cover_each_other():
    """Six places in a heap: each name has a place of its own."""
    heap = tuple(mark(f"Place number {n}", 45 + n / 50, 40 + (n % 2) / 50) for n in range(6))
    figure = read(map_figure(PlaceMap("map", "x", (*heap, mark("Far", 50, 44))), None, (), lambda link: "x"))
    names = [part for part in figure.iter("text") if part.get("class") == "sb-map-name"]
    assert len(names) == 7
    feet = sorted((float(part.get("y")), float(part.get("x"))) for part in names)
    assert all(b[0] - a[0] >= 13 or abs(b[1] - a[1]) >= 80 for a, b in itertools.pairwise(feet))


def test_many_places_in_one_spot_are_still_drawn():
    """Where names have no room dots stand without, and the figure says so."""
    heap = tuple(mark(f"Place number {n}", 45, 40) for n in range(200))
    figure = map_figure(PlaceMap("map", "x", heap), None, (), lambda link: "x")
    assert len(list(read(figure).iter("circle"))) == 200
    assert "A dot without a name" in figure


# Network ---------------------------------------------------------------------------------------------------


def tie(origin, target, kind, claim=None):
    """A tie between two actors."""
    according_to = Link(Words("A claim"), f"claims/{claim}.md") if claim else None
    return Tie(origin, target, kind, kind, None, "", according_to, kind == "ally_of")


def test_the_most_telling_tie_puts_one_actor_under_another():
    """A division is under its parent, whomever it represents; a claimed tie puts nobody under anybody."""
    ties = (
        tie("a", "b", "represents"),
        tie("a", "c", "parent"),
        tie("d", "c", "part_of", claim="x"),
        tie("e", "c", "backs"),
    )
    assert uppers(ties) == {"a": "c"}


def test_actors_that_are_part_of_each_other():
    """A circle of ties is broken at its last one."""
    assert uppers((tie("a", "b", "part_of"), tie("b", "c", "part_of"), tie("c", "a", "part_of"))) == {
        "a": "b",
        "b": "c",
    }


def test_every_tie_is_drawn_in_words(pages):
    """Each tie stands under its actor or on its line; a claimed one leads to its claim."""
    page = pages["network"]
    figure = network_figure(page.drawing, (), lambda link: link.target)
    tree = read(figure)
    words = [part.text for part in tree.iter("text") if part.get("class") == "sb-tie-words"]
    assert len(words) == len(page.drawing.ties)
    claimed = [one for one in page.drawing.ties if one.according_to]
    links = [
        a.get(f"{{{XLINK}}}href") for a in tree.iter("a") if a.find("text[@class='sb-tie-words']") is not None
    ]
    assert sorted(links) == sorted(one.according_to.target for one in claimed) != []
    assert all("(claim)" in text for text in words if text.startswith(("controls", "backs")))


def test_every_tie_is_in_the_list_of_both_its_actors(pages):
    """A tie is told twice, once from each end."""
    page = pages["network"]
    inside = sum(len(member.ties) for group in page.drawing.groups for member in group.members)
    assert sum(len(row.ties) for row in page.rows) == 2 * (inside + len(page.drawing.ties))


def test_words_on_lines_do_not_cover_each_other(pages):
    """The words of ties stand apart."""
    tree = read(network_figure(pages["network"].drawing, (), lambda link: link.target))
    feet = sorted(float(part.get("y")) for part in tree.iter("text") if part.get("class") == "sb-tie-words")
    assert feet and all(b - a > 8 for a, b in itertools.pairwise(feet))


def test_a_tie_without_direction_is_drawn_once():
    """Two actors that are each other's ally have one line, with an arrow at both ends."""
    page = Network(network_groups("a", "b"), (tie("a", "b", "ally_of"), tie("b", "a", "ally_of")))
    lines = [
        part
        for part in read(network_figure(page, (), lambda link: "x")).iter("path")
        if "marker-start" in part.attrib
    ]
    assert len(lines) == 1


def network_groups(*keys):
    """Groups of one actor each."""
    from sourcebook.pages.network import Group, Member

    return tuple(Group((Member(key, Link(Words(key), f"actors/{key}.md"), 0, ()),)) for key in keys)


def test_empty_collections_have_words_and_no_drawing(tmp_path):
    """Without events, places and ties the views say so."""
    from sourcebook.graph.graph import build_graph
    from sourcebook.records.collection import Collection

    empty = build_graph((), Collection(title="Nothing"))
    render = make_renderer()
    for page in (timeline_page(empty), map_page(empty), network_page(empty)):
        text = render(page)
        assert "<svg" not in text and page.empty in text
