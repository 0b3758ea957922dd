"""Which files an import writes: new records in files of their own or at the end of lists.

In: what was settled, and the collection. Out: files as they were and as they shall be. The rule it guards:
what stands in a file already stays as it is, character for character.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sourcebook.editing.canonical import canonical_values, canonical_yaml
from sourcebook.editing.files import Change, new_file
from sourcebook.importing.filling import Draft
from sourcebook.importing.updating import single
from sourcebook.reading.nodes import Plain, plain
from sourcebook.reading.raw_records import RawRecord
from sourcebook.site.check import Settings

MOST_IN_A_FILE = 1000
"""How many records a file of a list gets before the next one is begun."""


@dataclass(slots=True)
class Room:
    """A file for a list: how many records it has, and whether more can be added."""

    path: Path
    records: int
    open: bool


def new_files(drafts: Iterable[Draft], settings: Settings, raw: Iterable[RawRecord]) -> Iterator[Change]:
    """The files for new records, in the order of the drafts: one each, or a list by the mapping's `file`."""
    held: dict[Path, list[RawRecord]] = {}
    for record in raw:
        held.setdefault(settings.root / record.file, []).append(record)
    lists: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.file == draft.id:
            path = new_file(settings, draft.kind, draft.id)
            yield Change(path, None, canonical_yaml(draft.kind, values_of(draft)).encode())
        else:
            lists.setdefault((draft.kind, draft.file), []).append(draft)
    for (kind, file), group in lists.items():
        yield from list_files(kind, file, group, settings, held)


def list_files(
    kind: str, file: str, drafts: list[Draft], settings: Settings, held: dict[Path, list[RawRecord]]
) -> Iterator[Change]:
    """The files for the drafts of one list: what room there is first, then further files by number."""
    number = 1
    while drafts:
        stem = file if number == 1 else f"{file}-{number}"
        path = new_file(settings, kind, stem)
        room = room_in(path, held.get(path, []))
        number += 1
        if room < 1:
            continue
        part, drafts = drafts[:room], drafts[room:]
        before = path.read_bytes() if path.exists() else None
        added = canonical_values(kind, [{"id": draft.id, **values_of(draft)} for draft in part])
        yield Change(path, before, with_end_of_line(before) + added.encode())


def room_in(path: Path, records: list[RawRecord]) -> int:
    """How many records can be added to a file; none to one that is no list of block items."""
    if not path.exists():
        return MOST_IN_A_FILE
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    first = lines[records[0].node.line - 1] if records and records[0].node.line <= len(lines) else ""
    return MOST_IN_A_FILE - len(records) if first.startswith("- ") else 0


def with_end_of_line(before: bytes | None) -> bytes:
    """What a file holds, ended with a line end."""
    if not before:
        return b""
    return before if before.endswith(b"\n") else before + b"\n"


def values_of(draft: Draft) -> dict[str, Plain]:
    """The plain values of a draft."""
    values = single(plain(draft.node))
    assert isinstance(values, dict)
    return values
