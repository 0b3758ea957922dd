"""The layout of a file of facts: from values with comments to lines.

In: values, each with the comments before and behind it. Out: the text of a file. The rule it guards: the
same values and comments give the same text, however they were laid out before.

What fits on a line and holds no mapping in a mapping stands on one line, in brackets or braces; all else
stands below its key. A text that is too wide is folded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TypeAlias

from sourcebook.editing.scalars import WIDTH, block, inline

STEP = 2
"""How far each level is indented."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `unquoted` where its field takes a number, a date or a truth."""

    value: str
    unquoted: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """The items of a list."""

    items: "tuple[Child, ...]"


@dataclass(frozen=True, slots=True)
class Keys:
    """The values of a mapping by key, in the order in which they are written."""

    entries: "tuple[tuple[str, Child], ...]"


Value: TypeAlias = Text | Items | Keys


@dataclass(frozen=True, slots=True)
class Child:
    """A value in a list or mapping.

    `before` has the lines of comments above it, an empty one for a blank line; `behind` is the comment at the
    end of its first line, and `below` has those under its last. Each begins with its `#`.
    """

    value: Value
    before: tuple[str, ...] = ()
    behind: str = ""
    below: tuple[str, ...] = ()


def document(root: Child) -> str:
    """The text of a file: the comments at its head, its record or list of records, those at its end."""
    lines = [*root.before, *records(root.value), *root.below]
    return "\n".join(lines) + "\n"


def records(value: Value) -> Iterator[str]:
    """The lines of a record or of a list of records; none of them stands on one line."""
    if isinstance(value, Items) and value.items:
        for number, child in enumerate(value.items):
            yield from comments(child.before, "", first=number == 0)
            yield from item("", child, 0, spread=True)
    else:
        yield from lines_of(value, 0)


def lines_of(value: Value, indent: int) -> Iterator[str]:
    """The lines of a value that begins on a line of its own."""
    margin = " " * indent
    if isinstance(value, Keys) and value.entries:
        for number, (key, child) in enumerate(value.entries):
            yield from comments(child.before, margin, first=number == 0)
            yield from placed(f"{margin}{inline(key)}:", child, indent)
    elif isinstance(value, Items) and value.items:
        for number, child in enumerate(value.items):
            yield from comments(child.before, margin, first=number == 0)
            yield from item(margin, child, indent)
    else:
        yield margin + str(one_line(value))


def comments(lines: tuple[str, ...], margin: str, *, first: bool = False) -> Iterator[str]:
    """Comments as lines; an empty one is a blank line, of which the `first` in a list or mapping has none."""
    for line in dropwhile(lambda line: first and not line, lines):
        yield margin + line if line else ""


def item(margin: str, child: Child, indent: int, *, spread: bool = False) -> Iterator[str]:
    """The lines of an item of a list; a mapping begins on the line of the dash, its first comment above.

    With `spread`, a mapping has a line for each key also where it would fit on one.
    """
    spread = spread or not fits(f"{margin}-", child)
    if not isinstance(child.value, Keys) or not child.value.entries or not spread:
        yield from placed(f"{margin}-", child, indent)
        return
    (key, first), *others = child.value.entries
    heads = tuple(line for line in (child.behind, *first.before) if line)
    yield from comments(heads, margin)
    entries = Keys(((key, replace(first, before=())), *others))
    line, *rest = lines_of(entries, indent + STEP)
    yield f"{margin}- {line[indent + STEP :]}"
    yield from rest
    yield from comments(child.below, margin)


def placed(lead: str, child: Child, indent: int) -> Iterator[str]:
    """The lines of a value behind its key or dash."""
    behind = f" {child.behind}" if child.behind else ""
    inner = indent + STEP
    if fits(lead, child):
        yield f"{lead} {one_line(child.value)}{behind}"
    elif isinstance(child.value, Text):
        yield from placed_text(lead, child.value, behind, inner)
    else:
        yield f"{lead}{behind}"
        yield from lines_of(child.value, inner)
    yield from comments(child.below, " " * indent)


def placed_text(lead: str, text: Text, behind: str, indent: int) -> Iterator[str]:
    """The lines of a text as a block, or on one line where it cannot be one."""
    found = block(text.value, WIDTH - indent)
    if found is None:
        yield f"{lead} {inline(text.value, unquoted=text.unquoted)}{behind}"
        return
    indicator, lines = found
    yield f"{lead} {indicator}{behind}"
    yield from (" " * indent + line if line else "" for line in lines)


def fits(lead: str, child: Child) -> bool:
    """Whether a value stands on the line of its key or dash."""
    line = one_line(child.value)
    return line is not None and (is_empty(child.value) or len(lead) + 1 + len(line) <= WIDTH)


def is_empty(value: Value) -> bool:
    """Whether a value is a list or mapping of nothing, which has no other form."""
    return (isinstance(value, Items) and not value.items) or (isinstance(value, Keys) and not value.entries)


def one_line(value: Value, *, in_flow: bool = False) -> str | None:
    """A value on one line; None where it needs more: for several lines, comments, or mappings in it."""
    if isinstance(value, Text):
        return None if "\n" in value.value else inline(value.value, in_flow=in_flow, unquoted=value.unquoted)
    if isinstance(value, Items):
        return bracketed(value)
    return braced(value)


def bracketed(items: Items) -> str | None:
    """A list on one line, of texts or of lists of them."""
    parts = [
        None if isinstance(child.value, Keys) or commented(child) else one_line(child.value, in_flow=True)
        for child in items.items
    ]
    return None if None in parts else "[" + ", ".join(map(str, parts)) + "]"


def braced(keys: Keys) -> str | None:
    """A mapping on one line, of texts and of lists of texts."""
    parts = []
    for key, child in keys.entries:
        part = None if isinstance(child.value, Keys) else one_line(child.value, in_flow=True)
        if part is None or commented(child):
            return None
        parts.append(f"{inline(key, in_flow=True)}: {part}")
    return "{" + ", ".join(parts) + "}"


def commented(child: Child) -> bool:
    """Whether a value has a comment; a blank line above is none, and is dropped inside brackets."""
    return any((*child.before, child.behind, *child.below))
