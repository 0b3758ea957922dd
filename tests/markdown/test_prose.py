"""Prose: its subset is read as CommonMark reads it, everything else is shown as typed."""

import re
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from hostile_texts import FRAGMENTS, hostile_texts
from sourcebook.markdown.convert import convert
from sourcebook.markdown.prose import (
    Emphasis,
    Listing,
    Paragraph,
    Prose,
    Reference,
    Text,
    WebLink,
    _linked_paragraphs,
    _parsed,
    parse_prose,
    prose_markdown,
    prose_text,
    sentences_naming,
)


def resolve(record):
    """A hostile label and the target of a link."""
    return f"*{record}* <b>", f"../actors/{record}.md"


def label(record):
    """The label alone."""
    return record.upper()


def paragraph(*inlines):
    """Prose of one paragraph."""
    return (Paragraph(inlines),)


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        (" \n\n\t\n", ()),
        ("One.\nTwo.\r\n\r\nThree.", (Paragraph((Text("One. Two."),)), Paragraph((Text("Three."),)))),
        ("a *b* c", paragraph(Text("a "), Emphasis(False, (Text("b"),)), Text(" c"))),
        ("**a _b_**", paragraph(Emphasis(True, (Text("a "), Emphasis(False, (Text("b"),)))))),
        ("*_a_ b*", paragraph(Emphasis(False, (Text("a b"),)))),
        ("[a](https://b.c)", paragraph(WebLink("https://b.c", (Text("a"),)))),
        ("[](https://b.c)", paragraph(WebLink("https://b.c", (Text("https://b.c"),)))),
        ("[[a-b]] [[c|the\n*c*]]", paragraph(Reference("a-b", ""), Text(" "), Reference("c", "the *c*"))),
        ("- a\n- b", (Listing(False, True, ((Paragraph((Text("a"),)),), (Paragraph((Text("b"),)),))),)),
        ("1915. The war", paragraph(Text("1915. The war"))),
        ("# a\n===\n---\n> b\n    c\n```", paragraph(Text("# a === --- > b c ```"))),
        ("&amp; \\* `c` <b> <https://d.e> ![f](g) www.h.i", None),
        ("[a]: https://b.c\n\n[a]", (Paragraph((Text("[a]: https://b.c"),)), Paragraph((Text("[a]"),)))),
        ("[[a", None),
        ("[[]]x", None),
    ],
)
def test_the_subset_is_read_and_the_rest_is_text(text, blocks):
    """Paragraphs, lists, emphasis, web links, record links; everything else is shown as typed."""
    assert parse_prose(text).blocks == (paragraph(Text(text)) if blocks is None else blocks)


def test_references_are_listed_once_in_order():
    """Ids in order of appearance, those in lists and emphasis too."""
    assert parse_prose("[[b]] *[[a]]* [[b|x]]\n\n- [[c]]").references == ("b", "a", "c")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("fine [a](mailto:b@c.d)", ()),
        ("[a](javascript:x)", ("the link 'javascript:x' is not a whole http, https or mailto address",)),
        ("[a](../b.md)", ("the link '../b.md' is not a whole http, https or mailto address",)),
        ("[[A b]]", ("'[[A b]]' names no id: a-z, 0-9 and single hyphens, at most 80 characters",)),
        ("1. a\n3. b", ("the numbers of a list do not count from 1: 1, 3",)),
        ("1. a\n1. b\n\nx\n\n1. a\n2. b", ()),
    ],
)
def test_problems_are_told_in_whole_messages(text, problems):
    """Wrong schemes, relative links, bad ids, and numbers that would be lost."""
    assert tuple(problem.message for problem in parse_prose(text).problems) == problems


def test_what_is_wrong_is_shown_as_typed():
    """A link that leads nowhere safe leaves its characters on the page."""
    prose = parse_prose("see [a *b*](javascript:x) and [[A b]]")
    assert prose_text(prose, label) == "see [a b](javascript:x) and [[A b]]"
    assert "](" not in prose_markdown(prose, resolve)


