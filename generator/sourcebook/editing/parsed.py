"""A file of facts as its author laid it out: values with their comments, and where each stands in the text.

In: the text of a file that our reader has read. Out: values with the comments before and behind them. The
rule it guards: every comment is kept, and stays with what it was written about.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sourcebook.editing.layout import Child, Items, Keys, Text, Value
from sourcebook.reading.nodes import Plain


def compose(text: str) -> Node | None:
    """The one document of a text as a node whose marks say where it stands; None where it is empty."""
    node: Node | None = YAML(typ="base", pure=True).compose(text)
    return node


def plain_of(node: Node) -> Plain:
    """The values of a node: texts, lists and mappings."""
    if isinstance(node, ScalarNode):
        return str(node.value)
    if isinstance(node, SequenceNode):
        return [plain_of(item) for item in node.value]
    return {str(key.value): plain_of(value) for key, value in node.value}


@dataclass(slots=True)
class Place:
    """A key or an item: where it begins and ends in the text, and the comments found to be its own.

    `column` is -1 inside brackets and braces; `open_ended` is a value that has keys or items on lines of
    their own, so that a comment behind it belongs to the last of those.
    """

    start: int
    end: int
    column: int
    open_ended: bool
    before: list[str] = field(default_factory=list)
    behind: str = ""
    below: list[str] = field(default_factory=list)

    def child(self, value: Value) -> Child:
        """The value with these comments."""
        return Child(value, tuple(self.before), self.behind, tuple(self.below))


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: where it begins, its text from the `#`, and whether its line has nothing else."""

    index: int
    column: int
    text: str
    alone: bool


def parsed(text: str) -> Child:
    """The record or list of records of a text, with all its comments."""
    node = compose(text)
    assert node is not None, "a file without a record was refused by the reader"
    by_node: dict[int, Place] = {}
    collect(node, text, by_node)
    root = Place(0, len(text), 0, open_ended=True)
    places = list(by_node.values())
    for comment in comments_of(text, list(scalars(node))):
        attach(comment, root, places, text)
    note_blank_lines(places, root, text)
    return root.child(value_of(node, by_node))


def value_of(node: Node, places: dict[int, Place]) -> Value:
    """The value of a node, each of its parts with its comments."""
    if isinstance(node, ScalarNode):
        return Text(str(node.value))
    if isinstance(node, SequenceNode):
        return Items(tuple(places[id(item)].child(value_of(item, places)) for item in node.value))
    return Keys(
        tuple((str(key.value), places[id(key)].child(value_of(value, places))) for key, value in node.value)
    )


def collect(node: Node, text: str, places: dict[int, Place], *, in_flow: bool = False) -> None:
    """Note the place of each key and item below a node, in the order of the text."""
    flow = in_flow or is_flow(node)
    if isinstance(node, MappingNode):
        for key, value in node.value:
            places[id(key)] = place_of(key.start_mark.index, value, text, flow=flow)
            collect(value, text, places, in_flow=flow)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            start = item.start_mark.index if flow else dash(node, item, text)
            places[id(item)] = place_of(start, item, text, flow=flow)
            collect(item, text, places, in_flow=flow)


def place_of(start: int, value: Node, text: str, *, flow: bool) -> Place:
    """The place of a key or item that begins at an index."""
    open_ended = not isinstance(value, ScalarNode) and not is_flow(value)
    return Place(start, end_of(value), -1 if flow else column_of(start, text), open_ended)


def is_flow(node: Node) -> bool:
    """Whether a list or mapping stands in brackets or braces."""
    return isinstance(node, SequenceNode | MappingNode) and bool(node.flow_style)


def end_of(node: Node) -> int:
    """The index just behind a value."""
    if isinstance(node, ScalarNode) or is_flow(node) or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return end_of(last[1] if isinstance(last, tuple) else last)


def dash(sequence: Node, item: Node, text: str) -> int:
    """The index of the dash of an item of a list; the dashes of a list have one column."""
    found = text.rindex("-", 0, item.start_mark.index)
    while column_of(found, text) != sequence.start_mark.column:
        found = text.rindex("-", 0, found)
    return found


def column_of(index: int, text: str) -> int:
    """The column of an index, from 0."""
    return index - text.rfind("\n", 0, index) - 1


def scalars(node: Node) -> Iterator[ScalarNode]:
    """The keys and texts below a node, in the order of the text."""
    if isinstance(node, ScalarNode):
        yield node
        return
    for part in node.value:
        for each in part if isinstance(part, tuple) else (part,):
            yield from scalars(each)


BLOCK_HEAD = re.compile(r"[|>][-+0-9]*[ \t]+(?P<comment>#[^\n]*)")


def comments_of(text: str, texts: list[ScalarNode]) -> Iterator[Comment]:
    """The comments of a text, in order: each `#` outside the texts, and those behind the head of a block."""
    at = 0
    for scalar in texts:
        start, end = scalar.start_mark.index, scalar.end_mark.index
        yield from comments_between(at, start, text)
        if scalar.style in ("|", ">") and (found := BLOCK_HEAD.match(text, start)):
            yield comment_at(found.start("comment"), found["comment"], text)
        at = end
    yield from comments_between(at, len(text), text)


def comments_between(start: int, end: int, text: str) -> Iterator[Comment]:
    """The comments in a stretch of the text that has no values."""
    for found in re.compile("#[^\n]*").finditer(text, start, end):
        yield comment_at(found.start(), found[0], text)


def comment_at(index: int, comment: str, text: str) -> Comment:
    """The comment that begins at an index."""
    column = column_of(index, text)
    return Comment(index, column, comment.rstrip(), not text[index - column : index].strip())


def attach(comment: Comment, root: Place, places: list[Place], text: str) -> None:
    """Give a comment to what it is about."""
    after = bisect_right(places, comment.index, key=lambda place: place.start)
    if not comment.alone and after:
        owner = ended_before(comment, places[:after], text)
        if not owner.behind:
            owner.behind = comment.text
            return
    if after == 0:
        lines = root.before
    elif after == len(places):
        lines = root.below if comment.column == 0 else above_of(comment, places[:after]).below
    elif places[after].column < 0 or comment.column <= places[after].column:
        lines = places[after].before
    else:
        lines = above_of(comment, places[:after]).below
    if blank_above(comment.index, text) and (lines or lines is not root.before):
        lines.append("")
    lines.append(comment.text)


def ended_before(comment: Comment, places: list[Place], text: str) -> Place:
    """What a comment at the end of a line is about: the widest value that ends on it, else the last begun."""
    found = None
    for place in reversed(places):
        closed = not place.open_ended and place.end <= comment.index
        if closed and "\n" not in text[place.end : comment.index]:
            found = place
        if place.column >= 0:
            break
    return found or places[-1]


def above_of(comment: Comment, places: list[Place]) -> Place:
    """The last key or item before a comment that is not indented more than it."""
    fitting = (place for place in reversed(places) if 0 <= place.column <= comment.column)
    return next(fitting, places[-1])


def note_blank_lines(places: list[Place], root: Place, text: str) -> None:
    """Note a blank line above each key and item that has one."""
    for number, place in enumerate(places):
        begins_line = not text[place.start - column_of(place.start, text) : place.start].strip()
        if begins_line and blank_above(place.start, text):
            lines = place.before if number else root.before
            if lines or number:
                lines.append("")


def blank_above(index: int, text: str) -> bool:
    """Whether the line above that of an index is blank."""
    line = index - column_of(index, text)
    return line > 0 and not text[text.rfind("\n", 0, line - 1) + 1 : line].strip()
