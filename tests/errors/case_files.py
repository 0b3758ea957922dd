r"""A case of bad input as one readable file: a sentence, the input files, and the report that they get.

In: a file of `cases/`. Out: its parts; the project that it describes, on disk; the file again, with another
report. Every project begins as the few valid files of `base/`; a case adds files to them or replaces them:

    === content/actors/mayor.yml            the text that follows is the file's
    === content/actors/mayor.yml (escaped)  the same, where \u202e stands for the character
    === content/actors/mayor.yml (latin-1)  the same, in that encoding
    === content/actors/mayor.yml (left out) the base's file is not there
    === content/actors/pipe.yml (pipe)      a named pipe
    === content/actors/two.yml -> mayor.yml a symbolic link
    === command                             what is run in the project, in place of `generate`
    === report                              last of all: what is printed, as text
"""

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

BASE = Path(__file__).parent / "base"
CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"^=== (?P<path>\S+)(?: \((?P<how>[^)]+)\)| -> (?P<target>\S+))?\n", re.M)
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
NOTHING = "(nothing)\n"


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of a case: its path in the project, its text, how it is written, and where a link leads."""

    path: str
    text: str
    how: str | None
    target: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A case: the sentence it begins with, its input files, the command of its own, the report expected."""

    sentence: str
    files: tuple[InputFile, ...]
    command: tuple[str, ...]
    report: str


def case_names() -> list[str]:
    """The names of all cases, such as `fields/unknown-key`, sorted."""
    return sorted(path.relative_to(CASES).with_suffix("").as_posix() for path in CASES.rglob("*.txt"))


def read_case(name: str) -> Case:
    """The parts of a case; one without a report expects the empty one."""
    text = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    marks = list(MARK.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    found = [
        InputFile(mark["path"], f"{text[mark.end() : end].rstrip()}\n", mark["how"], mark["target"])
        for mark, end in zip(marks, ends, strict=True)
    ]
    report = next((file.text for file in found if file.path == "report"), "")
    command = next((tuple(file.text.split()) for file in found if file.path == "command"), ())
    files = tuple(file for file in found if file.path not in ("report", "command"))
    return Case(text[: marks[0].start()].strip(), files, command, "" if report == NOTHING else report)


def write_report(name: str, report: str) -> None:
    """Replace the report of a case."""
    path = CASES / f"{name}.txt"
    before = path.read_text(encoding="utf-8").partition("=== report\n")[0].rstrip()
    path.write_text(f"{before}\n\n=== report\n{report or NOTHING}", encoding="utf-8")


def write_project(case: Case, root: Path) -> None:
    """Write the project of a case into a folder."""
    shutil.copytree(BASE, root, dirs_exist_ok=True)
    for file in case.files:
        write_file(file, root / file.path)


def write_file(file: InputFile, path: Path) -> None:
    """Write one file of a case as its mark says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if file.target:
        path.symlink_to(file.target)
    elif file.how == "pipe":
        os.mkfifo(path)
    elif file.how == "escaped":
        path.write_text(ESCAPE.sub(lambda found: chr(int(found[1], 16)), file.text), encoding="utf-8")
    elif file.how != "left out":
        path.write_text(file.text, encoding=file.how or "utf-8")
