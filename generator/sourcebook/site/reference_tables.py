"""What the reference parts of the docs are written with.

In: rows, headings, types. Out: Markdown tables, anchors, the classes inside a type. The rule it guards:
an anchor that the reference links to is the one that Markdown engines give.
"""

import inspect
from collections.abc import Iterable, Iterator
from typing import Any, get_args


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; of no rows, its head."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def anchor(heading: str) -> str:
    """The id that Markdown engines give a heading of plain words."""
    return heading.lower().replace(" ", "-")


def classes_in(hint: Any) -> Iterator[type]:
    """Every class inside a type, in the order written."""
    if inspect.isclass(hint) and not get_args(hint):
        yield hint
    for argument in get_args(hint):
        yield from classes_in(argument)
