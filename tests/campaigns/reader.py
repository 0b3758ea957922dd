"""The reader under any bytes: a crash, a hang, or an error without a place would be found here.

In: a folder with YAML files to begin with, a number of executions, a seed. Out: how many were executed, how
long the slowest took, and the first bytes that broke a rule. The bytes are mutations of the files; `fuzz` has
the same judge and lets the bytes follow what the reader has not done yet.
"""

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hostile_records import MORE_FRAGMENTS
from hostile_texts import FRAGMENTS
from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.diagnostics.reports import as_text
from sourcebook.reading.files import InputFile
from sourcebook.reading.mkdocs_yml import read_plugin_options
from sourcebook.reading.raw_records import records_of
from sourcebook.reading.yaml_text import DEFAULT_LIMITS, Limits, read_yaml
from sourcebook.records.collection import Collection
from sourcebook.records.load import MODELS, load_collection, load_records
from sourcebook.records.rules import check_record

FILE = "x.yml"
SLOWEST = 2.0
"""Seconds that no bytes may take."""
KINDS = tuple(MODELS)
TOKENS = (
    *(
        "&x ",
        "*x",
        "!t ",
        "!!str ",
        "<<: ",
        "%YAML 1.1\n",
        "---\n",
        "...\n",
        "? ",
        "- ",
        ": ",
        "| ",
        ">-\n",
        "\t",
    ),
    *(
        "[..2023]",
        "2023-09-18/2023-09-24",
        "2020~",
        "{value: x, lang: hy}",
        "sources: a#p1-2\n",
        "\\U0011FFFF",
    ),
    *("{source: a, locator: {label: page, value: 1}}", "\r", "\r\n", "\ufeff", "\x00", "[[a|b]]", "id: no\n"),
)


def any_faults(data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Every rule that the reader breaks with these bytes, as facts of each kind and as mkdocs.yml."""
    return [fault for what in (*KINDS, "options") for fault in faults(data, what, limits)]


def faults(data: bytes, what: str, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Every rule that the reader breaks with these bytes, taken for records of a kind, or for `options`."""
    text = data.decode("utf-8", "replace").lstrip("\ufeff")
    lines = text.replace("\r\n", "\n").split("\n")
    found, is_lost = read_as(data, what, limits)
    wrong = [f"{place} of {one.code.slug}" for one in found for place in misplaced(one, lines)]
    wrong += [f"a message of {one.code.slug} breaks out of its line" for one in found if breaks_out(one)]
    if is_lost and any(line.strip() and line.lstrip()[0] not in "#.-" for line in lines):
        wrong.append("nothing was read, and nothing is said of it")
    return wrong


def read_as(data: bytes, what: str, limits: Limits) -> tuple[tuple[Diagnostic, ...], bool]:
    """What the reader says of bytes, and whether they were lost in silence."""
    if what == "options":
        options = read_plugin_options(data, FILE, limits)
        problems = load_collection(options.options, FILE)[1] if options.options else ()
        return (*options.diagnostics, *problems), False
    reading = read_yaml(data, FILE, limits)
    raw, about_file = records_of(reading, InputFile(Path(FILE), FILE, what))
    entries, about_records = load_records(raw, Collection())
    rules = (found for entry in entries if entry.whole for found in check_record(entry))
    return (*about_file, *about_records, *rules), reading.root is None and not reading.diagnostics


def misplaced(found: Diagnostic, lines: list[str]) -> Iterator[str]:
    """The places of a diagnostic that are not in the text."""
    for position in (found.position, *(related.position for related in found.related)):
        is_line = position.line is not None and 1 <= position.line <= len(lines)
        if not is_line or not 1 <= (position.column or 0) <= len(lines[position.line - 1]) + 1:
            yield f"{position} is no place"


def breaks_out(found: Diagnostic) -> bool:
    """Whether a report of this alone has a line that is no message, no hint and no count."""
    if len(f"{found.message}{found.hint}".splitlines()) == 1 and not found.related:
        return False
    lines = as_text([found]).splitlines()
    return not all(line.startswith((f"{FILE}:", "  ", "1 ")) for line in lines if line)


def corpus(folder: Path) -> list[bytes]:
    """The files to begin with: every YAML file below a folder, and texts that like to be markup."""
    files = [path.read_bytes() for path in sorted(folder.rglob("*.y*ml")) if path.stat().st_size < 20_000]
    return files + [f"name: {text}".encode("utf-8", "replace") for text in (*FRAGMENTS, *MORE_FRAGMENTS)]


def mutations(begin: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """So many files that somebody has spoilt: cut, doubled, spliced, with signs of YAML in wrong places."""
    dice = random.Random(seed)
    tokens = [token.encode() for token in TOKENS] + [text.encode("utf-8", "replace") for text in FRAGMENTS]
    for _ in range(count):
        data = dice.choice(begin)
        start = dice.randrange(len(data) + 1)
        data = data[start : start + dice.randint(0, 600)] if dice.random() < 0.8 else data
        for _ in range(dice.randint(1, 6)):
            data = changed(data, dice, tokens)
        yield data


def changed(data: bytes, dice: random.Random, tokens: list[bytes]) -> bytes:
    """The bytes with one change."""
    at, end = sorted((dice.randrange(len(data) + 1), dice.randrange(len(data) + 1)))
    end = min(end, at + 40)
    choice = dice.randrange(5)
    if choice == 0:
        return data[:at] + data[end:]
    if choice == 1:
        return data[:end] + data[at:]
    if choice == 2:
        return data[:at] + dice.randbytes(dice.randint(1, 4)) + data[at:]
    return data[:at] + dice.choice(tokens) + data[at if choice == 3 else end :]


def try_mutations(begin: list[bytes], count: int, seed: int) -> tuple[float, list[str]]:
    """Execute the reader so many times; the seconds of the slowest, and what was found wrong."""
    slowest, wrong = 0.0, []
    for number, data in enumerate(mutations(begin, count, seed)):
        started = time.perf_counter()
        found = faults(data, (*KINDS, "options")[number % 7])
        seconds = time.perf_counter() - started
        slowest = max(slowest, seconds)
        if seconds > SLOWEST:
            found.append(f"{seconds:.1f} s")
        wrong += [f"{fault}: {data!r}" for fault in found]
    return slowest, wrong


if __name__ == "__main__":
    executions, chosen = int(sys.argv[2]), int(sys.argv[3])
    longest, broken = try_mutations(corpus(Path(sys.argv[1])), executions, chosen)
    print(f"{executions} executions, seed {chosen}, the slowest {longest:.3f} s, {len(broken)} faults")
    print(*broken[:20], sep="\n")
    sys.exit(bool(broken))
