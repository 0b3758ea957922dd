"""How each part of a page is written in Markdown.

In: a part, or a plain text. Out: Markdown that is safe to stand in a template. The rule it guards: a plain
text printed by a template is inert, and a link is made from a typed part only, never from text.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache, lru_cache, singledispatch
from typing import Any

from babel import Locale, UnknownLocaleError
from jinja2.runtime import Undefined
from markupsafe import Markup

from sourcebook.markdown.inert import KEPT, attribute, inert, inert_start, link
from sourcebook.markdown.prose import prose_markdown
from sourcebook.pages.facets import Facet
from sourcebook.pages.parts import Cites, Link, Rich, WebLink, When, Words

SENTENCES = " · "
"""What stands between sentences in a list."""


def written(value: object) -> str:
    """A value as Markdown. Texts become inert; a value that is no part of a page is a mistake."""
    # Asked a hundred times for a page: a plain look-up takes a third of the time of the dispatch itself.
    return writer(value.__class__)(value)  # type: ignore[arg-type]  # a class is hashable


@cache
def writer(kind: Any) -> Callable[[object], str]:
    """Whatever writes values of a type."""
    return written_as.dispatch(kind)


@singledispatch
def written_as(value: object) -> str:
    """The same, by the type of the value."""
    raise TypeError(f"a template prints a {type(value).__name__}, which is no part of a page")


written_as.register(str, inert)


@written_as.register
def _(value: Markup) -> str:
    return value


@written_as.register
def _(value: Undefined) -> str:
    return str(value)  # StrictUndefined raises here, naming the variable


@written_as.register
def _(value: int) -> str:
    return str(value)


@written_as.register
def _(value: Words) -> str:
    return words_markdown(value)


@written_as.register
def _(value: Link) -> str:
    return link(words_markdown(value.label), value.target)


@written_as.register
def _(value: WebLink) -> str:
    return link(words_markdown(value.label), value.address)


@written_as.register
def _(value: When) -> str:
    quoted = f" (“{inert(value.verbatim)}”)" if value.verbatim else ""
    # HTML has an element for moments only: an interval or a doubtful date is words like any others.
    tag, machine = ("time", f' datetime="{attribute(value.iso)}"') if value.iso else ("span", "")
    title = f"EDTF {attribute(value.edtf)}"
    return f'<{tag} class="sb-date"{machine} title="{title}">{inert(value.words)}</{tag}>{quoted}'


@written_as.register
def _(value: Cites) -> str:
    return cite_marks(value.numbers)


@written_as.register
def _(value: Rich) -> str:
    named = {key: (words_markdown(found.label), found.target) for key, found in value.links}
    text = prose_markdown(value.prose, named.__getitem__) + cite_marks(value.cites.numbers)
    if value.lang is None:
        return text
    return f'<div lang="{attribute(value.lang)}" dir="{direction(value.lang)}" markdown>\n\n{text}\n\n</div>'


def words_markdown(words: Words) -> str:
    """Words, marked with their language and direction where these are not the collection's."""
    if (lang := words.lang) is None:
        return inert(words.value)
    return f'<span lang="{attribute(lang)}" dir="{direction(lang)}">{inert(words.value)}</span>'


@lru_cache(maxsize=KEPT)
def cite_marks(numbers: tuple[int, ...]) -> str:
    """Raised numbers, each leading to its note; empty for none."""
    links = ", ".join([f"[{number}](#cite-{number})" for number in numbers])
    return f'<sup class="sb-cite">{links}</sup>' if numbers else ""


@cache
def direction(lang: str) -> str:
    """The direction in which a language is written (Unicode CLDR); `ltr` where CLDR does not know it."""
    try:
        order = Locale.parse(lang, sep="-").character_order
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if order == "right-to-left" else "ltr"


def listed(values: Iterable[object], last: str = "and") -> Markup:
    """Values as a list in a sentence: `a, b and c`; sentences stand beside each other; empty for none."""
    parts = list(values)
    if len(parts) < 2 or any(map(is_sentence, parts[:-1])):
        return joined(parts)
    *before, end = map(written, parts)
    return Markup(f"{', '.join(before)} {last} {end}")


def joined(values: Iterable[object], separator: str = "") -> Markup:
    """Values one after the other; without a separator commas, or dots where one of them is a sentence."""
    parts = [value for value in values if value is not None]
    usual = SENTENCES if any(map(is_sentence, parts[:-1])) else ", "
    return Markup((separator or usual).join(map(written, parts)))


def is_sentence(value: object) -> bool:
    """Whether a value ends as a sentence does, so that no comma can follow it."""
    shown = value.label if isinstance(value, Link) else value
    return isinstance(shown, Words) and shown.value.endswith((".", "!", "?", "…"))


def indented(value: object, width: int = 4) -> Markup:
    """A value whose lines but the first are indented, as a list item's further paragraphs are."""
    return Markup(("\n" + " " * width).join(written(value).split("\n")))


def facet_marks(facets: Iterable[Facet]) -> Markup:
    """The facets of a row as data of a hidden element, each a JSON list, for the script that narrows it."""
    data = "".join(
        f' data-{facet.name}="{attribute(json.dumps(facet.values, ensure_ascii=False))}"' for facet in facets
    )
    return Markup(f'<span class="sb-row-facets" hidden{data}></span>') if data else Markup("")


def spoken(value: Link, before: str, after: str) -> Markup:
    """A link whose label is heard between words that are not seen, where what surrounds it says them."""
    label = unseen(before) + written(value.label) + unseen(after)
    return Markup(link(label, value.target))


def unseen(text: str) -> str:
    """Words that are read aloud only."""
    return f'<span class="sb-unseen">{inert_start(text)}</span>'
