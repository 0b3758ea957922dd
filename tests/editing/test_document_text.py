"""The text of documents: what is a paragraph of which kind of file, and what has no text."""

from io import BytesIO

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from sourcebook.editing.document_text import NoTextError, read_document

PAGE = """\
<!doctype html><html lang="en-GB"><head><title>Gate &amp; weir</title>
<meta name="author" content="I. Torn"><meta property="og:site_name" content="Example Post">
<meta property="article:published_time" content="2031-05-02T10:00:00Z">
<link rel="canonical" href="https://example.org/gate"></head>
<body><nav>Home</nav><article><header><h1>The gate
  opened</h1></header><!-- not shown --><p>One <b>bold</b>
 word.<br>A second line.</p><div>Loose words<ul><li>first</li><li>second</li></ul>at the end</div>
<p>Before.<br><br>After.</p><aside>An advert</aside><form>Your mail</form><script>run()</script></article>
<footer>Imprint</footer></body></html>
"""


def pdf(*pages, **metadata):
    """A PDF whose pages have lines of text, an empty line for a gap; a page of None is a picture."""
    writer = pypdf.PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(300, 400)
        if lines is not None:
            shown = "".join(
                f"1 0 0 1 20 {380 - 14 * n} Tm ({line}) Tj\n" for n, line in enumerate(lines) if line
            )
            stream = DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf\n{shown}ET".encode())
            font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
            named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
            fonts = DictionaryObject({NameObject("/F1"): named})
            page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
            page[NameObject("/Contents")] = stream
    writer.add_metadata({f"/{name}": value for name, value in metadata.items()})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_plain_text():
    """Blank lines divide paragraphs; lines stay lines, a byte-order mark and spaces at the edges go."""
    data = b"\xef\xbb\xbf  One.\r\nTwo.\r\n \t\r\n\r\nThree.  \r\n"
    document = read_document("a.TXT", data)
    assert document.paragraphs == ("One.\nTwo.", "Three.")
    assert document.text == "One.\nTwo.\n\nThree.\n"
    assert document.stated == {}


def test_markdown():
    """What a reader sees: no marks, each block a paragraph, the first heading as title."""
    data = (
        b"# The *gate*\n\nSee [the log](log.md),\nand `this`.\n\n- one\n- two\n\n> said\n\n```\nx = 1\n```\n"
    )
    document = read_document("a.md", data)
    assert document.paragraphs == ("The gate", "See the log,\nand this.", "one", "two", "said", "x = 1")
    assert document.stated == {"title": "The gate"}


def test_a_web_page_without_what_surrounds_it():
    """The article without menus, adverts, forms and scripts; and what the page states of itself."""
    document = read_document("page.html", PAGE.encode())
    assert document.paragraphs == (
        "The gate opened",
        "One bold word.\nA second line.",
        "Loose words",
        "first",
        "second",
        "at the end",
        "Before.",
        "After.",
    )
    assert document.stated == {
        "title": "Gate & weir",
        "author": "I. Torn",
        "container_title": "Example Post",
        "issued": "2031-05-02",
        "url": "https://example.org/gate",
        "language": "en-GB",
    }


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<main><p>Main.</p></main><p>Other.</p>", ("Main.",)),
        ("<article>A</article><article>B</article>", ("A", "B")),
        ("<div role=main>Main.</div>Other.", ("Main.",)),
        ("<p>Only this.", ("Only this.",)),
    ],
)
def test_the_part_of_a_page_that_tells_something(body, paragraphs):
    """The only article, else the main part, else all; broken markup is read as browsers do."""
    assert read_document("a.htm", body.encode()).paragraphs == paragraphs


def test_a_page_in_another_encoding():
    """A web page's encoding is the one that it declares."""
    data = '<meta charset="windows-1251"><p>Ворота открыты.</p>'.encode("windows-1251")
    assert read_document("a.html", data).paragraphs == ("Ворота открыты.",)


def test_a_deep_page():
    """A page of thousands of elements in each other is read like any other."""
    data = b"<div>" * 3000 + b"Deep." + b"</div>" * 3000
    assert read_document("a.html", data).paragraphs == ("Deep.",)


def test_a_pdf():
    """Gaps and page ends divide paragraphs, lines are joined, divided words are whole again."""
    data = pdf(
        ["The gate was", "opened in the eve-", "ning.", "", "Two saw it."], ["On page two."], Title="Log"
    )
    document = read_document("a.pdf", data)
    assert document.paragraphs == ("The gate was opened in the evening.", "Two saw it.", "On page two.")
    assert document.stated == {"title": "Log"}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"PK", "a file of this kind"),
        ("a", b"text", "a file of this kind"),
        ("a.txt", b" \n\n", "no text"),
        ("a.txt", b"\xff\xfe", "UTF-8"),
        ("a.md", b"<!-- -->", "no text"),
        ("a.html", b"<script>x</script>", "no text"),
        ("a.pdf", pdf(None), "OCR"),
        ("a.pdf", b"%PDF-1.7\nbroken", "cannot be read"),
        ("a.pdf", b"", "cannot be read"),
        ("a.pdf", pdf(["Some text"])[:200], "cannot be read"),
    ],
)
def test_no_text(name, data, words):
    """A file of which no text can be had is refused with the reason."""
    with pytest.raises(NoTextError, match=words):
        read_document(name, data)


def test_a_locked_pdf():
    """A PDF with a password is refused, and says what to do."""
    writer = pypdf.PdfWriter(BytesIO(pdf(["Some text"])))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    with pytest.raises(NoTextError, match="password"):
        read_document("a.pdf", out.getvalue())
