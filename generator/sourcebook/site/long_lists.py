"""The whole of each index that stands on several pages, for the script that narrows it.

In: the pages of indexes. Out: a JSON text for each long one. The rule it guards: what a reader narrows is the
whole list, whichever page it is narrowed from.

The text has three parts: `facets`, the values of each facet; `parts`, what cells are made of, each once as
its words, its address on the site and its language, the last two empty for none; `rows`, each as the number
of its title among the parts, those of what its cells have, and those of its values, facet by facet.
"""

import json
import posixpath
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from sourcebook.pages.index import Cell, IndexPage, IndexRow
from sourcebook.pages.parts import Link, When, Words

FOLDER = "assets/lists"

Numbers = dict[object, int]
Address = Callable[[str], str]
"""From the path of a Markdown file to its address on the site."""


def long_lists(pages: Iterable[IndexPage], address: Address) -> Iterator[tuple[str, str]]:
    """For each index of several pages the path of its JSON file, and its text."""
    for kind, of_kind in groupby((page for page in pages if page.pager), key=lambda page: page.kind):
        found = tuple(of_kind)
        rows = (row for page in found for row in page.rows)
        text = list_json(rows, posixpath.dirname(found[0].path), address)
        yield f"{FOLDER}/{kind}.json", text


def list_json(rows: Iterable[IndexRow], folder: str, address: Address) -> str:
    """The rows of one index."""
    parts: Numbers = {}
    values: dict[str, Numbers] = {}
    cells, marks = [], []
    for row in rows:
        found = ((row.record,), *row.cells)
        cells.append(
            [[number(parts, part(one, folder, address)) for one in cell if one is not None] for cell in found]
        )
        marks.append(
            {
                facet.name: [number(values.setdefault(facet.name, {}), value) for value in facet.values]
                for facet in row.facets
            }
        )
    listed = [
        [title[0], others, [mark.get(name, []) for name in values]]
        for (title, *others), mark in zip(cells, marks, strict=True)
    ]
    whole = {"facets": {name: list(found) for name, found in values.items()}, "parts": list(parts)}
    return json.dumps({**whole, "rows": listed}, ensure_ascii=False, separators=(",", ":")) + "\n"


def number(numbers: Numbers, value: object) -> int:
    """The number of a value, which is that of its first occurrence."""
    return numbers.setdefault(value, len(numbers))


def part(cell: Cell, folder: str, address: Address) -> tuple[str, str, str]:
    """A part of a cell: its words, its address on the site, its language; the last two may be empty."""
    match cell:
        case Link():
            path = posixpath.normpath(posixpath.join(folder, cell.target))
            return cell.label.value, address(path), cell.label.lang or ""
        case When():
            return cell.words + (f" (“{cell.verbatim}”)" if cell.verbatim else ""), "", ""
        case Words():
            return cell.value, "", cell.lang or ""
    raise AssertionError("an empty cell has no parts")
