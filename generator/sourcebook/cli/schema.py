"""The command `schema`: the JSON Schemas for editors, with the ids of the project."""

import sys
from pathlib import Path

import click

from sourcebook.cli.edits import check_or_carry_out, edit_options, settings_to_edit
from sourcebook.cli.project import CLEAN, CONTENT_ERRORS
from sourcebook.editing.facts import facts_of
from sourcebook.editing.schema_files import SCHEMAS, only_ids_differ, schema_changes


@click.command(short_help="Write the JSON Schemas that editors complete from.")
@edit_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"The folder to write into; `{SCHEMAS}/` beside mkdocs.yml if left out.",
)
@click.option("--check", is_flag=True, help="Change nothing; end with 1 if a kind's schema is out of date.")
def schema(config_file: Path, dry_run: bool, form: str, out: Path | None, check: bool) -> None:
    """Write a JSON Schema for each kind of record, with this project's ids, for completion in editors.

    The commands that change records bring the ids in the project's own folder up to date by themselves; ids
    of records that came or went by hand are told by --check, and are no failure.
    Example: sourcebook schema
    """
    settings = settings_to_edit(config_file)
    folder = out.resolve() if out else settings.root / SCHEMAS
    changes = schema_changes(facts_of(settings), folder)
    wanting = "not up to date"
    check_or_carry_out(changes, settings.root, check=check, dry_run=dry_run, form=form, wanting=wanting)
    if check and changes:
        stale = any(not only_ids_differ(change) for change in changes)
        what = "the schemas" if stale else "the ids that editors complete"
        click.echo(f"run `sourcebook schema` to bring {what} up to date", err=True)
        sys.exit(CONTENT_ERRORS if stale else CLEAN)
