"""Hostile texts in every place where a template may put one: no markup, and the text is what was typed."""

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hostile_texts import hostile_texts
from sourcebook.markdown.inert import (
    attribute,
    inert,
    inert_start,
    inert_within,
    link,
    plain_text,
    web_address,
)

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

# T is a text, A an attribute's value.
PLACES = (
    *(
        "T",
        "See T, then.",
        "First line\nT\nlast line",
        "See T[1](#c1).",
        "### T",
        "- T",
        "1. T",
        "- x\n    - T",
    ),
    *("- x\n\n    T\n\n- y", "| T | b T |\n|---|---|\n| T | T c |\n| x | T |", "[T](../a.md) and [T](b.md)"),
    *(
        "*T* and **T**",
        "x **T**: *T*, **a T b**",
        '<span lang="hy" dir="auto">T</span> <span dir="auto">a T</span>',
    ),
    *("> T\n> T", '*<span lang="ru">T</span>*', 'x <span title="A">T</span> y', '[x](y "A") z'),
    *('<div class="c" data-t="A"><p>x</p></div>', '<div class="x" markdown>\n\nT\n\n- T\n- T\n\n</div>'),
)
PLACES_OF_PYTHON_MARKDOWN = (*PLACES, "### T {#h}", "### C T {#h2}")

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]
USUAL_EXTENSIONS = [
    *EXTENSIONS,
    *("footnotes", "def_list", "abbr", "admonition", "pymdownx.superfences", "pymdownx.snippets"),
    *(
        "pymdownx.emoji",
        "pymdownx.magiclink",
        "pymdownx.tilde",
        "pymdownx.caret",
        "pymdownx.mark",
        "pymdownx.keys",
    ),
    *(
        "pymdownx.critic",
        "pymdownx.tasklist",
        "pymdownx.arithmatex",
        "pymdownx.details",
        "pymdownx.inlinehilite",
    ),
]


def python_markdown(extensions):
    """A function from Markdown to HTML."""
    engine = markdown.Markdown(extensions=extensions, extension_configs={"toc": {"permalink": True}})
    return lambda page: engine.reset().convert(page)


ENGINES = {
    "python-markdown": (python_markdown(EXTENSIONS), PLACES_OF_PYTHON_MARKDOWN),
    "usual extensions": (python_markdown(USUAL_EXTENSIONS), PLACES_OF_PYTHON_MARKDOWN),
    "commonmark": (MarkdownIt("commonmark").enable(["table", "strikethrough"]).render, PLACES),
}


class _Events(HTMLParser):
    """The tags with their attributes (but for ids made of a heading's words) and the texts of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.events = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        made_of_words = ("id", "href") if (dict(attrs).get("href") or "").startswith("#") else ("id",)
        self.events.append(
            (
                tag,
                [
                    (name, re.sub(r"\s", " ", value or ""))
                    for name, value in attrs
                    if name not in made_of_words
                ],
            )
        )

    def handle_endtag(self, tag):
        self.events.append(("/" + tag, []))

    def handle_data(self, data):
        if self.events and isinstance(self.events[-1], str):
            data = self.events.pop() + data
        self.events.append(data)

    def handle_comment(self, data):
        self.events.append(("!", [("", data)]))

    handle_decl = handle_pi = unknown_decl = handle_comment


def shown(text):
    """The text as a reader should see it: as typed, control characters as spaces, no space at the edges."""
    unseen = "".join(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029]))
    spaces = unseen + "".join(filter(str.isspace, map(chr, range(0x3001))))
    return re.sub(f"[{re.escape(unseen)}]", " ", text.strip(spaces))


def with_text(events, text):
    """The events of a page of benign words with another text in their stead."""
    in_attribute = re.sub(r"\s", " ", text)
    for event in events:
        if isinstance(event, str):
            yield event.replace("benign", text)
        else:
            tag, attributes = event
            yield tag, [(name, value.replace("benign", in_attribute)) for name, value in attributes]


def in_place(place, text, value):
    """The place with a text and an attribute's value in it."""
    return re.sub("[TA]", lambda found: text if found[0] == "T" else value, place)


# Each text stands in one of an engine's places. CommonMark and the plain extensions, which are among the
# usual ones, have every fourth text.
@pytest.mark.parametrize(
    ("engine", "every"), [("usual extensions", 1), ("commonmark", 4), ("python-markdown", 4)]
)
def test_no_hostile_text_is_markup_and_each_is_shown_as_typed(engine, every):
    """Over 4,000 texts, the elements are those of benign words, and the words are those that were typed."""
    convert, places = ENGINES[engine]
    benign = [_Events(convert(in_place(place, "benign", "benign"))).events for place in places]
    texts = [text for text in hostile_texts(4_200) if "\udc00" not in text and inert(text)]
    assert len(texts) >= 4_000
    for number, text in enumerate(texts[::every]):
        index = number % len(places)
        html = convert(in_place(places[index], inert(text), attribute(text)))
        assert _Events(html).events == list(with_text(benign[index], shown(text))), (places[index], text)


