"""Long lists in pages of a bearable length.

In: a page with a long list. Out: the pages that it is printed on, or the beginning of a list with a link to
all of it. The rule it guards: nothing that a site has is left out of its lists, however many records there
are, and no page grows with them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from sourcebook.pages import wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.parts import Link, Words
from sourcebook.reading.files import KINDS as FOLDERS

ROWS_A_PAGE = 300
"""A longer list goes on on further pages, or leads to a list that does."""
NEIGHBOURS = 2
"""How many pages before and behind a page its pager names, besides the first and the last."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many this is, with links to others by their numbers; a gap between two is None."""

    number: int
    count: int
    before: Link | None
    after: Link | None
    pages: tuple[Link | Words | None, ...]


def numbered(path: str, number: int) -> str:
    """The path of a page of a list; no id has the underscore of the pages after the first."""
    return path if number == 1 else f"{path.removesuffix('.md')}_{number}.md"


def page_title(title: str, number: int, count: int) -> str:
    """The title of a page of a list."""
    return title if number == 1 else f"{title}, page {number} of {count}"


def pager(composer: Composer, path: str, number: int, count: int) -> Pager | None:
    """The pager of a page; `path` is that of the first one. None where there is only one."""
    if count == 1:
        return None
    shown = sorted({1, count} | set(range(number - NEIGHBOURS, number + NEIGHBOURS + 1)))
    pages: list[Link | Words | None] = []
    for other in (near for near in shown if 1 <= near <= count):
        if pages and other - 1 not in shown:
            pages.append(None)
        label = Words(str(other))
        pages.append(label if other == number else Link(label, composer.target(numbered(path, other))))
    return Pager(
        number,
        count,
        to_page(composer, "Previous page", path, number - 1, count),
        to_page(composer, "Next page", path, number + 1, count),
        tuple(pages),
    )


def to_page(composer: Composer, label: str, path: str, number: int, count: int) -> Link | None:
    """A link to a page of a list; None where there is no such page."""
    return Link(Words(label), composer.target(numbered(path, number))) if 1 <= number <= count else None


def page_count(rows: int, most: int = ROWS_A_PAGE) -> int:
    """How many pages a list needs; one for an empty list."""
    return max(1, -(-rows // most))


def on_page(items: Sequence[Item], number: int, most: int = ROWS_A_PAGE) -> tuple[int, Sequence[Item]]:
    """The items on the page of a number, and the number in the whole list of the first of them, from 1."""
    start = (number - 1) * most
    return start + 1, items[start : start + most]


def sized_chunks(items: Sequence[tuple[int, Item]], most: int = ROWS_A_PAGE) -> Iterator[tuple[Item, ...]]:
    """Items with the number of rows of each, page by page; one that is longer has a page of its own."""
    page: list[Item] = []
    rows = 0
    for size, item in items:
        if page and rows + size > most:
            yield tuple(page)
            page, rows = [], 0
        page.append(item)
        rows += size
    yield tuple(page)


def shown(items: Sequence[Item], most: int = ROWS_A_PAGE) -> tuple[Item, ...]:
    """The beginning of a list that stands among others on a page."""
    return tuple(items[:most])


def rest(
    composer: Composer, kind: str, count: int, facet: tuple[str, str], most: int = ROWS_A_PAGE
) -> Link | None:
    """A link to the index, narrowed to all of a list of which the beginning is shown; None where all is.

    An index that is longer than a page has every facet that lists of records are cut by.
    """
    if count <= most:
        return None
    index = composer.target(f"{FOLDERS[kind]}/index.md")
    words = f"All {wording.several(count, kind)}" + (f"; the first {most} stand here" if most else "")
    return Link(Words(words), f"{index}?{urlencode([facet])}")
