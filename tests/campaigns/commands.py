"""The commands that write facts, with hostile texts, documents and tables: nothing runs, nothing is lost.

In: a number of commands, a seed. Out: how they ended, and what was found wrong. Each command gets texts that
want to be markup, YAML, formulas or escapes for terminals, or a file that is spoilt, endless, nested without
end or packed to burst. It may succeed or refuse, within seconds. Never a traceback, never a file outside of
the project, never a character that changes a terminal; what was refused changed nothing, and what succeeded
lost no record and left facts that are read.
"""

import json
import random
import sys
import tempfile
import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hostile_records import MORE_FRAGMENTS
from hostile_texts import FRAGMENTS
from small_project import FILES, content_of, run_here, small_project
from sourcebook.cli import main
from sourcebook.diagnostics.reports import as_text
from sourcebook.site.check import check_project, read_settings

SLOWEST = 10.0
"""Seconds of the processor that no command on a small collection may take."""
FORMULAS = (
    "=1+1",
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "=cmd|' /C calc'!A0",
)
YAML = (
    "- a",
    "a: b",
    "{a: b}",
    "[a]",
    "&a",
    "*a",
    "!t",
    "? x",
    "| x",
    "> x",
    "# x",
    "'",
    '"',
    "%",
    "@",
    "`",
    "---",
    "no",
    "~",
    "1e3",
)
PATHS = ("../../x", "/etc/passwd", "a/b", "con", "x" * 300, "é", ".git", "-h", "--help", "a\\b", "index")
TEXTS = (
    *FRAGMENTS,
    *MORE_FRAGMENTS,
    *FORMULAS,
    *YAML,
    *PATHS,
    "x" * 200_000,
    "[" * 5_000,
    "\u202e\x1b]0;x\x07",
)
MAPPING = """\
kind: claim
id: {column: id}
fields:
  text: {column: text}
  claimant: {value: asha-verne}
  sources: {value: 'millbrook-gazette#p1'}
"""


@dataclass
class Outcome:
    """How commands ended, by their names and exit codes, the slowest, and what is wrong."""

    ended: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    broken: list[str] = field(default_factory=list)


Command = tuple[list[str], dict[str, bytes]]
"""The words of a command, and the files beside the project that it reads."""


def text_of(dice: random.Random) -> str:
    """A hostile text, or several."""
    return dice.choice(("", " ")).join(dice.choices(TEXTS, k=dice.choice((1, 1, 1, 2, 3))))


def new(dice: random.Random) -> Command:
    """A record with hostile texts in its fields, and sometimes as its id."""
    kind, label = dice.choice((("actor", "name"), ("claim", "text"), ("place", "name"), ("source", "title")))
    fields = {
        label: text_of(dice),
        dice.choice(("aliases", "note", "summary", "tags", text_of(dice))): text_of(dice),
    }
    fields |= {
        "actor": {"type": "person"},
        "claim": {"claimant": "asha-verne"},
        "source": {"type": "report"},
    }.get(kind, {})
    if kind != "source":
        fields["sources"] = "millbrook-gazette#p1"
    name = [text_of(dice)] if dice.random() < 0.3 else []
    return ["new", kind, *name, *(part for pair in fields.items() for part in ("--set", "=".join(pair)))], {}


def cite(dice: random.Random) -> Command:
    """A citation that is none, or has a hostile quote."""
    citation = dice.choice(("millbrook-gazette#p1", "millbrook-gazette#p9", text_of(dice)))
    return [
        "cite",
        dice.choice(("money-ran-out", "forty-left-behind", text_of(dice))),
        citation,
        "--quote",
        text_of(dice),
    ], {}


def rename(dice: random.Random) -> Command:
    """Another id for a record, or what is none."""
    old = dice.choice(("asha-verne", "engine-failed", "ferry-stops", text_of(dice)))
    return ["rename", old, dice.choice(("another-name", text_of(dice)))], {}


def source_add(dice: random.Random) -> Command:
    """A document that wants to be more than its words."""
    suffix = dice.choice((".html", ".pdf", ".txt", ".md"))
    options = [
        part
        for name in ("title", "type", "publisher", "id")
        if dice.random() < 0.4
        for part in (f"--{name}", text_of(dice))
    ]
    return ["source", "add", f"../given{suffix}", *options], {f"given{suffix}": DOCUMENTS[suffix](dice)}


