"""Markers in hand-written pages, in whose place a list made from the facts is put.

In: the text of a Markdown page. Out: its markers with their positions, and the text with them filled in. The
rule it guards: a marker is a line of its own and nothing else is touched; what stands in a block of code is
shown as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_MARKER = re.compile(r"<!--[ \t]*+sourcebook:[ \t]*+(?P<name>.*)-->[ \t]*+\r?")
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})(?P<words>.*)")


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker: the name in it, the number of its line, and the column of the name, both from 1."""

    name: str
    line: int
    column: int


def markers(text: str) -> Iterator[Marker]:
    """The markers of a page, in order."""
    for number, _, found in _marked_lines(text):
        if found:
            yield Marker(_name(found), number, found.start("name") + 1)


def filled(text: str, parts: Mapping[str, str]) -> str:
    """The page with each marker's line replaced by the part of its name; one without a part stays."""
    if "<!--" not in text:
        return text
    lines = (
        _part(parts[_name(found)]) if found and _name(found) in parts else line
        for _, line, found in _marked_lines(text)
    )
    return "\n".join(lines)


def _name(marker: re.Match[str]) -> str:
    return marker["name"].rstrip(" \t")


def _part(text: str) -> str:
    # Blank lines around it, as what stands next to it is no part of its last or first block.
    return f"\n{text.strip()}\n"


def _marked_lines(text: str) -> Iterator[tuple[int, str, re.Match[str] | None]]:
    """Every line with its number, and what was found in it if it is a marker."""
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        if found and not fence:
            fence = found["fence"]
        elif found and found["fence"].startswith(fence) and not found["words"].strip():
            fence = ""
        yield number, line, None if fence else _MARKER.fullmatch(line)
