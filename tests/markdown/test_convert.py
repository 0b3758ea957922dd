"""The converter against its oracle, Python-Markdown: pages with hostile texts, and shards of pages."""

import itertools
import random
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from markdown.treeprocessors import Treeprocessor

from markdown_pages import pages
from sourcebook.markdown.convert import convert

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc"]


class _Resolver(Treeprocessor):
    """Rewrites the targets of links after the table of contents is made, as MkDocs does."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter("a"):
            if element.get("class") != "headerlink":
                element.set("href", resolved(element.get("href", "")))


def resolved(target: str) -> str:
    """An address that has characters to escape in it."""
    return f"../{target.removesuffix('.md')}/?a=1&b=<2>" if target.endswith(".md") else target


def oracle(permalink=True, resolve=False):
    """A Python-Markdown that converts as the ordinary build does."""
    engine = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"permalink": permalink}})
    if resolve:
        engine.treeprocessors.register(_Resolver(engine), "relpath", 0)
    return engine


PLAIN, RESOLVING = oracle(), oracle(resolve=True)


def expected(page, engine=PLAIN):
    """What Python-Markdown makes of the page: its HTML and its tokens."""
    return engine.reset().convert(page), engine.toc_tokens


BOUNDED = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@given(pages())
@BOUNDED
def test_every_page_of_the_subset_is_converted_as_python_markdown_does(page):
    """Over the whole grammar nothing is refused, and HTML and tokens are equal to Python-Markdown's."""
    converted = convert(page)
    assert converted is not None
    assert (converted.html, converted.toc_tokens) == expected(page)


@given(pages())
@BOUNDED
def test_links_are_resolved_as_in_the_ordinary_build(page):
    """Resolved targets are printed escaped, and the tokens hold the targets as they were."""
    converted = convert(page, resolve=resolved)
    assert converted is not None
    assert (converted.html, converted.toc_tokens) == expected(page, RESOLVING)


# Pieces that stand in the subset in one place and not in another.
SHARDS = (
    *(
        "a",
        "b c",
        " ",
        "  ",
        "    ",
        "\n",
        "\n",
        "\n\n",
        "\n\n",
        "*",
        "**",
        "*a*",
        "**b**",
        "[x](y)",
        '[x](y "t")',
    ),
    *(
        "# ",
        "## ",
        "{#a}",
        " {.b}",
        "#",
        "- ",
        "1. ",
        "١. ",
        "\n- ",
        "\n    - ",
        "\n1. ",
        "\n\n    ",
        "\n\n- ",
    ),
    *(
        "> ",
        ">",
        "\n> ",
        "|",
        "| a | b |\n|---|",
        "| a |\n|---|\n",
        "-",
        "---",
        ":",
        "=",
        "_",
        "!",
        "(",
        ")",
        '"',
    ),
    *(
        "<span>",
        "</span>",
        "<br>",
        '<a id="q"></a>',
        '<b title="&#40;">',
        '<div class="a" markdown>\n',
        "\n</div>\n",
    ),
    *(
        "<div>",
        "</div>",
        '<p class="x">',
        "</p>",
        "<svg>",
        "</svg>",
        "<ul><li>",
        "<summary>s</summary>\n",
        "&#42;",
    ),
    *("&amp;", "&", "\u2003", "\xa0", "\x0c", "\\", "`", "\t"),
)


def test_other_markdown_is_refused_or_equal():
    """Whatever is put together of shards of the subset is left to Python-Markdown, or is equal to it."""
    chance = random.Random(7)
    accepted = 0
    for _ in range(20_000):
        page = "".join(chance.choices(SHARDS, k=chance.randint(1, 12)))
        if (converted := convert(page)) is not None:
            accepted += 1
            assert (converted.html, converted.toc_tokens) == expected(page), page
    assert accepted > 500


def test_stars_are_refused_or_read_as_python_markdown_reads_them():
    """Each run of up to six stars, letters, spaces and points is refused or equal."""
    for length in range(1, 7):
        for page in map("".join, itertools.product("*a .", repeat=length)):
            converted = convert(page)
            assert converted is None or converted.html == expected(page)[0], page