def page(dice: random.Random) -> bytes:
    """A web page with hostile words, in elements that may have no end."""
    nested = dice.choice(
        ("", "<div>" * 5_000, "<b><i>" * 2_000, "<table><tr><td>" * 1_000, "<!--", "<![CDATA[")
    )
    charset = dice.choice(("utf-7", "x", "utf-16"))
    head = (
        f"<title>{text_of(dice)}</title><meta charset={charset}><meta name=author content='{text_of(dice)}'>"
    )
    return f"{head}{nested}<p>{text_of(dice)}<p>&#0;&#x202e;&#xd800;&#1114112; {text_of(dice)}".encode(
        "utf-8", "surrogatepass"
    )


def pdf(dice: random.Random) -> bytes:
    """A PDF with hostile words, wrong lengths, a loop of pages, or a stream that is packed to burst."""
    words = "".join(c for c in text_of(dice) if " " <= c <= "~" and c not in "()\\")[:1000]
    stream = f"BT /F1 12 Tf ({words}) Tj ET".encode()
    packed = zlib.compress(dice.choice((stream, stream, stream + b" " * 20_000_000)))
    kids = dice.choice(("3 0 R", "3 0 R", "2 0 R", "3 0 R 2 0 R", "9 0 R"))
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {dice.choice((1, 1, 10**9))}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Filter/FlateDecode/Length {dice.choice((len(packed), 0, 10**9))}>>stream\n".encode()
        + packed
        + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data = b"%PDF-1.4\n" + b"".join(
        b"%d 0 obj%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1)
    )
    data += b"trailer<</Root 1 0 R/Info<</Title(" + words.encode() + b")>>/Size 6>>\nstartxref\n0\n%%EOF"
    return spoilt(data, dice)


def plain(dice: random.Random) -> bytes:
    """A text with hostile words."""
    return spoilt(
        f"# {text_of(dice)}\n\n{text_of(dice)}\n\n{'> ' * dice.choice((0, 2_000))}x\n".encode(
            "utf-8", "surrogatepass"
        ),
        dice,
    )


DOCUMENTS: dict[str, Callable[[random.Random], bytes]] = {
    ".html": page,
    ".pdf": pdf,
    ".txt": plain,
    ".md": plain,
}


def spoilt(data: bytes, dice: random.Random) -> bytes:
    """The bytes, in one of three cases cut or with some others in them."""
    at, choice = dice.randrange(len(data) + 1), dice.randrange(6)
    return data[:at] if choice == 0 else data[:at] + dice.randbytes(5) + data[at:] if choice == 1 else data


def table(dice: random.Random) -> Command:
    """A table whose cells are hostile."""
    mark = dice.choice((",", ";", "\t"))
    rows = [
        ["id", "text"],
        *([dice.choice((f"row-{number}", text_of(dice))), text_of(dice)] for number in range(3)),
    ]
    lines = (
        mark.join('"' + cell.replace('"', dice.choice(('""', '"'))) + '"' for cell in row) for row in rows
    )
    data = spoilt("\n".join(lines).encode("utf-8", "surrogatepass"), dice)
    return ["import", "../given.csv", "--mapping", "../given.yml", *missing(dice)], {
        "given.csv": data,
        "given.yml": MAPPING.encode(),
    }


def missing(dice: random.Random) -> list[str]:
    """Sometimes the option that makes what is named and not there."""
    return dice.choice(([], ["--create-missing"]))


def bibliography(dice: random.Random) -> Command:
    """A list of documents whose fields are hostile, nested or of another type."""
    values: tuple[object, ...] = (
        text_of(dice),
        text_of(dice),
        None,
        10**400,
        [text_of(dice)],
        {"literal": text_of(dice)},
    )
    names = (
        "id",
        "type",
        "title",
        "author",
        "issued",
        "URL",
        "DOI",
        "publisher",
        "keyword",
        "language",
        text_of(dice),
    )
    items = [
        {
            "type": "report",
            "title": text_of(dice),
            **{dice.choice(names): dice.choice(values) for _ in range(4)},
        }
        for _ in range(2)
    ]
    data = json.dumps(items).encode()
    if dice.random() < 0.2:
        data = dice.choice(
            (b"[" * 200_000, b'{"a":' * 200_000, b'[{"title": 1e999}]', b'[{"title": NaN}]', b"9" * 10_000)
        )
    return ["import", "../given.json", *missing(dice)], {"given.json": spoilt(data, dice)}


