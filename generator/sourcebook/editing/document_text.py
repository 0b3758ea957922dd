"""The text of a document, whatever it is a file of: plain text, Markdown, a web page, a PDF.

In: a file's name and bytes. Out: its paragraphs, and what it states of itself. The rule it guards: the words
are those of the document, in its order, and nothing is guessed that it does not state.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.reading.characters import decoded
from sourcebook.reading.source_texts import paragraphs

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

BLOCKS = (
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer "
    "h1 h2 h3 h4 h5 h6 header hr legend li main ol p pre section summary table tbody td tfoot th thead title "
    "tr ul"
).split()
"""Elements of HTML that stand on lines of their own."""
NO_TEXT = (
    "aside button dialog embed form iframe input menu nav noscript object script select style svg template "
    "textarea"
).split()
"""Elements of HTML that are no part of what a page tells."""
DIVIDED_WORD = re.compile(r"([^\W\d_])-\n([^\W\d_A-Z])")
NEW_PARAGRAPH, NEW_LINE = "\x1d", "\x1e"
EXTRA = "pip install 'sourcebook[documents]'"


@dataclass(frozen=True, slots=True)
class Document:
    """A document's paragraphs, and the fields of a source that it states of itself."""

    paragraphs: tuple[str, ...]
    stated: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The paragraphs as a plain text, with blank lines between them."""
        return "\n\n".join(self.paragraphs) + "\n"


class NoTextError(Exception):
    """A file of which no text can be had; the message says why and what to do."""


def read_document(name: str, data: bytes) -> Document:
    """The document in a file, by the end of the file's name; raises NoTextError."""
    form = FORMS.get(PurePath(name).suffix.lower())
    if form is None:
        raise NoTextError(f"a file of this kind cannot be read; those that can end with {', '.join(FORMS)}")
    document = form(data)
    if not document.paragraphs:
        raise NoTextError("there is no text in it")
    return document


def plain_document(data: bytes) -> Document:
    """A plain text: paragraphs are set apart by blank lines."""
    return Document(paragraphs(in_utf8(data)))


def in_utf8(data: bytes) -> str:
    """The text of bytes in UTF-8; raises NoTextError for other ones."""
    text = decoded(data, "")
    if isinstance(text, Diagnostic):
        raise NoTextError(f"{text.message}; {text.hint or 'save it as UTF-8'}")
    return text


# Markdown ------------------------------------------------------------------------------------------


def markdown_document(data: bytes) -> Document:
    """A text in Markdown: what a reader sees of it, block by block; its first heading is the title."""
    tokens = MarkdownIt("commonmark").enable("table").parse(in_utf8(data))
    found: list[str] = []
    stated: dict[str, str] = {}
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("fence", "code_block"):
            found.append(token.content)
        elif token.type == "inline":
            text = "".join(seen(child.type, child.content) for child in token.children or ())
            found.append(text)
            if before and before.type == "heading_open" and before.tag == "h1":
                stated.setdefault("title", folded_line(text))
    return Document(paragraphs("\n\n".join(found)), stated)


def seen(kind: str, content: str) -> str:
    """What a reader sees of a piece of a line in Markdown."""
    return "\n" if kind in ("softbreak", "hardbreak") else content if kind != "html_inline" else ""


# Web pages -----------------------------------------------------------------------------------------


def html_document(data: bytes) -> Document:
    """A web page: its article, else its main part, else all of it, without menus, forms and asides."""
    try:
        from bs4 import BeautifulSoup
        from bs4.element import NavigableString
    except ImportError:
        raise NoTextError(f"reading web pages needs a further package: {EXTRA}") from None
    page = BeautifulSoup(data, "html.parser")
    stated = dict(stated_by_page(page))
    main = main_part(page)
    for element in main.find_all(NO_TEXT):
        element.decompose()
    for text in main.find_all(string=True):
        if type(text) is NavigableString:  # comments and the like are kinds of their own
            text.replace_with(" ".join(f"[{text}]".split())[1:-1])
    for element in main.find_all(BLOCKS):
        element.insert_before(NEW_PARAGRAPH)
        element.insert_after(NEW_PARAGRAPH)
    for element in main.find_all("br"):
        element.replace_with(NEW_LINE)
    return Document(tuple(html_paragraphs(main.get_text())), stated)


