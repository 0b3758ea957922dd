"""The finished site, theme and search index included, with hostile texts in every field."""

import json
from html.parser import HTMLParser

import pytest

from hostile_pages import folded, seen
from hostile_records import files, harmless, hostile, records, running
from hostile_site import SITE_NAME, build_site
from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.mkdocs_plugin.telling import error_panel

LABELS = ("name", "title", "text", "question")
VIEWS = ("timeline", "map", "network", "positions", "figures", "coverage", "state", "whats-new", "tags")
VIEW_FILES = frozenset(f"{view}/index.html" for view in VIEWS)


@pytest.fixture(scope="module")
def benign(tmp_path_factory):
    """The site with plain words in every field."""
    return build_site(tmp_path_factory.mktemp("benign"), harmless())


@pytest.fixture(scope="module", params=["every", "running"])
def texts(request):
    """Hostile texts of every sort, and those that would run a script."""
    return hostile(0, warned=False) if request.param == "every" else running()


@pytest.fixture(scope="module")
def site(tmp_path_factory, texts):
    """The site with the hostile texts."""
    return build_site(tmp_path_factory.mktemp("hostile"), texts)


@pytest.fixture(scope="module")
def titles(texts):
    """The title of each record, by the path of its page."""
    again = type(texts)(texts.choose)
    made = files(records(again))
    return {page_of(path): label(json.loads(content)) for path, content in made.items()}


def page_of(path):
    """The path of a record's page in the site, from that of its file."""
    kind, name = path.removeprefix("content/").replace("seeds/", "sources/").split("/")
    return f"{kind}/{name.removesuffix('.yml')}/index.html"


def label(record):
    """What a record is called."""
    value = next(record[key] for key in LABELS if key in record)
    return folded(value["value"] if isinstance(value, dict) else value)


def html_files(site):
    """The HTML files of a site, by path."""
    return {path.relative_to(site).as_posix(): path.read_text() for path in sorted(site.rglob("*.html"))}


def test_every_page_has_the_elements_of_the_harmless_one(benign, site):
    """Tags, classes and attributes of each whole page, of the theme's parts too, are the same.

    A view puts its rows, and a drawing its lines, in an order and a number that follow the texts; they have
    the same kinds of elements.
    """
    expected, found = html_files(benign), html_files(site)
    assert found.keys() == expected.keys()
    for path, html in found.items():
        shapes = seen(html).shape, seen(expected[path]).shape
        if path in VIEW_FILES or 'class="sb-drawing sb-network"' in html:
            shapes = set(shapes[0]), set(shapes[1])
        assert shapes[0] == shapes[1], path


def test_every_title_is_the_text(site, titles):
    """The title of the window, and the heading, are what the author typed."""
    pages = html_files(site)
    for path, title in titles.items():
        page = seen(pages[path])
        assert folded(page.title) == f"{title} - {SITE_NAME}", path
        assert title in page.text, path


def test_the_search_index_holds_no_markup_of_a_text(benign, site):
    """Titles, texts and tags, which the search writes into the page as HTML, have the harmless ones' tags."""
    expected, found = index_shapes(benign), index_shapes(site)
    assert found == expected


def index_shapes(site):
    """The elements in each entry of a search index, by its place among those of its page."""
    shapes = {}
    for entry in json.loads((site / "search/search_index.json").read_text())["docs"]:
        page = entry["location"].partition("#")[0]
        parts = [seen(part).shape for part in (entry["title"], entry["text"], *entry.get("tags", ()))]
        if f"{page}index.html" in VIEW_FILES:  # its rows follow the order of the texts
            shapes.setdefault(page, set()).update(element for part in parts for element in part)
        else:
            shapes.setdefault(page, []).append(parts)
    return shapes


def test_the_search_has_the_titles_as_they_were_typed(site, titles):
    """The index of the theme, once its HTML is read, and the list of names have each title."""
    entries = json.loads((site / "search/search_index.json").read_text())["docs"]
    names = {row[1]: folded(row[0]) for row in json.loads((site / "assets/names.json").read_text())}
    for path, title in titles.items():
        address = path.removesuffix("index.html")
        entry = next(entry for entry in entries if entry["location"] == address)
        assert folded(unescaped(entry["title"])) == title
        assert names.get(address, title) == title
    assert len(names) > 5


def unescaped(html):
    """The text of HTML, as a browser reads it."""
    pieces = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = pieces.append
    parser.feed(html)
    parser.close()
    return "".join(pieces)


def test_the_panel_of_errors_shows_texts_as_text():
    """A message that quotes a hostile value is text on the page that `serve` shows."""
    fill = running()
    texts = [fill("line") for _ in range(60)]
    errors = tuple(
        Diagnostic(Code.BAD_DATE, Position(text, 1, 1), f"'{text}' is bad", text) for text in texts
    )
    panel = seen(error_panel(errors, stale=True))
    assert panel.shape == [("aside", "sb-errors", "class", "role"), ("p", ""), ("strong", ""), ("pre", "")]
    assert "<script>window.__pwned=1</script>" in panel.text
