"""Withheld names, in every place and however written: no byte that is published holds one.

In: a number of rounds, a seed. Out: how many runs refused and how many published, where the name would
have been without the list, and what was found wrong. In each round a name, written in some way, gets into
one place of a project in git: facts, settings, pages, pictures, file names, the theme, or only the commits.
Both doors and the export then either refuse, and keep the last site, or publish what does not hold it. The
judge knows nothing of the program: it unpacks, opens the database, reads texts out of HTML, JSON and
addresses, and compares letters without their marks.
"""

import gzip
import html
import json
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from small_project import FILES, Ran, content_of, generate, mkdocs_build, run_here, small_project
from sourcebook.cli import main

NAMES = ("Ruta Exampleva", "Ծովինար Հորինվածյան", "Zoë Straßenmüller", "ليلى المثال", "Иоланта Выдуманная")
MILLBROOK = "content/places/millbrook.yml"
TAGS = re.compile(r"<[^<>]*>")
ESCAPES = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")

WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda name: name,
    "upper case": str.upper,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "soft hyphens": lambda name: name[:2] + "\u00ad" + name[2:],
    "no-break space": lambda name: name.replace(" ", "\u00a0\u00a0"),
    "emphasis": lambda name: name.replace(" ", "* *").join("**"),
    "line break": lambda name: name.replace(" ", "\n    "),
    "hyphens": lambda name: name.replace(" ", "-"),
    "entities": lambda name: "".join(f"&#{ord(letter)};" for letter in name),
    "address": lambda name: f"https://example.org/{quote(name)}",
}


def in_field(file: str, old: str) -> Callable[[str], dict[str, str]]:
    """A place among the facts: instead of some words of a file of the small project."""
    return lambda written: {file: FILES[file].replace(old, json.dumps(written, ensure_ascii=False))}


def svg(written: str) -> dict[str, str]:
    """A picture with a title."""
    picture = FILES["docs/notes/buoy.svg"].replace("/>", f"><title>{html.escape(written)}</title></svg>")
    return {"docs/notes/buoy.svg": picture}


PLACES: dict[str, Callable[[str], dict[str, str]]] = {
    "name": in_field("content/actors/asha-verne.yml", "Asha Verne"),
    "alias": in_field("content/actors/ferry-company.yml", "The Crossing & Co"),
    "post": in_field("content/actors/asha-verne.yml", "harbour master"),
    "statement": in_field("content/claims/company.yml", "Forty passengers were left on the quay."),
    "quote": in_field("content/claims/company.yml", "the engine gave out"),
    "verbatim date": in_field("content/events/ferry-stops.yml", "earlier this week"),
    "answer": in_field("content/disputes/why-the-ferry-stopped.yml", "Its engine failed."),
    "title of a source": in_field("seeds/millbrook-gazette.yml", "Ferry stops, nobody knows for how long"),
    "gist": in_field("seeds/millbrook-gazette.yml", "The ferry has stopped."),
    "comment": lambda written: {MILLBROOK: f"# {' '.join(written.split())}\n{FILES[MILLBROOK]}"},
    "description of the site": lambda written: {
        "mkdocs.yml": FILES["mkdocs.yml"] + f"site_description: {json.dumps(written, ensure_ascii=False)}\n"
    },
    "page": lambda written: {"docs/notes/tides.md": f"{FILES['docs/notes/tides.md']}\n{written}\n"},
    "ignored page": lambda written: {"docs/notes/local.md": f"# Local\n\n{written}\n"},
    "picture": svg,
    "file": lambda written: {f"docs/notes/{file_name(written)}.txt": "x\n"},
    "template": lambda written: {
        "site_templates/claim.md": '{% extends "sourcebook/claim.md" %}{% block notes %}'
        + written
        + "{% endblock %}"
    },
    "theme": lambda written: {
        ".parts/main.html": '{% extends "base.html" %}{% block extrahead %}<meta content="'
        + written
        + '">{% endblock %}',
        "mkdocs.yml": FILES["mkdocs.yml"].replace("font: false", "font: false\n  custom_dir: .parts"),
    },
    "data file": lambda written: {"docs/data.json": json.dumps({"by": written})},
    "commits": lambda written: {},
}
IGNORED = "names.txt\nsite/\n.parts/\ndocs/notes/local.md\n"


def file_name(written: str) -> str:
    """A text as the name of a file."""
    return re.sub(r"[/\n:]+", "-", written)[:60]


# The judge --------------------------------------------------------------------------------------------------