def test_lists_nested_beyond_reason_are_a_problem():
    """A hundred levels are cut off, with a message."""
    prose = parse_prose("\n".join("  " * level + "- x" for level in range(100)))
    assert "lists are nested too deeply" in {problem.message for problem in prose.problems}


def test_many_wrong_numbers_are_not_all_told():
    """A message stays one line that can be read."""
    (problem,) = parse_prose("\n".join(f"1. a\n{number}. b" for number in range(9, 60))).problems
    assert problem.message.endswith("1, 9, 1, 10, 1, 11, 1, 12, 1, 13, 1, 14, …")


def test_prose_is_written_as_templates_write():
    """Text is inert, lists are nested by four spaces, emphasis beside emphasis is written with tags."""
    text = """# Not a heading, see [[a-b]] and *[the site](https://x.y/(z))*.

- one **two***three*
    1. four
    2. five

    six
- [[c|seven]]
"""
    assert (
        prose_markdown(parse_prose(text), resolve)
        == """&#35; Not a heading, see [&#42;a-b&#42; &#60;b&#62;](../actors/a-b.md) and *[the site](https://x.y/%28z%29)*.

- one **two**<em>three</em>

    1. four
    1. five

    six

- [seven](../actors/c.md)"""
    )


LINK_SHARDS = (
    *(
        "[[a-b]]",
        "[[c|words]]",
        "[[ d ]]",
        "[[e|two\nlines]]",
        "[[f|\n\n]]",
        "[[g|\n- h]]",
        "[[Bad]]",
        "[[]]",
    ),
    *(
        "[[",
        "[",
        "]]",
        "]",
        "|",
        "!",
        "(https://b.c)",
        "a",
        "b c",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
    ),
    *("\n ", "\n    ", "- ", "\n- ", "1. ", "*", "&amp;", "\xa0", "\u3000", "\n\xa0\n", "`", "<b>", "#"),
)
"""What prose with links to records is made of, and what is none."""


@given(st.lists(st.sampled_from(LINK_SHARDS), max_size=12).map("".join))
def test_links_are_read_as_the_parser_reads_them(text):
    """Prose that has links alone is the same, whether the parser reads it or what is faster."""
    fast = _linked_paragraphs(text)
    assert fast is None or fast == _parsed(text)


def test_links_are_read_fast():
    """Prose of paragraphs with links needs no parser; any other does."""
    assert _linked_paragraphs("One [[a]], [[b|two]].\n\n[[a]]") is not None
    for text in ("*[[a]]*", "[[a]] [x](https://b.c)", "- [[a]]", "[[A]]", "[[a|x\n- y]]"):
        assert _linked_paragraphs(text) is None


PROSE_SHARDS = (
    *FRAGMENTS,
    *(
        "- ",
        "\n- ",
        "\n    - ",
        "\n\n",
        "\n",
        "1. ",
        "\n2. ",
        "  ",
        "*",
        "**",
        "_",
        "__",
        "*a*",
        "**b**",
        "[[a-b]]",
    ),
    *("[[c|words]]", "[x](https://y.z)", "[", "]", "(", ")", "a", "b c", "[[Bad Id!]]", "\n\n- ", "\n\n    "),
)
proses = (
    st.lists(st.sampled_from(PROSE_SHARDS), max_size=12)
    .map("".join)
    .filter(lambda text: "\udc00" not in text)
)


class _Seen(HTMLParser):
    """The elements and the words of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, *(value for _, value in attrs)))
        if tag in ("p", "li"):
            self.words += " "

    def handle_data(self, data):
        self.words += data

    def handle_endtag(self, tag):
        if tag in ("p", "li"):
            self.words += " "


def folded(text):
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def elements(blocks):
    """The elements that the blocks should become, in order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield ("p",)
            yield from inline_elements(block.children)
        else:
            yield ("ol",) if block.ordered else ("ul",)
            for item in block.items:
                yield ("li",)
                inner = list(elements(item))
                yield from (inner[1:] if block.tight else inner)


