"""What a browser finds in a published page or stylesheet: ids, headings, text, addresses.

In: the text of one HTML or CSS file. Out: plain values, in the order of the document.
The rule it guards: an address is seen wherever a browser would follow or load it,
whichever engine and theme wrote the page.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser


class Use(Enum):
    """What a browser does with an address: by itself, or only when the reader wants it."""

    LINK = "link"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Reference:
    """An address as it is written, character references resolved, and its use."""

    address: str
    use: Use


@dataclass(frozen=True, slots=True)
class Webpage:
    """The content of one page.

    `ids` are those of its elements and the names of its `<a name>`; `headings` the texts of its
    `<h1>`, white space folded; `references` each address once, in order; `has_text` whether its
    article (else its `<main>`, else its body) has a word outside of the `<h1>`;
    `has_base` whether a `<base>` turns all its addresses elsewhere.
    """

    ids: frozenset[str]
    headings: tuple[str, ...]
    references: tuple[Reference, ...]
    has_text: bool
    has_base: bool


ALWAYS_REQUESTED = frozenset({"src", "poster", "background", "action", "formaction", "ping"})
LISTS_OF_CANDIDATES = frozenset({"srcset", "imagesrcset"})
ADDRESSES_BY_TAG = frozenset({"href", "xlink:href"})
READ_ATTRIBUTES = (
    ALWAYS_REQUESTED | LISTS_OF_CANDIDATES | ADDRESSES_BY_TAG | {"id", "name", "style", "data", "content"}
)
HYPERLINKS = frozenset({"a", "area"})
REGIONS = ("article", "main")
PLACES = ("style", "script", "template", "title", "h1", *REGIONS)
"""What the text inside belongs to: the first of these that is open, else the body."""
RELATIONS_WITHOUT_REQUEST = frozenset(
    {"alternate", "author", "bookmark", "canonical", "edit", "first", "help", "index", "last", "license"}
    | {"me", "next", "prev", "search", "self", "tag", "up"}
)
"""Values of `<link rel>` that a browser does not load; any that is not listed counts as loaded."""

REFRESH_ADDRESS = re.compile(
    r"""^[\s\d.]*[;,]?\s*(?:url\s*=\s*)?(?P<quote>['"]?)(?P<address>.*)$""", re.I | re.S
)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
CSS_ADDRESS = re.compile(
    r"""(?:url\(\s*|@import\s+)(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')|url\(\s*(?P<bare>[^"'\s)][^\s)]*)""",
    re.I,
)
CANDIDATE = re.compile(r"[\s,]*(?P<address>\S*[^\s,])[^,]*")


def read_page(html: str) -> Webpage:
    """The content of an HTML page; markup that is not well-formed is read as far as it goes."""
    parser = _PageParser()
    parser.feed(html)
    parser.close()
    return parser.page()


def read_stylesheet(css: str) -> tuple[Reference, ...]:
    """The addresses of a stylesheet's `url()` and `@import`, each once, in order; comments do not count."""
    matches = CSS_ADDRESS.finditer(CSS_COMMENT.sub("", css))
    addresses = (match["double"] or match["single"] or match["bare"] for match in matches)
    return tuple(dict.fromkeys(Reference(address, Use.REQUEST) for address in addresses if address))


class _PageParser(HTMLParser):
    """Collects what a `Webpage` holds; one parser reads one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: set[str] = set()
        self.headings: list[str] = []
        self.references: dict[Reference, None] = {}
        self.has_base = False
        self._open: Counter[str] = Counter()
        self._where = "body"
        self._seen = {"body"}
        self._worded: set[str] = set()

    def page(self) -> Webpage:
        region = next(region for region in (*REGIONS, "body") if region in self._seen)
        return Webpage(
            ids=frozenset(self.ids),
            headings=tuple(" ".join(heading.split()) for heading in self.headings),
            references=tuple(self.references),
            has_text=region in self._worded,
            has_base=self.has_base,
        )

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in PLACES:
            self._enter(tag)
        if attrs:
            self._read_attributes(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # An SVG element that ends where it begins has no text to track.
        self._read_attributes(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in PLACES and self._open[tag]:
            self._open[tag] -= 1
            self._where = self._place()

    def handle_data(self, data: str) -> None:
        if self._where == "h1":
            self.headings[-1] += data
        elif self._where == "style":
            self.references.update(dict.fromkeys(read_stylesheet(data)))
        elif self._where not in self._worded and not data.isspace():
            self._worded.add(self._where)

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - the parser's own signature
        # Nobody asks for lines and columns here, and counting them takes a tenth of the time.
        return j

    def _enter(self, tag: str) -> None:
        self._open[tag] += 1
        self._seen.add(tag)
        self._where = self._place()
        if tag == "h1":
            self.headings.append("")

    def _place(self) -> str:
        return next((tag for tag in PLACES if self._open[tag]), "body")

    def _read_attributes(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in pairs:
            # Of an attribute that stands twice, HTML takes the first.
            attributes.setdefault(name, value or "")
        if READ_ATTRIBUTES.isdisjoint(attributes):
            return
        self.ids.update(value for name, value in attributes.items() if _is_anchor(tag, name))
        if tag == "base":
            self.has_base = True
        else:
            self.references.update(dict.fromkeys(_references(tag, attributes)))


def _is_anchor(tag: str, name: str) -> bool:
    return name == "id" or (tag == "a" and name == "name")


def _references(tag: str, attributes: dict[str, str]) -> Iterator[Reference]:
    for name, value in attributes.items():
        if name in ADDRESSES_BY_TAG:
            yield Reference(value, _use_of_href(tag, attributes))
        elif name in ALWAYS_REQUESTED or (tag, name) == ("object", "data"):
            yield Reference(value, Use.REQUEST)
        elif name in LISTS_OF_CANDIDATES:
            yield from (Reference(match["address"], Use.REQUEST) for match in CANDIDATE.finditer(value))
        elif name == "style":
            yield from read_stylesheet(value)
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from _refresh(attributes.get("content", ""))


def _use_of_href(tag: str, attributes: dict[str, str]) -> Use:
    if tag in HYPERLINKS:
        return Use.LINK
    relations = set(attributes.get("rel", "").lower().split())
    if tag == "link" and relations and relations <= RELATIONS_WITHOUT_REQUEST:
        return Use.LINK
    return Use.REQUEST


def _refresh(content: str) -> Iterator[Reference]:
    match = REFRESH_ADDRESS.match(content)
    if match is None or not match["address"]:
        return
    address = match["address"]
    yield Reference(address.partition(match["quote"])[0] if match["quote"] else address, Use.REQUEST)
