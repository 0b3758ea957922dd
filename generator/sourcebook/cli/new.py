"""The command `new`: a record with all that it needs."""

import sys
from pathlib import Path
from typing import get_args

import click

from sourcebook.cli.edits import carry_out, edit_options, refusals_told, settings_to_edit
from sourcebook.editing.facts import Facts, sound
from sourcebook.editing.new import missing_fields, new_record, problem_with, values_of
from sourcebook.reading.nodes import Plain
from sourcebook.records.fields import slug
from sourcebook.records.load import LABELS, MODELS, inner_model


@click.command(short_help="Add a record.")
@edit_options
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="A field; several times for a list.")
@click.argument("kind", type=click.Choice(list(MODELS)))
@click.argument("id", required=False)
@refusals_told
def new(
    config_file: Path, dry_run: bool, form: str, pairs: tuple[str, ...], kind: str, id: str | None
) -> None:
    """Add a record of a KIND, in a file of its own that is named like its ID.

    On a terminal it asks for what is missing; else it says what is. Without an ID one is made of its name.
    Each KEY is a field of the format (docs/format.md), as `date`, `type` or `about` of a claim.

    Example: sourcebook new actor harbour-pilots --set name="Harbour pilots" --set type=group
    """
    settings = settings_to_edit(config_file)
    facts = sound(settings)
    values = values_of(kind, pairs)
    if is_terminal() and form == "text":
        asked_for(facts, kind, values)
    label = values.get(LABELS[kind], "")
    id = id or slug(label if isinstance(label, str) else "")
    if is_terminal() and form == "text" and not id:
        id = click.prompt("id", err=True)
    carry_out(new_record(facts, kind, id, values), settings.root, dry_run=dry_run, form=form)


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


def asked_for(facts: Facts, kind: str, values: dict[str, Plain]) -> None:
    """Ask for the fields that are needed and missing, and for a source."""
    for name in missing_fields(kind, values):
        if name != "sources":
            values[name] = answer(facts, kind, name)
    if kind != "source" and "sources" not in values:
        needed = "sources" in missing_fields(kind, values)
        if given := answer(facts, kind, "sources", optional=not needed):
            values["sources"] = given


def answer(facts: Facts, kind: str, name: str, *, optional: bool = False) -> Plain:
    """The value of a field as somebody gives it, asked for until it can stand there."""
    field = MODELS[kind].model_fields[name]
    inner = inner_model(field.annotation)
    if name == "sides" and inner:
        return [side(number) for number in (1, 2)]
    choices = [word for word in get_args(field.annotation) if isinstance(word, str)]
    click.echo(field.description or name, err=True)
    if choices:
        click.echo("one of: " + ", ".join(choices), err=True)
    while True:
        given: str = click.prompt(name, default="" if optional else None, show_default=False, err=True)
        if optional and not given.strip():
            return ""
        value: Plain = [part.strip() for part in given.split(",")] if name == "sources" else given.strip()
        problem = problem_with(facts, kind, name, value)
        if not problem:
            return value[0] if isinstance(value, list) and len(value) == 1 else value
        click.echo(problem, err=True)


def side(number: int) -> dict[str, Plain]:
    """One side of a dispute as somebody gives it."""
    words = click.prompt(f"answer of side {number}", err=True)
    claims = click.prompt(f"claims of side {number} (ids, with commas)", err=True)
    return {"answer": words, "claims": [part.strip() for part in claims.split(",")]}
