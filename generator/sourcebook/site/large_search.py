"""The search of large sites: an index by Pagefind, of which a browser fetches only what a question needs.

In: the finished site with the index of Material's search, what that index leaves out, and what kind of record
each page is about. Out: a folder `pagefind` in the site; Material's index is left empty. The rule it guards:
both searches find the same pages by the same words.

Pagefind (https://pagefind.app) is a program of its own that reads HTML. It gets the texts of the search's
index as small pages, in a folder beside the site that is removed again.
"""

import html
import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.composer import record_path

FOLDER = "pagefind"
MATERIAL_INDEX = "search/search_index.json"
OTHER_PAGES = "Page"
INSTALL = "pip install 'sourcebook[search]'"
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Pagefind's own search boxes: the site has the theme's."""

Entries = list[dict[str, str]]
"""What Material's search knows of pages: their sections, under the keys of its index."""
Section = tuple[str, str, str]
"""Its anchor, its title and its text."""
MOST_NAMED = 200
"""How many records of each kind are asked first, where a word stands on very many pages."""


class Mark(NamedTuple):
    """What is told of a page: the kind and the status of its record, and whether it is asked first."""

    kind: str
    status: str = ""
    is_first: bool = False


Marks = Mapping[str, Mark]
"""What is told of each record's page, by the path of its Markdown file."""
HAND_WRITTEN = Mark(OTHER_PAGES, is_first=True)


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no index."""

    reason: str


def record_marks(graph: Graph) -> dict[str, Mark]:
    """What is told of every record, by the path of its Markdown file."""
    first = frozenset(chain.from_iterable(most_named(graph, keys) for keys in graph.by_kind.values()))
    return {
        record_path(kind, key): Mark(wording.KINDS[kind], status_of(graph, key), key in first)
        for kind, keys in graph.by_kind.items()
        for key in keys
    }


def most_named(graph: Graph, keys: Iterable[str]) -> list[str]:
    """The ids that most records name, of those given."""
    return sorted(keys, key=graph.naming, reverse=True)[:MOST_NAMED]


def status_of(graph: Graph, key: str) -> str:
    """The status of a claim in words; empty for other records."""
    return wording.STATUSES[graph.standings[key].status] if key in graph.standings else ""


def index_site(
    site: Path, marks: Marks, language: str, command: str, besides: Iterable[Entries] = ()
) -> Failed | None:
    """Index a finished site; None if that has worked, and otherwise Material's index stays.

    `besides` are the entries of each page that is not in Material's index.
    """
    index = site / MATERIAL_INDEX
    texts = site.with_name(f"{site.name}.texts")
    try:
        whole = json.loads(index.read_text(encoding="utf-8"))
        for entries in chain((whole["docs"],), besides):
            write_texts(texts, entries, marks, language)
        run(command, texts, site / FOLDER, language)
        index.write_text(json.dumps({**whole, "docs": []}, separators=(",", ":")), encoding="utf-8")
    except (OSError, KeyError, ValueError) as error:
        return Failed(str(error))
    except subprocess.CalledProcessError as error:
        return Failed(error.output.strip().splitlines()[-1] if error.output.strip() else "it says nothing")
    finally:
        shutil.rmtree(texts, ignore_errors=True)
    for pattern in UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    return None


def run(command: str, texts: Path, output: Path, language: str) -> None:
    """Have Pagefind index a folder."""
    subprocess.run(
        [
            command,
            "--site",
            str(texts),
            "--output-path",
            str(output),
            "--force-language",
            language.split("-")[0],
        ],
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def write_texts(folder: Path, entries: Entries, marks: Marks, language: str) -> None:
    """Write a small page for each page of the site, at the same address."""
    for location, sections in by_page(entries):
        path = folder / (f"{location}index.html" if not location or location.endswith("/") else location)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_page(sections, mark_of(location, marks), language), encoding="utf-8")


def by_page(entries: Entries) -> Iterator[tuple[str, list[Section]]]:
    """The sections of each page under its address, each as its anchor, its title and its text."""
    pages: dict[str, list[Section]] = {}
    for entry in entries:
        location, _, anchor = entry["location"].partition("#")
        pages.setdefault(location, []).append((anchor, entry["title"], entry["text"]))
    yield from pages.items()


def mark_of(location: str, marks: Marks) -> Mark:
    """What is told of a page by its address."""
    return marks.get(f"{location.removesuffix('.html').rstrip('/')}.md", HAND_WRITTEN)


def text_page(sections: list[Section], mark: Mark, language: str) -> str:
    """A page as Pagefind reads it; titles and texts are HTML already."""
    told = told_of("Kind", mark.kind) + (told_of("Status", mark.status) if mark.status else "")
    first = '<i data-pagefind-filter="First:yes"></i>' if mark.is_first else ""
    page_title = sections[0][1]
    parts = "".join(text_section(*section, page_title) for section in sections)
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}"><head><meta charset="utf-8"></head>'
        f"<body data-pagefind-body>{told}{first}{parts}</body></html>\n"
    )


def told_of(name: str, value: str) -> str:
    """By what a page can be found, and what its result says of it."""
    told = html.escape(value)
    return f'<i data-pagefind-filter="{name}:{told}" data-pagefind-meta="{name.lower()}:{told}"></i>'


def text_section(anchor: str, title: str, text: str, page_title: str) -> str:
    """A section under its heading; the page's own is told once, by the first, which has no anchor."""
    heading = f'<h2 id="{html.escape(anchor)}">{title}</h2>' if anchor else f"<h1>{title}</h1>"
    return f"{'' if anchor and title == page_title else heading}\n<div>{text}</div>\n"
