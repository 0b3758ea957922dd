"""What the search knows of an article that is built as ours are, taken from its HTML in a few steps.

In: the HTML of an article. Out: its sections as Material's own parser finds them. The rule it guards: an
article with anything in it that takes more than this is answered with None, and is then read tag by tag.

Plain is: headings with ids that stand in nothing else, between them whole elements of known kinds, none of
those that the search shows empty, and what it is to leave out of two levels.
"""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_KEPT = ("p", "li", "ul", "ol", "sup", "sub", "code")
_OTHERS = (
    "a abbr b bdi blockquote cite data dd div dl dt em figcaption figure i mark nav q section small span "
    "strong summary table tbody td th thead time tr "
    "circle defs desc ellipse g line marker path polygon polyline rect svg text title tspan"
).split()
_ATTRIBUTES = r'(?: [a-zA-Z][a-zA-Z0-9:-]*+(?:="[^"<>]*+")?)*'

# Two in three tags stand around words within a line, and the search sees nothing of them but the words.
_WORDS = re.compile(
    r'<(a|em|span|strong|time)(?: (?:class|datetime|dir|href|id|lang|title)="(?!headerlink"|linenodiv")'
    r'[^"<>]*+")*+>([^<]*+)</\1>'
)
_LEFT_OUT = re.compile(
    rf'<(details|div|figure){_ATTRIBUTES}? data-search-exclude(?:="[^"<>]*+")?{_ATTRIBUTES}+>'
    rf"(?:[^<]*+<(code|p|pre|summary){_ATTRIBUTES}+>[^<]*+</\2>)*+[^<]*+</\1>"
)
_HEADING = re.compile(
    r'<(h[1-6])(?: class="[^"<>]*+")? id="([^"<>]*+)">([^<]*+)'
    rf'(?:<a class="headerlink"{_ATTRIBUTES}+>[^<]*+</a>)?</\1>'
)
_TAKES_MORE = ("data-search-exclude", "linenodiv")
_BEGINS_VOID = re.compile(rf"<(?:{'|'.join(sorted(VOID))})\b")
_TAG = re.compile(rf"<(/?[a-z]++){_ATTRIBUTES}+>")
_SECTION = "sbsection"
"""A tag of ours, where a heading stood."""

_APART = "\x00"
"""Where tags stood that are not shown: what is before it and what is after it are two texts."""
_NOTHING = "\x01"
"""What a reference to no character gives: it is no space, and yet nothing to see."""
_EMPTY = re.compile(r"<[a-z]+>\s*+</")
# Texts of nothing but space that follow each other; the first one is shown.
_SPACES = re.compile(rf"([>{_APART}])\s+(?:{_APART}+\s+)*(?=[<{_APART}])")
_SHOWN = {name: _APART for tag in (*_OTHERS, *VOID) for name in (tag, f"/{tag}")}
_SHOWN |= {name: f"<{name}>" for tag in (*_KEPT, _SECTION) for name in (tag, f"/{tag}")}
# A letter for each tag, the closing one after the opening one; void tags stand in nothing's way.
_LETTERS = {
    f"{end}{tag}": chr(0x100 + 2 * number + bool(end))
    for number, tag in enumerate((*_KEPT, *_OTHERS))
    for end in ("", "/")
}
_LETTERS |= dict.fromkeys(VOID, "") | {_SECTION: "#"}
_PAIRS = {tag: _LETTERS[tag] + _LETTERS[f"/{tag}"] for tag in (*_KEPT, *_OTHERS)}


class Found(NamedTuple):
    """A section: the id of its heading (empty for the beginning), title (None if it has none) and text."""

    id: str
    title: str | None
    text: str


def plain_sections(article: str) -> list[Found] | None:
    """The sections of an article; None where it is not plain."""
    if _APART in article or article.count("<") != article.count(">"):
        return None
    pieces = _WORDS.split(article)
    del pieces[1::3]
    reduced = _LEFT_OUT.sub(_APART, _APART.join(pieces))
    if any(mark in reduced for mark in _TAKES_MORE) or _BEGINS_VOID.match(reduced):
        return None
    before, *headed = _HEADING.split(reduced)
    names, ids, titles, texts = headed[::4], headed[1::4], headed[2::4], headed[3::4]
    # What stands before the first heading is a section of its own, and is one before any other than an h1.
    if before or names[:1] not in ([], ["h1"]):
        ids, titles, texts = ["", *ids], ["", *titles], [before, *texts]
    elif ids:
        ids[0] = ""
    shown = _shown(texts)
    if shown is None or len(shown) > len(ids):
        return None
    found = zip(map(html.unescape, ids), map(_title, titles), shown, strict=True)
    return [*map(Found._make, found)]


def _title(words: str) -> str | None:
    """A heading's own words; None where it has none."""
    pieces = [_read(piece) for piece in words.split(_APART) if piece]
    told = (" " if piece.isspace() else piece.replace("\n", " ") for piece in pieces)
    return "".join(told).strip() if pieces else None


def _shown(contents: Sequence[str]) -> list[str] | None:
    """What is shown of each of some contents; None where one is not of whole elements and words."""
    content = f"<{_SECTION}>".join(contents)
    pieces = _TAG.split(content)
    tags = pieces[1::2]
    if content.count("<") != len(tags) or not _are_whole(tags):
        return None
    pieces[1::2] = [_SHOWN[tag] for tag in tags]
    pieces[::2] = [_all_read(text) if "&" in text else text for text in pieces[::2]]
    text = "".join(pieces)
    spaced = _SPACES.split(text)
    spaced[1::2] = [f"{mark} " for mark in spaced[1::2]]
    text = "".join(spaced).replace(_APART, "").replace("\n", " ")
    if _EMPTY.search(text) or _NOTHING in text:
        return None
    return [shown.strip() for shown in text.split(f"<{_SECTION}>")]


def _are_whole(tags: Sequence[str]) -> bool:
    """Whether tags are known and close each other, within a section."""
    letters = "".join([_LETTERS.get(tag, "?") for tag in tags])
    pairs = [_PAIRS[tag] for tag in {*tags} & _PAIRS.keys()]
    before = None
    while letters != before:
        before = letters
        for pair in pairs:
            letters = letters.replace(pair, "")
    return not letters.strip("#")


def _all_read(words: str) -> str:
    """Texts that stand apart, each with characters instead of references."""
    return _APART.join((_read(piece) or _NOTHING) if piece else "" for piece in words.split(_APART))


def _read(words: str) -> str:
    """A text with characters instead of references, but for those that HTML itself needs."""
    return html.escape(html.unescape(words), quote=False) if "&" in words else words
