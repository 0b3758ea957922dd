"""Changes of single values in a file, all else of which stays as it is, character for character.

In: the bytes of a file, and what shall change at which path. Out: the bytes with the change. The rule it
guards: only the lines that hold the value change, and the file then reads as it should, or nothing is given.

A path is that of a value in the file, as the model has it: in a list of records it begins with the number of
one, and a step that leads nowhere, as into an item that stands alone, is passed over.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sourcebook.editing.canonical import arranged, arranged_field, field_order, unarranged
from sourcebook.editing.files import UnlikeError
from sourcebook.editing.layout import Child, Items, Keys, document, item, lines_of, one_line
from sourcebook.editing.parsed import (
    column_of,
    comments_of,
    compose,
    dash,
    end_of,
    is_flow,
    parsed,
    plain_of,
    scalars,
)
from sourcebook.editing.scalars import WIDTH, inline
from sourcebook.reading.nodes import Plain, plain
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import MODELS

Path = Sequence[str | int]


@dataclass(frozen=True, slots=True)
class Replace:
    """A text that changes; the change works on its notation, with quotation marks, as on its value."""

    path: Path
    change: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Append:
    """An item for a field of the mapping at a path, which may not be there yet or hold one item alone."""

    path: Path
    key: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Remove:
    """An item that goes from a field of the mapping at a path; with its last item the field goes."""

    path: Path
    key: str
    value: Plain


Edit = Replace | Append | Remove


@dataclass(frozen=True, slots=True)
class Splice:
    """What stands in a text from one index to another, and what shall stand there."""

    start: int
    end: int
    text: str


def edited(kind: str, data: bytes, edits: Iterable[Edit]) -> bytes:
    """A file with records of a kind with all the changes; raises UnlikeError where they cannot be made.

    A change that cannot be made in place is made with the file in canonical form.
    """
    edits = tuple(edits)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    text = data.decode("utf-8-sig")
    replacements = [edit for edit in edits if isinstance(edit, Replace)]
    text = checked(text, replaced(text, replacements), [(edit.path, of_text(edit)) for edit in replacements])
    for edit in edits:
        if not isinstance(edit, Replace):
            text = with_item(text, edit, MODELS[kind])
    return mark + text.encode()


def with_item(text: str, edit: Append | Remove, model: type[BaseModel]) -> str:
    """The text with an item more or less: in place, or else in canonical form."""
    wanted = [(edit.path, of_record(edit))]
    node = compose(text)
    assert node is not None, "a file without a record is not edited"
    place = node_at(node, edit.path)
    if isinstance(place, MappingNode):
        splice = (
            appended(text, place, edit, model)
            if isinstance(edit, Append)
            else removed(text, place, edit, model)
        )
        if splice:
            try:
                return checked(text, spliced(text, [splice]), wanted)
            except UnlikeError:
                pass  # a notation that the place in the text does not bear
    end = "\r\n" if "\r\n" in text else "\n"
    tree = at_child(parsed(text.replace("\r\n", "\n")), edit.path, lambda child: in_tree(child, edit))
    return checked(text, document(arranged(tree, model)).replace("\n", end), wanted)


def checked(text: str, after: str, wanted: Iterable[tuple[Path, Callable[[Plain], Plain]]]) -> str:
    """The text after a change, if it then reads as it should; raises UnlikeError."""
    root, again = read_yaml(text.encode(), "").root, read_yaml(after.encode(), "").root
    assert root is not None, "a file that cannot be read is not edited"
    values = plain(root)
    for path, change in wanted:
        values = at_path(values, path, change)
    if again is None or alike(plain(again)) != alike(values):
        raise UnlikeError
    return after


def alike(value: Plain) -> Plain:
    """A value with every list of one item as this item: where a list is expected they are the same."""
    if isinstance(value, dict):
        return {key: alike(held) for key, held in value.items()}
    if isinstance(value, list):
        return alike(value[0]) if len(value) == 1 else [alike(each) for each in value]
    return value


def at_path(value: Plain, path: Path, change: Callable[[Plain], Plain]) -> Plain:
    """A value with what stands at a path changed."""
    if not path:
        return change(value)
    step, *rest = path
    if isinstance(value, dict) and step in value:
        return {key: at_path(held, rest, change) if key == step else held for key, held in value.items()}
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return [at_path(held, rest, change) if at == step else held for at, held in enumerate(value)]
    return at_path(value, rest, change)


def of_text(edit: Replace) -> Callable[[Plain], Plain]:
    """A change of a text as one of a plain value."""
    return lambda value: edit.change(value) if isinstance(value, str) else value


def of_record(edit: Append | Remove) -> Callable[[Plain], Plain]:
    """A change of a mapping as one of a plain value."""

    def change(record: Plain) -> Plain:
        assert isinstance(record, dict), "an item is added to the field of a mapping"
        held = items_of(record.get(edit.key, []))
        others = {key: value for key, value in record.items() if key != edit.key}
        if isinstance(edit, Append):
            return {**others, edit.key: [*held, edit.value]}
        left = [value for value in held if value != edit.value]
        return {**others, edit.key: left} if left else others

    return change


def items_of(value: Plain) -> list[Plain]:
    """The items of a field; one may stand alone."""
    return value if isinstance(value, list) else [value]


def node_at(node: Node, path: Path) -> Node:
    """The node at a path."""
    for step in path:
        if isinstance(node, MappingNode) and isinstance(step, str):
            node = (pair_of(node, step) or (node, node))[1]
        elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node


def pair_of(node: MappingNode, key: str) -> tuple[Node, Node] | None:
    """The nodes of a key and its value, or None."""
    return next(((name, value) for name, value in node.value if name.value == key), None)


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """The text with all changes, of which none touches another."""
    for each in sorted(splices, key=lambda each: each.start, reverse=True):
        text = text[: each.start] + each.text + text[each.end :]
    return text


def replaced(text: str, edits: Iterable[Replace]) -> str:
    """The text with all replacements made."""
    node = compose(text)
    assert node is not None, "a file without a record is not edited"
    splices: dict[int, Splice] = {}
    for edit in edits:
        found = node_at(node, edit.path)
        if not isinstance(found, ScalarNode):
            raise UnlikeError
        splices[found.start_mark.index] = rewritten(found, text, edit.change)
    return spliced(text, splices.values())


def rewritten(node: ScalarNode, text: str, change: Callable[[str], str]) -> Splice:
    """The changed notation of a text; a bare one gets quotation marks where it needs them then."""
    start, end = node.start_mark.index, node.end_mark.index
    notation = change(text[start:end])
    if node.style is None and "\n" not in notation:
        notation = notation if is_bare(notation) else inline(notation, in_flow=True)
    return Splice(start, end, notation)


def is_bare(notation: str) -> bool:
    """Whether a text may stand without quotation marks wherever it stands without them now."""
    return notation == inline(notation)


def appended(text: str, place: MappingNode, edit: Append, model: type[BaseModel]) -> Splice | None:
    """An item more in a field, in place; None where braces or comments are in the way."""
    pair = pair_of(place, edit.key)
    name = "sources" if edit.path and edit.path[-1] == "field_sources" else edit.key
    new = formed(edit.value, name, model)
    if is_flow(place) or not place.value:
        return in_braces(place, edit.key, new) if place.value and pair is None else None
    if pair is None:
        return new_key(text, place, edit.key, new, model)
    key, value = pair
    if isinstance(value, SequenceNode) and value.value and not is_flow(value):
        column = column_of(dash(value, value.value[-1], text), text)
        return after_line(text, end_of(value), item(" " * column, new, column))
    if isinstance(value, SequenceNode) and value.value and (added := in_brackets(text, value, new)):
        return added
    return rewritten_key(text, key, value, [*items_of(plain_of(value)), edit.value], edit.key, model)


def formed(value: Plain, key: str, model: type[BaseModel]) -> Child:
    """A value in canonical form; what is no field of the model is a list of citations by field."""
    return arranged_field(unarranged(value), key, model)


def new_key(text: str, place: MappingNode, key: str, new: Child, model: type[BaseModel]) -> Splice:
    """A field more, behind the last one that comes before it in the canonical order."""
    order = field_order(model)
    rank = {name: number for number, name in enumerate(order)}
    own = rank.get(key, len(rank))
    before = [value for name, value in place.value if rank.get(name.value, len(rank)) < own]
    column = place.value[0][0].start_mark.column
    return after_line(
        text, end_of((before or [place.value[0][1]])[-1]), lines_of(Keys(((key, new),)), column)
    )


def after_line(text: str, end: int, lines: Iterable[str]) -> Splice:
    """Lines below that in which a value ends, with what stands behind it there."""
    newline = "\r\n" if "\r\n" in text else "\n"
    end = len(text[:end].rstrip())
    at = text.find("\n", end) + 1
    block = newline.join(lines)
    return Splice(at, at, block + newline) if at else Splice(len(text), len(text), newline + block)


def in_braces(place: MappingNode, key: str, new: Child) -> Splice | None:
    """A field more in a mapping in braces, if it needs no lines of its own."""
    line = one_line(new.value, in_flow=True)
    end = end_of(place.value[-1][1])
    return None if line is None else Splice(end, end, f", {key}: {line}")


def in_brackets(text: str, value: SequenceNode, new: Child) -> Splice | None:
    """An item more in a list in brackets, where its line bears it."""
    line = one_line(new.value, in_flow=True)
    end = end_of(value.value[-1])
    width = column_of(end, text) + len(f", {line}]")
    return None if line is None or width > WIDTH else Splice(end, end, f", {line}")


def rewritten_key(
    text: str, key: Node, value: Node, values: list[Plain], name: str, model: type[BaseModel]
) -> Splice | None:
    """A field with other items, laid out anew; None where comments stand in it."""
    start, column = key.start_mark.index, column_of(key.start_mark.index, text)
    end = start + len(text[start : end_of(value)].rstrip())
    if has_comments(text, start, end):
        return None
    held: Plain = list(values) if len(values) != 1 else values[0]
    lines = lines_of(Keys(((name, formed(held, name, model)),)), column)
    newline = "\r\n" if "\r\n" in text else "\n"
    return Splice(start, end, newline.join(lines)[column:])


def has_comments(text: str, start: int, end: int) -> bool:
    """Whether a comment begins in a stretch of the text."""
    node = compose(text)
    assert node is not None, "a file without a record is not edited"
    return any(start <= comment.index < end for comment in comments_of(text, list(scalars(node))))


def removed(text: str, place: MappingNode, edit: Remove, model: type[BaseModel]) -> Splice | None:
    """An item less in a field, in place; None where what stands around it does not bear that."""
    pair = pair_of(place, edit.key)
    if pair is None:
        return None
    key, value = pair
    if is_flow(place):
        return out_of_braces(place, key, value, edit)
    left = [each for each in items_of(plain_of(value)) if each != edit.value]
    start, end = key.start_mark.index, end_of(value)
    if left and isinstance(value, SequenceNode) and not is_flow(value):
        gone = next(each for each in value.value if plain_of(each) == edit.value)
        start, end = dash(value, gone, text), end_of(gone)
    elif left:
        return rewritten_key(text, key, value, left, edit.key, model)
    begins = start - column_of(start, text)
    if text[begins:start].strip() or has_comments(text, start, end):
        return None
    line_end = text.find("\n", len(text[:end].rstrip()))
    return Splice(begins, line_end + 1 if line_end >= 0 else len(text), "")


def out_of_braces(place: MappingNode, key: Node, value: Node, edit: Remove) -> Splice | None:
    """A field less in a mapping in braces, with its comma; None where it is the first or has more."""
    before = [held for name, held in place.value if name.start_mark.index < key.start_mark.index]
    if not before or items_of(plain_of(value)) != [edit.value]:
        return None
    return Splice(end_of(before[-1]), end_of(value), "")


def at_child(child: Child, path: Path, change: Callable[[Child], Child]) -> Child:
    """A tree with what stands at a path changed."""
    if not path:
        return change(child)
    step, *rest = path
    value = child.value
    if isinstance(value, Keys) and step in dict(value.entries):
        entries = (
            (key, at_child(held, rest, change) if key == step else held) for key, held in value.entries
        )
        return replace(child, value=Keys(tuple(entries)))
    if isinstance(value, Items) and isinstance(step, int) and step < len(value.items):
        items = (at_child(held, rest, change) if at == step else held for at, held in enumerate(value.items))
        return replace(child, value=Items(tuple(items)))
    return at_child(child, rest, change)


def in_tree(child: Child, edit: Append | Remove) -> Child:
    """A mapping of a tree with an item more or less in a field, and all its comments."""
    assert isinstance(child.value, Keys), "an item is added to the field of a mapping"
    entries = dict(child.value.entries)
    old = entries.pop(edit.key, None)
    held = list(old.value.items if isinstance(old.value, Items) else [Child(old.value)]) if old else []
    if isinstance(edit, Append):
        held.append(unarranged(edit.value))
    else:
        held = [each for each in held if each.value != unarranged(edit.value).value]
    if held:
        alone = old is None and len(held) == 1
        entries[edit.key] = replace(
            old or Child(Keys(())), value=held[0].value if alone else Items(tuple(held))
        )
    return replace(child, value=Keys(tuple(entries.items())))


def without_item(text: str, number: int) -> str:
    """The text of a list of records without one of them."""
    node = compose(text)
    assert isinstance(node, SequenceNode), "a record goes from a list of them"
    if is_flow(node):
        raise UnlikeError
    gone = node.value[number]
    start = dash(node, gone, text)
    line_end = text.find("\n", len(text[: end_of(gone)].rstrip()))
    return text[: start - column_of(start, text)] + (text[line_end + 1 :] if line_end >= 0 else "")
