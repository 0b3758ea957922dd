"""The command `codes`: what each diagnostic code means."""

import click

from sourcebook.cli.project import format_option_of
from sourcebook.diagnostics import reports


@click.command()
@format_option_of("text", "markdown")
def codes(form: str) -> None:
    """Explain every diagnostic code.

    Example: sourcebook codes
    """
    click.echo(reports.codes_text() if form == "text" else reports.codes_markdown(), nl=False)
