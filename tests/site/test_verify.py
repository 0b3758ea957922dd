"""Small invented sites, one fault each."""

import pytest

from sourcebook.site.verify import ExpectedPage, Fault, Problem, verify_site

HOME = ExpectedPage("", "Bridge records")
CLAIM = ExpectedPage("claims/toll/", "The toll was doubled", ("p1", "who"))
PAGE = (
    '<html><body><article><h1 id="top-of-it">{title}</h1><p id="p1">Text.</p>{body}</article></body></html>'
)
WHOLE_CLAIM = PAGE.format(title="The toll was doubled<a>¶</a>", body='<p id="who">W</p>{body}')


def write(site, files):
    """Write the files of an invented site, text or bytes by path."""
    for name, content in files.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def problems_of(site, body, *, name="notes/index.html", **options):
    """What is wrong with one page of the given body in a site that has a few more files."""
    write(
        site,
        {
            name: PAGE.format(title="Notes", body=body),
            "index.html": PAGE.format(title="Bridge records", body=""),
            "claims/toll/index.html": WHOLE_CLAIM.format(body=""),
            "img/a b.png": "png",
            "img/icons.svg": "<svg/>",
        },
    )
    found = verify_site(site, (), **options)
    assert {problem.page for problem in found.problems} <= {name}
    return [(problem.what, problem.target) for problem in found.problems]


@pytest.mark.parametrize("claim_file", ["claims/toll/index.html", "claims/toll.html"])
def test_a_whole_site(tmp_path, claim_file):
    """A site with all its pages, under either form of addresses, has no problem and is counted."""
    write(
        tmp_path,
        {
            "index.html": PAGE.format(title="Bridge records", body=f'<a href="{claim_file}#who">t</a>'),
            claim_file: WHOLE_CLAIM.format(body='<a href="#p1">up</a><a href="https://example.org/">o</a>'),
        },
    )
    found = verify_site(tmp_path, [HOME, CLAIM])
    assert found.problems == ()
    assert (found.expected, found.found, found.links, found.anchors) == (2, 2, 2, 4)
    assert found.is_whole
    assert found.summary() == "2 of 2 pages, 2 links and 4 anchors whole"


def test_a_page_that_the_engine_dropped(tmp_path):
    """A missing page is named by its address, and the summary counts it."""
    write(tmp_path, {"index.html": PAGE.format(title="Bridge records", body="")})
    found = verify_site(tmp_path, [CLAIM, HOME])
    assert found.problems == (Problem("claims/toll/", Fault.MISSING_PAGE),)
    assert found.summary() == "1 of 2 pages, 0 links and 2 anchors walked: 1 problem"
    assert str(found.problems[0]) == "claims/toll/: page is missing"


def test_an_empty_folder_lacks_even_its_home_page(tmp_path):
    """The home page has no address of its own and is still named."""
    assert verify_site(tmp_path, [HOME]).problems == (Problem("/", Fault.MISSING_PAGE),)


def test_a_page_written_twice(tmp_path):
    """A page under both forms of addresses is there once too often."""
    write(tmp_path, {"claims/toll/index.html": WHOLE_CLAIM.format(body=""), "claims/toll.html": "x"})
    assert verify_site(tmp_path, [CLAIM]).problems == (
        Problem("claims/toll/index.html", Fault.PAGE_TWICE, "claims/toll.html"),
    )


