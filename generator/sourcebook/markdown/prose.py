"""Prose fields: paragraphs, lists, emphasis, web links and `[[id]]` links to records, and nothing else.

In: the text of a `summary`, `description` or `note`. Out: a tree, and from it Markdown or plain text.
The rule it guards: whatever is not of that subset is shown as it was typed, and no web link leads to
another scheme than http, https or mailto.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from sourcebook.diagnostics.values import look_alike, typed
from sourcebook.markdown.ids import ID_FORM, is_id
from sourcebook.markdown.inert import address_hint, inert_start, inert_within, link, web_address


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as typed; a line break within a paragraph is a space."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Emphasised words; `strong` for the stronger kind. Never directly within its own kind."""

    strong: bool
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to an address that `web_address` allows."""

    address: str
    children: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to a record; `words` is empty where the record's own label is to be shown."""

    id: str
    words: str


Inline: TypeAlias = Text | Emphasis | WebLink | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; never empty."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item begins with a paragraph. `tight` where the items are not set apart."""

    ordered: bool
    tight: bool
    items: tuple[tuple["Block", ...], ...]


Block: TypeAlias = Paragraph | Listing


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be published: a whole message, the remedy, and the words it is about, empty for all."""

    message: str
    hint: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Parsed prose: its blocks, the ids it names (once each, in order of appearance) and what is wrong."""

    blocks: tuple[Block, ...]
    references: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


# Parsing ---------------------------------------------------------------------------------------------------

