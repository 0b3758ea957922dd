"""Where the words that a message is about stand in a long value.

In: diagnostics at the beginnings of values, some with the words that they are about. Out: the same ones, at
those words. The rule it guards: whoever opens the file at the place that is told sees what is wrong there.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.characters import decoded

MOST = 100
"""So many places are looked for in one file: each may take going through all of it."""


def at_their_words(
    diagnostics: Iterable[Diagnostic], path_of: Callable[[str], Path]
) -> tuple[Diagnostic, ...]:
    """The diagnostics in their order; where words are not found as they were read, the place stays.

    `path_of` gives the path of a file by its name in diagnostics. Several of one value that are about the
    same words get the places of these one after the other. Beyond `MOST` of a file the places stay, too.
    """
    return tuple(_moved(diagnostics, path_of))


def _moved(diagnostics: Iterable[Diagnostic], path_of: Callable[[str], Path]) -> Iterator[Diagnostic]:
    texts: dict[str, _Text] = {}
    for each in diagnostics:
        file = each.position.file
        if each.words and file not in texts:
            texts[file] = _Text(file, _read(path_of(file), file))
        yield replace(each, position=texts[file].place(each)) if each.words else each


def _read(path: Path, file: str) -> str:
    try:
        text = decoded(path.read_bytes(), file)
    except OSError:
        return ""
    return text if isinstance(text, str) else ""


@dataclass
class _Text:
    """A file in which words are looked for: `ends` has where those of each value were found last."""

    file: str
    text: str
    ends: dict[Position, int] = field(default_factory=dict)
    looked: int = 0

    def __post_init__(self) -> None:
        lines = self.text.split("\n")
        self.starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def place(self, diagnostic: Diagnostic) -> Position:
        """The place of the words, or else that of the value."""
        value = diagnostic.position
        self.looked += 1
        if self.looked > MOST or value.line > len(self.starts):
            return value
        words = r"\s+".join(map(re.escape, diagnostic.words.split()))
        start = self.ends.get(value, self.starts[value.line - 1] + value.column - 1)
        found = re.compile(words).search(self.text, start)
        if found is None:
            return value
        self.ends[value] = found.end()
        line = bisect_right(self.starts, found.start())
        return Position(self.file, line, found.start() - self.starts[line - 1] + 1)
