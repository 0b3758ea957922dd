"""The Markdown that our templates write, converted to HTML many times faster than Python-Markdown does it.

In: Markdown of a closed subset: headings with `{#id .class}`, paragraphs, lists, tables, quotes, links,
emphasis, character references, inline tags, raw HTML blocks and `<div … markdown>` containers. Out: the HTML
and the table of contents of Python-Markdown with the extensions attr_list, md_in_html, tables and toc, byte
for byte. The rule it guards: never guess. What the grammar does not hold is answered with None, and then
Python-Markdown itself is asked.

Inert text holds no bare punctuation that is structure, which is why links and emphasis can be found by
regular expressions over the whole page at once; what is left over after that is not of the subset.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast

from markdown.extensions.toc import escape_cdata, nest_toc_tokens, slugify, strip_tags, unique
from markdown.util import BLOCK_LEVEL_ELEMENTS

TocToken: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Converted:
    """The HTML, the toc extension's nested tokens, and the `h1` in HTML if the page begins with one."""

    html: str
    toc_tokens: list[TocToken]
    title: str | None


class _NotInSubset(Exception):
    """The grammar does not hold this page."""


def convert(
    markdown: str, *, permalink: bool | str = True, resolve: Callable[[str], str] | None = None
) -> Converted | None:
    """The page as Python-Markdown would convert it, or None where the page is not of the subset.

    `permalink` is the toc extension's option of that name. `resolve` gets each Markdown link's target as it
    is written (`&` as `&amp;`) and gives the address to print; targets in raw HTML stay as they are.
    """
    try:
        return _Page(permalink, resolve).converted(_normalised(markdown))
    except _NotInSubset:
        return None


# Lines -----------------------------------------------------------------------------------------------------

# Regular expressions here begin with a literal character or one class of them, which are found fastest.
_CONTROL = r"\x00-\x09\x0b-\x1f\x7f"
_BLANK_LINE = re.compile(r"\n +(?=\n)")
_HEADING_ATTRIBUTES = re.compile(r"\n(#{1,4} .*?[^ ]) +\{([#.][\w:-]+(?: \.[\w:-]+)*)\}(?=\n)")
_ATTRIBUTES_FOLLOW = "\x02"
_BETWEEN_PARTS = "\n\n\x03\n\n"


def _normalised(markdown: str) -> str:
    """The page between line ends, without spaces on blank lines, headings' attributes set apart."""
    text = f"\n{markdown}\n"
    if " \n" in text:
        text = _BLANK_LINE.sub("\n", text)
        if "  \n" in text:
            raise _NotInSubset
    if markdown.startswith(" ") or "![" in text or "\x02" in text or "\x03" in text:
        raise _NotInSubset
    if "}\n" not in text:
        return text
    pieces = _HEADING_ATTRIBUTES.split(text)
    return _woven(pieces[::3], "\n", pieces[1::3], _ATTRIBUTES_FOLLOW, pieces[2::3])


# Inline ----------------------------------------------------------------------------------------------------

_INLINE_TAGS = (
    "a|abbr|b|bdi|br|circle|cite|data|em|g|i|line|mark|path|q|rect|small|span|strong|sub|sup|svg|time|wbr"
)
_REFERENCE = r"&(?:\#[0-9]+|\#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);"
_INLINE_ATTRIBUTE = rf' [a-z][a-zA-Z0-9-]*(?:="[^"<>\[\]\\`*|\n{_CONTROL}]*+")?'
_LINK_STOOD_HERE = "\x03"
_CHECKED = re.compile(
    rf"(?:[^\\`*_\[\]<>&{{}}{_CONTROL}]++|{_REFERENCE}|{_LINK_STOOD_HERE}|{_ATTRIBUTES_FOLLOW}.*|(?<=\n)>"
    rf"|<(?:/(?:{_INLINE_TAGS})|(?:{_INLINE_TAGS})(?:{_INLINE_ATTRIBUTE})*+ ?/?)>)*+"
)

