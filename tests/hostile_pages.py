"""What a page made of hostile texts must have in common with the same page made of harmless ones.

In: the text of Markdown files and of HTML pages. Out: the shape of a page, the text that a reader sees, its
front matter, and what is wrong with it.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser

import markdown
import yaml

from hostile_records import claims_with, files, graph_of, harmless, linked
from sourcebook.markdown.convert import convert
from sourcebook.markdown.extensions import MARKDOWN_EXTENSIONS
from sourcebook.pages.all_pages import index_pages, record_pages, view_pages
from sourcebook.rendering.templates import make_renderer

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
UNSEEN_TAGS = frozenset(("script", "style", "template", "title"))


@dataclass(slots=True)
class Seen(HTMLParser):
    """The shape of a page, as tags with their classes and names of attributes, and its visible text."""

    shape: list[tuple[str, ...]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    title: str = ""
    open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self):
        """Make the parser ready."""
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag, attrs):
        """Note the tag, and whether what is in it is hidden."""
        self.note(tag, attrs)
        if tag not in VOID:
            hidden = tag in UNSEEN_TAGS or any(name == "hidden" for name, _ in attrs)
            self.open.append((tag, hidden))

    def handle_startendtag(self, tag, attrs):
        """Note a tag that is closed where it opens."""
        self.note(tag, attrs)

    def note(self, tag, attrs):
        """Note the tag with its classes and the names of its attributes."""
        classes = next((value or "" for name, value in attrs if name == "class"), "")
        self.shape.append((tag, classes, *sorted(name for name, _ in attrs)))

    def handle_endtag(self, tag):
        """Leave the element; an end without a beginning is part of the shape, too."""
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.shape.append(("unopened", tag))

    def handle_data(self, data):
        """Keep what is seen."""
        if not any(hidden for _, hidden in self.open):
            self.pieces.append(data)
        elif [tag for tag, _ in self.open][-2:] == ["head", "title"]:
            self.title += data

    def handle_comment(self, data):
        """Comments are part of the shape."""
        self.shape.append(("comment",))

    def handle_decl(self, decl):
        """So are declarations."""
        self.shape.append(("declaration",))

    def unknown_decl(self, data):
        """Sections of XML, too."""
        self.shape.append(("section",))

    def handle_pi(self, data):
        """And instructions."""
        self.shape.append(("instruction",))

    @property
    def text(self):
        """The visible text, white space folded."""
        return folded("".join(self.pieces))


def seen(html):
    """What is seen of a page or a part of one; an element that stays open is part of the shape."""
    parser = Seen()
    parser.feed(html)
    parser.close()
    parser.shape += [
        ("unclosed", tag) for tag, _ in parser.open if tag in ("script", "textarea", "title", "div")
    ]
    return parser


def folded(text):
    """A text with each run of white space as one space."""
    return " ".join(text.split())


def ordinary():
    """The Python-Markdown that an ordinary build has."""
    return markdown.Markdown(
        extensions=list(MARKDOWN_EXTENSIONS), extension_configs={"toc": {"permalink": True}}
    )


def split_page(text):
    """The front matter of a Markdown file as YAML reads it, and the Markdown behind it."""
    _, matter, body = text.split("---\n", 2)
    return yaml.safe_load(matter), body.lstrip("\n")


def pages(graph, render=None):
    """Every page with the text of its Markdown file."""
    render = render or make_renderer()
    for page in (*index_pages(graph), *view_pages(graph), *record_pages(graph)):
        yield page, render(page)


def title_and_description(page):
    """What a page's front matter must say."""
    if head := getattr(page, "head", None):
        return head.title.value, head.description
    page = getattr(page, "view", page)
    return page.title, page.description


def faults(page, text, engine):
    """What is wrong with a page for itself: its front matter, or how it is converted."""
    matter, body = split_page(text)
    if not {"title", "description"} <= set(matter) <= {"title", "description", "search"}:
        yield f"front matter has the keys {sorted(matter)}"
    for key, value in zip(("title", "description"), title_and_description(page), strict=True):
        if unescape(matter[key]) != folded(value):
            yield f"{key} is {matter[key]!r} for {value!r}"
        if not {"<", ">", '"', "'"}.isdisjoint(matter[key]):
            yield f"{key} is not escaped: {matter[key]!r}"
    if "search" in matter and (
        list(matter["search"]) != ["boost"] or type(matter["search"]["boost"]) not in (int, float)
    ):
        yield f"search is {matter['search']!r}"
    # Pictures within a line are beyond the converter.
    if "<svg" not in body:
        yield from conversion_faults(body, engine)


def conversion_faults(body, engine):
    """Whether the converter does not take a page, or gives something else than Python-Markdown."""
    converted = convert(body)
    if converted is None:
        yield "the converter does not take it"
    elif converted.html != engine.reset().convert(body):
        yield "the converter gives something else than Python-Markdown"
    elif converted.toc_tokens != engine.toc_tokens:
        yield "the table of contents is another one than Python-Markdown's"


def html_of(text, engine):
    """The HTML of a Markdown file's page, as the build makes it."""
    body = split_page(text)[1]
    converted = convert(body)
    return converted.html if converted else engine.reset().convert(body)


def page_faults(texts):
    """What is wrong with any page of the collection with these texts; nothing, if all is well.

    Each page has the elements of that with plain words, and each text is seen on one.
    """
    engine, shapes, shown = ordinary(), harmless_shapes(), ""
    for page, text in pages(graph_of(texts)):
        html = html_of(text, engine)
        wrong = [*faults(page, text, engine)]
        wrong += ["other elements"] if shape_of(page, html) != shapes[path(page)] else []
        yield from (f"{path(page)}: {each}" for each in wrong)
        shown += seen(html).text
    yield from (f"not shown: {text!r}" for text in texts.given if folded(text) not in shown)


@cache
def harmless_shapes():
    """The shape of each page with plain words in every field, by its path."""
    engine = ordinary()
    return {path(page): shape_of(page, html_of(text, engine)) for page, text in pages(graph_of(harmless()))}


def shape_of(page, html):
    """What must be the same for all texts: the elements in order; of views, which sort by names, in any.

    A drawing in which a name has no room says so in a paragraph more.
    """
    if not hasattr(page, "view") and not has_drawing(page):
        return seen(html).shape
    return Counter({element: count for element, count in elements(html).items() if element != ("p", "")})


def has_drawing(page):
    """Whether a page may have a drawing."""
    return hasattr(page, "head") and page.head.kind in ("actor", "place")


def path(page):
    """The path of a page's Markdown file."""
    return getattr(page, "head", getattr(page, "view", page)).path


def elements(html):
    """How many elements of each sort a page has. In drawings, texts take more lines the longer they are."""
    return Counter(element for element in seen(html).shape if element[0] != "text")


def claim_faults(texts):
    """What is wrong with the page of each of many claims with these texts; nothing, if all is well.

    The elements must be those of the first claim's page, and each text be seen.
    """
    graph = linked(files(claims_with(texts)), {})
    render, engine, shape = make_renderer(), ordinary(), None
    for page in record_pages(graph):
        if page.head.kind == "claim":
            text = render(page)
            found = seen(html_of(text, engine))
            shape = shape or found.shape
            wrong = [*faults(page, text, engine)]
            wrong += ["other elements"] if found.shape != shape else []
            wrong += ["not shown"] if found.text.count(folded(page.head.title.value)) < 1 else []
            yield from (f"{page.head.title.value!r}: {each}" for each in wrong)
