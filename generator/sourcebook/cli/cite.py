"""The command `cite`: a citation more."""

from pathlib import Path

import click

from sourcebook.cli.completion import RECORD_ID, SOURCE_ID
from sourcebook.cli.edits import carry_out, edit_options, refusals_told, settings_to_edit
from sourcebook.editing.cite import cite as cited
from sourcebook.editing.facts import sound


@click.command(short_help="Add a citation, and show the paragraph.")
@edit_options
@click.option(
    "--field",
    help="The field that the citation covers, or an item of it, as in names[0]; the record if left out.",
)
@click.option("--quote", help="The words that state it, exactly as they stand in the document.")
@click.argument("id", type=RECORD_ID)
@click.argument("citation", type=SOURCE_ID)
@refusals_told
def cite(
    config_file: Path,
    dry_run: bool,
    form: str,
    field: str | None,
    quote: str | None,
    id: str,
    citation: str,
) -> None:
    """Add the CITATION to the record ID, and show the paragraph where the document's text is at hand.

    Example: sourcebook cite pier-closure bay-courier-2031-04-12#p2 --field date
    """
    settings = settings_to_edit(config_file)
    found = cited(sound(settings), id, citation, field=field, quote=quote)
    carry_out(found.changes, settings.root, dry_run=dry_run, form=form, paragraphs=found.paragraphs)
    if form == "text":
        if found.paragraphs is None:
            checked = ", so the quote was not checked" if quote else ""
            click.echo(f"the document's text is not at hand{checked}", err=True)
        for number, text in (found.paragraphs or {}).items():
            click.echo(f"paragraph {number}: {text}", err=True)
