"""Ids and names of files that want to be paths, devices or each other: each has its own page or is refused.

In: a number of collections, a seed. Out: how many names were refused and how many made a page, and what was
found wrong. Each collection is the small project with records under names that somebody thought up: ways
out of the folder, devices, dots, other cases and normal forms, letters that look alike, names without end.
What is refused is refused with a place; what is left is generated, and nothing may lie outside of the
output, on a path that a system reads as another one, or on the page of another record.
"""

import os
import random
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from small_project import content_of, generate, small_project
from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.reading.characters import REPLACEMENT, without_forbidden
from sourcebook.site.check import check_project, read_settings

PLAIN = ("ferry", "town-hall", "no", "00123", "1e3", "x1", "vote-2023", "a" * 80)
PIECES = (
    *(
        "..",
        "../",
        "..\\",
        "/",
        "\\",
        ".",
        "./",
        "%2e%2e/",
        "%2f",
        "~",
        "$HOME",
        "C:",
        "file:",
        "//host/",
        "\uff0e\uff0e\uff0f",
    ),
    *(
        "con",
        "NUL",
        "aux",
        "lpt1",
        "com9",
        "COM¹",
        "index",
        "feed",
        "data",
        "assets",
        "search",
        "404",
        "sitemap",
    ),
    *(
        ".md",
        ".yml",
        ".html",
        ".git",
        "index.html",
        " ",
        "  ",
        "-",
        "--",
        "_",
        "|",
        ":",
        "*",
        "?",
        '"',
        "<b>",
        "'",
        "#",
        "&",
    ),
    *(
        "é",
        "e\u0301",
        "ß",
        "ss",
        "İ",
        "ı",
        "ﬁ",
        "ſ",
        "K",
        "о",
        "ｏ",
        "Å",
        "\u200b",
        "\u00ad",
        "\u202e",
        "\u0000",
        "\n",
        "\ud83d",
    ),
    *("a" * 81, "ա" * 90, "x" * 300, "é" * 255, "0", "-1", "null", "true", "{a: b}", "[a]"),
)
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)))
)
RECORD = "name: Somebody\ntype: person\nsources: millbrook-gazette#p1\n"


@dataclass
class Outcome:
    """How many names were refused or made a page, and what was found wrong."""

    names: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def hostile_names(count: int, dice: random.Random) -> Iterator[str]:
    """So many names: good ones, pieces of bad ones in any order, and good ones written in other ways."""
    for _ in range(count):
        choice = dice.randrange(4)
        if choice == 0:
            yield dice.choice(PLAIN)
        elif choice == 1:
            yield written_otherwise(dice.choice((*PLAIN[:4], "café")), dice)
        else:
            yield "".join(dice.choices((*PLAIN[:3], *PIECES), k=dice.randint(1, 4)))


def written_otherwise(name: str, dice: random.Random) -> str:
    """A name that is meant to pass for another: by case, normal form, look-alike letters."""
    ways: tuple[Callable[[str], str], ...] = (
        str.upper,
        str.title,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("o", "\u043e").replace("e", "\u0435"),
        lambda text: "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text),
        lambda text: text[:2] + "\u200b" + text[2:],
        lambda text: f" {text} ",
        lambda text: f"{text}.",
    )
    return dice.choice(ways)(name)


def try_names(folder: Path, collections: int, seed: int, each: int = 25) -> Outcome:
    """Check and generate so many collections of so many names each."""
    dice, outcome = random.Random(seed), Outcome()
    for number in range(collections):
        project = small_project(folder / f"{number}" / "project")
        out, before = folder / f"{number}" / "out", set(folder.rglob("*"))
        names = list(hostile_names(each, dice))
        written = dict(enumerate_files(project, names, dice))
        before |= set(folder.rglob("*"))
        outcome.broken += [
            f"seed {seed}, collection {number}: {what}" for what in one(project, out, written, outcome)
        ]
        strays = {
            path for path in set(folder.rglob("*")) - before if not path.is_relative_to(out) and path != out
        }
        outcome.broken += [f"seed {seed}, collection {number}: {path} was written" for path in sorted(strays)]
    return outcome