PAGE = """# The road *closed* &#38; reopened

By [Ministry of Roads](../actors/ministry-of-roads.md), 24 September 2023.[1](#c1)
Second line of the paragraph.

## Who says it {#who .wide}

- [Ministry](../actors/m.md "The &#34;ministry&#34;")
- **Another**
    1. nested
    2. <span lang="hy" dir="auto">Հայաստան</span>

1. loose

    with a paragraph

2. last

| Who | Says |
|:---|---:|
| a | &#124; |

> quoted
>
> again

<figure class="chart">
<svg viewBox="0 0 1 1"><title>A chart</title></svg>
<figcaption>Words</figcaption>
</figure>

<div class="grid" markdown>

## Who says it

<div class="inner" markdown>
text
</div>

</div>

## Who says it
"""


@pytest.mark.parametrize("permalink", [True, False, "¶ <b>"])
def test_a_whole_page_is_converted_with_each_kind_of_permalink(permalink):
    """One page with every construct is equal for permalinks on, off and of one's own words."""
    converted = convert(PAGE, permalink=permalink)
    assert converted is not None
    assert (converted.html, converted.toc_tokens) == expected(PAGE, oracle(permalink))
    assert converted.title == "The road closed &#38; reopened"


@pytest.mark.parametrize(
    ("page", "ids"),
    [
        ("## A\n\n## A\n\n## A {#a_1}", ["a", "a_2", "a_1"]),
        ("## Հայ\n\n## ...", ["_1", "_2"]),
        ("## Who  says\n\n## É - 1!\n\n## 2", ["who-says", "e-1", "2"]),
        ("## A\n\n## B {#a}", ["a_1", "a"]),
        ('<div class="c" id="a" markdown>\n\nx\n\n</div>\n\n## A', ["a_1"]),
    ],
)
def test_heading_ids_are_unique_as_python_markdown_makes_them(page, ids):
    """An id taken by a heading or a container, before or after, is given once."""
    converted = convert(page)
    assert [token["id"] for token in converted.toc_tokens] == ids
    assert (converted.html, converted.toc_tokens) == expected(page)


def test_a_page_has_a_title_only_if_it_begins_with_one():
    """As MkDocs has it: an `h1` further down, or within a container, is no title."""
    assert convert("# A `b`") is None
    assert convert("x\n\n# A").title is None
    assert convert("## A").title is None
    assert convert("\n\n# A **b**").title == "A b"
    assert convert('<div class="c" markdown>\n# A\n</div>').title is None


@pytest.mark.parametrize("page", ["", "\n \n"])
def test_an_empty_page_is_empty(page):
    """No text gives no HTML."""
    converted = convert(page)
    assert (converted.html, converted.toc_tokens, converted.title) == ("", [], None)


@pytest.mark.parametrize(
    "page",
    [
        *(
            "`code`",
            "a_b_",
            "![x](y.png)",
            "[x][y]",
            "[x]: y",
            "<!-- x -->",
            "<script>x</script>",
            "a\tb",
            "\\*",
        ),
        *("    code", "```\nx\n```", "a\n===", "---", "* a", "+ a", "- \n- b", "***a***", "a & b", "a > b"),
        *(
            "a  \nb",
            "##### five",
            "#close",
            "# a #",
            "| a |\n| b |",
            "| a | b |\n|---|",
            "a | b\n--- | ---",
            "a {.b}",
        ),
        *(
            "- a\n\n        code",
            "> - a",
            "<div>\n<b></div>",
            "<div markdown>\n",
            "</div>",
            "<hr>",
            "<div>x</div> y",
        ),
        *(
            '<div class="a" markdown><p>x</p></div>',
            "<p markdown>*x*</p>",
            "<div>\n<p title=x>y</p></div>\n\n<div>",
        ),
        *(
            '<div class="a" markdown>\n<dl><dt>x</dt></dl>\n</div>',
            "<details open markdown>\n\nx\n\n</details>",
        ),
        *(
            "[a](<b c>)",
            "[a](b (c))",
            "[a](b 'c')",
            "[a]()",
            "[a\nb](c)",
            "*a\nb*",
            "<b@c>",
            "<https://a.b>",
            "{{ x }}",
        ),
        *(
            "a\x02b",
            "- a\n  - b",
            "a\n> b",
            "a\n# b",
            "<font>a</font>",
            '<b title="[x](y)">a</b>',
            "<b title='x'>a</b>",
        ),
    ],
)
def test_what_templates_do_not_write_is_refused(page):
    """Each of these is left to Python-Markdown."""
    assert convert(page) is None
