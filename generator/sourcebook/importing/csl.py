"""Bibliographies: the items of CSL-JSON, as Zotero and others write it, become records of sources.

In: the bytes of a file, or its items. Out: drafts of sources, and what had no place. The rule it guards:
dates stay as imprecise as they are, and the text of a document, such as its abstract, is not taken over.

Fields follow the CSL 1.0.2 data schema.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from sourcebook.dates.edtf import DateError, parse_date
from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.importing.filling import Draft
from sourcebook.importing.finding import Finder
from sourcebook.importing.ids import proposed_id
from sourcebook.importing.settling import Brought, BroughtRow
from sourcebook.markdown.inert import web_address
from sourcebook.reading.characters import about_character, code_of, decoded
from sourcebook.reading.nodes import Entry, Mapping, Node, Plain, Scalar, Sequence
from sourcebook.records.fields import LANGUAGE_PATTERN, in_customary_case, slug
from sourcebook.records.source import SourceType

Item = dict[str, Any]

LINES = {"title": "title", "container-title": "container_title", "publisher": "publisher"}
"""Fields of CSL that are texts on one line, and ours."""
DATES = {"issued": "issued", "accessed": "accessed"}
IDENTIFIERS = {"DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmcid"}
PLACED = {*LINES, *DATES, *IDENTIFIERS, "id", "type", "author", "URL", "language", "keyword", "citation-key"}
MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*+)?>", re.IGNORECASE)
"""The markup that CSL processors know within texts; ours are plain."""
ADDRESS = re.compile(r"https?://.*/(?P<last>[A-Za-z0-9]+)/?")
BEFORE_ITEM = re.compile(r"[\s,]*")
TITLE_WORDS = 5
"""How many words of a title go into an id."""


@dataclass(frozen=True, slots=True)
class Broken:
    """An item that cannot be read: where it begins, and what is wrong with it, in words."""

    line: int
    reason: str


@dataclass(slots=True)
class Bibliography:
    """The sources of a bibliography, the fields that feed nothing, and the values without a place."""

    brought: Brought
    left_out: Counter[str] = field(default_factory=Counter)
    unmapped: dict[str, Counter[str]] = field(default_factory=dict)

    def unplaced(self, name: str, value: str) -> None:
        """Count a value that has no place."""
        self.unmapped.setdefault(name, Counter())[value] += 1


@dataclass(frozen=True, slots=True)
class Again:
    """A record that is there already: the fields that an item made of it gives, and the record as it is."""

    fields: dict[str, Plain]
    node: Mapping


def read_csl(data: bytes, name: str) -> tuple[list[Any], list[int]] | Diagnostic:
    """The items in the bytes of a CSL-JSON file, and the line on which each begins: a list, or one item."""
    text = decoded(data, name)
    if isinstance(text, Diagnostic):
        return text
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = f"not JSON: {getattr(error, 'msg', 'nested too deeply')}"
        hint = "export the bibliography as CSL JSON"
        return Diagnostic(Code.BAD_TABLE, Position(name, line, column), message, hint)
    return items if isinstance(items, list) else [items], lines_of_items(text)


def lines_of_items(text: str) -> list[int]:
    """The line on which each item of a list begins; 1 for an item alone."""
    decoder, lines = json.JSONDecoder(), []
    found = BEFORE_ITEM.search(text, text.find("[") + 1)
    while found and text.lstrip().startswith("["):
        try:
            _, end = decoder.raw_decode(text, found.end())
        except ValueError:
            break
        lines.append(text.count("\n", 0, found.end()) + 1)
        found = BEFORE_ITEM.match(text, end)
    return lines or [1]


def bibliography(
    items: list[Any], lines: list[int], name: str, finder: Finder, again: Callable[[str], Again | None]
) -> Bibliography:
    """The sources of items; one that is no item is reported by its number.

    `again` tells of a record that is there already what a bibliography made of it says: where an item says
    just that, it says what the record does.
    """
    found = Bibliography(Brought(name, unit="item"))
    for number, item in enumerate(items, 1):
        line = lines[number - 1] if number <= len(lines) else 1
        if wrong := what_is_wrong(item):
            hint = NO_TITLE if isinstance(item, dict) else "mend it in the bibliography"
            message = f"item {number}: this {wrong}"
            problem = Diagnostic(Code.BAD_ROW, Position(name, line, 1), message, hint)
            found.brought.add(BroughtRow(number, line, frozenset(), good=False), (), (problem,))
            continue
        fields = dict(fields_of(item, found))
        if character := forbidden_in(fields):
            about = about_character(character, Position(name, line, 1))
            problem = replace(about, message=f"item {number}: {about.message}")
            found.brought.add(BroughtRow(number, line, frozenset(), good=False), (), (problem,))
            continue
        node = node_of(fields, line)
        key = id_of(item, node, finder)
        if known := again(key):
            node = as_known(node, fields, known)
        draft = Draft("source", key, key, node, number)
        found.brought.add(BroughtRow(number, line, frozenset({key})), (draft,), ())
    return found


NO_TITLE = "give it a `title` in the bibliography"


def what_is_wrong(item: Any) -> str | None:
    """Why an item makes no source; None where it makes one."""
    if isinstance(item, Broken):
        return item.reason
    if not isinstance(item, dict):
        return "is no item of a bibliography"
    return None if text_of(item.get("title")) else "has no title"


def forbidden_in(value: Any) -> str | None:
    """The first character in the texts of a record that no file may hold; escapes of JSON can mean any."""
    if isinstance(value, dict | list | tuple):
        inside = value.values() if isinstance(value, dict) else value
        return next((found for inner in inside if (found := forbidden_in(inner))), None)
    text = value if isinstance(value, str) else ""
    return next((each for each in text if code_of(each) is Code.FORBIDDEN_CHARACTER), None)


def again_of(item: Item, node: Mapping) -> Again:
    """What the item that a record would be exported as says of it."""
    return Again(dict(fields_of(item, Bibliography(Brought("")))), node)


def as_known(node: Mapping, fields: dict[str, Plain], known: Again) -> Mapping:
    """A draft in which what an export of the record says stands as in the record itself, or not at all."""
    same = {name for name, value in fields.items() if known.fields.get(name) == value}
    other = {name: entry for name, entry in node.entries.items() if name not in same}
    taken = {name: entry for name, entry in known.node.entries.items() if name in same}
    return Mapping({**other, **taken}, node.line, node.column)


def id_of(item: Item, node: Mapping, finder: Finder) -> str:
    """The id of a source: of the record that has one of its identifiers, its citation key, or made up."""
    if known := finder.by_identifier("source", node):
        return known
    key = text_of(item.get("citation-key")) or text_of(item.get("id"))
    if key and not ADDRESS.fullmatch(key) and slug(key) and not key.isdigit():
        return finder.present_id("source", proposed_id(key))
    author = next(iter(people(item.get("author"))), {})
    parts = (
        text_of(author.get("family")) or text_of(author.get("literal")),
        (edtf_of(item.get("issued")) or "")[:4],
        " ".join(plain_text(text_of(item["title"]) or "").split()[:TITLE_WORDS]),
    )
    return finder.present_id("source", proposed_id(" ".join(filter(None, parts))))


def fields_of(item: Item, found: Bibliography) -> Iterator[tuple[str, Plain]]:
    """The fields of a source that an item gives, and a count of what has no place."""
    for name, value in item.items():
        if name not in PLACED and value not in (None, "", [], {}):
            found.left_out[name] += 1
    for name, ours in LINES.items():
        if text := text_of(item.get(name)):
            yield ours, plain_text(text)
    yield "type", type_of(item, found)
    if authors := [called for each in people(item.get("author")) if (called := name_of(each))]:
        yield "author", list(authors)
    for name, ours in DATES.items():
        yield from dated(item.get(name), name, ours, found)
    address = text_of(item.get("URL")) or doi_address(item)
    if address and web_address(address):
        yield "url", address
    elif address:
        found.unplaced("URL", address)
    yield from language(item, found)
    if tags := [tag for part in (text_of(item.get("keyword")) or "").split(",") if (tag := slug(part))]:
        yield "tags", list(dict.fromkeys(tags))
    identifiers: dict[str, Plain] = {
        ours: text for name, ours in IDENTIFIERS.items() if (text := text_of(item.get(name)))
    }
    if zotero := ADDRESS.fullmatch(text_of(item.get("id")) or ""):
        identifiers["zotero"] = zotero["last"]
    if identifiers:
        yield "identifiers", identifiers


def type_of(item: Item, found: Bibliography) -> str:
    """The CSL type of an item; `document` where it has none that CSL knows."""
    kind = text_of(item.get("type")) or "document"
    if kind in get_args(SourceType):
        return kind
    found.unplaced("type", kind)
    return "document"


def language(item: Item, found: Bibliography) -> Iterator[tuple[str, Plain]]:
    """The language of an item where it is a tag."""
    said = text_of(item.get("language"))
    if said and LANGUAGE_PATTERN.fullmatch(tag := in_customary_case(said)):
        yield "language", tag
    elif said:
        found.unplaced("language", said)


def dated(value: Any, name: str, ours: str, found: Bibliography) -> Iterator[tuple[str, Plain]]:
    """A date of an item in EDTF; words that are no date go where the document's own words stand."""
    if value is None:
        return
    words = date_words(value)
    if edtf := edtf_of(value):
        yield ours, edtf
    elif words and ours == "issued":
        yield "verbatim_date", words
    else:
        found.unplaced(name, words or json.dumps(value))


