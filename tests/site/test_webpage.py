"""What is read from a page's markup and from a stylesheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.site.webpage import Reference, Use, read_page, read_stylesheet


def link(address):
    """An address that a reader follows."""
    return Reference(address, Use.LINK)


def request(address):
    """An address that a browser loads by itself."""
    return Reference(address, Use.REQUEST)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="x/?a=1&amp;b=2#c">', [link("x/?a=1&b=2#c")]),
        ('<area href="x/">', [link("x/")]),
        ('<svg><a xlink:href="x/"/></svg>', [link("x/")]),
        ('<a href="x/" ping="y/">', [link("x/"), request("y/")]),
        ('<link rel="canonical" href="x/">', [link("x/")]),
        ('<link rel="stylesheet" href="x.css">', [request("x.css")]),
        ('<link rel="alternate stylesheet" href="x.css">', [request("x.css")]),
        ('<link rel="PRECONNECT" href="x">', [request("x")]),
        ('<link rel="shortcut icon" href="x.png">', [request("x.png")]),
        ('<link href="x">', [request("x")]),
        ('<img src="x.png" srcset="y.png, z.png 2x" alt>', [request(n) for n in ("x.png", "y.png", "z.png")]),
        (
            '<source srcset="data:image/gif;base64,AA 1x,y.gif 2x">',
            [request("data:image/gif;base64,AA"), request("y.gif")],
        ),
        ('<script src="x.js"></script>', [request("x.js")]),
        ('<iframe src="x/"></iframe>', [request("x/")]),
        ('<form action="x/"><button formaction="y/">', [request("x/"), request("y/")]),
        ('<video poster="x.png"><track src="y.vtt">', [request("x.png"), request("y.vtt")]),
        ('<object data="x.svg"></object><data data="no">', [request("x.svg")]),
        ('<svg><use href="#shape"/></svg>', [request("#shape")]),
        ('<meta http-equiv="Refresh" content="0; URL=\'x/\'">', [request("x/")]),
        ('<meta http-equiv="refresh" content="5">', []),
        ('<meta name="url" content="0; url=x/">', []),
        ('<p style="background: url(x.png)">', [request("x.png")]),
        ('<style>@import "x.css";</style>', [request("x.css")]),
        ('<script>var a = "<a href=x>"</script><!-- <a href="x"> --><p class="x">', []),
        ('<a href="x/">a</a><a href="x/">b</a><a href="y/" href="z/">', [link("x/"), link("y/")]),
    ],
)
def test_addresses_of_a_page(html, expected):
    """Every element that a browser follows or loads gives its address, each once, in order."""
    assert list(read_page(html).references) == expected


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { b: url(x.png) } c { d: URL( 'y (1).png' ) }", ["x.png", "y (1).png"]),
        ('@import "x.css"; @import url("y.css") print;', ["x.css", "y.css"]),
        ("/* url(x.png) */ a { b: url() }", []),
        (
            "a { b: url(\"data:image/svg+xml,<svg x='http://y'/>\") }",
            ["data:image/svg+xml,<svg x='http://y'/>"],
        ),
    ],
)
def test_addresses_of_a_stylesheet(css, expected):
    """`url()` and `@import` in every notation give their address, comments none."""
    assert [reference.address for reference in read_stylesheet(css)] == expected


def test_ids_and_names_are_anchors():
    """Ids of all elements and names of links are anchors, other names are not."""
    page = read_page('<p id="a"><a name="b"></a><input name="c"><svg><g id="d"/></svg>')
    assert page.ids == {"a", "b", "d"}


def test_headings_are_the_words_of_each_h1():
    """A heading is its text without tags, its white space folded, and a second one is kept apart."""
    page = read_page("<h1>A <em>b</em>c\n &amp; d<a>¶</a></h1><p>no</p><h1></h1>")
    assert page.headings == ("A bc & d¶", "")


@pytest.mark.parametrize(
    ("html", "has_text"),
    [
        ("", False),
        ("<title>a</title><h1>b</h1><style>c</style><script>d</script>", False),
        ("<p>a", True),
        ("<p>a</p><main><h1>b</h1></main><p>c</p>", False),
        ("<main><p>a</p><article><h1>b</h1> </article></main>", False),
        ("<main><article><h1>a</h1><p>b</p></article></main>", True),
        ("<title>a</title><main>b</main>", True),
    ],
)
def test_a_page_has_text_where_its_article_has_a_word(html, has_text):
    """The text around an article, its heading, and what is not shown do not fill a page."""
    assert read_page(html).has_text is has_text


def test_a_base_element_is_seen():
    """A `<base>` is told, and its address is not one that leads anywhere."""
    page = read_page('<base href="https://elsewhere.example/"><a href="x/">')
    assert page.has_base
    assert page.references == (link("x/"),)


SOUP = st.lists(
    st.sampled_from(
        [
            "<h1>",
            "</h1>",
            "<style>",
            "</style>",
            "<a href='x'",
            ">",
            "<!--",
            "-->",
            "<",
            "</",
            "&#x0;",
            "word",
            '"',
            "<article>",
        ]
    )
)


@given(SOUP)
def test_any_markup_is_read(pieces):
    """Markup that is broken anywhere gives a page and never an exception."""
    read_page("".join(pieces))
