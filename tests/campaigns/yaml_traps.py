"""What YAML 1.1 takes for something else than its letters: here a value is the letters that were typed.

In: a number of records, a seed. Out: how many values were kept and how many errors told, and what was found
wrong. Countries that are no, times that are numbers of base 60, octal, dates, floats, nulls, in any style
of quotation and as keys: each is read as it was typed. Keys that stand twice, anchors, aliases, merge keys,
tags, directives and further documents are refused at their places.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import product

from sourcebook.diagnostics.codes import Code
from sourcebook.reading.files import InputFile
from sourcebook.reading.nodes import Mapping, Scalar, Sequence
from sourcebook.reading.raw_records import records_of
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.collection import Collection
from sourcebook.records.load import load_records

WORDS = tuple(
    cased
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf")
    for cased in (word, word.title(), word.upper())
)
OTHERS = (
    *(
        "~",
        "=",
        ".nan",
        ".NaN",
        ".inf",
        "-.INF",
        "+.inf",
        ".5",
        "5.",
        "1e3",
        "1E+3",
        "1.0e-10",
        "0.1",
        "1_000",
        "+1",
        "-0",
    ),
    *(
        "12:30",
        "1:30:45",
        "190:20:30.15",
        "-1:59",
        "00:00",
        "010",
        "0o17",
        "0b1010",
        "0x1F",
        "0xdeadBEEF",
        "007",
        "1,000",
    ),
    *(
        "2001-12-14",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14 21:59:43",
        "1969-1-2",
        "2023-02-30",
        "99999-12-31",
    ),
    *(
        "1.10",
        "3.0",
        "٣",
        "１２",
        "1e999",
        "1" * 40,
        "0." + "1" * 30,
        "_",
        "--",
        "e",
        "E5",
        "x-1",
        "a:b",
        "a#b",
    ),
)
STYLES = ("{}", "'{}'", '"{}"', "{} # a comment", "  {}", "!x {}", "&x {}", "|-\n  {}", ">-\n  {}")
REFUSED = ("!x {}", "&x {}")
TRAPS: dict[str, Code] = {
    "a: x\na: y\n": Code.DUPLICATE_KEY,
    "a: x\n'a': y\n": Code.DUPLICATE_KEY,
    '"\\x61": x\na: y\n': Code.DUPLICATE_KEY,
    "{a: x, b: y, a: z}\n": Code.DUPLICATE_KEY,
    "? a\n: x\n? a\n: y\n": Code.DUPLICATE_KEY,
    "no: x\nno: y\n": Code.DUPLICATE_KEY,
    "a: &b x\n": Code.YAML_FEATURE,
    "a: &b x\nc: *b\n": Code.YAML_FEATURE,
    "a: &b {x: y}\nc: {<<: *b}\n": Code.YAML_FEATURE,
    "<<: {x: y}\na: z\n": Code.YAML_FEATURE,
    "a: !!str no\n": Code.YAML_FEATURE,
    "a: !!python/object/apply:os.system [echo]\n": Code.YAML_FEATURE,
    "a: !!binary aGk=\n": Code.YAML_FEATURE,
    "a: !!set {x, y}\n": Code.YAML_FEATURE,
    "%YAML 1.1\n---\na: x\n": Code.YAML_FEATURE,
    "%TAG ! tag:x,2000:\n---\na: x\n": Code.YAML_FEATURE,
    "a: x\n---\nb: y\n": Code.YAML_FEATURE,
    "a: &a [&b [*a, *b]]\n": Code.YAML_FEATURE,
    "[a]: x\n": Code.YAML_SYNTAX,
    "? {a: b}\n: x\n": Code.YAML_SYNTAX,
    "a:\tb: c\n": Code.YAML_SYNTAX,
}
"""Small files, and under which code each is refused."""


def typed_values() -> Iterator[str]:
    """Every text that YAML 1.1 takes for no text, and some that are nearly such."""
    yield from (*WORDS, *OTHERS)
    yield from (f"{sign}{text}" for sign, text in product("+-.0", ("1", "12:30", "no", "0x1", "1e3", ".5")))


def try_styles() -> Iterator[str]:
    """What is wrong with each value in each style, as value, in a list and as a key."""
    for text, style in product(dict.fromkeys(typed_values()), STYLES):
        written = style.format(text)
        yield from value_faults(f"a: {written}\n", text, style)
        if "|" not in style and ">" not in style:
            yield from value_faults(f"- {written}\n", text, style)
        if style in STYLES[:3]:
            yield from value_faults(f"{written}: x\n", text, style)


def value_faults(data: str, text: str, style: str) -> Iterator[str]:
    """What is wrong with a file whose one value, or one key, is this text."""
    reading = read_yaml(data.encode(), "x.yml")
    codes = {each.code for each in reading.diagnostics}
    if style in REFUSED:
        if Code.YAML_FEATURE not in codes:
            yield f"{data!r} is not refused"
        return
    if codes:
        yield f"{data!r} is refused: {sorted(code.slug for code in codes)}"
    elif text not in scalars(reading.root):
        yield f"{data!r} is read as {scalars(reading.root)}"


def scalars(node: object) -> list[str]:
    """Every key and value of a node."""
    if isinstance(node, Mapping):
        return [text for key, entry in node.entries.items() for text in (key, *scalars(entry.value))]
    if isinstance(node, Sequence):
        return [text for item in node.items for text in scalars(item)]
    return [node.value] if isinstance(node, Scalar) else []


def try_traps() -> Iterator[str]:
    """What is wrong with how the small files are refused."""
    for data, code in TRAPS.items():
        reading = read_yaml(data.encode(), "x.yml")
        told = [each for each in reading.diagnostics if each.code is code]
        if not told or not all(each.position.line and each.position.column for each in told):
            yield f"{data!r}: {[each.code.slug for each in reading.diagnostics]}"
        if code is Code.DUPLICATE_KEY and told and not told[0].related:
            yield f"{data!r}: the first place is not told"


def try_records(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """So many records with such texts in all fields; how many values were kept, and what is wrong."""
    dice, outcomes, broken = random.Random(seed), Counter[str](), []
    texts = list(dict.fromkeys(typed_values()))
    for _ in range(count):
        name, tag, day, number, other = dice.choices(texts, k=5)
        data = (
            f"name: {name}\ntype: {dice.choice(('person', other))}\ntags:\n- {tag}\naliases:\n- {other}\n"
            f"posts:\n- post: {other}\n  start_date: {day}\nidentifiers:\n  ucdp: {number}\nsources: a#p1\n"
        )
        wrong = record_faults(data, (name, other, number), outcomes)
        broken += [f"{fault}: {data!r}" for fault in wrong]
    return outcomes, broken


def record_faults(data: str, typed: tuple[str, str, str], outcomes: Counter[str]) -> Iterator[str]:
    """What is wrong with a record: a text that is another one, or an error without its place."""
    name, other, number = typed
    raw, found = records_of(read_yaml(data.encode(), "x.yml"), InputFile(None, "x.yml", "actor"))
    entries, invalid = load_records(raw, Collection())
    outcomes["errors"] += len(invalid)
    if not all(each.position.line and each.position.column for each in (*found, *invalid)):
        yield "an error without a place"
    for entry in entries:
        record = entry.record
        texts = [(record.name, name), *((alias, other) for alias in record.aliases or ())]
        texts += [(post.post, other) for post in record.posts or ()]
        for kept, text in texts:
            outcomes["values"] += kept is not None
            if kept is not None and getattr(kept, "value", kept) != text:
                yield f"{text!r} was kept as {kept!r}"
        if any(value != number for value in (record.identifiers or {}).values()):
            yield f"{number!r} was kept as {record.identifiers!r}"


if __name__ == "__main__":
    wrong = [*try_styles(), *try_traps()]
    counted, more = try_records(int(sys.argv[1]), int(sys.argv[2]))
    wrong += more
    print(
        f"{len({*typed_values()})} texts in {len(STYLES)} styles, {len(TRAPS)} small files that are refused;"
    )
    print(f"seed {sys.argv[2]}: {counted['values']} values kept, {counted['errors']} errors told")
    print("\n".join(wrong[:20]) or "each value is what was typed")
    sys.exit(bool(wrong))