def test_two_pages_expected_at_one_address(tmp_path):
    """Of two pages at one address one is lost, and that is said."""
    write(tmp_path, {"claims/toll/index.html": WHOLE_CLAIM.format(body="")})
    assert verify_site(tmp_path, [CLAIM, CLAIM]).problems == (Problem("claims/toll/", Fault.SHARED_ADDRESS),)


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        (b"", [Fault.EMPTY_PAGE, Fault.MISSING_TITLE, Fault.MISSING_ANCHOR, Fault.MISSING_ANCHOR]),
        ('<h1 id="p1">The toll was doubled</h1><i id="who"></i>', [Fault.EMPTY_PAGE]),
        (WHOLE_CLAIM.replace("<h1", "<h2"), [Fault.MISSING_TITLE]),
        (WHOLE_CLAIM.replace("doubled", "halved"), [Fault.MISSING_TITLE]),
        (WHOLE_CLAIM.replace('"who"', '"whom"'), [Fault.MISSING_ANCHOR]),
        (WHOLE_CLAIM.encode() + b"\xe9", [Fault.NOT_UTF8]),
        (WHOLE_CLAIM + '<base href="/x/">', [Fault.BASE_ELEMENT]),
    ],
)
def test_a_page_that_is_not_as_expected(tmp_path, html, faults):
    """Emptiness, a lost title or anchor, wrong bytes and a base element are each found."""
    write(tmp_path, {"claims/toll/index.html": html})
    assert [problem.what for problem in verify_site(tmp_path, [CLAIM]).problems] == faults


def test_a_title_is_compared_as_text(tmp_path):
    """Escaped characters and folded white space of a title are no difference."""
    write(tmp_path, {"404.html": "<h1>Tolls &amp; <em>taxes</em>\n rise</h1>x"})
    assert verify_site(tmp_path, [ExpectedPage("404.html", "Tolls & taxes  rise")]).is_whole


def test_a_title_that_is_not_known(tmp_path):
    """Of a hand-written page only its being there and its being filled are checked."""
    write(tmp_path, {"about/index.html": "<p>About"})
    assert verify_site(tmp_path, [ExpectedPage("about/")]).is_whole


@pytest.mark.parametrize(
    "address",
    [
        "../claims/toll/#who",
        "../claims/toll/index.html",
        "../claims/toll",
        "..",
        ".",
        "",
        "#",
        "#top",
        "#p1",
        "#%70%31",
        "?q=1#p1",
        "../img/a%20b.png",
        "../img/icons.svg#shape",
        " ../claims/\ntoll/ ",
        "..\\claims\\toll\\#who",
        "../claims/toll/#who:~:text=W",
        "/",
        "/claims/toll/",
        "mailto:a@example.org",
        "tel:+1",
        "https://elsewhere.example/x",
        "//elsewhere.example/x",
        "javascript:void(0)",
    ],
)
def test_links_that_lead_somewhere(tmp_path, address):
    """Each way to write a link to a page that is there, or to another host, is no problem."""
    assert problems_of(tmp_path, f'<a href="{address}">x</a>') == []


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("../claims/tax/", Fault.DEAD_LINK),
        ("../Claims/toll/", Fault.DEAD_LINK),
        ("../claims/", Fault.DEAD_LINK),
        ("/notes/claims/toll/", Fault.DEAD_LINK),
        ("../img/a+b.png", Fault.DEAD_LINK),
        ("../../claims/toll/", Fault.OUTSIDE_SITE),
        ("%2e%2e/%2e%2e/x", Fault.OUTSIDE_SITE),
        ("../claims/toll/#whom", Fault.DEAD_FRAGMENT),
        ("#who", Fault.DEAD_FRAGMENT),
        ("JavaScript:alert(1)", Fault.UNSAFE_SCHEME),
        ("java\nscript:alert(1)", Fault.UNSAFE_SCHEME),
        ("data:text/html,x", Fault.UNSAFE_SCHEME),
        ("file:///x", Fault.UNSAFE_SCHEME),
    ],
)
def test_links_that_lead_nowhere(tmp_path, address, fault):
    """A link to no file, to no id, out of the site or to something that is no page is a problem."""
    assert problems_of(tmp_path, f'<a href="{address}">x</a>') == [(fault, address)]


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{}">',
        '<script src="{}"></script>',
        '<link rel="stylesheet" href="{}">',
        '<link rel="preconnect" href="{}">',
        '<link rel="icon" href="{}">',
        '<iframe src="{}"></iframe>',
        '<form action="{}"></form>',
        '<img srcset="{} 2x">',
        '<p style="background: url({})">',
        '<style>@import "{}";</style>',
        '<meta http-equiv="refresh" content="0; url={}">',
    ],
)
@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/x", "//elsewhere.example/x", "\\\\elsewhere.example/x"]
)
def test_requests_to_other_hosts(tmp_path, markup, address):
    """Whatever a browser would load or send by itself from or to another host is a problem."""
    assert problems_of(tmp_path, markup.format(address)) == [(Fault.FOREIGN_REQUEST, address)]


