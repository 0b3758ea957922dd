"""Values with positions: what YAML text becomes before anything is known of its meaning.

In: nothing. Out: three kinds of node, their plain values, and the place of the value at a path.
The rule it guards: whatever is said later about a value can be said at its line and column.

Lines and columns count from 1, in characters. Every scalar is text, as its author wrote it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

# Nodes are never changed after reading. They are not frozen, since a frozen dataclass takes three
# times as long to make, and a collection has more than half a million of them.


@dataclass(slots=True)
class Scalar:
    """A text and where it begins; a key without a value has the empty text, just behind its colon."""

    value: str
    line: int
    column: int


@dataclass(slots=True)
class Sequence:
    """The items of a list, in their order, and where the list begins."""

    items: "tuple[Node, ...]"
    line: int
    column: int


@dataclass(slots=True)
class Entry:
    """The value under a key; `line` and `column` are the key's place."""

    value: "Node"
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Entries by key, in the order of the file; it begins at its first key or its brace."""

    entries: dict[str, Entry]
    line: int
    column: int


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Plain:
    """Return the value without positions: a text, a list or a dict, fresh at each call."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(entry.value) for key, entry in node.entries.items()}


def place(node: Node, path: Iterable[str | int], *, at_key: bool = False) -> tuple[int, int]:
    """Line and column of the value at a path of keys and indices, as a pydantic error gives it.

    A step that leads nowhere is passed over: the name of a union's member, a missing key, and the
    index of an item that stands alone where a list is expected. With `at_key` it is the place of
    the last key on the way, where the value found is one under a key.
    """
    at: Node | Entry = node
    for step in path:
        at = _step(at.value if isinstance(at, Entry) else at, step) or at
    if isinstance(at, Entry) and not at_key:
        at = at.value
    return at.line, at.column


def _step(node: Node, step: str | int) -> Node | Entry | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.entries.get(step)
    if isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
        return node.items[step]
    return None
