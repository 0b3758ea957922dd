"""The building blocks of drawings: texts are inert, addresses are those of the engine, names fit."""

import posixpath
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest
from mkdocs.structure.files import File

from hostile_texts import hostile_texts
from sourcebook.drawing import svg
from sourcebook.pages.parts import Link, Words

KEPT = str.maketrans(dict.fromkeys(map(chr, [*range(32), *range(127, 160), 8232, 8233]), " "))


@pytest.mark.parametrize("text", [text for text in hostile_texts(600) if text.isprintable()])
def test_a_text_is_no_markup(text):
    """A text in an element, an attribute and a title is read as the same text, and makes no element."""
    drawn = svg.linked("x", text, svg.words(text, 1, 2), svg.element("g", {"aria-label": text}))
    read = ElementTree.fromstring(drawn.replace("xlink:href", "href"))
    assert [child.tag for child in read] == ["title", "text", "g"]
    shown = text.translate(KEPT).strip()
    assert (read[0].text or "") == shown
    assert (read[1].text or "") == shown
    assert read[2].get("aria-label") == shown


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("page", ["timeline.md", "places/bay.md", "places/index.md"])
@pytest.mark.parametrize("target", ["events/strike.md", "places/bay.md", "places/index.md", "map.md"])
def test_an_address_is_the_one_that_mkdocs_makes(directory_urls, page, target):
    """From each page to each other one, with and without directories as addresses."""
    link = Link(Words("x"), posixpath.relpath(target, posixpath.dirname(page) or ".") + "#part")
    here, there = (File(path, "docs", "site", directory_urls).url for path in (page, target))
    address = svg.addresses(page, directory_urls=directory_urls)(link)
    assert urljoin(f"https://a.example/{here}", address) == f"https://a.example/{there}#part"


def test_a_long_name_is_broken_at_spaces_and_then_cut():
    """A name takes two lines at most; nothing is lost while there is room."""
    assert svg.wrapped("Harbour Board", 200) == ["Harbour Board"]
    lines = svg.wrapped("The Harbour Board of the Free Town of Marrowbay", 120)
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(svg.text_width(line) <= 120 for line in lines)


def test_coordinates_are_short():
    """A tenth is fine enough, and zero has no sign."""
    assert [svg.number(value) for value in (1.0, 2.25, -0.01, -3.96)] == ["1", "2.2", "0", "-4"]
