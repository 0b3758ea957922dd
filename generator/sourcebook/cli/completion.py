"""What the shell completes: the ids of the project's records.

In: what was typed so far. Out: the ids that begin so. The rule it guards: completion is silent and fast; a
project that cannot be read has no ids.
"""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from sourcebook.reading.files import Project
from sourcebook.reading.raw_records import read_raw_records
from sourcebook.site.check import CONFIG_FILE, read_settings


class RecordId(click.types.StringParamType):
    """The id of a record, of one kind or of any."""

    name = "id"

    def __init__(self, kind: str | None = None) -> None:
        self.kind = kind

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002 (click's own signature)
        incomplete: str,
    ) -> list[CompletionItem]:
        """The ids that begin as typed, each with its kind."""
        config_file = Path(ctx.params.get("config_file") or CONFIG_FILE)
        return [
            CompletionItem(id, help=kind)
            for id, kind in ids_of(config_file)
            if id.startswith(incomplete) and self.kind in (None, kind)
        ]


RECORD_ID, SOURCE_ID = RecordId(), RecordId("source")


def ids_of(config_file: Path) -> list[tuple[str, str]]:
    """Every id of a project with the kind of its record, in order."""
    try:
        settings = read_settings(config_file.resolve())
    except OSError:
        return []
    collection = settings.collection
    records, _ = read_raw_records(Project(settings.root, collection.content_dir, collection.seeds_dir))
    return sorted({(record.id, record.kind) for record in records})
