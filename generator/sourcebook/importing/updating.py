"""Taking changed values into records that are there: only the lines of the fields that change.

In: records with the fields that a table gives otherwise. Out: files as they were and as they shall be. The
rule it guards: comments, order and every other line stay as their editor left them.
"""

from collections.abc import Iterable

from sourcebook.editing.canonical import canonical_yaml
from sourcebook.editing.files import Change
from sourcebook.importing.settling import Difference
from sourcebook.reading.files import InputFile
from sourcebook.reading.nodes import Mapping, Plain, plain
from sourcebook.reading.raw_records import RawRecord, records_of
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.site.check import Settings


def updates(
    different: Iterable[Difference], settings: Settings, raw: Iterable[RawRecord]
) -> tuple[list[Change], list[Difference]]:
    """The files with the values of what differs taken in, and what cannot be taken in line by line."""
    by_file: dict[str, list[Difference]] = {}
    for each in different:
        by_file.setdefault(each.entry.file, []).append(each)
    held: dict[str, list[RawRecord]] = {}
    for record in raw:
        held.setdefault(record.file, []).append(record)
    changes: list[Change] = []
    stuck: list[Difference] = []
    for file, group in sorted(by_file.items()):
        path = settings.root / file
        before = path.read_bytes()
        after = updated(before.decode("utf-8"), group).encode()
        wanted = {record.id: single(plain(record.node)) for record in held[file]}
        wanted |= {each.draft.id: single(plain(each.merged)) for each in group}
        if records_in(after, InputFile(path, file, group[0].draft.kind)) == wanted:
            changes.append(Change(path, before, after))
        else:
            stuck += group
    return changes, stuck


def updated(text: str, group: Iterable[Difference]) -> str:
    """The text of a file with the new values."""
    lines = text.split("\n")
    # From below, so that the places of those above stay right.
    for each in sorted(group, key=lambda each: each.entry.node.line, reverse=True):
        replace_fields(lines, each)
    return "\n".join(lines)


def records_in(data: bytes, file: InputFile) -> dict[str, Plain]:
    """The plain values of the records of a file, by id."""
    records, _ = records_of(read_yaml(data, file.name), file)
    return {record.id: single(plain(record.node)) for record in records}


def single(value: Plain) -> Plain:
    """A value with each list of one item as this item, which means the same."""
    if isinstance(value, list):
        return single(value[0]) if len(value) == 1 else [single(item) for item in value]
    if isinstance(value, dict):
        return {key: single(item) for key, item in value.items()}
    return value


def replace_fields(lines: list[str], each: Difference) -> None:
    """Put the draft's values into the lines of a file, from the last field to the first."""
    node = each.entry.node
    end_of_line = "\r" if lines[node.line - 1].endswith("\r") else ""
    indent = node.column - 1
    spots = []
    for name in each.fields:
        known = node.entries.get(name)
        start = known.line - 1 if known else end_of_record(lines, node)
        spots.append((start, known is not None, name))
    for start, is_there, name in sorted(spots, reverse=True):
        new = [line + end_of_line for line in field_lines(each, name, indent)]
        end = end_of_field(lines, start, indent) if is_there else start
        if is_there and lines[start][:indent].strip():
            # The first field of an item of a list stands behind its dash.
            new[0] = lines[start][:indent] + new[0][indent:]
        lines[start:end] = new


def field_lines(each: Difference, name: str, indent: int) -> list[str]:
    """A field with its new value in canonical form."""
    value = single(plain(each.draft.node.entries[name].value))
    text = canonical_yaml(each.draft.kind, {name: value})
    return [" " * indent + line if line else "" for line in text.splitlines()]


def end_of_field(lines: list[str], start: int, indent: int) -> int:
    """The index behind the last line of a field, which ends before the next line that is not deeper.

    A list whose dashes stand under its key belongs to it.
    """
    last = start
    for number in range(start + 1, len(lines)):
        line = lines[number]
        stripped = line.strip()
        depth = len(line) - len(line.lstrip())
        if not stripped or (stripped.startswith("#") and depth <= indent):
            continue
        if depth > indent or (depth == indent and stripped.startswith("- ")):
            last = number
        else:
            break
    return last + 1


def end_of_record(lines: list[str], node: Mapping) -> int:
    """The index behind the last line of a record."""
    last = max(entry.line for entry in node.entries.values()) - 1
    return end_of_field(lines, last, node.column - 1)
