"""The commands `rename` and `merge`: another id for a record, and one record of two."""

from pathlib import Path

import click

from sourcebook.cli.completion import RECORD_ID
from sourcebook.cli.edits import carry_out, edit_options, refusals_told, settings_to_edit
from sourcebook.editing.canonical import canonical_values
from sourcebook.editing.facts import sound
from sourcebook.editing.rename import merge as merged
from sourcebook.editing.rename import rename as renamed


@click.command(short_help="Give a record another id, everywhere it is named.")
@edit_options
@click.option(
    "--redirect/--no-redirect",
    default=None,
    help="Whether the old address leads to the record; by default it does, unless NEW is a former id of it.",
)
@click.argument("old", type=RECORD_ID)
@click.argument("new")
@refusals_told
def rename(config_file: Path, dry_run: bool, form: str, redirect: bool | None, old: str, new: str) -> None:
    """Give the record OLD the id NEW, in its file and everywhere it is named.

    Its old address leads to it from then on. Renaming it back undoes that.
    Example: sourcebook rename ferry-union harbour-ferry-union
    """
    settings = settings_to_edit(config_file)
    changes = renamed(sound(settings), old, new, redirect=redirect)
    carry_out(changes, settings.root, dry_run=dry_run, form=form)


@click.command(short_help="Make one record of two of the same thing.")
@edit_options
@click.argument("old", type=RECORD_ID)
@click.argument("into", type=RECORD_ID)
@refusals_told
def merge(config_file: Path, dry_run: bool, form: str, old: str, into: str) -> None:
    """Make one record of OLD and INTO, which are two records of the same thing.

    Whatever names OLD names INTO then, and its address leads there. INTO gets the fields and items that only
    OLD has; where both have a field of one value, that of INTO stays, and the other is told.
    Example: sourcebook merge ferrymens-union ferry-union
    """
    settings = settings_to_edit(config_file)
    facts = sound(settings)
    found = merged(facts, old, into)
    kind = facts.by_id[into].entry.kind
    carry_out(found.changes, settings.root, dry_run=dry_run, form=form, left_out=found.left_out)
    if found.left_out and form == "text":
        click.echo(f"left out of '{old}', as '{into}' has its own:", err=True)
        click.echo(canonical_values(kind, found.left_out), nl=False, err=True)