def enumerate_files(project: Path, names: list[str], dice: random.Random) -> Iterator[tuple[str, str]]:
    """Write a record for each name, by its id or by the name of its file; the file and the name."""
    for number, name in enumerate(names):
        if dice.random() < 0.5 and is_file_name(name):
            file, text = f"content/actors/{number}/{name}.yml", RECORD
        else:
            file, text = f"content/actors/by-id-{number}.yml", f"id: {quoted(name)}\n{RECORD}"
        (project / file).parent.mkdir(exist_ok=True)
        (project / file).write_text(text, encoding="utf-8", newline="")
        yield file, name


def is_file_name(name: str) -> bool:
    """Whether a file system takes the name for one file that is read."""
    is_one = not set(name) & {"/", "\0"} and not name.startswith(".") and not any(map(is_half, name))
    return is_one and len(os.fsencode(name)) < 250


def is_half(character: str) -> bool:
    """Whether a character is half of one, which no file holds."""
    return "\ud800" <= character <= "\udfff"


def quoted(name: str) -> str:
    """A name as YAML writes any text: in quotation marks, with escapes."""
    return '"' + "".join(c if c.isalnum() and c.isascii() else escape(c) for c in name) + '"'


def escape(character: str) -> str:
    """A character as an escape of YAML."""
    return f"\\U{ord(character):08x}"


def one(project: Path, out: Path, written: dict[str, str], outcome: Outcome) -> Iterator[str]:
    """What is wrong with the check of a collection, and with what is generated once the refused are gone."""
    refused, wrong = refused_files(project, written)
    yield from wrong
    for file in refused:
        (project / file).unlink()
    kept = {file: name.strip() for file, name in written.items() if file not in refused}
    outcome.names.update(refused=len(refused), pages=len(kept))
    ended = generate(project, out)
    if ended.exit_code:
        yield ended.output
        return
    files = content_of(out)
    yield from path_faults(list(files))
    for file, name in kept.items():
        if f"docs/actors/{name}.md" not in files:
            yield f"{file} with the name {name!r} has no page of its own"
    if len({*kept.values()}) != len(kept):
        yield "two records have one page"


def refused_files(project: Path, written: dict[str, str]) -> tuple[set[str], list[str]]:
    """The files in which a check finds an error, and what is wrong with the errors."""
    found = check_project(read_settings(project / "mkdocs.yml")).diagnostics
    errors = [each for each in found if each.code.severity == "error"]
    shown = {without_forbidden(file).replace("\n", REPLACEMENT): file for file in written}
    refused = {shown[each.position.file] for each in errors if each.position.file in shown}
    return refused, [fault for each in errors for fault in place_faults(project, shown, each)]


def place_faults(project: Path, shown: dict[str, str], found: Diagnostic) -> Iterator[str]:
    """A place that is none: no such file, or no line of it."""
    file, line = found.position.file, found.position.line
    if file not in shown:
        yield f"{found.code.slug}: there is no file {file!r}"
    elif line is not None and line > (project / shown[file]).read_text(encoding="utf-8").count("\n") + 1:
        yield f"{found.code.slug}: {file} has no line {line}"


def path_faults(paths: list[str]) -> Iterator[str]:
    """What some system would not take as it is: ways out, devices, ends, lengths, two paths in one."""
    for path in paths:
        for part in PurePosixPath(path).parts:
            if part in ("..", "/") or part.split(".")[0].casefold() in DEVICES:
                yield f"{path!r} leads elsewhere"
            if part[-1] in ". " or set(part) & set('\\:*?"<>|\0\n') or len(part.encode()) > 255:
                yield f"{path!r} is no name everywhere"
    same = Counter(unicodedata.normalize("NFKC", path).casefold() for path in paths)
    yield from (f"{path!r} stands for {count} files" for path, count in same.items() if count > 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        tried = try_names(Path(scratch), int(sys.argv[1]), int(sys.argv[2]))
    print(
        f"seed {sys.argv[2]}: {tried.names['refused']} names refused,",
        f"{tried.names['pages']} with a page of their own",
    )
    print("\n".join(tried.broken[:20]) or "nothing was written anywhere else, and no two names are one")
    sys.exit(bool(tried.broken))
