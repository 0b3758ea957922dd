"""Files in every encoding, and in none: read as they are, or refused at the first byte that is not UTF-8.

In: a number of files, a seed. Out: how many were read and refused, and what was found wrong. First so many
texts are encoded in ways of their own and spoilt (byte-order marks, other encodings, overlong forms, halves
of characters, NUL, two encodings in one file, cut ends); the values that are read must be those that
Python's own decoder and a YAML parser in Python see, and what they do not see is refused at its place. Then
each kind of file of a project is written in each way, and the command must tell of that very file, without
a traceback.
"""

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from small_project import FILES, Ran, generate, small_project
from sourcebook.diagnostics.codes import Code
from sourcebook.reading.nodes import Mapping, Scalar
from sourcebook.reading.yaml_text import read_yaml

WORDS = (
    "harbour",
    "Zürich",
    "Հայաստան",
    "Иванова",
    "قره باغ",
    "中文。",
    "e\u0301",
    "a\u200db",
    "😀",
    "₤ 5",
    "naïve—…",
)
ENCODINGS = (
    *(
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "utf-32-le",
        "utf-7",
        "latin-1",
        "cp1251",
    ),
    *("cp1252", "koi8-r", "shift-jis", "gb18030", "euc-kr", "iso-8859-8", "cp037"),
)
MARKS = ("\ufeff".encode(), b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"+/v8")
SPOILS = (
    # Overlong / and NUL, halves of a character, beyond Unicode, a tail alone, a head alone, never a byte.
    *(
        b"\xc0\xaf",
        b"\xc0\x80",
        b"\xe0\x80\xaf",
        b"\xed\xa0\x80",
        b"\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
    ),
    *(
        b"\x80",
        b"\xe2\x82",
        b"\xf0\x9f",
        b"\xfe",
        b"\xff",
        b"\x00",
        b"\x1b",
        b"\x7f",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
    ),
    *(
        "\u202e".encode(),
        "\ufeff".encode(),
        "\ufffe".encode(),
        "\U000e0041".encode(),
        b"\r",
        "Ü".encode("latin-1"),
    ),
)
WAYS: dict[str, Callable[[str], bytes]] = {
    **{name: lambda text, name=name: text.encode(name, "replace") for name in ENCODINGS},
    "two encodings": lambda text: (
        text[: len(text) // 2].encode() + ("é" + text[len(text) // 2 :]).encode("cp1252", "replace")
    ),
    "twice": lambda text: ("é" + text).encode().decode("latin-1").encode(),
    "surrogates": lambda text: (text + "\ud83d\ude00").encode("utf-8", "surrogatepass"),
    "overlong": lambda text: text.encode().replace(b":", b"\xc0\xba", 1),
    "nul": lambda text: text.encode().replace(b" ", b"\0", 1),
    "cut": lambda text: (text + "Հ").encode()[:-1],
}
PROJECT_FILES = (
    *("mkdocs.yml", "names.txt", "docs/notes/tides.md", "content/actors/asha-verne.yml"),
    *("content/claims/company.yml", "seeds/millbrook-gazette.yml", "texts/millbrook-gazette.txt"),
    "site_templates/claim.md",
)


PROJECT_CHANGES = {
    "mkdocs.yml": FILES["mkdocs.yml"].replace(
        "as_of: 2031-05-04", "source_texts: texts\n      withheld_names: names.txt"
    ),
    "names.txt": "Zoë Nobody\n",
    "texts/millbrook-gazette.txt": "Zoë\n\nthe engine gave out\n\nLast\n",
    "site_templates/claim.md": '{% extends "sourcebook/claim.md" %}\n',
}


def spoilt(dice: random.Random) -> bytes:
    """A small file of facts in some encoding, with some bytes put where they do not belong."""
    words = [" ".join(dice.choices(WORDS, k=3)) for _ in range(3)]
    text = f"name: '{words[0]}'\nnote: |\n  {words[1]}\n  x\n'{words[2]}': y\n"
    data = text.replace("\n", dice.choice(("\n", "\r\n"))).encode(
        dice.choice(("utf-8", *ENCODINGS)), "replace"
    )
    if dice.random() < 0.3:
        data = dice.choice(MARKS) + data
    for _ in range(dice.choice((0, 0, 1, 1, 2))):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.choice(SPOILS) + data[at:]
    return data[: dice.randrange(len(data))] if dice.random() < 0.1 else data


def faults(data: bytes) -> list[str]:
    """What is wrong with how these bytes are read."""
    reading = read_yaml(data, "x.yml")
    errors = [each for each in reading.diagnostics if each.code.severity == "error"]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n")
        place = (good.count("\n") + 1, len(good) - good.rfind("\n"))
        told = [(each.code, each.position.line, each.position.column) for each in errors]
        return (
            []
            if told == [(Code.NOT_UTF8, *place)]
            else [f"{told} is told of bytes that are no text from {place}"]
        )
    if errors:
        return [] if all(each.position.line and each.position.column for each in errors) else ["no place"]
    try:
        expected = yaml.load(text.lstrip("\ufeff").replace("\r\n", "\n"), yaml.BaseLoader)
    except yaml.YAMLError:
        return []  # some of what is cut or spoilt is no YAML to the one and still some to the other
    seen = values(reading.root)
    return [] if seen == (expected or "") else [f"{seen} was read, not {expected}"]


def values(node: object) -> object:
    """What a node holds, as plain values."""
    if isinstance(node, Mapping):
        return {key: values(entry.value) for key, entry in node.entries.items()}
    return node.value if isinstance(node, Scalar) else ""


def try_bytes(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Read so many files; how many were read and refused, and what was found wrong."""
    dice, outcomes, broken = random.Random(seed), Counter[str](), []
    for _ in range(count):
        data = spoilt(dice)
        is_refused = any(each.code.severity == "error" for each in read_yaml(data, "x.yml").diagnostics)
        outcomes["refused" if is_refused else "read"] += 1
        broken += [f"{fault}: {data!r}" for fault in faults(data)]
    return outcomes, broken


def try_project(folder: Path, chosen: tuple[str, ...] = PROJECT_FILES) -> Iterator[str]:
    """What is wrong where a file of a project is written in one way, for each of the chosen and way."""
    project = small_project(folder / "project", PROJECT_CHANGES)
    for file in chosen:
        whole = (project / file).read_text(encoding="utf-8")
        for way, encoded in WAYS.items():
            data = encoded(whole)
            (project / file).write_bytes(data)
            ended = generate(project, folder / "out")
            yield from (f"{file} in {way}: {fault}" for fault in command_faults(file, data, ended))
        (project / file).write_text(whole, encoding="utf-8")


def command_faults(file: str, data: bytes, ended: Ran) -> Iterator[str]:
    """What is wrong with how a command ended."""
    if ended.exit_code not in (0, 1) or "Traceback" in ended.output:
        yield f"exit code {ended.exit_code}: {ended.output}"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if ended.exit_code == 0 or f"{file}:" not in ended.output:
            yield f"the file is not named: {ended.output}"


if __name__ == "__main__":
    counted, wrong = try_bytes(int(sys.argv[1]), int(sys.argv[2]))
    with tempfile.TemporaryDirectory() as scratch:
        wrong += try_project(Path(scratch))
    print(f"seed {sys.argv[2]}: {counted['read']} files read, {counted['refused']} refused,")
    print(
        f"and {len(PROJECT_FILES)} kinds of files in {len(WAYS)} ways each: {len(wrong)} faults",
        *wrong[:20],
        sep="\n",
    )
    sys.exit(bool(wrong))