_IN_TARGET = r"""(?=[^)])[^\s()<>\[\]"'\\`*{}|&]*+(?:&(?:amp|\#43);[^\s()<>\[\]"'\\`*{}|&]*+)*+"""
_TITLE = r""" "([^"'<>\[\]\\`*|&\n]*+(?:&\#?[0-9a-zA-Z]++;[^"'<>\[\]\\`*|&\n]*+)*+)\""""
_LINK = re.compile(rf"\[([^\[\]\n]*+)\]\(({_IN_TARGET})\)")
_TITLED_LINK = re.compile(rf"\[([^\[\]\n]*+)\]\(({_IN_TARGET}){_TITLE}\)")

# Emphasis holds whole links or none, and no stars but those of strong words: it is then never in doubt.
_EMPHASISED = r"""((?:[^*\[\]\n]++|\[[^*\[\]\n]*+\]\([^*()\s]*+(?: "[^*"\n]*+")?\))++)"""
_STRONG = re.compile(rf"\*\*(?<!\*\*\*)(?![\s*]){_EMPHASISED}(?<!\s)\*\*(?!\*)")
_EM = re.compile(rf"\*(?<!\*\*)(?![\s*]){_EMPHASISED}(?<!\s)\*(?!\*)")
_SPACE = re.compile(r"\s")
_BARE_AMPERSAND = re.compile(rf"&(?!{_REFERENCE[1:]})")


def _inline(text: str, resolve: Callable[[str], str] | None) -> str:
    """The text with links and emphasis as HTML; no other mark is left in it but those that begin lines."""
    if "*" in text:
        text = _enclosed(_STRONG, "strong", text)
        text = _enclosed(_EM, "em", text)
    if '")' in text:
        text = _TITLED_LINK.sub(lambda found: _titled(found, resolve), text)
    if "](" not in text:
        return _checked(text, text)
    pieces = _LINK.split(text)
    between, labels, targets = pieces[::3], pieces[1::3], pieces[2::3]
    hrefs = targets if resolve is None else _all_escaped([*map(resolve, targets)])
    del pieces[2::3]
    linked = _woven(between, '<a href="', hrefs, '">', labels, "</a>")
    return _checked(linked, _LINK_STOOD_HERE.join(pieces))


def _checked(text: str, bare: str) -> str:
    """The text, if it holds no mark but those of its links, which `bare` is without."""
    if not _CHECKED.fullmatch(bare):
        raise _NotInSubset
    return text


def _enclosed(pattern: re.Pattern[str], tag: str, text: str) -> str:
    """The text with what the pattern's one group holds between tags."""
    pieces = pattern.split(text)
    return _woven(pieces[::2], f"<{tag}>", pieces[1::2], f"</{tag}>")


def _woven(between: list[str], *columns: str | list[str]) -> str:
    """The first piece between, then the first of each column, then the second piece, and so on.

    A column that is a text is that text each time. Splitting and weaving takes a third of the time of a
    substitution with groups.
    """
    width = len(columns) + 1
    count = len(between) - 1
    woven = [""] * (len(between) + (width - 1) * count)
    woven[::width] = between
    for place, column in enumerate(columns, start=1):
        woven[place::width] = [column] * count if isinstance(column, str) else column
    return "".join(woven)


def _titled(found: re.Match[str], resolve: Callable[[str], str] | None) -> str:
    label, target, title = found.groups()
    address = target if resolve is None else _escaped(resolve(target))
    return f'<a href="{address}" title="{_SPACE.sub(" ", title.strip())}">{label}</a>'


def _all_escaped(addresses: list[str]) -> list[str]:
    """The addresses as values of attributes; most pages have none with anything to escape."""
    text = "".join(addresses)
    if "&" in text or "<" in text or ">" in text or '"' in text:
        return [*map(_escaped, addresses)]
    return addresses


def _escaped(address: str) -> str:
    """The address as the value of an attribute, as Python-Markdown writes it."""
    if "&" in address:
        address = _BARE_AMPERSAND.sub("&amp;", address)
    return address.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# Raw HTML and containers -----------------------------------------------------------------------------------