def date_words(value: Any) -> str | None:
    """The words of a date that has no numbers."""
    if isinstance(value, dict):
        return text_of(value.get("literal")) or text_of(value.get("raw"))
    return text_of(value)


def edtf_of(value: Any) -> str | None:
    """A date of CSL in EDTF: parts, two of them for a time from one to the other, `circa`, a season."""
    if isinstance(value, dict) and value.get("date-parts"):
        points = [point for parts in value["date-parts"] if (point := point_of(parts, value))]
        written = "/".join(points[:2])
        circa = value.get("circa") not in (None, False, 0, "", "0", "false")
        written += "~" if circa and len(points) == 1 else ""
    else:
        written = date_words(value) or ""
    try:
        return parse_date(written).edtf
    except DateError:
        return None


def point_of(parts: Any, value: Item) -> str | None:
    """Year, month and day as far as they are given; a year with a season as EDTF has it."""
    try:
        numbers = [int(part) for part in parts if part not in ("", None)]
    except (TypeError, ValueError):
        return None
    if not numbers or numbers[0] < 0:
        return None
    season = str(value.get("season", ""))
    if len(numbers) == 1 and season in ("1", "2", "3", "4"):
        return f"{numbers[0]:04}-2{season}"
    return "-".join((f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])))


def people(value: Any) -> list[Item]:
    """The persons of a field of names."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def name_of(person: Item) -> str | None:
    """A person's name as it is said, or that of an institution."""
    if whole := text_of(person.get("literal")):
        return whole
    particles = ("non-dropping-particle", "dropping-particle")
    family = [text_of(person.get(key)) for key in (*particles[::-1], "family")]
    parts = [text_of(person.get("given")), *family, text_of(person.get("suffix"))]
    return " ".join(filter(None, parts)) or None


def doi_address(item: Item) -> str | None:
    """The address of an item by its DOI."""
    doi = text_of(item.get("DOI"))
    return f"https://doi.org/{doi}" if doi else None


def text_of(value: Any) -> str | None:
    """A text or number as a text on one line; None for all else, and for an empty one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None


def plain_text(text: str) -> str:
    """A text without CSL's markup."""
    return MARKUP.sub("", text)


def node_of(fields: dict[str, Plain], line: int) -> Mapping:
    """The fields of a record with one place for all that is in them."""
    node = placed(fields, line)
    assert isinstance(node, Mapping), "fields are a mapping"
    return node


def placed(value: Plain, line: int) -> Node:
    """A value with one place for all that is in it."""
    if isinstance(value, str):
        return Scalar(value, line, 1)
    if isinstance(value, list):
        return Sequence(tuple(placed(item, line) for item in value), line, 1)
    return Mapping({key: Entry(placed(each, line), line, 1) for key, each in value.items()}, line, 1)
