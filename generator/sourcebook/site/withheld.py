"""Names that must not be published, looked for in the files of a project.

In: the project's folder and the list of names, which git ignores. Out: diagnostics. The rule it guards:
a name on the list stands in no file that others can get, and no message repeats it.
"""

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.characters import place_in
from sourcebook.reading.files import unreadable


def withheld_names(root: Path, listed: str, besides: str | None = None) -> Iterator[Diagnostic]:
    """Each place in a tracked file, and each tracked file's name, that has an entry of the list.

    `listed` is the path of the list from the root: a name a line, `#` before comments, UTF-8. A list that
    is not there has no names. Outside git every file counts but the list and those in the folder `besides`.
    """
    try:
        pattern = entries_pattern((root / listed).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        yield unreadable(listed, error if isinstance(error, OSError) else OSError("it is not UTF-8"))
        return
    if pattern is None:
        return
    for path in tracked_files(root) or other_files(root, {listed, besides}):
        yield from found_in(root, path, pattern)


def entries_pattern(text: str) -> re.Pattern[str] | None:
    """A pattern that finds every entry of a list, each as a group named after its line; None for none."""
    lines = (line.partition("#")[0].split() for line in normal(text).splitlines())
    entries = ((number, r"\s+".join(map(re.escape, words))) for number, words in enumerate(lines, 1) if words)
    pattern = "|".join(f"(?P<line{number}>{entry})" for number, entry in entries)
    return re.compile(pattern, re.IGNORECASE) if pattern else None


def normal(text: str) -> str:
    """A text in Unicode's normal form C, in which names are compared."""
    return unicodedata.normalize("NFC", text)


def tracked_files(root: Path) -> tuple[str, ...]:
    """The files below a folder that git tracks, by path from it; none outside git."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached"]
    try:
        found = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(found.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1])


def other_files(root: Path, left_out: set[str | None]) -> tuple[str, ...]:
    """Every file below a folder, hidden ones left out, by path from it."""
    paths = sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return tuple(
        path.as_posix()
        for path in paths
        if not any(part.startswith(".") for part in path.parts)
        and left_out.isdisjoint({path.as_posix(), *(folder.as_posix() for folder in path.parents)})
    )


def found_in(root: Path, path: str, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    """The diagnostics of one file: for its name, and for each place in its text."""
    if match := pattern.search(normal(path)):
        yield about(Position(pattern.sub("…", normal(path))), match)
    try:
        text = normal((root / path).read_bytes().decode("utf-8", "replace"))
    except OSError:
        # Deleted and not yet committed, or a folder of another repository.
        return
    for match in pattern.finditer(text):
        yield about(Position(path, *place_in(text, match.start())), match)


def about(position: Position, match: re.Match[str]) -> Diagnostic:
    """The message for one place; it names the entry by its line in the list."""
    line = (match.lastgroup or "").removeprefix("line")
    message = f"here stands the name on line {line} of the list of names that must not be published"
    return Diagnostic(
        Code.WITHHELD_NAME, position, message, "remove it, also from the history of the repository"
    )
