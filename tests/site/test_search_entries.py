"""The sections that the search finds of an article, against their oracle, Material's own parser."""

import random

from hypothesis import HealthCheck, given, settings
from material.plugins.search.plugin import Parser

from markdown_pages import pages
from sourcebook.markdown.convert import convert
from sourcebook.site.plain_sections import plain_sections
from sourcebook.site.search_entries import search_sections

# Pieces of HTML that stand in the subset in one place and not in another.
SHARDS = (
    *(
        "a",
        "b c",
        " ",
        "\n",
        "\n\n",
        "\xa0",
        "&nbsp;",
        "&lt;",
        "&amp;",
        "&",
        "&am",
        "p;",
        "&#10;",
        "&#1;",
        ">",
        "<",
        '"',
    ),
    *(
        "<p>",
        '<p class="a">',
        "</p>",
        "<p></p>",
        "<p> </p>",
        "<p>a</p>",
        "</p >",
        "<p/>",
        "<P>",
        "<p title='>'>",
    ),
    *(
        "<div>",
        '<div class="a" id="b">',
        "</div>",
        "<section>",
        "</section>",
        "<blockquote>\n<p>",
        "</blockquote>",
    ),
    *(
        "<ul>\n<li>",
        "</li>\n</ul>",
        "<li>",
        "</li>",
        "<ol>",
        "</ol>",
        "<table>\n<tr>\n<td>",
        "</td></tr></table>",
    ),
    *(
        '<a href="b">c</a>',
        '<a id="d"></a>',
        "<em>e</em>",
        "<strong><em>f</em></strong>",
        "<span> </span>",
        "<span>",
    ),
    *(
        "</span>",
        "<br>",
        "<br />",
        "<wbr>",
        "<sup>1</sup>",
        '<sup class="s">',
        "</sup>",
        "<code>x</code>",
        "<code>",
    ),
    *(
        "</code>",
        "<pre>",
        "</pre>",
        "<svg><title>t</title></svg>",
        '<path d="M0"/>',
        "<unknown>",
        "</unknown>",
    ),
    *(
        '<h1 id="a">',
        "</h1>",
        '<h2 id="b">',
        "</h2>",
        '<h2 id="c">d</h2>',
        "<h2>",
        '<h3 class="x" id="&amp;">y</h3>',
    ),
    *('<h2 id="e">f<a class="headerlink" href="#e" title="g">&para;</a></h2>', '<a class="headerlink">g</a>'),
    *("<h2 id='q'>", '<h2 id="i"></h2>', '<h2 id="j"> </h2>', '<h2 id="k"><sup>1</sup></h2>', "<h1>l</h1>"),
    *(
        "<div data-search-exclude>\n<p>h</p></div>",
        '<p data-search-exclude="true">',
        "<span data-search-exclude>",
    ),
    *(
        "<details data-search-exclude><summary>i</summary><pre>j\nk</pre></details>",
        "<h2 id='z' data-search-exclude>",
    ),
    *(
        "<div data-search-exclude><div>l</div></div>",
        '<p class="linenodiv">',
        '<div data-search-exclude><h2 id="m">n</h2>',
    ),
    *("<!-- c -->", "<script>", "\x00", "<sbsection>"),
)


def expected(article):
    """What Material's parser finds; None where it fails."""
    parser = Parser()
    try:
        parser.feed(article)
        parser.close()
    except ValueError:
        return None
    return [
        (
            section.id or "",
            "".join(section.title).strip() if section.title else None,
            "".join(section.text).strip(),
        )
        for section in parser.data
        if not section.is_excluded()
    ]


@given(pages())
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_every_page_of_the_subset_is_read_as_materials_parser_does(page):
    """Whatever the converter makes is read, and read alike."""
    article = convert(page).html
    assert search_sections(article) == expected(article)


def test_any_other_article_is_read_alike_or_refused():
    """Articles of shards are never read otherwise, by either way."""
    chance, plain, read = random.Random(0), 0, 0
    for _ in range(5000):
        article = "".join(chance.choices(SHARDS, k=chance.randint(1, 12)))
        for found in (plain_sections(article), search_sections(article)):
            assert found is None or found == expected(article), article
        plain += plain_sections(article) is not None
        read += search_sections(article) is not None
    assert 200 < plain < read
