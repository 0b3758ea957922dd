"""How a page itself is cited: in words, as BibTeX and as CSL-JSON.

In: a page's identity. Out: three texts, ready to be copied. The rule it guards: nobody's text is markup of
BibTeX, and a date is never more precise than it is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson

from sourcebook.pages.identity import PageIdentity

BIBTEX_ESCAPES = str.maketrans(
    {
        "\0": "{}",
        "\\": r"\textbackslash{}",
        # A brace counts for BibTeX also behind a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&#_%"},
    }
)
LIGATURE = re.compile(r"-(?=-)|'(?=')|`(?=`)|\?(?=`)|!(?=`)|,(?=,)|<(?=<)|>(?=>)")
"""The first of two characters of which TeX makes one, such as a dash of hyphens."""
DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class PageCitation:
    """How the page is cited: as a sentence, as a BibTeX entry, and as CSL-JSON (a list of one item)."""

    plain: str
    bibtex: str
    csl_json: str


def page_citation(page: PageIdentity) -> PageCitation:
    """The citation of a page in every form."""
    return PageCitation(plain(page), bibtex(page), csl_json(page))


def plain(page: PageIdentity) -> str:
    """`“The title.” The site, kept up to 12 April 2031. https://example.org/claims/x/`."""
    title = page.title if page.title.endswith((".", "?", "!", "…", "։", "؟")) else f"{page.title}."
    where = ", ".join(part for part in (page.site, page.dated) if part)
    return " ".join(part for part in (f"“{title}”", f"{where}." if where else "", page.address) if part)


def bibtex(page: PageIdentity) -> str:
    """An entry of the type that every style knows."""
    fields = {
        "title": f"{{{bibtex_text(page.title)}}}",
        "howpublished": bibtex_text(page.site),
        "year": page.iso[-1][:4] if page.iso else "",
        "date": "/".join(page.iso),
        "note": bibtex_text(page.dated[:1].upper() + page.dated[1:]),
        "url": page.address,
        "langid": page.language,
    }
    return bibtex_entry("misc", page.key, fields)


def bibtex_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """An entry of BibTeX; an empty field is left out."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


@lru_cache(maxsize=1024)
def bibtex_text(text: str) -> str:
    """A text in which no character is markup of BibTeX or TeX."""
    return LIGATURE.sub("\\g<0>\0", text).translate(BIBTEX_ESCAPES)


def csl_json(page: PageIdentity) -> str:
    """The page as an item of CSL 1.0.2, two spaces to a level."""
    item: dict[str, object] = {
        "id": page.key,
        "type": page.type,
        "title": page.title,
        "container-title": page.site,
        "issued": csl_date(page.iso, page.dated),
        "URL": page.address,
        "language": page.language,
    }
    given = {name: value for name, value in item.items() if value}
    return orjson.dumps([given], option=orjson.OPT_INDENT_2).decode()


def csl_date(iso: Iterable[str], words: str) -> dict[str, object]:
    """A date in parts, two of them for an interval, else in words; empty for none."""
    found = [DAY.match(one) for one in iso]
    parts = [[int(part) for part in one.groups() if part] for one in found if one]
    if parts:
        return {"date-parts": parts}
    return {"literal": words} if words else {}
