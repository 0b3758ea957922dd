"""The command `fmt`: files of facts in canonical form."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from sourcebook.cli.edits import check_or_carry_out, edit_options, settings_to_edit
from sourcebook.cli.project import CONTENT_ERRORS
from sourcebook.diagnostics import reports
from sourcebook.editing.fmt import format_files
from sourcebook.reading.files import InputFile, Project, find_files
from sourcebook.site.check import Settings


@click.command(short_help="Put files of facts into canonical form.")
@edit_options
@click.option("--check", is_flag=True, help="Change nothing; end with 1 if a file is not in canonical form.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def fmt(config_file: Path, dry_run: bool, form: str, check: bool, paths: tuple[Path, ...]) -> None:
    """Put files of facts into canonical form: the order of keys, quotation marks, width; comments stay.

    PATHS are files or folders; all facts where none is given. Example: sourcebook fmt content/claims
    """
    settings = settings_to_edit(config_file)
    changes, problems = format_files(chosen(settings, paths))
    if problems:
        click.echo(reports.as_text(problems), nl=False, err=True)
        sys.exit(CONTENT_ERRORS)
    wanting = "not in canonical form"
    check_or_carry_out(changes, settings.root, check=check, dry_run=dry_run, form=form, wanting=wanting)
    if check and changes:
        click.echo("run `sourcebook fmt` to put them into it", err=True)
        sys.exit(CONTENT_ERRORS)


def chosen(settings: Settings, paths: Iterable[Path]) -> tuple[InputFile, ...]:
    """The files of facts that the paths name, or all; a path without any is wrong usage."""
    collection = settings.collection
    files = find_files(Project(settings.root, collection.content_dir, collection.seeds_dir)).files
    wanted = [file for path in paths for file in files_at(path, files)]
    return tuple(wanted if paths else files)


def files_at(path: Path, files: Iterable[InputFile]) -> Iterator[InputFile]:
    """The files of facts that a path is, or that lie in it."""
    found = [file for file in files if file.path.resolve().is_relative_to(path.resolve())]
    if not found and path.is_file():
        raise click.BadParameter(f"{path} is not a file of facts", param_hint="PATHS")
    yield from found
