"""The files of the schemas, in the folder in which editors look for them.

In: the facts of a project. Out: the changes of files. The rule it guards: an id that a record has is never
underlined because a schema is older than the record.
"""

import os
from collections import defaultdict
from pathlib import Path

from sourcebook.editing.facts import Facts
from sourcebook.editing.files import Change, read_or_none
from sourcebook.editing.schema import IDS, schemas
from sourcebook.site.check import Settings

SCHEMAS = "schemas"
"""The folder of a project in which its schemas are kept."""


def schema_changes(facts: Facts, folder: Path) -> tuple[Change, ...]:
    """The changes that bring the schemas in a folder up to date."""
    return tuple(
        change
        for name, text in schemas(facts.settings.collection, ids_by_kind(facts)).items()
        if (change := Change(folder / name, read_or_none(folder / name), text.encode())).before
        != change.after
    )


def ids_changed(facts: Facts) -> tuple[Change, ...]:
    """The change of the ids in the project's own folder of schemas, if it has one."""
    folder = facts.settings.root / SCHEMAS
    if not (folder / IDS).is_file():
        return ()
    return tuple(change for change in schema_changes(facts, folder) if change.path.name == IDS)


def ids_by_kind(facts: Facts) -> dict[str, list[str]]:
    """The ids of all records by their kind; one that stands twice is told by the check."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, id in facts.ids:
        found[kind].append(id)
    return found


def modeline(settings: Settings, kind: str, path: Path) -> str:
    """The comment by which a language server finds the schema of a file; empty where the project has none."""
    schema = settings.root / SCHEMAS / f"{kind}.json"
    if not schema.is_file():
        return ""
    return f"# yaml-language-server: $schema={Path(os.path.relpath(schema, path.parent)).as_posix()}\n"