_RECORD_LINK = re.compile(r"\[\[([^\[\]|\n]*)(?:\|([^\[\]]*))?\]\]")
_MARK_OR_LINE = re.compile(r"[*_\[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LIST_MARKER = re.compile(r" *(?:[-+]|\d+[.)])(?: |$)")
_STRUCTURE = re.compile(r"[*_\[]|^[ \t]*(?:[-+]|\d+[.)])(?:\s|$)", re.MULTILINE)
_MORE_THAN_LINKS = re.compile(r"[*_]|^[ \t]*(?:[-+]|\d+[.)])(?:\s|$)", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_WHITE_SPACE = re.compile(r"[ \t\n]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
_LATE_START = re.compile(r"(?!1[.)])\d++[.)]")
_DEEPEST = 60
_MOST_SHOWN = 12


def _record_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: `[[id]]` and `[[id|words]]`."""
    found = _RECORD_LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("record_link", "", 0)
        token.content = found[0]
        token.meta = {"id": found[1].strip(), "words": found[2] or ""}
    state.pos = found.end()
    return True


def _list_from_one(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: a list, but `1915. The war` begins none, as its number would be lost."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not silent and _LATE_START.match(state.src, start, state.eMarks[start_line]):
        return False
    return list_block(state, start_line, end_line, silent)


class _Subset(MarkdownIt):
    """Takes addresses as they are typed; `web_address` judges them."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002 (the parser's signature)
        return True

    def normalizeLink(self, url: str) -> str:
        return url


def _parser() -> MarkdownIt:
    """Reduce CommonMark to the subset."""
    parser = _Subset("commonmark", {"html": False, "maxNesting": _DEEPEST + 4})
    parser.disable(["blockquote", "code", "fence", "heading", "hr", "html_block", "lheading", "reference"])
    parser.disable(["autolink", "backticks", "entity", "escape", "html_inline", "image"])
    parser.block.ruler.at("list", _list_from_one, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("link", "record_link", _record_link)
    return parser


_PARSER = _parser()  # never changed after this line


def parse_prose(text: str) -> Prose:
    """The prose of a field. Empty text has no blocks; problems are in order of appearance."""
    if not _MARK_OR_LINE.search(text) and not _LIST_MARKER.match(text):
        return Prose(tuple(Paragraph((Text(words),)) for words in _plain_paragraphs(text)))
    text = _UNSEEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not _STRUCTURE.search(text):
        return Prose(tuple(Paragraph((Text(words),)) for words in _plain_paragraphs(text)))
    return _linked_paragraphs(text) or _parsed(text)


def _parsed(text: str) -> Prose:
    """Prose of any structure, read by the parser."""
    reader, tree = _Reader(), SyntaxTreeNode(_PARSER.parse(text))
    blocks = tuple(reader.blocks(tree.children))
    for node in tree.walk():
        node.parent = None  # a tree without circles goes at once, also while the collector rests
    return Prose(blocks, tuple(dict.fromkeys(reader.references)), tuple(reader.problems))


def _linked_paragraphs(text: str) -> Prose | None:
    """Prose that has links to records as its only structure, a hundred times as fast; None for any other."""
    if _MORE_THAN_LINKS.search(text):
        return None
    blocks: list[Block] = []
    references: dict[str, None] = {}
    for paragraph in _BLANK_LINES.split(text):
        # Texts with an id and words between each two of them.
        pieces = _RECORD_LINK.split(paragraph.strip())
        ids = [name.strip() for name in pieces[1::3]]
        if any("[" in words for words in pieces[::3]) or not all(map(is_id, ids)):
            return None
        inlines: list[Inline] = [Text(_folded(pieces[0]))]
        for name, words, between in zip(ids, pieces[2::3], pieces[3::3], strict=True):
            inlines += (Reference(name, " ".join((words or "").split())), Text(_folded(between)))
        if children := tuple(inline for inline in inlines if inline != Text("")):
            blocks.append(Paragraph(children))
            references.update(dict.fromkeys(ids))
    return Prose(tuple(blocks), tuple(references))


def _plain_paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text that has no structure but blank lines, each on one line."""
    for paragraph in _BLANK_LINES.split(text):
        if words := paragraph.strip():
            yield _folded(words)


def _folded(text: str) -> str:
    """The text with each run of spaces, tabs and line ends as one space."""
    return _WHITE_SPACE.sub(" ", text) if "  " in text or "\n" in text or "\t" in text else text


class _Reader:
    """From the parser's tree to ours; keeps the references and problems met on the way."""

    def __init__(self) -> None:
        self.references: list[str] = []
        self.problems: list[Problem] = []

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
        """The blocks, neighbouring lists joined (Python-Markdown cannot tell them apart)."""
        blocks: list[Block] = []
        for node in nodes:
            block = self.paragraph(node) if node.type == "paragraph" else self.listing(node)
            if isinstance(block, Listing) and blocks and isinstance(before := blocks[-1], Listing):
                tight = before.tight and block.tight
                blocks[-1] = Listing(before.ordered, tight, before.items + block.items)
            elif block is not None:
                blocks.append(block)
        return blocks

    def paragraph(self, node: SyntaxTreeNode) -> Paragraph | None:
        children = self.inlines(node.children[0].children)
        return Paragraph(children) if children else None

    def listing(self, node: SyntaxTreeNode) -> Listing | None:
        if node.level > _DEEPEST:
            self.problems.append(Problem("lists are nested too deeply", "write some of them as paragraphs"))
            return None
        items = [item for child in node.children for item in self.item(child)]
        if node.type == "ordered_list":
            self._check_numbers([child.info for child in node.children])
        loose = any(child.hidden is False for child in _paragraphs(node)) and [
            len(item) for item in items
        ] != [1]
        tight = not loose and all(map(_is_tight_item, items))
        return Listing(node.type == "ordered_list", tight, tuple(items)) if items else None

    def item(self, node: SyntaxTreeNode) -> Iterator[tuple[Block, ...]]:
        """The item; one that begins with a list gives that list's items instead, an empty one nothing."""
        blocks = self.blocks(node.children)
        if blocks and isinstance(first := blocks[0], Listing):
            *others, last = first.items
            yield from others
            yield last + tuple(blocks[1:])
        elif blocks:
            yield tuple(blocks)

    def _check_numbers(self, numbers: list[str]) -> None:
        counted = [str(number) for number in range(1, len(numbers) + 1)]
        if numbers != counted and set(numbers) != {"1"}:
            told = numbers if len(numbers) <= _MOST_SHOWN else [*numbers[:_MOST_SHOWN], "…"]
            message = f"the numbers of a list do not count from 1: {', '.join(told)}"
            self.problems.append(Problem(message, "count 1, 2, 3, or write 1. before each item"))

    def inlines(self, nodes: Iterable[SyntaxTreeNode]) -> tuple[Inline, ...]:
        return _joined(child for node in nodes for child in self.inline(node))

    def inline(self, node: SyntaxTreeNode) -> Iterable[Inline]:
        if node.type in ("softbreak", "hardbreak"):
            return (Text(" "),)
        if node.type in ("em", "strong"):
            return (_emphasis(node.type == "strong", self.inlines(node.children)),)
        if node.type == "link":
            return self.web_link(str(node.attrs["href"]), node)
        if node.type == "record_link":
            return self.record_link(node)
        return (Text(node.content),)

    def web_link(self, address: str, node: SyntaxTreeNode) -> Iterable[Inline]:
        children = self.inlines(node.children)
        if web_address(address) is None:
            message = f"the link {typed(address)} is not a whole http, https or mailto address"
            self.problems.append(Problem(message, address_hint(address), address))
            return (Text("["), *children, Text(f"]({address})"))
        return (WebLink(address, children or (Text(address),)),)

    def record_link(self, node: SyntaxTreeNode) -> Iterable[Inline]:
        record = node.meta["id"]
        if not is_id(record):
            message = f"{typed(node.content)} names no id: {ID_FORM}{look_alike(record)}"
            self.problems.append(Problem(message, "write [[some-id]] or [[some-id|words]]", node.content))
            return (Text(node.content),)
        self.references.append(record)
        return (Reference(record, " ".join(node.meta["words"].split())),)


def _paragraphs(listing: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """The paragraphs that stand directly in a list's items."""
    return (child for item in listing.children for child in item.children if child.type == "paragraph")


def _is_tight_item(item: tuple[Block, ...]) -> bool:
    """Whether an item is one paragraph, or one and a tight list."""
    rest = item[1:]
    return not rest or (len(rest) == 1 and isinstance(rest[0], Listing) and rest[0].tight)


def _joined(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The inlines with neighbouring texts as one and runs of white space as one space."""
    joined: list[Inline] = []
    for is_text, run in groupby(inlines, lambda inline: isinstance(inline, Text)):
        pieces = tuple(run)
        joined += (_one_text(pieces),) if is_text else pieces
    return tuple(inline for inline in joined if inline != Text(""))


def _one_text(pieces: Iterable[Inline]) -> Text:
    return Text(_folded("".join(piece.text for piece in pieces if isinstance(piece, Text))))


def _emphasis(strong: bool, children: tuple[Inline, ...]) -> Emphasis:
    """Emphasis, with emphasis of the same kind directly in it dissolved."""
    return Emphasis(strong, _joined(piece for child in children for piece in _dissolved(strong, child)))


def _dissolved(strong: bool, child: Inline) -> tuple[Inline, ...]:
    return child.children if isinstance(child, Emphasis) and child.strong is strong else (child,)


# Writing ---------------------------------------------------------------------------------------------------

_Resolve: TypeAlias = Callable[[str], tuple[str, str]]


def prose_markdown(prose: Prose, resolve: _Resolve) -> str:
    """The prose in the Markdown that our templates are written in, without a line end at its end.

    `resolve` gives a record's label (plain text) and the target of a link to it.
    """
    return "\n\n".join(_block_markdown(block, resolve) for block in prose.blocks)


def _block_markdown(block: Block, resolve: _Resolve) -> str:
    if isinstance(block, Paragraph):
        return _paragraph_markdown(block.children, resolve)
    marker = "1. " if block.ordered else "- "
    between = "\n" if block.tight else "\n\n"
    return between.join(marker + _item_markdown(item, between, resolve) for item in block.items)


def _item_markdown(item: tuple[Block, ...], between: str, resolve: _Resolve) -> str:
    first, *rest = (_block_markdown(block, resolve) for block in item)
    return between.join([first, *map(_indented, rest)])


def _indented(markdown: str) -> str:
    return "\n".join("    " + line if line else "" for line in markdown.split("\n"))


def _paragraph_markdown(children: tuple[Inline, ...], resolve: _Resolve) -> str:
    """A paragraph on one line. Only its first text can be taken for a list or a heading."""
    if isinstance(first := children[0], Text):
        return inert_start(first.text.lstrip()) + _inlines_markdown(children[1:], resolve, nested=False)
    return _inlines_markdown(children, resolve, nested=False)


def _inlines_markdown(inlines: tuple[Inline, ...], resolve: _Resolve, nested: bool) -> str:
    """The inlines; `nested` says that they are emphasised already."""
    written = []
    before: Inline = Text("")
    for inline in inlines:
        crowded = nested or isinstance(before, Emphasis)
        written.append(_inline_markdown(inline, resolve, nested, crowded))
        before = inline
    return "".join(written)


def _inline_markdown(inline: Inline, resolve: _Resolve, nested: bool, crowded: bool) -> str:
    if isinstance(inline, Text):
        return inert_within(inline.text)
    if isinstance(inline, Reference):
        label, target = resolve(inline.id)
        return link(inert_within((inline.words or label).strip()), target)
    if isinstance(inline, WebLink):
        return link(_inlines_markdown(inline.children, resolve, nested), inline.address)
    # Stars beside, within or around stars are read in more than one way; tags are not.
    words = _inlines_markdown(inline.children, resolve, nested=True)
    stars, tag = ("**", "strong") if inline.strong else ("*", "em")
    if crowded or "<em>" in words or "<strong>" in words:
        return f"<{tag}>{words}</{tag}>"
    return f"{stars}{words}{stars}"


def prose_text(prose: Prose, label: Callable[[str], str]) -> str:
    """The prose as plain text on one line; a record stands as its words or its label."""
    return " ".join(_plain_blocks(prose.blocks, label))


def _plain_blocks(blocks: Iterable[Block], label: Callable[[str], str]) -> Iterator[str]:
    return (_plain(paragraph.children, label).strip() for paragraph in _all_paragraphs(blocks))


def _all_paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """The paragraphs in reading order, those of list items too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for item in block.items:
                yield from _all_paragraphs(item)


def _plain(inlines: Iterable[Inline], label: Callable[[str], str]) -> str:
    return "".join(_words(piece, label) for piece in _pieces(inlines))


def _pieces(inlines: Iterable[Inline]) -> Iterator[Text | Reference]:
    """The texts and references in reading order, those in emphasis and links too."""
    for inline in inlines:
        if isinstance(inline, Text | Reference):
            yield inline
        else:
            yield from _pieces(inline.children)


def _words(piece: Text | Reference, label: Callable[[str], str]) -> str:
    return piece.text if isinstance(piece, Text) else piece.words or label(piece.id)


# Sentences -------------------------------------------------------------------------------------------------

# The look behind keeps a long run of points from being tried at each of them.
_SENTENCE_END = re.compile(r"""。["'”’»)\]]*+|(?<![.!?…։؟])[.!?…։؟]++["'”’»)\]]*+(?=\s|$)""")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"'“‘«.])"
    r"(?:\w|Mr|Mrs|Ms|Dr|Prof|St|Gen|Col|Lt|Sgt|Capt|Maj|Adm|Gov|Sen|Rep|Hon|Rev|Jr|Sr|vs|cf|ca|approx|al|eds?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_ABBREVIATION_BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:Nos?|no|[Aa]rts?|pp|paras?|[Vv]ol)\. ?\d")
_LONGEST = 240
_FAR = 2 * _LONGEST


def sentences_naming(prose: Prose, id: str, label: Callable[[str], str]) -> str:
    """The first sentence that names the record `id`, as plain text; empty if none does.

    A sentence ends at . ! ? … ։ ؟ 。 but not after a usual abbreviation or a single letter, and with its
    paragraph. One of more than 240 characters is cut between words, marked with …, around the name.
    """
    for paragraph in _all_paragraphs(prose.blocks):
        pieces = list(_pieces(paragraph.children))
        named = (isinstance(piece, Reference) and piece.id == id for piece in pieces)
        found = next((number for number, is_named in enumerate(named) if is_named), None)
        if found is not None:
            before = "".join(reversed(_near(reversed(pieces[:found]), label)))[-_FAR:]
            name = _words(pieces[found], label)
            behind = "".join(_near(pieces[found + 1 :], label))[:_FAR]
            return _sentence_around(before + name + behind, len(before), len(before) + len(name))
    return ""


def _near(pieces: Iterable[Text | Reference], label: Callable[[str], str]) -> list[str]:
    """The words of the first pieces: as many as a sentence can show, and not those of a whole paragraph."""
    found: list[str] = []
    length = 0
    for piece in pieces:
        if length > _FAR:
            break
        found.append(_words(piece, label))
        length += len(found[-1])
    return found


def _sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of `text` that holds the characters from `start` to `end`."""
    stops = [stop.span() for stop in _SENTENCE_END.finditer(text)]
    before = (stop for stop in reversed(stops) if stop[1] <= start and not _is_abbreviation(text, stop[0]))
    behind = (stop for stop in stops if stop[0] >= end and not _is_abbreviation(text, stop[0]))
    first, last = next(before, (0, 0))[1], next(behind, (0, len(text)))[1]
    return _cut(text[first:last], end - first)


def _is_abbreviation(text: str, point: int) -> bool:
    """Whether the point belongs to the word before it: a title, an initial, `No. 5`."""
    if text[point] != ".":
        return False
    before = text[max(0, point - 8) : point]
    return bool(
        _ABBREVIATION.search(before)
        or _ABBREVIATION_BEFORE_NUMBER.search(text[max(0, point - 8) : point + 3])
    )


def _cut(sentence: str, needed: int) -> str:
    """The sentence in at most about 240 characters, two thirds of them before the place `needed`."""
    first = max(0, needed - _LONGEST * 2 // 3)
    shown = sentence[first : first + _LONGEST]
    head, tail = first > 0, first + _LONGEST < len(sentence)
    if head:
        shown = shown.partition(" ")[2] or shown
    if tail:
        shown = shown.rpartition(" ")[0] or shown
    return "…" * head + shown.strip() + "…" * tail
