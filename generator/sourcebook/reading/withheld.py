"""Names that must not be published, looked for in files.

In: a list that git ignores, and the bytes of files. Out: diagnostics with places.
The rule it guards: a name of the list is found however it is written (upper or lower case, composed or not,
with other spaces, hyphens or markup between its words or in them, escaped for JSON, HTML or an address), and
no message of a run, about whatever mistake, shows it. Without the list nothing is published.
"""

import html
import os
import re
import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.reading.characters import decoded
from sourcebook.reading.files import unreadable

HIDDEN = "…"
"""What stands in a message in place of a part of a path that holds a name."""
NOT_SHOWN = "a message that holds a name that must not be published"

SHORTEST_STEM = 5
"""From so many letters on, a name is also found with letters behind it, as endings are."""
SHORTEST_ANYWHERE = 8
"""From so many letters on, it is found anywhere; databases put one text directly behind the other."""
LETTERS_IN_TREE = 8

# What may stand between the words of a name: white space, punctuation, whole tags.
_PUNCTUATION = r"[\s!-/:-@\[-`{-~\xa1-\xbf\u058a\u2010-\u205e\u3000-\u303f]"
_BETWEEN_WORDS = re.compile(f"{_PUNCTUATION}+")
_BETWEEN = rf"(?:<[^<>]{{1,200}}>|{_PUNCTUATION})*+"
# Letters of scripts that set words apart and prefix nothing to them, as Arabic and Hebrew do, after folding.
_LETTER = r"0-9a-z\xdf-\u0587\u10d0-\u10ff\u13f8-\u13fd\u1e00-\u1fff"
_APART = re.compile(f"[{_LETTER}]")
# What readers do not see, tatweel, and the Armenian marks of stress, which stand inside a word.
_UNSEEN = re.compile(
    r"[\xad\u034f\u055b\u055c\u055e\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_JSON_CHARACTERS = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_ESCAPED_SPACE = re.compile(r"\\[nrtbf]")
# What makes emphasis, code or a literal character of a text, and may stand inside a word without parting it.
_MARKS = re.compile(r"<[^<>]{1,200}>|[*_`~\\]")


@dataclass(frozen=True, slots=True)
class Withheld:
    """The names of a list, as one pattern; None where the list has no entry.

    `source` is the list's path as the option gives it, empty without the option; `missing` says that the
    list is not there; `count` is the number of entries. The pattern matches a folded text; the group that it
    ends with is named after the entry's line in the list, as `line3`.
    """

    source: str = ""
    missing: bool = False
    count: int = 0
    pattern: re.Pattern[str] | None = None

    def summary(self) -> str:
        """What a check says of it, in a line; empty without the option."""
        if not self.source:
            return ""
        if self.missing:
            return f"{self.source} is not here: no withheld name was looked for"
        return f"{self.count} withheld {'name' if self.count == 1 else 'names'} looked for"


def read_withheld(root: Path, option: str | None) -> tuple[Withheld, tuple[Diagnostic, ...]]:
    """The names of the list that the option names, and why it cannot be read; a missing list has none."""
    if option is None:
        return Withheld(), ()
    try:
        text = decoded((root / option).read_bytes(), option)
    except FileNotFoundError:
        return Withheld(option, missing=True), ()
    except OSError as error:
        return Withheld(option), (unreadable(option, error),)
    if isinstance(text, Diagnostic):
        return Withheld(option), (text,)
    return withheld_names(option, text), ()


def withheld_names(source: str, text: str) -> Withheld:
    """The names of a list's text: one a line; what stands behind `#` is a comment."""
    names = ((number, _words(line.partition("#")[0])) for number, line in enumerate(text.split("\n"), 1))
    entries = [(number, words) for number, words in names if words]
    pattern = re.compile(_expression(_tree(entries))) if entries else None
    return Withheld(source, count=len(entries), pattern=pattern)


def _words(name: str) -> list[str]:
    return [word for word in _BETWEEN_WORDS.split(folded(name)) if word]


@dataclass(slots=True)
class _Node:
    """What may follow some first letters: further letters, and the rests of the names that begin so."""

    letters: "dict[str, _Node]" = field(default_factory=dict)
    rests: list[str] = field(default_factory=list)


def _tree(entries: Iterable[tuple[int, list[str]]]) -> _Node:
    """The names by their first letters: looking for hundreds of them takes hardly longer than for one."""
    tree = _Node()
    for number, words in entries:
        node = tree
        for letter in words[0][:LETTERS_IN_TREE]:
            node = node.letters.setdefault(letter, _Node())
        node.rests.append(f"(?P<line{number}>{_rest(words)})")
    return tree


def _expression(node: _Node) -> str:
    choices = [
        *node.rests,
        *(re.escape(letter) + _expression(child) for letter, child in node.letters.items()),
    ]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _rest(words: list[str]) -> str:
    """The expression for what follows a name's first letters: where it begins and how it goes on and ends."""
    first, rest = words[0][:LETTERS_IN_TREE], words[0][LETTERS_IN_TREE:]
    letters = len("".join(words))
    is_start = letters < SHORTEST_ANYWHERE and _APART.match(first)
    is_word = letters < SHORTEST_STEM and _APART.match(words[-1][-1])
    begins = f"(?<![{_LETTER}]{re.escape(first)})" if is_start else ""
    ends = f"(?![{_LETTER}])" if is_word else ""
    return begins + _BETWEEN.join(map(re.escape, (rest, *words[1:]))) + ends


# Forms of a text -------------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """The form in which texts are compared: Unicode's NFKC_Casefold, with one i for those of Turkish."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return unicodedata.normalize("NFKC", text).replace("i\u0307", "i").replace("ı", "i")


def folded_plain(text: str) -> str:
    """As `folded`, with the escapes of JSON, YAML, addresses and HTML resolved."""
    if "\\" in text:
        text = _ESCAPED_SPACE.sub(" ", _JSON_CHARACTERS.sub(_characters, text))
    if "%" in text:
        text = unquote(text)
    return folded(html.unescape(text) if "&" in text else text)


def _characters(escapes: re.Match[str]) -> str:
    return bytes.fromhex(escapes[0].replace("\\u", "")).decode("utf-16-be", "replace")


def without_marks(text: str) -> str:
    """As `folded_plain`, without marks of emphasis and tags, which may stand inside a word."""
    return _MARKS.sub("", folded_plain(text))


FORMS: tuple[Callable[[str], str], ...] = (folded, folded_plain, without_marks)


def texts_in(data: bytes) -> tuple[str, ...]:
    """The text of UTF-8 bytes; of any other bytes each text that may stand in them."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" not in text:
        return (text,)
    wide = ((data[start:], f"utf-16-{order}") for order in ("le", "be") for start in (0, 1))
    readings = ((data, "utf-8"), (data, "latin-1"), *wide)
    return tuple(part.decode(encoding, "replace") for part, encoding in readings)


# Finding ---------------------------------------------------------------------------------------------------


def holds_name(withheld: Withheld, text: str) -> bool:
    """Whether a name of the list stands in a text."""
    return withheld.pattern is not None and any(withheld.pattern.search(form(text)) for form in FORMS)


def names_in(withheld: Withheld, file: str, data: bytes) -> Iterator[Diagnostic]:
    """A finding for the path of a file if it holds a name, and for each line of it that does, in order.

    Bytes that are no UTF-8 text have no lines: there it is one finding at most.
    """
    if withheld.pattern is None:
        return
    shown = shown_path(withheld, file)
    if shown != file:
        name = _name_of_line(entry_in(withheld, file))
        yield _finding(Position(shown), f"the path of this file holds {name}")
    texts = texts_in(data)
    if not any(holds_name(withheld, text) for text in texts):
        return
    places = dict(_places(withheld, texts[0])) if len(texts) == 1 else {}
    if not places:
        yield _finding(Position(shown), "in this file stands a name that must not be published")
    for (line, column), entry in sorted(places.items()):
        yield _finding(Position(shown, line, column), f"here stands {_name_of_line(entry)}")


def entry_in(withheld: Withheld, text: str) -> str:
    """The line of the list with the first name that stands in a text; empty where none does."""
    for form in FORMS:
        if withheld.pattern and (match := withheld.pattern.search(form(text))):
            return _entry(match)
    return ""


def _entry(match: re.Match[str]) -> str:
    return (match.lastgroup or "").removeprefix("line")


def _name_of_line(entry: str) -> str:
    return f"the name on line {entry} of the list of names that must not be published"


def _finding(position: Position, message: str) -> Diagnostic:
    return Diagnostic(
        Code.WITHHELD_NAME, position, message, "remove it, also from the history of the repository"
    )


def _places(withheld: Withheld, text: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Line and column of the first name of each line, with its line in the list."""
    assert withheld.pattern
    lines = text.split("\n")
    seen: set[int] = set()
    for form in FORMS:
        # Escaped line ends are spaces here, so that lines stay lines.
        formed = [form(line).replace("\n", " ") for line in lines]
        starts = list(accumulate((len(line) + 1 for line in formed), initial=0))
        for match in withheld.pattern.finditer("\n".join(formed)):
            index = bisect_right(starts, match.start()) - 1
            if index not in seen:
                seen.add(index)
                column = _column(lines[index], match.start() - starts[index], form)
                yield (index + 1, column), _entry(match)


def _column(line: str, offset: int, form: Callable[[str], str]) -> int:
    """The column, from 1, of the character that an offset in a line's form came from."""
    return bisect_right(range(len(line) + 1), offset, key=lambda end: len(form(line[:end])))


# Where to look ---------------------------------------------------------------------------------------------


def names_in_project(withheld: Withheld, root: Path, besides: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Every finding in the files that git tracks or would track, and an error if the list is one of them.

    Outside git it is every file, without hidden folders, the built site, and the folders `besides`.
    """
    if withheld.pattern is None:
        return
    the_list = os.path.realpath(root / withheld.source)
    tracked = files_of_git(root)
    for file in tracked or every_file(root, frozenset({"site", *besides})):
        if os.path.realpath(root / file) != the_list:
            yield from _names_in_file(withheld, root / file, file)
        elif tracked:
            yield Diagnostic(
                Code.WITHHELD_NAME,
                Position(file),
                "git does not ignore the list of the names that must not be published",
                f"add the line /{file} to the file .gitignore beside mkdocs.yml, "
                "and remove the list from the history of the repository",
            )


def no_list(withheld: Withheld) -> Iterator[Diagnostic]:
    """An error where the list is not here: what is about to be published could not be looked through."""
    if withheld.missing:
        yield Diagnostic(
            Code.WITHHELD_NAME,
            Position(withheld.source),
            "the list of names that must not be published is not here, and without it nothing is published",
            "put it here, as from a secret of the machine that builds the site; "
            "or take the option 'withheld_names' out",
        )


def names_in_folder(withheld: Withheld, folder: Path, name: str) -> Iterator[Diagnostic]:
    """Every finding in the files of a folder, hidden ones too; `name` stands for the folder in messages.

    Without the list that is the error.
    """
    yield from no_list(withheld)
    if withheld.pattern is None:
        return
    for file in every_file(folder, hidden=True):
        yield from _names_in_file(withheld, folder / file, f"{name}/{file}")


def names_in_tree(withheld: Withheld, tree: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Every finding in files that are not written yet; without a name in the list none is looked into.

    Without the list that is the error.
    """
    yield from no_list(withheld)
    if withheld.pattern is None:
        return
    for file, data in tree.items():
        yield from names_in(withheld, file, data)


def _names_in_file(withheld: Withheld, path: Path, file: str) -> Iterator[Diagnostic]:
    """The findings in a file. What is published of a link is where it leads; of other things, nothing."""
    try:
        if path.is_symlink():
            yield from names_in(withheld, file, os.fsencode(path.readlink()))
        elif path.is_file():
            yield from names_in(withheld, file, path.read_bytes())
    except OSError as error:
        yield unreadable(shown_path(withheld, file), error)


def files_of_git(root: Path) -> tuple[str, ...]:
    """The paths below a folder that git tracks, or would with `git add`; none outside git."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        run = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ()
    return tuple(sorted({os.fsdecode(path) for path in run.stdout.split(b"\0") if path}))


def every_file(folder: Path, besides: frozenset[str] = frozenset(), *, hidden: bool = False) -> Iterator[str]:
    """The paths below a folder, in order, without the folders `besides` and, unless wanted, hidden ones."""
    for path, folders, files in os.walk(folder):
        inside = Path(path).relative_to(folder)
        folders[:] = sorted(
            name
            for name in folders
            if (hidden or not name.startswith(".")) and (inside / name).as_posix() not in besides
        )
        yield from ((inside / name).as_posix() for name in sorted(files))


# Messages --------------------------------------------------------------------------------------------------


def shown_path(withheld: Withheld, path: str) -> str:
    """A path, with an ellipsis for each part that holds a name."""
    if not holds_name(withheld, path):
        return path
    shown = "/".join(HIDDEN if holds_name(withheld, part) else part for part in path.split("/"))
    return HIDDEN if holds_name(withheld, shown) else shown


def without_names(withheld: Withheld, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same diagnostics, with nothing in them that holds a name."""
    return tuple(_without_names(withheld, each) for each in diagnostics)


def _without_names(withheld: Withheld, found: Diagnostic) -> Diagnostic:
    return Diagnostic(
        found.code,
        _shown_position(withheld, found.position),
        NOT_SHOWN if holds_name(withheld, found.message) else found.message,
        "" if holds_name(withheld, found.hint) else found.hint,
        tuple(
            Related(
                _shown_position(withheld, each.position),
                NOT_SHOWN if holds_name(withheld, each.message) else each.message,
            )
            for each in found.related
        ),
    )


def _shown_position(withheld: Withheld, position: Position) -> Position:
    return Position(shown_path(withheld, position.file), position.line, position.column)
