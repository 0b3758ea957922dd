"""Bibliographies in BibTeX, as reference managers and biblatex write it, as items of CSL.

In: the bytes of a file. Out: an item for each entry, with its line. The rule it guards: a broken entry is
named and costs no other one, and a field without a place keeps its own name, to be told.

Entry types and fields are those of BibTeX 0.99d and of biblatex 3.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from babel import Locale

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.importing.csl import PLACED, Broken, Item
from sourcebook.reading.characters import decoded
from sourcebook.records.source import SourceType

TYPES = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "document",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "mvbook": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
"""The types of entries, and those of CSL."""
SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
"""The subtypes that biblatex names; a type of CSL there is taken as it is."""
FIELDS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle", "howpublished"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "keyword": ("keywords",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid",),
}
"""Texts of CSL, and the fields that may hold them, the first that is filled."""
AS_WRITTEN = frozenset({"doi", "isbn", "issn", "pmid", "pmcid"})
"""Fields whose values are no TeX."""
ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+[ \t]*[{(]", re.MULTILINE)
BARE_PERCENT = re.compile(r"(?<!\\)%")
URL = re.compile(r"\s*\\url\s*\{([^{}]*)\}\s*")
SPACE = re.compile(r"[\s~]+")


class MissingExtraError(Exception):
    """What reads BibTeX is not installed."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as it is written: its line, type, key, and its fields by their names in lower case."""

    line: int
    kind: str
    key: str
    fields: dict[str, str]


def read_bibtex(data: bytes, name: str) -> tuple[list[Item | Broken], list[int]] | Diagnostic:
    """The items of a file, and the line on which each begins; raises MissingExtraError."""
    text = decoded(data, name)
    if isinstance(text, Diagnostic):
        return text
    entries = list(entries_of(text))
    if not entries:
        hint = "export the bibliography as BibTeX or BibLaTeX"
        return Diagnostic(Code.BAD_TABLE, Position(name, 1, 1), "there is no entry of BibTeX here", hint)
    items = [each if isinstance(each, Broken) else item_of(each) for each in entries]
    return items, [each.line for each in entries]


def entries_of(text: str) -> Iterator[RawEntry | Broken]:
    """Every entry; after a broken one the next that begins a line is looked for."""
    try:
        from pybtex.database.input.bibtex import LowLevelParser, month_names
    except ImportError:
        raise MissingExtraError from None
    found: list[Exception] = []
    parser = LowLevelParser(text, handle_error=found.append, macros=dict(month_names))
    for kind, body in parser:
        line = text.count("\n", 0, parser.command_start) + 1
        if found:
            yield Broken(line, f"cannot be read: {reason(found[0])}")
            found.clear()
            following = ENTRY.search(text, parser.command_start + 1)
            parser.pos = min(following.start() if following else len(text), parser.pos)
            parser.lineno = text.count("\n", 0, parser.pos) + 1
        elif kind.casefold() not in ("string", "preamble"):
            yield entry_of(line, kind, *body)
    if found:
        yield Broken(text.count("\n", 0, parser.command_start) + 1, f"cannot be read: {reason(found[0])}")


def reason(error: Exception) -> str:
    """What is wrong, and on which line, in the parser's words."""
    return str(error).removeprefix("syntax error ")


def entry_of(line: int, kind: str, key: str, fields: list[tuple[str, list[str]]]) -> RawEntry | Broken:
    """An entry of the parser's parts; one that gives a field twice, and otherwise, is broken."""
    values: dict[str, str] = {}
    for field, parts in fields:
        if values.setdefault(field.casefold(), text := SPACE.sub(" ", "".join(parts)).strip()) != text:
            return Broken(line, f"has the field '{field}' twice")
    return RawEntry(line, kind.casefold(), key, {field: text for field, text in values.items() if text})


def item_of(entry: RawEntry) -> Item:
    """An entry as an item of CSL; fields without a place there keep their names."""
    left = dict(entry.fields)
    item: Item = {"citation-key": entry.key, "type": type_of(entry, left)}
    item |= texts_of(left)
    if people := names_in(left.pop("author", "")):
        item["author"] = [{"literal": name} for name in people]
    if issued := issued_in(left):
        item["issued"] = issued
    if accessed := left.pop("urldate", ""):
        item["accessed"] = {"raw": accessed}
    if said := left.pop("langid", "") or left.pop("language", ""):
        item["language"] = language_tag(said)
    return item | {own_name(field): value for field, value in left.items()}


def own_name(field: str) -> str:
    """The name under which a field without a place is told, apart from those of CSL."""
    return f"{field} (BibTeX)" if field in PLACED else field


