"""Where the words that a message is about stand in a long value.

In: diagnostics at the beginnings of values, some with the words that they are about. Out: the same ones, at
those words. The rule it guards: whoever opens the file at the place that is told sees what is wrong there.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.characters import decoded, place_in


def at_their_words(
    diagnostics: Iterable[Diagnostic], path_of: Callable[[str], Path]
) -> tuple[Diagnostic, ...]:
    """The diagnostics in their order; where words are not found as they were read, the place stays.

    `path_of` gives the path of a file by its name in diagnostics. Several of one value that are about the
    same words get the places of these one after the other.
    """
    return tuple(_moved(diagnostics, path_of))


def _moved(diagnostics: Iterable[Diagnostic], path_of: Callable[[str], Path]) -> Iterator[Diagnostic]:
    texts: dict[str, str] = {}
    ends: dict[Position, int] = {}
    for each in diagnostics:
        if not each.words:
            yield each
            continue
        file = each.position.file
        text = texts[file] if file in texts else texts.setdefault(file, _text(path_of(file), file))
        start = ends.get(each.position) or _index(text, each.position)
        found = re.compile(r"\s+".join(map(re.escape, each.words.split()))).search(text, start)
        if found:
            ends[each.position] = found.end()
        yield replace(each, position=Position(file, *place_in(text, found.start()))) if found else each


def _text(path: Path, file: str) -> str:
    try:
        text = decoded(path.read_bytes(), file)
    except OSError:
        return ""
    return text if isinstance(text, str) else ""


def _index(text: str, position: Position) -> int:
    """The index of the character at a place."""
    index = 0
    for _ in range(position.line - 1):
        index = text.find("\n", index) + 1
    return index + position.column - 1