def letters(text: str) -> str:
    """The letters and digits of a text, without case and marks."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(
        each
        for each in unicodedata.normalize("NFKD", text)
        if each.isalnum() and not unicodedata.combining(each)
    )


def holds(name: str, text: str) -> bool:
    """Whether a text holds the letters of a name, as it stands or with what is escaped in it resolved."""
    plain = ESCAPES.sub(lambda match: json.loads(f'"{match[0]}"'), text.replace("\\n", " "))
    readings = (
        text,
        plain,
        unquote(plain),
        html.unescape(plain),
        TAGS.sub(" ", html.unescape(plain)),
        html.unescape(TAGS.sub(" ", plain)),
    )
    return any(letters(name) in letters(reading) for reading in readings)


def texts_of(path: str, data: bytes) -> Iterator[str]:
    """Every text that a published file holds: of a database its tables', of a packed file what is in it."""
    yield path
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    elif data.startswith(b"SQLite format 3"):
        yield from texts_of_database(data)
    yield data.decode("utf-8", "replace")
    if b"\0" in data:
        yield from (data.decode(encoding, "ignore") for encoding in ("utf-16-le", "utf-16-be", "latin-1"))
    yield from (inflated.decode("utf-8", "replace") for inflated in streams(data))


def streams(data: bytes) -> Iterator[bytes]:
    """What is packed within a file, as in pictures and documents."""
    for match in re.finditer(rb"x[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[match.start() :], 1_000_000)
        except zlib.error:
            continue


def texts_of_database(data: bytes) -> Iterator[str]:
    """Every value of every table of a database, its full-text index too."""
    database = sqlite3.connect(":memory:")
    database.deserialize(data)
    for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in database.execute(f'SELECT * FROM "{table}"'):
            yield " | ".join(
                each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in row
            )


def leaks(name: str, folder: Path) -> list[str]:
    """The files below a folder that hold a name."""
    return [
        path
        for path, data in content_of(folder).items()
        if any(holds(name, text) for text in texts_of(path, data))
    ]


# The campaign -----------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """How many runs refused and published, by place where the name would be published, and what is wrong."""

    ended: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def try_places(folder: Path, rounds: int, seed: int) -> Outcome:
    """So many rounds; the places come in turn, names and ways of writing by chance."""
    dice, outcome = random.Random(seed), Outcome()
    places = dice.sample(list(PLACES), len(PLACES))
    for number in range(rounds):
        place, name, way = places[number % len(places)], dice.choice(NAMES), dice.choice(list(WAYS))
        told = f"seed {seed}, round {number}, {place}, {way}, {name}"
        outcome.broken += [f"{told}: {what}" for what in one(folder / str(number), place, name, way, outcome)]
    return outcome


def one(folder: Path, place: str, name: str, way: str, outcome: Outcome) -> Iterator[str]:
    """One round: without the list the name may be published, with it no door publishes it."""
    project = small_project(folder / "project")
    before = content_of(project / "site") if mkdocs_build(project).exit_code == 0 else {}
    small_project(project, PLACES[place](WAYS[way](name)))
    commit(project, name)
    mkdocs_build(project, site=folder / "without")
    outcome.seen[place] += bool((folder / "without").is_dir() and leaks(name, folder / "without"))
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    withheld = config.replace("as_of: 2031-05-04", "as_of: 2031-05-04\n      withheld_names: names.txt")
    (project / "mkdocs.yml").write_text(withheld, encoding="utf-8")
    (project / "names.txt").write_text(f"{name}\n", encoding="utf-8")
    commit(project, name)
    doors = {
        "site": lambda out: mkdocs_build(project, site=out),
        "generated": lambda out: generate(project, out),
        "exported": lambda out: run_here(
            main, "export", "-f", str(project / "mkdocs.yml"), "--out", str(out)
        ),
    }
    for door, run in doors.items():
        out = folder / door
        yield from (f"{door}: {what}" for what in door_faults(name, out, run(out), outcome))
    ended = mkdocs_build(project)
    if ended.exit_code and content_of(project / "site") != before:
        yield "the last site did not stay"
    if leaks(name, project / "site"):
        yield "the site in its place holds the name"


def door_faults(name: str, out: Path, ended: Ran, outcome: Outcome) -> Iterator[str]:
    """What is wrong with what a door published or refused."""
    outcome.ended["refused" if ended.exit_code else "published"] += 1
    if ended.exit_code not in (0, 1) or "Traceback" in ended.output:
        yield f"exit code {ended.exit_code}: {ended.output}"
    if holds(name, ended.output):
        yield "a message holds the name"
    if ended.exit_code and out.exists():
        yield "it refused and published all the same"
    if out.exists() and (found := leaks(name, out)):
        yield f"published in {found[:5]}"


def commit(project: Path, name: str) -> None:
    """Commit all that git does not ignore, with the name as the author's and in the message."""
    (project / ".gitignore").write_text(IGNORED, encoding="utf-8")
    who = ("-c", f"user.name={name}", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false")
    for arguments in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*who, "commit", "--quiet", "--allow-empty", "-m", f"By {name}"),
    ):
        subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        tried = try_places(Path(scratch), int(sys.argv[1]), int(sys.argv[2]))
    print(f"seed {sys.argv[2]}: {tried.ended['refused']} runs refused, {tried.ended['published']} published;")
    print(f"without the list the name was published from {len(+tried.seen)} of {len(PLACES)} places")
    print("\n".join(tried.broken[:20]) or "no byte that was published holds a name")
    sys.exit(bool(tried.broken))
