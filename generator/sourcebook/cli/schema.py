"""The command `schema`: the JSON Schemas for editors, with the ids of the project."""

import sys
from pathlib import Path

import click

from sourcebook.cli.edits import carry_out, edit_options, settings_to_edit
from sourcebook.cli.project import CONTENT_ERRORS
from sourcebook.editing.facts import facts_of
from sourcebook.editing.schema_files import SCHEMAS, schema_changes


@click.command()
@edit_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"The folder to write into; `{SCHEMAS}/` beside mkdocs.yml if left out.",
)
@click.option("--check", is_flag=True, help="Change nothing; end with 1 if a schema is not up to date.")
def schema(config_file: Path, dry_run: bool, form: str, out: Path | None, check: bool) -> None:
    """Write a JSON Schema for each kind of record, with this project's ids, for completion in editors.

    The commands that change records bring the ids in the project's own folder up to date by themselves.
    Example: sourcebook schema
    """
    settings = settings_to_edit(config_file)
    folder = out.resolve() if out else settings.root / SCHEMAS
    changes = schema_changes(facts_of(settings), folder)
    carry_out(changes, settings.root, dry_run=dry_run or check, form=form)
    if check and changes:
        click.echo("run `sourcebook schema` to bring the schemas up to date", err=True)
        sys.exit(CONTENT_ERRORS)