def inline_elements(inlines):
    """The elements of inlines, in order."""
    for inline in inlines:
        if isinstance(inline, Emphasis):
            yield ("strong",) if inline.strong else ("em",)
            yield from inline_elements(inline.children)
        elif isinstance(inline, WebLink):
            yield ("a", inline.address)
            yield from inline_elements(inline.children)
        elif isinstance(inline, Reference):
            yield ("a", f"../actors/{inline.id}.md")


ENGINES = {
    "python-markdown": lambda page: markdown.markdown(
        page, extensions=["attr_list", "md_in_html", "tables", "toc"]
    ),
    "commonmark": MarkdownIt("commonmark").render,
}


@pytest.mark.parametrize("engine", ENGINES)
@given(proses)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_what_is_written_is_read_back_as_the_same_tree(engine, text):
    """The HTML has the tree's elements and words and no others, in Python-Markdown and in CommonMark."""
    prose = parse_prose(text)
    seen = _Seen(ENGINES[engine](prose_markdown(prose, resolve)))
    assert folded(seen.words) == folded(prose_text(prose, lambda record: resolve(record)[0]))
    assert seen.tags == list(elements(prose.blocks))


@given(proses)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_the_converter_holds_all_prose(text):
    """What prose is written as is of the subset that is converted fast."""
    page = prose_markdown(parse_prose(text), resolve)
    assert convert(page).html == ENGINES["python-markdown"](page)


@given(
    st.lists(
        st.sampled_from(
            ("a", "b.", " ", "  ", "\n", "\n\n", "\n \n", "<b>", "&", "\xa0", "#", "1.x", "-", "\t")
        )
    )
)
def test_plain_prose_is_read_alike_by_the_short_way(pieces):
    """Text without marks gives the same blocks as with a mark beside it, which takes the long way."""
    text = "".join(pieces)
    long_way = parse_prose(text + "\n\n[[x]]")
    assert parse_prose(text).blocks == long_way.blocks[:-1]


def test_no_hostile_text_raises_or_loses_letters():
    """Each of 1,000 texts is parsed, and its letters and digits are shown in order."""
    for text in hostile_texts(1_000):
        if not re.search(r"[*_\[\]]|^\s*(?:[-+]|\d+[.)])\s", text, re.MULTILINE):
            shown = prose_text(parse_prose(text), label)
            assert re.findall(r"\w", shown) == re.findall(r"\w", text)
        else:
            assert isinstance(parse_prose(text), Prose)


def test_prose_as_plain_text_is_one_line():
    """Records stand as their words or labels, blocks are joined by spaces."""
    text = "A **b** [c](https://d.e).\n\n- f [[g-h]]\n- [[i|j]]\n\nk"
    assert prose_text(parse_prose(text), label) == "A b c. f G-H j k"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Before. Then [[x]] spoke! After.", "Then X spoke!"),
        ("No record here.", ""),
        ("[[x]]", "X"),
        (
            "Mr. A. B. Smith of the U.S. met [[x]] on 3.5 km. After.",
            "Mr. A. B. Smith of the U.S. met X on 3.5 km.",
        ),
        ("He said “no.” [[x]] said “yes.” Then.", "X said “yes.”"),
        ("Առաջին։ Երկրորդ [[x]]։ Երրորդ։", "Երկրորդ X։"),
        ("第一。第二[[x]]。第三。", "第二X。"),
        ("- first. *with [[x|words]]*\n- second", "with words"),
        ("[[y-z]]. See [[x]]? [[x]] again.", "See X?"),
        ("Under No. 5 of Art. 3 [[x]] may. Not.", "Under No. 5 of Art. 3 X may."),
    ],
)
def test_the_sentence_that_names_a_record(text, sentence):
    """Sentences end at the marks of several scripts, not after abbreviations and initials."""
    assert sentences_naming(parse_prose(text), "x", label) == sentence


def test_a_long_sentence_is_cut_between_words_around_the_name():
    """At most 240 characters, with … where something is left out, and the name among them."""
    sentence = sentences_naming(parse_prose("word " * 90 + "[[x]] " + "more " * 90), "x", label)
    assert re.fullmatch(r"…(word )+X (more )+more…", sentence)
    assert 200 < len(sentence) <= 242
