"""YAML text becomes nodes with positions, or diagnostics that say where it does not.

In: the bytes of one file. Out: its one document as a node, and every complaint about it. The rule it
guards: no bytes make a traceback, a hang or a silently changed value. Scalars stay text; anchors,
aliases, tags, merge keys, directives and further documents are refused; duplicate keys are seen.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from sys import intern
from typing import Any, NoReturn, Protocol

import yaml

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related, in_order
from sourcebook.diagnostics.values import typed
from sourcebook.reading.characters import (
    about_character,
    code_of,
    decoded,
    is_suspect,
    place_in,
    suspect_characters,
    without_forbidden,
)
from sourcebook.reading.nodes import Entry, Mapping, Node, Scalar, Sequence
from sourcebook.reading.yaml_problems import nested_too_deeply, syntax_diagnostic

# By identity of the class, since there are a million events; Any keeps mypy from narrowing `_Event`.
_SCALAR: Any = yaml.ScalarEvent
_ALIAS: Any = yaml.AliasEvent
_MAPPING: Any = yaml.MappingStartEvent
_MAPPING_END: Any = yaml.MappingEndEvent
_SEQUENCE_END: Any = yaml.SequenceEndEvent
_DOCUMENT: Any = yaml.DocumentStartEvent
_STREAM_END: Any = yaml.StreamEndEvent

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""The loader whose events are read: the C one where PyYAML has it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a hand-kept file may be: each limit is many times what a real one has.

    `bytes`: about five thousand records in one file. `depth`: the deepest record, a place's geometry,
    has nine levels. `nodes`: keys included, so that a file of brackets and commas stays small in memory.
    `scalar`: the characters of one value, about fifteen thousand words; what pages are made of takes longer
    the longer a text is. `characters`: how many forbidden ones are reported, and how many invisible ones,
    before the rest is not.
    """

    bytes: int = 4 * 1024 * 1024
    depth: int = 32
    nodes: int = 200_000
    scalar: int = 100_000
    characters: int = 100


DEFAULT_LIMITS = Limits()

_DIRECTIVE = re.compile("^%", re.MULTILINE)
_DIRECTIVES = 16


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: `root` is None where it is empty or could not be read to its end."""

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]


def read_yaml(data: bytes, file: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read the one document of a YAML file, with its diagnostics in the order of their places.

    A value that is refused by itself (an alias, a merge key, a second value of a key) is left out,
    and the rest is read, so that one run reports all there is.
    """
    text = oversize(data, file, limits) or decoded(data, file)
    if isinstance(text, Diagnostic):
        return Reading(None, (text,))
    suspects = suspect_characters(text, file, limits.characters)
    if suspects:
        text = without_forbidden(text)
    if refused := many_directives(text, file):
        return Reading(None, in_order((*suspects, refused)))
    builder = _Builder(text, file, limits)
    root = builder.document()
    return Reading(root, in_order((*suspects, *builder.diagnostics)))


def oversize(data: bytes, file: str, limits: Limits) -> Diagnostic | None:
    """Report a file of more bytes than the limit."""
    if len(data) <= limits.bytes:
        return None
    return _too_large(file, 1, 1, f"the file is larger than {limits.bytes:,} bytes")


def many_directives(text: str, file: str) -> Diagnostic | None:
    """Report a text with more lines of directives than a YAML file has any use for."""
    # The parser compares each directive with all before it; a few hundred thousand would take minutes.
    for match in islice(_DIRECTIVE.finditer(text), _DIRECTIVES, None):
        message = f"the file has more than {_DIRECTIVES} lines that begin with '%'"
        return _too_large(file, *place_in(text, match.start()), message)
    return None


def _too_large(file: str, line: int, column: int, message: str) -> Diagnostic:
    hint = "split the file, or check whether it is what it seems"
    return Diagnostic(Code.TOO_LARGE, Position(file, line, column), message, hint)


class _Stop(Exception):
    """The file is not read further; the reason has been noted."""


class _Mark(Protocol):
    """A place in the text; all three count from 0, in characters."""

    line: int
    column: int
    index: int


class _Event(Protocol):
    """What is used of the parser's events; which fields one has depends on its class."""

    start_mark: _Mark
    end_mark: _Mark
    value: str
    style: str | None
    anchor: str | None
    tag: str | None
    version: tuple[int, int] | None
    tags: dict[str, str] | None


class _Parser(Protocol):
    """What is used of PyYAML's loaders."""

    def get_event(self) -> _Event: ...

    def dispose(self) -> None: ...


