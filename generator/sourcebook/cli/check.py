"""The command `check`: every mistake in the facts, with its place and its remedy."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from sourcebook import __version__
from sourcebook.cli.project import CLEAN, CONTENT_ERRORS, common_options, format_option_of, settings_of
from sourcebook.diagnostics import reports
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.pages.wording import plural
from sourcebook.site.check import Checked, check_project

FORMATS: dict[str, Callable[..., str]] = {
    "text": reports.as_text,
    "json": reports.as_json,
    "github": reports.as_github,
    "sarif": lambda found, max_errors: reports.as_sarif(
        found, tool="sourcebook", version=__version__, max_errors=max_errors
    ),
}

report_format_option = format_option_of(*FORMATS)
"""The option of every command that prints a report on places in files."""


@click.command(short_help="Tell every mistake with its place and its remedy.")
@common_options
@report_format_option
@click.option(
    "--source-texts",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the documents' texts, to compare quotes and fingerprints with.",
)
def check(
    config_file: Path, strict: bool, max_errors: int | None, form: str, source_texts: Path | None
) -> None:
    """Check every fact, and print every mistake with file, line, column and remedy.

    Example: sourcebook check --source-texts texts/
    """
    checked = check_project(settings_of(config_file), source_texts)
    click.echo(FORMATS[form](checked.diagnostics, max_errors=max_errors), nl=False)
    if form == "text":
        click.echo(summary(checked), err=True)
    sys.exit(CONTENT_ERRORS if has_errors(checked.diagnostics, strict=strict) else CLEAN)


def summary(checked: Checked) -> str:
    """What was checked, a line each: the records, what was compared, which names were looked for."""
    errors = sum(1 for found in checked.diagnostics if has_errors([found]))
    warnings = len(checked.diagnostics) - errors
    total = sum(checked.records.values())
    kinds = ", ".join(plural(number, kind) for kind, number in checked.records.items())
    unread = f"; {plural(len(checked.unread), 'file')} could not be read" if checked.unread else ""
    lines = (
        f"{plural(total, 'record')}{f' ({kinds})' if kinds else ''}{unread}: "
        f"{plural(errors, 'error')}, {plural(warnings, 'warning')}",
        str(checked.tally),
        checked.withheld.summary(),
    )
    return "\n".join(line for line in lines if line)
