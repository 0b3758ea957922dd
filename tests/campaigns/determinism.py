"""The same facts on machines that differ in all that should not matter: the same bytes.

In: a project, a number of machines, a seed. Out: how many builds were compared, and what differed. Each
machine is a process of its own with a time zone, a locale, a hash seed, a mask of permissions, a place on
the disk, an order in which files were written, times of files, and an order in which folders are listed,
all by chance.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from small_project import content_of, differences, environment

ZONES = (
    "UTC",
    "Pacific/Kiritimati",
    "America/Los_Angeles",
    "Asia/Kathmandu",
    "Europe/Istanbul",
    "Australia/Lord_Howe",
)
LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.ISO-8859-1", "")
MASKS = (0o022, 0o077, 0o002)
LIST_IN_DISORDER = """
import os, random, runpy, sys
from pathlib import Path

dice, seed, module = random.Random(int(sys.argv[1])), sys.argv[1], sys.argv[2]
scandir, listdir, iterdir = os.scandir, os.listdir, Path.iterdir

def shuffled(found):
    listed = list(found)
    dice.shuffle(listed)
    return listed

class Scan:
    def __init__(self, entries):
        self.entries = iter(entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def close(self):
        pass

def scan(path="."):
    with scandir(path) as found:
        return Scan(shuffled(found))

os.scandir = scan
os.listdir = lambda path=".": shuffled(listdir(path))
Path.iterdir = lambda self: iter(shuffled(iterdir(self)))
sys.argv = [module, *sys.argv[3:]]
runpy.run_module(module, run_name="__main__")
"""
"""Runs a module in a process in which the system lists every folder in another order."""
GENERATE = "import sys; from sourcebook.cli import main; main()"


def machine(dice: random.Random) -> dict[str, str]:
    """The environment of a machine."""
    return {
        "TZ": dice.choice(ZONES),
        "LC_ALL": dice.choice(LOCALES),
        "LANG": dice.choice(LOCALES),
        "LANGUAGE": dice.choice(("", "hy:ru")),
        "PYTHONHASHSEED": str(dice.randrange(2**32)),
        "PYTHONUTF8": dice.choice("01"),
        "HOME": tempfile.gettempdir(),
    }


def copied(project: Path, folder: Path, dice: random.Random) -> Path:
    """A copy of a project whose files were written in another order and at other times."""
    files = [path for path in project.rglob("*") if path.is_file() and ".git" not in path.parts]
    for path in dice.sample(files, len(files)):
        target = folder / path.relative_to(project)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        moment = dice.randrange(1_000_000_000, 2_000_000_000)
        os.utime(target, (moment, moment))
    return folder


def built(project: Path, out: Path, seed: int, mask: int, **changes: str) -> str:
    """Build a project in a process that lists folders in disorder; what it said if it failed."""
    command = [
        sys.executable,
        "-c",
        LIST_IN_DISORDER,
        str(seed),
        "mkdocs",
        "build",
        "--quiet",
        "--site-dir",
        str(out),
    ]
    return said(command, project, mask, changes)


def generated(project: Path, out: Path, mask: int, **changes: str) -> str:
    """Generate a project's Markdown; what was said if it failed."""
    return said([sys.executable, "-c", GENERATE, "generate", "--out", str(out)], project, mask, changes)


def said(command: list[str], project: Path, mask: int, changes: dict[str, str]) -> str:
    """What a command said if it failed."""
    ended = subprocess.run(
        command,
        cwd=project,
        env=environment(**changes),
        capture_output=True,
        text=True,
        errors="replace",
        umask=mask,
        timeout=300,
        check=False,
    )
    return ended.stdout + ended.stderr if ended.returncode else ""


def compare(project: Path, folder: Path, machines: int, seed: int) -> Iterator[str]:
    """What differs between the site and the Markdown of the first machine and those of each other one."""
    dice, first = random.Random(seed), []
    for number in range(machines + 1):
        copy = copied(project, folder / f"{dice.randrange(10**9)}" / "project", dice)
        mask, changes = dice.choice(MASKS), machine(dice)
        told = f"seed {seed}, machine {number}, {changes}"
        outs = [copy.parent / "site", copy.parent / "out"]
        failed = built(copy, outs[0], dice.randrange(1000), mask, **changes) + generated(
            copy, outs[1], mask, **changes
        )
        if failed:
            yield f"{told}: {failed}"
            continue
        made = [content_of(out) for out in outs]
        first = first or made
        yield from (
            f"{told}: {path}"
            for one, other in zip(first, made, strict=True)
            for path in differences(one, other)
        )
        shutil.rmtree(copy.parent)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        source = copied(Path(sys.argv[1]), Path(scratch) / "source", random.Random(0))
        different = list(compare(source, Path(scratch), int(sys.argv[2]), int(sys.argv[3])))
    print(f"seed {sys.argv[3]}: sites and Markdown of {int(sys.argv[2]) + 1} machines")
    print("\n".join(different[:20]) or "the same, byte for byte")
    sys.exit(bool(different))
