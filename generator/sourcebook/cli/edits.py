"""What the commands that edit YAML have in common: a dry run, and saying what was changed.

In: changes of files. Out: the changed files, or the difference that it would make. The rule it guards: what
`--dry-run` shows is what the command does without it.
"""

import json
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from sourcebook.cli.project import CONTENT_ERRORS, Fault, config_option, format_option, settings_of
from sourcebook.diagnostics import reports
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.editing.facts import EditError, FaultyError
from sourcebook.editing.files import Change, WritingError, apply, as_diff, name_in
from sourcebook.editing.schema_files import SCHEMAS
from sourcebook.site.check import Settings

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Change nothing; print what would change, as a unified diff."
)


def edit_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command takes that edits YAML."""
    for option in (format_option, dry_run_option, config_option):
        command = option(command)
    return command


def settings_to_edit(config_file: Path) -> Settings:
    """The settings of a project; the command ends where its mkdocs.yml has errors."""
    settings = settings_of(config_file)
    if has_errors(settings.diagnostics):
        click.echo(reports.as_text(settings.diagnostics), nl=False, err=True)
        sys.exit(CONTENT_ERRORS)
    return settings


def refusals_told(command: Callable[..., None]) -> Callable[..., None]:
    """A command that ends with a message where the change is refused, and nothing is changed."""

    @wraps(command)
    def told(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except EditError as error:
            hint = f"\n  hint: {reports.visible(error.hint)}" if error.hint else ""
            # The message quotes what was typed, and a terminal would obey some of that.
            raise click.UsageError(f"{reports.visible(error.message)}{hint}") from None
        except FaultyError as error:
            click.echo(reports.as_text(error.diagnostics), nl=False, err=True)
            when = (
                "mend these errors first"
                if error.before
                else "with the change the facts would have these errors"
            )
            click.echo(f"{when}; nothing was changed", err=True)
            sys.exit(CONTENT_ERRORS)

    return told


def carry_out(changes: Iterable[Change], root: Path, *, dry_run: bool, form: str, **more: object) -> None:
    """Make the changes, unless it is a dry run, and say what was changed; `more` is for programs."""
    changes = tuple(changes)
    if not dry_run:
        try:
            apply(changes, root)
        except WritingError as error:
            raise Fault(f"{name_in(error.path, root)}: {error.reason}; nothing was changed") from None
    if form == "json":
        found = {**as_json(changes, root, dry_run=dry_run), **more}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif dry_run:
        click.echo(as_readable_diff(changes, root), nl=False)
    else:
        for change in changes:
            click.echo(sentence(change, root))


def check_or_carry_out(
    changes: tuple[Change, ...], root: Path, *, check: bool, dry_run: bool, form: str, wanting: str
) -> None:
    """Make the changes; with `check` only say what each file is not, or for programs what would change."""
    if check and not dry_run and form == "text":
        for change in changes:
            click.echo(f"{name_in(change.path, root)}: {wanting}")
    else:
        carry_out(changes, root, dry_run=dry_run or check, form=form)


def as_readable_diff(changes: Iterable[Change], root: Path) -> str:
    """The diff of the facts, then a sentence for each file that follows from them: ids for completion."""
    facts: list[Change] = []
    following = ""
    for change in changes:
        if change.path.parent == root / SCHEMAS:
            following += f"# {sentence(change, root)}\n"
        else:
            facts.append(change)
    return as_diff(facts, root) + following


def sentence(change: Change, root: Path) -> str:
    """What became of one file."""
    came = f" from {name_in(change.origin, root)}" if change.origin else ""
    return f"{name_in(change.path, root)}: {change.action}{came}"


def as_json(changes: Iterable[Change], root: Path, *, dry_run: bool) -> dict[str, object]:
    """What was changed, for programs."""
    files = [
        {
            "file": name_in(change.path, root),
            "action": change.action,
            "from": name_in(change.origin, root) if change.origin else None,
            "diff": as_diff([change], root),
        }
        for change in changes
    ]
    return {"written": not dry_run, "files": files}