def main_part(page: "BeautifulSoup") -> "Tag":
    """The part of a page that tells something: the only article, else the main part, else the whole."""
    articles = page.find_all("article")
    if len(articles) == 1:
        return articles[0]
    return page.find("main") or page.find(role="main") or page.body or page


def html_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a page's text, between the marks; two line breaks end one, too."""
    for block in re.split(f"{NEW_PARAGRAPH}|{NEW_LINE}[ ]*{NEW_LINE}", text):
        lines = (folded_line(line) for line in block.split(NEW_LINE))
        if paragraph := "\n".join(line for line in lines if line):
            yield paragraph


def stated_by_page(page: "BeautifulSoup") -> Iterator[tuple[str, str]]:
    """What a page states of itself for machines: title, site, author, day, language, address."""
    meta: dict[str, str] = {}
    for element in page.find_all("meta", content=True):
        key = str(element.get("property") or element.get("name") or "").lower()
        meta.setdefault(key, folded_line(str(element["content"])))
    title = page.title.get_text() if page.title else ""
    canonical = page.find("link", rel="canonical", href=True)
    root = page.find("html")
    found = {
        "title": meta.get("og:title") or folded_line(title),
        "author": meta.get("author", ""),
        "container_title": meta.get("og:site_name", ""),
        "issued": meta.get("article:published_time", "")[:10],
        "url": str(canonical["href"]) if canonical else meta.get("og:url", ""),
        "language": str(root.get("lang") or "") if root else "",
    }
    return ((name, value) for name, value in found.items() if value)


# PDF -----------------------------------------------------------------------------------------------


def pdf_document(data: bytes) -> Document:
    """A PDF: blank lines and the ends of pages divide paragraphs; words divided at a line end are joined."""
    try:
        import pypdf
        import pypdf.errors
    except ImportError:
        raise NoTextError(f"reading PDF needs a further package: {EXTRA}") from None
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise NoTextError("the PDF is locked with a password; save it without")
        pages = [page.extract_text(extraction_mode="layout") for page in reader.pages]
        stated = stated_by_pdf(reader.metadata)
    except (pypdf.errors.PyPdfError, *FAULTS_OF_PDF) as error:
        raise NoTextError(
            f"the PDF cannot be read: {folded_line(str(error)) or type(error).__name__}"
        ) from None
    found = tuple(joined_lines(paragraph) for page in pages for paragraph in paragraphs(page))
    if not any(found):
        raise NoTextError("the PDF has no text, only pictures of it: have its text recognised (OCR) first")
    return Document(tuple(paragraph for paragraph in found if paragraph), stated)


FAULTS_OF_PDF = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, OSError)
"""What the reader of PDF raises besides its own errors, for files that are none or are damaged."""


def stated_by_pdf(metadata: Any) -> dict[str, str]:
    """The title that a PDF states of itself, if it does."""
    title = folded_line(str(metadata.title or "")) if metadata else ""
    return {"title": title} if title else {}


def joined_lines(paragraph: str) -> str:
    """The lines of a paragraph as one; a hyphen at a line's end before a small letter joins a word."""
    lines = (folded_line(line) for line in paragraph.split("\n"))
    return DIVIDED_WORD.sub(r"\1\2", "\n".join(lines)).replace("\n", " ").strip()


def folded_line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


FORMS = {
    ".txt": plain_document,
    ".md": markdown_document,
    ".markdown": markdown_document,
    ".html": html_document,
    ".htm": html_document,
    ".xhtml": html_document,
    ".pdf": pdf_document,
}
"""How a file is read, by the end of its name."""