@given(st.text(st.characters()))
def test_any_text_is_taken_and_leaves_no_bare_mark(text):
    """Also lone surrogates and unassigned characters; each mark in what is written belongs to a reference."""
    for made in (inert(text), inert_start(text), inert_within(text), attribute(text)):
        assert not re.search(r"[\\`*_{}\[\]<>|~^=$@\x00-\x1f\x7f-\x9f\u2028\u2029]", made)
        assert "&" not in re.sub(r"&#\d+;", "", made)
    assert '"' not in attribute(text)
    assert plain_text(inert(text)) == shown(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("", ""),
        (" \n ", ""),
        ("Relief for the displaced (24 September 2023), 3.5 km – “so”; it's / was #1!?", None),
        ("\xa0\u2003edges\u3000", "edges"),
        ("in\xa0the\u202fmiddle\u200d", "in\xa0the\u202fmiddle\u200d"),
        ("a\r\nb\x00c", "a  b c"),
        ("1915. The war", "1915&#46; The war"),
        ("12) x", "12&#41; x"),
        ("- x", "&#45; x"),
        ("a - b + c # d: e. 2. f", "a - b + c # d: e. 2. f"),
        ("# C#", "&#35; C&#35;"),
        ("Stop!", "Stop&#33;"),
        ("https://www.a.b", "https&#58;//www&#46;a.b"),
        (":smile: at 12:30", "&#58;smile: at 12:30"),
        ("C++", "C&#43;&#43;"),
        ("!!! note", "&#33;!! note"),
        ("<b> & \\*", "&#60;b&#62; &#38; &#92;&#42;"),
    ],
)
def test_as_little_as_possible_is_encoded(text, made):
    """Plain sentences stay readable; marks are encoded where they would be structure."""
    assert inert(text) == (text if made is None else made)


def test_plain_text_undoes_inline_markdown():
    """Links leave their words, emphasis and tags nothing, references their characters."""
    line = f'**{inert("a*b")}** [{inert("[x] (y)")}](../z.md) <span lang="hy">{inert("<i>")}</span>'
    assert plain_text(line) == "a*b [x] (y) <i>"


@given(st.text(st.characters()))
@example("JAVASCRIPT:")
@example("data:text/html,x")
def test_no_target_breaks_out_of_its_link(target):
    """Whatever the target, the link ends where it should, in Python-Markdown and in CommonMark."""
    for convert in (ENGINES["usual extensions"][0], ENGINES["commonmark"][0]):
        events = _Events(convert(f"x {link('words', target)} y")).events
        assert [event for event in events if isinstance(event, str)][:3] == ["x ", "words", " y"]
        assert [event[0] for event in events if not isinstance(event, str)] == ["p", "a", "/a", "/p"]


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("../actors/a-b.md#c", "../actors/a-b.md#c"),
        ("https://a.b/?x=1&y=%20~_", "https://a.b/?x=1&amp;y=%20~_"),
        ("a b(c)'\"<>*`|{}[]\\^$", "a%20b%28c%29%27%22%3C%3E%2A%60%7C%7B%7D%5B%5D%5C%5E%24"),
        ("100%", "100%25"),
        ("a++b", "a&#43;&#43;b"),
        ("JavaScript:alert", "JavaScript%3Aalert"),
        ("data:x", "data%3Ax"),
        ("HTTPS://a.b", "HTTPS://a.b"),
        ("mailto:a@b.c", "mailto:a@b.c"),
        ("../a:b.md", "../a:b.md"),
        ("http://հայ.am/ա", "http://հայ.am/ա"),
    ],
)
def test_targets_are_encoded_where_they_must_be(target, written):
    """Addresses stay as they are but for what no address may hold."""
    assert link("x", target) == f"[x]({written})"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://example.org",
            "http://example.org:8080/a?b=c#d",
            "HTTPS://EXAMPLE.org/(x)_y",
            "http://հայ.am/ա",
        ),
        *("https://a.b?x", "https://a.b#x", "mailto:a.b+c@example.org", "mailto:a@b.c?subject=x%20y"),
    ],
)
def test_web_addresses_are_allowed(address):
    """http, https with a host, and mailto."""
    assert web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "",
            "x",
            "/a",
            "//a.b",
            "#a",
            "example.org",
            "https:",
            "https://",
            "https:///a",
            "https://?x",
            "https:a.b",
        ),
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\x01javascript:x",
            "javascript&#58;x",
        ),
        *(
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://a.b",
            "blob:https://a.b",
            "view-source:https://a",
        ),
        *(
            "https://user@a.b",
            "https://a.b:80@c.d/",
            "https://a.b\\@c.d",
            "https://a .b",
            " https://a.b",
            "https://a.b\n",
        ),
        *(
            "https://a.b/\u202e",
            "https://a\u200b.b",
            "https://a.b/\x00",
            "https://a.b/\ud800",
            "https://a.b:x",
            "https://[::1]/",
        ),
        *(
            "mailto:",
            "mailto:a",
            "mailto:@b",
            "mailto:a@b@c",
            "mailto:a b@c",
            "https://a.b/<x>",
            'https://a.b/"',
        ),
    ],
)
def test_other_addresses_are_refused(address):
    """Other schemes in any disguise, no host, a user name, characters that hide or mislead."""
    assert web_address(address) is None