def type_of(entry: RawEntry, left: dict[str, str]) -> str:
    """The type of CSL: that of the subtype, or of the entry; an unknown one as it is, to be told."""
    subtype = left.get("entrysubtype", "").casefold()
    subtype = SUBTYPES.get(subtype, subtype)
    if subtype in get_args(SourceType):
        del left["entrysubtype"]
        return subtype
    return TYPES.get(entry.kind, entry.kind)


def texts_of(left: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The texts of an item, and its address; what is taken is no longer left."""
    for field in ("url", "howpublished"):
        if address := url_in(field, left):
            yield "URL", address
            break
    for name, fields in FIELDS.items():
        if filled := [field for field in fields if field in left]:
            field, value = filled[0], left.pop(filled[0])
            yield name, value if field in AS_WRITTEN else plain(value)


def url_in(field: str, left: dict[str, str]) -> str | None:
    """The address in a field; `howpublished` may be one, in the command for addresses."""
    value = left.get(field, "")
    marked = URL.fullmatch(value)
    if not value or (
        field == "howpublished" and not marked and not value.startswith(("http://", "https://"))
    ):
        return None
    del left[field]
    # Addresses are no TeX, but many programs write them as if they were.
    return re.sub(r"\\([%#&_~{}])", r"\1", marked[1] if marked else value)


def issued_in(left: dict[str, str]) -> Mapping[str, Any] | None:
    """When it was published: the date of biblatex, or year, month and day as far as they are numbers."""
    date, year = left.pop("date", ""), left.pop("year", "")
    if date:
        left.pop("month", None)
        return {"raw": date}
    if not year:
        return None
    if not re.fullmatch(r"[0-9]{4}", plain(year)):
        return {"literal": plain(year)}
    numbers = [int(plain(year)), *month_and_day(plain(left.get("month", "")), left.get("day", ""))]
    if len(numbers) > 1:
        del left["month"]
    if len(numbers) > 2 and "day" in left:
        del left["day"]
    return {"date-parts": [numbers]}


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = re.compile(
    r"(?:(?P<before>[0-9]{1,2})\W+)?(?P<month>[^\W\d_]{3,}\.?|[0-9]{1,2})(?:\W+(?P<after>[0-9]{1,2}))?"
)


def month_and_day(month: str, day: str) -> list[int]:
    """A month, and the day that may stand in its field or in one of its own; nothing for what is none."""
    found = MONTH.fullmatch(month)
    if not found:
        return []
    word = found["month"].casefold()[:3]
    number = (
        int(found["month"]) if found["month"].isdigit() else MONTHS.index(word) + 1 if word in MONTHS else 0
    )
    days = [each for each in (found["before"], found["after"], day) if each and each.isdigit()]
    return [number, *map(int, days[:1])] if 1 <= number <= 12 else []


def names_in(text: str) -> list[str]:
    """Names as they are said; what stands in braces is one name. `others` is nobody."""
    from pybtex.bibtex.utils import split_name_list
    from pybtex.database import InvalidNameString, Person

    found = []
    for name in split_name_list(text) if text else ():
        try:
            person = Person(name)
        except InvalidNameString:
            found.append(plain(name))
            continue
        parts = (
            *person.first_names,
            *person.middle_names,
            *person.prelast_names,
            *person.last_names,
            *person.lineage_names,
        )
        found.append(plain(" ".join(parts)))
    return [name for name in found if name and name != "others"]


def language_tag(said: str) -> str:
    """The tag of a language that is named in English, as babel does; else what was said."""
    return language_names().get(plain(said).casefold(), plain(said))


@cache
def language_names() -> Mapping[str, str]:
    """The tags of languages by their English names (Unicode CLDR)."""
    return {name.casefold(): tag.replace("_", "-") for tag, name in Locale("en").languages.items()}


def plain(value: str) -> str:
    """A text of TeX as plain text; a command that is not known stays as it is written."""
    return " ".join(to_text()(BARE_PERCENT.sub(r"\\%", value)).split())


@cache
def to_text() -> Callable[[str], str]:
    """The change of TeX into plain text."""
    try:
        from pylatexenc.latex2text import (
            LatexNodes2Text,
            MacroTextSpec,
            get_default_latex_context_db,
        )
    except ImportError:
        raise MissingExtraError from None
    marks = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=mark) for name, mark in marks.items()]
    known.add_context_category("marks", prepend=True, macros=macros)
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node: node.latex_verbatim()))
    converter = LatexNodes2Text(latex_context=known, math_mode="verbatim", keep_comments=True)
    return lambda text: str(converter.latex_to_text(text, tolerant_parsing=True))
