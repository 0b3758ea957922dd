"""The command `report`: the state of the collection, as questions to its editors."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click

from sourcebook.cli.check import FORMATS, report_format_option
from sourcebook.cli.project import CLEAN, CONTENT_ERRORS, checked_graph, config_option, settings_of
from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.graph.questions import in_reports, questions
from sourcebook.pages.wording import QUESTIONS
from sourcebook.reading.withheld import without_names

ASKED = click.Choice(list(QUESTIONS))


@click.command()
@config_option
@report_format_option
@click.option("--only", multiple=True, type=ASKED, help="Ask only this; may be given several times.")
@click.option(
    "--fail-on",
    multiple=True,
    type=ASKED,
    help="End with exit code 1 where this is asked; may be given several times.",
)
def report(config_file: Path, form: str, only: tuple[str, ...], fail_on: tuple[str, ...]) -> None:
    """Tell the state of the collection, as questions to its editors.

    Which claims does only one document report, which are echoes of one origin, whose names are alike? None of
    this is a mistake: the exit code is 0, unless --fail-on names something that is asked.

    Example: sourcebook report --fail-on echo
    """
    checked, graph = checked_graph(settings_of(config_file))
    asked = [each for each in questions(graph) if not only or each.code.slug in only]
    found = without_names(checked.withheld, in_reports(graph, asked))
    click.echo(FORMATS[form](found, max_errors=None), nl=False)
    if form == "text":
        click.echo(summary(found), err=True)
    sys.exit(CONTENT_ERRORS if {each.code.slug for each in found}.intersection(fail_on) else CLEAN)


def summary(found: Iterable[Diagnostic]) -> str:
    """How often each question is asked, a line each, in the order in which they are listed."""
    numbers = Counter(each.code.slug for each in found)
    lines = [f"{numbers[slug]:>6,} {slug}: {words}" for slug, words in QUESTIONS.items() if numbers[slug]]
    return "\n".join(lines) or "nothing to ask"