def entries(dice: random.Random) -> Command:
    """The same in BibTeX."""
    fields = ", ".join(
        name + " = " + dice.choice(("{%s}", '"%s"', "%s")) % text_of(dice)
        for name in ("title", "author", "year", "url")
    )
    text = dice.choice(
        (
            f"@book{{{text_of(dice)}, {fields}}}",
            f"@book{{x, {fields}}}",
            "@book{x, title = " + "{" * 50_000,
            "@string{a = a # a}" * 2_000,
        )
    )
    return ["import", "../given.bib", *missing(dice)], {
        "given.bib": spoilt(text.encode("utf-8", "surrogatepass"), dice)
    }


COMMANDS = (new, cite, rename, source_add, table, bibliography, entries)
CONFIG = FILES["mkdocs.yml"].replace("as_of: 2031-05-04", "source_texts: texts")


def try_commands(folder: Path, count: int, seed: int) -> Outcome:
    """So many commands, each on a fresh copy of the small project."""
    dice, outcome = random.Random(seed), Outcome()
    for number in range(count):
        chosen = COMMANDS[number % len(COMMANDS)]
        words, beside = chosen(dice)
        told = f"seed {seed}, command {number}, {[word[:80] for word in words]}"
        outcome.broken += [f"{told}: {what}" for what in one(folder / str(number), words, beside, outcome)]
    return outcome


def one(folder: Path, words: list[str], beside: dict[str, bytes], outcome: Outcome) -> Iterator[str]:
    """Run a command on a project; what is wrong."""
    project = small_project(
        folder / "project",
        {
            "mkdocs.yml": CONFIG,
            "texts/millbrook-gazette.txt": "One.\n\nTwo: the engine gave out.\n\nThree.\n",
        },
    )
    for name, data in beside.items():
        (folder / name).write_bytes(data)
    (before, _), outside = records(project), set(beside) | {"project"}
    files = content_of(project)
    config = ("--config-file", str(project / "mkdocs.yml"))
    words = [str(folder / word[3:]) if word.startswith("../given") else word for word in words]
    started = time.process_time()
    name = words[: 2 if words[0] == "source" else 1]
    try:
        ended = run_here(main, *name, *config, *words[len(name) :])
    except Exception as error:
        yield f"a traceback: {error!r}"[:500]
        return
    seconds = time.process_time() - started
    outcome.slowest = max(outcome.slowest, seconds)
    outcome.ended[f"{words[0]} {ended.exit_code}"] += 1
    if seconds > SLOWEST:
        yield f"{seconds:.1f} s"
    if ended.exit_code not in (0, 1, 2, 3) or "Traceback" in ended.output:
        yield f"exit code {ended.exit_code}: {ended.output[:500]}"
    if any(map(is_obeyed, ended.output)):
        yield f"what changes a terminal is printed: {ended.output[:300]!r}"
    if {path.name for path in folder.iterdir()} != outside:
        yield f"written outside: {sorted({path.name for path in folder.iterdir()} - outside)}"
    now = content_of(project)
    # An import brings the good rows beside what is there, and names the bad ones.
    if words[0] == "import":
        now = {path: now.get(path, b"") for path in files}
    if (ended.exit_code or words[0] == "import") and now != files:
        yield "it refused, or was to add only, and changed files all the same"
    after, wrong = records(project)
    yield from (f"it left an error: {each}" for each in wrong)
    if lost := lost_by(words, before - after):
        yield f"lost: {sorted(lost)}"


def is_obeyed(character: str) -> bool:
    """Whether a terminal does something with a character but show it."""
    turns = "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069"
    return turns or (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t")


def records(project: Path) -> tuple[set[str], list[str]]:
    """The ids of the records of a project, and the errors in it; where there is one, there is no id."""
    checked = check_project(read_settings(project / "mkdocs.yml"))
    wrong = [each for each in checked.diagnostics if each.code.severity == "error"]
    return set(checked.graph.entries if checked.graph else ()), [as_text([each]) for each in wrong]


def lost_by(words: list[str], gone: set[str]) -> set[str]:
    """The records that are gone, but for the one whose id was to change."""
    return gone - {words[1]} if words[0] == "rename" else gone


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        tried = try_commands(Path(scratch), int(sys.argv[1]), int(sys.argv[2]))
    print(
        f"seed {sys.argv[2]}: {tried.ended.total()} commands, the slowest {tried.slowest:.1f} s; they ended:"
    )
    print(*(f"  {name}: {count}" for name, count in sorted(tried.ended.items())), sep="\n")
    print("\n".join(tried.broken[:20]) or "nothing was lost, and nothing written elsewhere")
    sys.exit(bool(tried.broken))
