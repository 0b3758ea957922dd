"""The command `codes`: what each diagnostic code means."""

import click

from sourcebook.diagnostics import reports


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How to print.",
)
def codes(form: str) -> None:
    """Explain every diagnostic code.

    Example: sourcebook codes
    """
    click.echo(reports.codes_text() if form == "text" else reports.codes_markdown(), nl=False)