_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)
_BLOCK_LINE = re.compile(rf"\n {{0,3}}</?(?:{'|'.join(BLOCK_LEVEL_ELEMENTS)})(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE = rf' [a-z][a-z0-9-]*="[^"<>&\n{_CONTROL}]*+"'
_CONTAINER = re.compile(
    rf"<(div|section|article|aside|details|figure|footer|header|main|nav)((?:{_ATTRIBUTE})*+)"
    rf' markdown(?:="1")?((?:{_ATTRIBUTE})*+)>(?=\n)'
)
_CONTAINER_END = re.compile(r"</([a-z]+)>(?=\n)")
_ONE_ATTRIBUTE = re.compile(r' ([a-z0-9-]+)="([^"]*)"')
_TAG = re.compile(
    r'<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z_:][\w:.-]*(?:="[^"<>]*+")?)*+)\s*(/?)>',
)
_VOID_TAGS = frozenset(("br", "col", "img", "wbr"))
_UNHANDLED_TAGS = frozenset(
    ("hr", "iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "xmp")
)
_NOT_IN_RAW = re.compile(rf"[{_CONTROL}]|{_BARE_AMPERSAND.pattern}")
# Most raw blocks are a paragraph, or hold a few.
_FLAT_ATTRIBUTES = r'(?: [a-z][a-z-]*+(?:="[^"<>]*+")?)*+'
_FLAT_RAW = re.compile(
    rf"<(details|div|p){_FLAT_ATTRIBUTES}>"
    rf"(?:[^<]*+<(p|pre|summary){_FLAT_ATTRIBUTES}>[^<]*+</\2>)*+[^<]*+</\1>(?=\n)"
)
_RAW_OPENING = re.compile(r"<[a-zA-Z0-9]+[ >]")
_SIMPLE_OPENING = re.compile(rf"<([a-z0-9]+)((?:{_ATTRIBUTE})*+)>")


class _Part(NamedTuple):
    """A piece of a page: Markdown, an opening or closing container, or a raw block."""

    kind: str
    text: str
    id: str = ""


def _parts(text: str) -> Iterator[_Part]:
    """The pieces of the page in order; containers are closed in the order in which they were opened."""
    open_tags: list[str] = []
    position = 0
    for line in _BLOCK_LINE.finditer(text):
        start = line.start() + 1
        if start < position:
            continue
        if start > position + 1:
            yield _Part("markdown", text[position:start])
        if opening := _CONTAINER.match(text, start):
            open_tags.append(opening[1])
            yield _opened(opening[1], opening[2] + opening[3])
            position = opening.end()
        elif closing := _CONTAINER_END.match(text, start):
            if not open_tags or open_tags.pop() != closing[1]:
                raise _NotInSubset
            yield _Part("close", f"</{closing[1]}>\n")
            position = closing.end()
        else:
            position = _raw_end(text, start)
            yield _raw_in_container(text[start:position]) if open_tags else _raw(text, start, position)
    if open_tags:
        raise _NotInSubset
    yield _Part("markdown", text[position:])


def _opened(tag: str, attributes: str) -> _Part:
    """An opening tag as md_in_html writes it, with its attributes in alphabetical order."""
    if attributes.count("=") < 2 and " id=" not in attributes:
        return _Part("open", f"<{tag}{attributes}>\n")
    pairs = sorted(_ONE_ATTRIBUTE.findall(attributes))
    values = dict(pairs)
    if len(values) < len(pairs):
        raise _NotInSubset
    written = "".join(f' {name}="{value}"' for name, value in pairs)
    return _Part("open", f"<{tag}{written}>\n", values.get("id", ""))


def _raw_end(text: str, start: int) -> int:
    """Where the raw block ends that begins at `start`: after its closing tag, which ends a line."""
    flat = _FLAT_RAW.match(text, start)
    if flat and " markdown" not in flat[0] and not _NOT_IN_RAW.search(flat[0]):
        return flat.end()
    open_tags: list[str] = []
    for count, tag in enumerate(_TAG.finditer(text, start), start=1):
        closing, name, attributes, empty = tag.groups()
        if name.lower() in _UNHANDLED_TAGS or " markdown" in attributes:
            break
        if closing and (not open_tags or open_tags.pop() != name):
            break
        if not closing and not empty and name not in _VOID_TAGS:
            open_tags.append(name)
        if not open_tags:
            end = tag.end()
            whole = text.count("<", start, end) == count and text.startswith("\n", end)
            if not whole or _NOT_IN_RAW.search(text, start, end):
                break
            return end
    raise _NotInSubset


def _raw(text: str, start: int, end: int) -> _Part:
    """A raw block outside of containers, which Python-Markdown follows up with the blank line after it."""
    if not _RAW_OPENING.match(text, start):
        raise _NotInSubset
    return _Part("raw", text[start:end] + ("\n\n" if text.startswith("\n\n", end) else "\n"))


def _raw_in_container(block: str) -> _Part:
    """A raw block within a container, which md_in_html parses and writes anew: as it was, if it is simple."""
    opening = _SIMPLE_OPENING.match(block)
    inner_tags = (tag[2].lower() for tag in _TAG.finditer(block, 1, block.rindex("<")))
    if opening is None or not _BLOCK_TAGS.isdisjoint(inner_tags):
        raise _NotInSubset
    pairs = _ONE_ATTRIBUTE.findall(opening[2])
    values = dict(pairs)
    if sorted(values.items()) != pairs:
        raise _NotInSubset
    return _Part("raw", block + "\n", values.get("id", ""))


# Blocks ----------------------------------------------------------------------------------------------------

_ITEM = re.compile(r"(?:\d+\.|-) +(\S.*)")
_PLAIN_ITEM = re.compile(r"^(?:\d+\.|-) +([^-+=#>:\s\d|][^\n|]*)$", re.MULTILINE)
_NESTED_ITEM = re.compile(r" {4,7}(?:\d+\.|-) +.")
_NUMBERED = re.compile(r"\d+\. ")
_NO_PARAGRAPH = re.compile(r"[-+=#>: ]|\d+\. ")
_LINE_OF_NO_PARAGRAPH = re.compile(r"\n *(?:[-+=#>]|\d+\. )")
_HEADING = re.compile(r"(#{1,4}) (.*)")
_HEADING_LINE = re.compile(r"\n#{1,4} (.*)")
_COLUMN = re.compile(r" *(:?)-+(:?) *")
_ALIGNMENTS = {
    ("", ""): "",
    (":", ""): ' style="text-align: left;"',
    ("", ":"): ' style="text-align: right;"',
    (":", ":"): ' style="text-align: center;"',
}


@dataclass(slots=True)
class _List:
    """A list as Python-Markdown builds it: what follows decides whether an item's text is a paragraph."""

    tag: str
    items: list["_Item"] = field(default_factory=list)

    def html(self) -> str:
        """The list, with the line end after it."""
        return f"<{self.tag}>\n{''.join(item.html() for item in self.items)}</{self.tag}>\n"


@dataclass(slots=True)
class _Item:
    """An item: its text while it stands alone, and paragraphs (as HTML) and lists."""

    text: str = ""
    children: list["str | _List"] = field(default_factory=list)

    def loosen(self) -> None:
        """Make a paragraph of the text."""
        if self.text:
            self.children.insert(0, f"<p>{self.text}</p>\n")
            self.text = ""

    def html(self) -> str:
        if not self.children:
            return f"<li>{self.text}</li>\n"
        inner = "".join(child if isinstance(child, str) else child.html() for child in self.children)
        return f"<li>{self.text}{inner}</li>\n" if self.text else f"<li>\n{inner}</li>\n"


def _words(block: str) -> str:
    """The block as the content of a paragraph, if it is nothing but that."""
    if _NO_PARAGRAPH.match(block) or "|" in block or ("\n" in block and _LINE_OF_NO_PARAGRAPH.search(block)):
        raise _NotInSubset
    words = block.lstrip()
    if not words or _ATTRIBUTES_FOLLOW in words:
        raise _NotInSubset
    return words


def _paragraph(block: str) -> str:
    return f"<p>{_words(block)}</p>\n"


def _list_items(block: str) -> list[str]:
    """The items of a list, nested ones with their indent as an item of their own."""
    items: list[str] = []
    for line in block.split("\n"):
        if found := _ITEM.match(line):
            items.append(found[1])
        elif items and _NESTED_ITEM.match(line) and not items[-1].startswith("    "):
            items.append(line)
        elif items:
            items[-1] += "\n" + line
        else:
            raise _NotInSubset
    return items


def _add_list(siblings: list[Any], block: str) -> None:
    """Add the block's items to the list that ends the siblings, or to a new one."""
    if siblings and isinstance(last := siblings[-1], _List):
        _add_items_loosely(last, block)
        return
    listing = _List("ol" if _NUMBERED.match(block) else "ul")
    siblings.append(listing)
    plain = _PLAIN_ITEM.findall(block)
    if len(plain) == block.count("\n") + 1 and "\n " not in block:
        listing.items.extend(map(_Item, plain))
    else:
        _add_items(listing, _list_items(block))


def _add_items_loosely(listing: _List, block: str) -> None:
    """Add items that a blank line sets apart: the item before it and the first after it hold paragraphs."""
    first, *others = _list_items(block)
    listing.items[-1].loosen()
    listing.items.append(_Item(children=[_paragraph(first)]))
    _add_items(listing, others)


def _add_items(listing: _List, items: list[str]) -> None:
    for item in items:
        if item.startswith("    "):
            _add_list(listing.items[-1].children, _outdented(item, 1))
        else:
            listing.items.append(_Item(_words(item)))


def _outdented(block: str, levels: int) -> str:
    indent = " " * 4 * levels
    return "\n".join(line.removeprefix(indent) for line in block.split("\n"))


def _add_to_last_item(listing: _List, block: str) -> None:
    """Add an indented block to the last item of the list at its level."""
    levels = (len(block) - len(block.lstrip(" "))) // 4
    for _ in range(1, levels):
        children = listing.items[-1].children
        if not children or not isinstance(last := children[-1], _List):
            raise _NotInSubset
        listing = last
    item = listing.items[-1]
    item.loosen()
    block = _outdented(block, levels)
    if _ITEM.match(block):
        _add_list(item.children, block)
    else:
        item.children.append(_paragraph(block))


def _cells(line: str) -> list[str]:
    line = line.strip(" ")
    if len(line) < 2 or not (line.startswith("|") and line.endswith("|")):
        raise _NotInSubset
    return line[1:-1].split("|")


def _table(block: str) -> str:
    header, *rows = map(_cells, block.split("\n"))
    columns = [_COLUMN.fullmatch(cell) for cell in rows.pop(0)] if rows else []
    if len(columns) != len(header):
        raise _NotInSubset
    styles = [_ALIGNMENTS[column[1], column[2]] for column in columns if column]
    body = "".join(_row("td", row, styles) for row in rows) or _row(
        "td", [""] * len(header), [""] * len(header)
    )
    return f"<table>\n<thead>\n{_row('th', header, styles)}</thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _row(tag: str, cells: list[str], styles: list[str]) -> str:
    if len(cells) != len(styles):
        raise _NotInSubset
    written = [
        f"<{tag}{style}>{cell.strip(' ')}</{tag}>\n" for cell, style in zip(cells, styles, strict=True)
    ]
    return f"<tr>\n{''.join(written)}</tr>\n"


@dataclass(slots=True)
class _Quote:
    """A quote: its Markdown, to which a quote that follows adds paragraphs."""

    content: str

    def html(self) -> str:
        return f"<blockquote>\n{''.join(map(_paragraph, _blocks(self.content)))}</blockquote>\n"


def _quoted(block: str) -> str:
    lines = block.split("\n")
    content = "\n".join("" if line.strip() == ">" else line[1:].removeprefix(" ") for line in lines)
    if not all(line.startswith(">") for line in lines) or content != content.strip("\n") or not content:
        raise _NotInSubset
    return content


def _blocks(text: str) -> Iterator[str]:
    return (stripped for block in text.split("\n\n") if (stripped := block.strip("\n")))


# Page ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Heading:
    """A heading, and its place in the output, where it goes once all ids of the page are known."""

    place: int
    level: int
    html: str
    id: str = ""
    classes: str = ""


def _slug(name: str) -> str:
    """The toc extension's id for a heading, which plain English words need no normalisation for."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return name.lower().replace(" ", "-")
    return slugify(html.unescape(name), "-")


class _Page:
    """One page on its way to HTML."""

    def __init__(self, permalink: bool | str, resolve: Callable[[str], str] | None) -> None:
        self.permalink = "&para;" if permalink is True else escape_cdata(permalink or "")
        self.resolve = resolve
        self.out: list[str | _List | _Quote] = []
        self.headings: list[_Heading] = []
        self.ids: set[str] = set()

    def converted(self, text: str) -> Converted:
        if _BLOCK_LINE.search(text):
            text = self._write_parts(list(_parts(text)))
        else:
            self._write_blocks(_inline(text, self.resolve))
        tokens = self._write_headings(text)
        begins_with_title = self.headings and self.headings[0].place == 0 and self.headings[0].level == 1
        title = tokens[0]["name"] if begins_with_title else None
        html_text = "".join(block if isinstance(block, str) else block.html() for block in self.out)
        # The stubs' types of tokens are private.
        nested = cast("list[TocToken]", nest_toc_tokens(cast("Any", tokens)))
        return Converted(html_text.strip(), nested, title)

    def _write_parts(self, parts: list[_Part]) -> str:
        """Write the parts, and give the page's Markdown without its raw blocks and containers."""
        markdown = _BETWEEN_PARTS.join(part.text for part in parts if part.kind == "markdown")
        pieces = iter(_inline(markdown, self.resolve).split(_BETWEEN_PARTS))
        self.ids.update(part.id for part in parts if part.id)
        opened = 0
        for part in parts:
            if part.kind == "markdown":
                self._write_blocks(next(pieces))
            elif part.kind == "close" and opened == len(self.out):
                self.out[-1] = str(self.out[-1]).strip() + part.text  # nothing in it
                opened = 0
            else:
                self.out.append(part.text)
            if part.kind == "open":
                opened = len(self.out)
        return markdown

    def _write_blocks(self, text: str) -> None:
        for block in _blocks(text):
            first = block[0]
            if first == "#":
                self._write_blocks(self._write_heading(block))
            elif first == "|":
                self.out.append(_table(block))
            elif first == ">":
                self._write_quote(_quoted(block))
            elif first == " ":
                self._write_indented(block)
            elif _ITEM.match(block):
                _add_list(self.out, block)
            else:
                self.out.append(_paragraph(block))

    def _write_heading(self, block: str) -> str:
        """Leave a place for the heading, and give what follows it in its block."""
        line, _, rest = block.partition("\n")
        found = _HEADING.fullmatch(line)
        if found is None:
            raise _NotInSubset
        words, _, attributes = found[2].partition(_ATTRIBUTES_FOLLOW)
        words = words.strip()
        if not words or words.endswith("#"):
            raise _NotInSubset
        heading = _Heading(len(self.out), len(found[1]), words)
        for attribute in attributes.split():
            if attribute.startswith("#"):
                heading.id = attribute[1:]
                self.ids.add(heading.id)
            else:
                heading.classes = f"{heading.classes} {attribute[1:]}".strip()
        self.headings.append(heading)
        self.out.append("")
        return rest

    def _write_quote(self, content: str) -> None:
        if self.out and isinstance(last := self.out[-1], _Quote):
            last.content += "\n\n" + content
        else:
            self.out.append(_Quote(content))

    def _write_indented(self, block: str) -> None:
        if not (block.startswith("    ") and self.out and isinstance(last := self.out[-1], _List)):
            raise _NotInSubset
        _add_to_last_item(last, block)

    def _write_headings(self, markdown: str) -> list[TocToken]:
        """Write each heading into its place, and give the tokens of all, not yet nested."""
        tokens: list[TocToken] = []
        sources = self._heading_sources(markdown)
        for index, heading in enumerate(self.headings):
            source = sources[index] if sources else heading.html
            name = strip_tags(source) if "<" in source else " ".join(source.split())
            heading.id = heading.id or unique(_slug(name), self.ids)
            self.out[heading.place] = self._heading_html(heading)
            tokens.append(
                {"level": heading.level, "id": heading.id, "name": name, "html": source, "data-toc-label": ""}
            )
        return tokens

    def _heading_sources(self, markdown: str) -> list[str]:
        """The headings as the toc extension sees them, links not yet resolved; empty if they hold none."""
        if self.resolve is None or not any("<a href=" in heading.html for heading in self.headings):
            return []
        lines = (found[1].partition(_ATTRIBUTES_FOLLOW)[0] for found in _HEADING_LINE.finditer(markdown))
        return [_inline(line.strip(), None) for line in lines]

    def _heading_html(self, heading: _Heading) -> str:
        classes = f' class="{heading.classes}"' if heading.classes else ""
        link = (
            f'<a class="headerlink" href="#{heading.id}" title="Permanent link">{self.permalink}</a>'
            if self.permalink
            else ""
        )
        return f'<h{heading.level}{classes} id="{heading.id}">{heading.html}{link}</h{heading.level}>\n'