class _Builder:
    """Builds nodes from the parser's events as they come, so that a limit is met before it is passed."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._text = text
        self._file = file
        self._limits = limits
        self._nodes = 0
        self._reported: Counter[Code] = Counter()
        self._parser: _Parser = LOADER(text)
        self._next = self._parser.get_event

    def document(self) -> Node | None:
        """Read the first document of the text; None where there is none or it cannot be read to its end."""
        try:
            return self._stream()
        except _Stop:
            return None
        except yaml.MarkedYAMLError as error:
            self.diagnostics.append(syntax_diagnostic(error, self._text, self._file, self._limits.depth))
            return None
        except (ValueError, OverflowError):
            # PyYAML's own parser, used where the C one is missing, hands any number to chr() and int().
            self.diagnostics.append(out_of_range(self._text, self._file))
            return None
        finally:
            self._parser.dispose()

    def _stream(self) -> Node | None:
        self._next()
        start = self._next()
        if start.__class__ is _STREAM_END:
            return None
        if start.version or start.tags:
            self._refuse(start, "a directive", "remove the line that begins with '%'")
        root = self._node(self._next(), 1)
        self._next()
        following = self._next()
        if following.__class__ is _DOCUMENT:
            self._refuse(
                following, "a second document", "put it in a file of its own, or make the file a list"
            )
        return root

    def _node(self, event: _Event, depth: int) -> Node | None:
        self._count(event)
        kind = event.__class__
        if kind is _SCALAR:
            value, place = self._value(event), (event.start_mark.line + 1, event.start_mark.column + 1)
            return Scalar(value, *place) if value else Scalar(value, *min(place, self._end))
        if kind is _ALIAS:
            hint = "write the value out; if it is a text that begins with '*', put it in quotation marks"
            self._refuse(event, f"the alias {typed(f'*{event.anchor}')}", hint)
            return None
        self._refuse_properties(event)
        if depth > self._limits.depth:
            self._stop(event, nested_too_deeply(self._limits.depth))
        return self._mapping(event, depth) if kind is _MAPPING else self._sequence(event, depth)

    @cached_property
    def _end(self) -> tuple[int, int]:
        """The place behind the last character that is no line end: what comes behind it no editor opens."""
        return place_in(self._text, len(self._text.rstrip("\n")))

    def _value(self, event: _Event) -> str:
        # Escapes are looked through as the raw text was.
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value: str = event.value
        if len(value) > self._limits.scalar:
            self._stop(event, f"the value has more than {self._limits.scalar:,} characters")
        if event.style == '"' and is_suspect(value):
            self._report_escapes(event)
            value = without_forbidden(value)
        return value

    def _sequence(self, start: _Event, depth: int) -> Sequence:
        items = []
        while (event := self._next()).__class__ is not _SEQUENCE_END:
            item = self._node(event, depth + 1)
            if item is not None:
                items.append(item)
        return Sequence(tuple(items), start.start_mark.line + 1, start.start_mark.column + 1)

    def _mapping(self, start: _Event, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        while (event := self._next()).__class__ is not _MAPPING_END:
            if event.__class__ is not _SCALAR:
                self._pass_over(event, depth)
                continue
            self._count(event)
            key = intern(self._value(event))
            value = self._node(self._next(), depth + 1)
            if key in entries:
                self._report_duplicate(event, key, entries[key])
            elif key == "<<" and not event.style:
                self._refuse(event, "the merge key '<<'", "write the keys out")
            elif value is not None:
                mark = event.start_mark
                entries[key] = Entry(value, mark.line + 1, mark.column + 1)
        return Mapping(entries, start.start_mark.line + 1, start.start_mark.column + 1)

    def _pass_over(self, event: _Event, depth: int) -> None:
        """Report a key that is no text, and read over it and its value."""
        if event.__class__ is not _ALIAS:
            hint = "put a value that begins with '{', '[' or '?' in quotation marks"
            self._report(Code.YAML_SYNTAX, event, "a list or mapping stands where a key should", hint)
        self._node(event, depth + 1)
        self._node(self._next(), depth + 1)

    def _count(self, event: _Event) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            self._stop(event, f"the file has more than {self._limits.nodes:,} keys and values")

    def _report_duplicate(self, event: _Event, key: str, first: Entry) -> None:
        related = Related(Position(self._file, first.line, first.column), "it stands here first")
        message = f"the key {typed(key)} stands twice"
        self._report(Code.DUPLICATE_KEY, event, message, "keep one of the two", (related,))

    def _refuse_properties(self, event: _Event) -> None:
        if event.anchor is not None:
            hint = "remove it; if the value is a text that begins with '&', put it in quotation marks"
            self._refuse(event, f"the anchor {typed(f'&{event.anchor}')}", hint)
        if event.tag is not None:
            hint = "remove it; if the value is a text that begins with '!', put it in quotation marks"
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(event, f"the tag {typed(tag)}", hint)

    def _refuse(self, event: _Event, what: str, hint: str) -> None:
        self._report(Code.YAML_FEATURE, event, f"{what} is not part of the format", hint)

    def _report(
        self, code: Code, event: _Event, message: str, hint: str, related: tuple[Related, ...] = ()
    ) -> None:
        position = Position(self._file, event.start_mark.line + 1, event.start_mark.column + 1)
        self.diagnostics.append(Diagnostic(code, position, message, hint, related))

    def _report_escapes(self, event: _Event) -> None:
        for index, character in _escapes(self._text, event.start_mark.index, event.end_mark.index):
            code = code_of(character)
            if code and self._reported[code] < self._limits.characters:
                self._reported[code] += 1
                position = Position(self._file, *place_in(self._text, index))
                self.diagnostics.append(about_character(character, position))

    def _stop(self, event: _Event, message: str) -> NoReturn:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        self.diagnostics.append(_too_large(self._file, line, column, message))
        raise _Stop


_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPED = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}
"""The letters of YAML's escapes that stand for a character no text may hold."""


def _escapes(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Index and character of each escape in a double-quoted scalar of the raw text."""
    for match in _ESCAPE.finditer(text, start, end):
        digits = match[1] or match[2] or match[3]
        yield match.start(), chr(int(digits, 16)) if digits else _ESCAPED.get(match[4], " ")


def out_of_range(text: str, file: str) -> Diagnostic:
    """Report the first escape that is beyond Unicode, or else a directive, at the start of the file."""
    beyond = (match for match in _ESCAPE.finditer(text) if match[3] and int(match[3], 16) > 0x10FFFF)
    place = next((place_in(text, match.start()) for match in beyond), (1, 1))
    message = "a number that is out of range, in an escape or a directive"
    return Diagnostic(Code.YAML_SYNTAX, Position(file, *place), message, "write the character itself")