def test_inline_data_is_no_request(tmp_path):
    """A picture that stands in the page itself asks nobody."""
    assert problems_of(tmp_path, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">') == []


def test_stylesheets_are_walked(tmp_path):
    """Addresses in a stylesheet are relative to it; other hosts and files that are not there are problems."""
    css = "a{b:url(../img/x.png)}c{d:url(#e)}f{g:url(../img/y.png)}h{i:url(https://elsewhere.example/z)}"
    write(tmp_path, {"css/a.css": css, "img/x.png": "png"})
    found = verify_site(tmp_path, ())
    assert [(problem.what, problem.target) for problem in found.problems] == [
        (Fault.DEAD_LINK, "../img/y.png"),
        (Fault.FOREIGN_REQUEST, "https://elsewhere.example/z"),
    ]
    assert found.links == 3


@pytest.mark.parametrize("base_path", ["/facts/", "/facts", "facts"])
def test_absolute_paths_lie_under_the_path_of_the_site(tmp_path, base_path):
    """On a page that is served anywhere, paths from the root lead into the site under its path only."""
    addresses = ("/facts/claims/toll/#p1", "/facts", "/factsheet/", "/x/")
    body = "".join(f'<a href="{address}">a</a>' for address in addresses)
    assert problems_of(tmp_path, body, name="404.html", base_path=base_path) == [
        (Fault.OUTSIDE_SITE, "/factsheet/"),
        (Fault.OUTSIDE_SITE, "/x/"),
    ]


def test_full_addresses_of_the_site_itself(tmp_path):
    """With the site's origin known, a full address with it is walked, and one beside the site is let be."""
    body = (
        '<link rel="canonical" href="https://Example.org/facts/notes/"><img src="https://example.org/facts/no.png">'
        '<a href="https://example.org/other/">a</a><a href="https://example.org.evil.example/">b</a>'
        '<a href="https://example.org">c</a>'
    )
    options = {"base_path": "/facts/", "origin": "https://example.org"}
    assert problems_of(tmp_path, body, **options) == [(Fault.DEAD_LINK, "https://example.org/facts/no.png")]


def test_problems_are_in_order(tmp_path):
    """Expected pages come first in their order, then files by path, then the document's order."""
    write(
        tmp_path,
        {
            "b.html": '<a href="2"><a href="1"><a href="2">',
            "a.html": '<a href="3">',
            "index.html": PAGE.format(title="x", body=""),
        },
    )
    found = verify_site(tmp_path, [CLAIM, HOME])
    assert [(problem.page, problem.target) for problem in found.problems] == [
        ("claims/toll/", ""),
        ("index.html", "Bridge records"),
        ("a.html", "3"),
        ("b.html", "2"),
        ("b.html", "1"),
    ]
    assert found.summary() == "1 of 2 pages, 3 links and 2 anchors walked: 5 problems"


def test_more_processes_find_the_same(tmp_path):
    """Reading in several processes gives an equal result."""
    write(tmp_path, {f"claims/{n}/index.html": f'<a href="../{n + 1}/">next</a>' for n in range(70)})
    assert verify_site(tmp_path, [HOME], processes=2) == verify_site(tmp_path, [HOME])


def test_a_folder_that_is_not_there(tmp_path):
    """A site that cannot be read is a fault of the caller's input, not an empty site."""
    with pytest.raises(FileNotFoundError):
        verify_site(tmp_path / "site", [HOME])
