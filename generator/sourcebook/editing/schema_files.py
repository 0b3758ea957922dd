"""The files of the schemas, in the folder in which editors look for them.

In: the facts of a project. Out: the changes of files. The rule it guards: an id that a record has is never
underlined because a schema is older than the record.
"""

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from sourcebook.editing.facts import Facts
from sourcebook.editing.files import Change, read_or_none
from sourcebook.editing.schema import IDS, as_text, ids_of, ids_schema, schemas
from sourcebook.site.check import Settings

SCHEMAS = "schemas"
"""The folder of a project in which its schemas are kept."""


def schema_changes(facts: Facts, folder: Path) -> tuple[Change, ...]:
    """The changes that bring the schemas in a folder up to date."""
    return tuple(
        change
        for name, text in schemas(facts.settings.collection, ids_by_kind(facts.ids)).items()
        if (change := Change(folder / name, read_or_none(folder / name), text.encode())).before
        != change.after
    )


def ids_changed(settings: Settings, ids: Iterable[tuple[str, str]]) -> tuple[Change, ...]:
    """The change that puts ids, with their kinds, into the project's own schemas, if it has any."""
    path = settings.root / SCHEMAS / IDS
    before = read_or_none(path)
    after = as_text(ids_schema(ids_by_kind(ids))).encode()
    return () if before in (None, after) else (Change(path, before, after),)


def only_ids_differ(change: Change) -> bool:
    """Whether a schema is what the program writes, but for records that came or went since."""
    if change.path.name != IDS or change.before is None:
        return False
    try:
        held = ids_of(json.loads(change.before))
    except ValueError:
        return False
    return as_text(ids_schema(held)).encode() == change.before


def ids_by_kind(ids: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The ids of records by their kind; one that stands twice is told by the check."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, id in ids:
        found[kind].append(id)
    return found


def modeline(settings: Settings, kind: str, path: Path) -> str:
    """The comment by which a language server finds the schema of a file; empty where the project has none."""
    schema = settings.root / SCHEMAS / f"{kind}.json"
    if not schema.is_file():
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}\n"
