"""The command `init`: a sourcebook of one's own."""

import json
import sys
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from sourcebook.cli.project import Fault, format_option
from sourcebook.editing.files import WritingError, apply
from sourcebook.editing.starter import Answers, in_the_way, starter, wrong_answers

QUESTIONS = {
    "title": ("Title of the collection", None),
    "language": ("Language of its texts, as a tag such as en or pt-BR", "en"),
    "licence": ("Licence of its facts, such as CC BY 4.0 (empty for none)", ""),
    "contact": ("How to reach the editors, such as a mail address (empty for none)", ""),
}
"""What is asked on a terminal, in its order, with what is taken if the answer is empty."""


@click.command(short_help="Begin a sourcebook of your own in a new folder.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The title of the collection.")
@click.option("--language", help="The language of its texts; en if left out.")
@click.option("--licence", help="The licence of its facts.")
@click.option("--contact", help="How to reach the editors; with a mail address, pages link to it.")
@format_option
def init(folder: Path, form: str, **given: str | None) -> None:
    """Begin a sourcebook of one's own in the folder DIR, which has to be empty or new.

    It gets a small invented story over three sources, a mkdocs.yml, a welcome page, and what a repository
    needs; `mkdocs serve` shows it at once. On a terminal the command asks for what the options leave open.

    Example: sourcebook init orrin-bay --title "The pier of Orrin Bay"
    """
    refuse_unless_empty(folder)
    answers = Answers(**answered(given, ask=sys.stdin.isatty() and form == "text"))
    if wrong := tuple(wrong_answers(answers)):
        raise click.UsageError("\n".join(f"--{each.field}: {each.message}; {each.hint}" for each in wrong))
    changes = starter(folder, answers, installed_from())
    try:
        apply(changes)
    except WritingError as error:
        raise Fault(f"{error.path}: {error.reason}; nothing was written") from None
    if form == "json":
        files = [change.path.relative_to(folder).as_posix() for change in changes]
        click.echo(json.dumps({**asdict(answers), "folder": str(folder), "files": files}, indent=2))
        return
    click.echo(
        f"{folder}: {len(changes)} files written. To see the site:\n\n    cd {folder}\n    mkdocs serve"
    )


def installed_from() -> str:
    """Where this program was installed from, as installers note it (PEP 610); empty for a package index."""
    try:
        return distribution("sourcebook").read_text("direct_url.json") or ""
    except PackageNotFoundError:
        return ""


def refuse_unless_empty(folder: Path) -> None:
    """End the command where something lies in the folder."""
    try:
        found = in_the_way(folder)
    except OSError as error:
        raise Fault(f"{folder}: {error.strerror}") from None
    if found:
        more = f" and {len(found) - 3} more" if len(found) > 3 else ""
        raise Fault(
            f"{folder} is not empty: {', '.join(found[:3])}{more}; give an empty folder, or a new one"
        )


def answered(given: dict[str, str | None], *, ask: bool) -> dict[str, str]:
    """The answers: those that are given, then those from the terminal, then what stands for none."""
    answers: dict[str, str] = {}
    for name, (question, default) in QUESTIONS.items():
        value = given.get(name)
        if value is None and ask:
            value = click.prompt(question, default=default, show_default=bool(default))
        if value is None and default is None:
            raise click.UsageError(f"--{name} is needed: {question[0].lower()}{question[1:]}")
        answers[name] = value if value is not None else default or ""
    return answers
