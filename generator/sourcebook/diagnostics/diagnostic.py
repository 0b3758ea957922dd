"""One message about one place in the input.

In: a code, a place, the words. Out: an immutable value that sorts by place.
The rule it guards: every message names the thing, the place and the remedy.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sourcebook.diagnostics.codes import Code, Severity


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in an input file.

    `file` is a path relative to the project's folder, with forward slashes;
    `line` and `column` count from 1, in characters; 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Related:
    """Another place that explains a message, and what is to be seen there."""

    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What is wrong at one place, and what to do about it.

    `message` is one line without a full stop; `hint` is the remedy, empty where the
    message already says it; `related` holds the other places it is about. `words` are those of the value
    that it is about, as typed, until the place is theirs; empty for the value as a whole.
    """

    code: Code
    position: Position
    message: str
    hint: str = ""
    related: tuple[Related, ...] = ()
    words: str = ""

    @property
    def severity(self) -> Severity:
        """How grave the code is; a diagnostic has no gravity of its own."""
        return self.code.severity


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, by file, line, column, code and words."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.position, d.code.slug, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Whether the input must not be published; with `strict`, warnings count too, notes never."""
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(d.severity in grave for d in diagnostics)
