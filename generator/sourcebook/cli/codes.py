"""The command `codes`: what each diagnostic code means."""

import click

from sourcebook.cli.project import format_option_of
from sourcebook.diagnostics import reports
from sourcebook.diagnostics.codes import Code


@click.command()
@click.argument("code", required=False, type=click.Choice([code.slug for code in Code]), metavar="[CODE]")
@format_option_of("text", "markdown")
def codes(code: str | None, form: str) -> None:
    """Explain every diagnostic code, or one CODE.

    Example: sourcebook codes unknown-reference
    """
    wanted = [each for each in Code if code in (None, each.slug)]
    click.echo(reports.codes_text(wanted) if form == "text" else reports.codes_markdown(wanted), nl=False)
