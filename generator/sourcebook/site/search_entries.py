"""What the search of Material for MkDocs knows of a page, read from the page's HTML in one pass.

In: the HTML of an article. Out: its sections, each with the title and the text that Material's own parser
finds, character for character. The rule it guards: never guess. A page with something in it that is not of
the subset is answered with None, and then Material's parser itself is asked.

A section begins at each heading with an id; its text keeps the tags that the search shows.
"""

import html
import re
from dataclasses import dataclass, field

from sourcebook.site.plain_sections import VOID, Found, plain_sections

_ANY_TAG = r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>\"']++|\"[^\"]*+\")*+)>"
# Two in three tags stand around words within a line, and the search sees nothing of them but the words.
_HARMLESS = r'(?: (?:href|title|datetime|lang|dir|class)="(?!headerlink"|linenodiv")[^"]*+")*+'
_WORDS_IN_TAGS = rf"<(a|em|span|strong|time){_HARMLESS}>([^<]++)</\1>"
_TOKEN = re.compile(rf"{_WORDS_IN_TAGS}|{_ANY_TAG}|([^<]++)|(<)")
_ID = re.compile(r'\sid="([^"]*)"')
_KEPT = frozenset(("p", "code", "pre", "li", "ol", "ul", "sub", "sup"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNHANDLED = re.compile(r"<(?:script|style|object|textarea|iframe|plaintext|xmp|noembed|noframes|!|\?)", re.I)
_PERMALINK = 'class="headerlink"'


@dataclass(slots=True)
class Section:
    """A part of a page: the id of its heading (empty for the beginning), and its title and text as HTML."""

    tag: str
    depth: float
    id: str = ""
    is_excluded: bool = False
    titles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The heading, without its permalink."""
        return "".join(self.titles).strip()

    @property
    def text(self) -> str:
        """What stands below the heading."""
        return "".join(self.texts).strip()


def search_sections(article: str) -> list[Found] | None:
    """The sections of an article that the search is to find; None where it is not of the subset."""
    found = plain_sections(article)
    return sections_by_tags(article) if found is None else found


def sections_by_tags(article: str) -> list[Found] | None:
    """The sections of an article that is not plain; None where it is not of the subset, either."""
    if _UNHANDLED.search(article):
        return None
    reader = _Reader()
    if not reader.read(article):
        return None
    return [
        Found(section.id, section.title if section.titles else None, section.text)
        for section in reader.sections
        if not section.is_excluded
    ]


class _Reader:
    """Follows the tags of one page as Material's parser does, its ways with nested elements included."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.section: Section | None = None
        self.context: list[str] = []
        self.skipped: set[str] = set()
        self.permalinks = 0
        self.is_permalink: list[bool] = []

    def read(self, article: str) -> bool:
        """Read the whole page; False where something in it is not of the subset."""
        for around, words, closing, tag, attributes, data, stray in _TOKEN.findall(article):
            if data:
                self.text(data)
            elif around:
                # The parser would take the end of this tag for that of one which it skips.
                if around in self.skipped:
                    self.skipped.remove(around)
                else:
                    self.text(words)
            elif stray:
                return False
            elif closing:
                if not self.end(tag.lower()):
                    return False
            else:
                name = tag.lower()
                self.start(name, attributes)
                if attributes.endswith("/") and not self.end(name):
                    return False
        return True

    def start(self, tag: str, attributes: str) -> None:
        """An opening tag."""
        if tag in VOID:
            return
        self.context.append(tag)
        self.is_permalink.append(tag == "a" and _PERMALINK in attributes)
        self.permalinks += self.is_permalink[-1]
        excluded = "data-search-exclude" in attributes
        if tag in _HEADINGS and (found := _ID.search(attributes)):
            self.begin(tag, html.unescape(found[1]), excluded)
        section = self.section or self.preface(0)
        if excluded or 'class="linenodiv"' in attributes:
            self.skipped.add(tag)
        elif tag in _KEPT and not self.is_skipping():
            (section.titles if section.tag in self.context else section.texts).append(f"<{tag}>")

    def begin(self, tag: str, name: str, excluded: bool) -> None:
        """A heading with an id."""
        depth = len(self.context)
        if tag != "h1" and not self.sections:
            self.preface(depth)
        self.section = Section(tag, depth, name if self.sections else "", excluded)
        self.sections.append(self.section)

    def preface(self, depth: int) -> Section:
        """What stands before the first heading."""
        self.section = Section("hx", depth)
        self.sections.append(self.section)
        return self.section

    def end(self, tag: str) -> bool:
        """A closing tag; False where it closes what was opened in another section."""
        if not self.context or self.context[-1] != tag or self.section is None:
            return True
        if self.section.depth > len(self.context):
            self.leave_section()
        self.context.pop()
        self.permalinks -= self.is_permalink.pop()
        if tag in self.skipped:
            self.skipped.remove(tag)
            return True
        if tag not in _KEPT or self.is_skipping():
            return True
        return closed(self.section.titles if self.section.tag in self.context else self.section.texts, tag)

    def leave_section(self) -> None:
        """The element around the section's heading ends: the text after it is the former section's."""
        assert self.section
        for former in reversed(self.sections):
            if former.depth <= len(self.context):
                self.section.depth = float("inf")
                self.section = former
                break

    def text(self, data: str) -> None:
        """Text between tags."""
        if self.is_skipping():
            return
        if "&" in data or ">" in data:
            data = html.escape(html.unescape(data), quote=False)
        is_space = data.isspace()
        if "pre" not in self.context:
            data = " " if is_space else data.replace("\n", " ")
        section = self.section or self.preface(0)
        if section.tag in self.context:
            if not self.permalinks:
                section.titles.append(data)
        elif not is_space or not section.texts or not section.texts[-1].isspace() or "pre" in self.context:
            section.texts.append(data)

    def is_skipping(self) -> bool:
        """Whether what stands here is left out of the search."""
        return bool(self.skipped) and not self.skipped.isdisjoint(self.context)


def closed(pieces: list[str], tag: str) -> bool:
    """Close a tag, or take it back where nothing but space stands behind the first of its kind."""
    opening = f"<{tag}>"
    if opening not in pieces:
        return False
    index = pieces.index(opening)
    for number in range(index + 1, len(pieces)):
        if not pieces[number].isspace():
            pieces.append(f"</{tag}>")
            return True
    del pieces[index:]
    return True
