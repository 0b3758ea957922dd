"""How a text stands in YAML: bare, in quotation marks, or as a block of lines.

In: a text. Out: its notation. The rule it guards: our reader takes the very same text from it, and no other
reader of YAML takes it for a number, a date or a truth.
"""

import json
import re
from collections.abc import Iterator
from functools import lru_cache

from ruamel.yaml.resolver import implicit_resolvers

WIDTH = 100
"""How wide a line is at most, in characters, where its content allows."""

# Of YAML 1.1 and 1.2: readers of both are about.
_RESOLVERS = tuple(expression for _, _, expression, _ in implicit_resolvers)
_LEADING = re.compile(r"""[-?:](?:\s|$)|[,\[\]{}#&*!|>'"%@`]|---|\.\.\.|[-?:=]$|<<""")
_WITHIN = re.compile(r":(?:\s|$)|\s#")
# libyaml takes ':?' in brackets for a key, against the specification.
_IN_FLOW = re.compile(r"[,\[\]{}]|:\?|^[-?:]")
# Printable, by YAML's own list, and no break of a line but LF; U+FEFF is a mark of bytes.
_ORDINARY = re.compile("[ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

# Two lines of one paragraph or list, which folding would tear apart.
_ADJACENT = re.compile(r"[^\n]\n[^\n]")


def inline(text: str, *, in_flow: bool = False, unquoted: bool = False) -> str:
    """A text on one line; `in_flow` inside brackets; `unquoted` where it may look like a number or date."""
    if is_plain(text, in_flow=in_flow) and (unquoted or not is_taken_for_other(text)):
        return text
    if ('"' in text or "\\" in text) and _ORDINARY.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return double_quoted(text)


@lru_cache(maxsize=65536)
def is_plain(text: str, *, in_flow: bool) -> bool:
    """Whether a text may stand without quotation marks."""
    if not text or text != text.strip() or not _ORDINARY.fullmatch(text):
        return False
    if _LEADING.match(text) or _WITHIN.search(text):
        return False
    return not (in_flow and _IN_FLOW.search(text))


@lru_cache(maxsize=65536)
def is_taken_for_other(text: str) -> bool:
    """Whether some reader of YAML takes the bare text for something other than a text."""
    return any(expression.match(text) for expression in _RESOLVERS)


def double_quoted(text: str) -> str:
    """A text in double quotation marks, with escapes for what is not seen or breaks a line."""
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def block(text: str, width: int) -> tuple[str, list[str]] | None:
    """A text as a block: its indicator and its lines, not indented; None where it cannot or need not be one.

    Folded where a line would be wider than `width` and can be broken at a space, and only whole paragraphs
    are apart; else literal where it has several lines.
    """
    body, last = (text[:-1], "") if text.endswith("\n") else (text, "-")
    lines = body.split("\n")
    if not all(map(_stands_in_block, lines)) or not lines[0] or not lines[-1]:
        return None
    if any(len(line) > width and " " in line for line in lines) and not _ADJACENT.search(body):
        return f">{last}", [part for line in _spaced(lines) for part in folded(line, width)]
    return (f"|{last}", lines) if "\n" in text else None


def _stands_in_block(line: str) -> bool:
    # White space at a line's edge changes how the block is read, or is lost by editors' programs.
    return line == line.strip() and _ORDINARY.fullmatch(line) is not None


def _spaced(lines: list[str]) -> Iterator[str]:
    """The lines of a text as paragraphs of a folded block: a run of breaks has one more than the text."""
    for number, line in enumerate(lines):
        if number and line:
            yield ""
        yield line


def folded(line: str, width: int) -> Iterator[str]:
    """A line broken at single spaces, so that each part is at most so wide where it can be."""
    part = ""
    for word in re.split(r"(?<! ) (?! )", line):
        if part and len(part) + 1 + len(word) > width:
            yield part
            part = word
        else:
            part = f"{part} {word}" if part else word
    yield part
