"""What the commands have in common: the options of a project, its settings and files, and exit codes.

In: the arguments of a command. Out: settings, files, reports. The rule it guards: the exit code is 0 for a
clean run, 1 for errors in the content, 2 for wrong usage, 3 for faults of input or output.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from sourcebook.diagnostics import reports
from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.editing.journal import NAME, BusyError, StuckError, recover
from sourcebook.exporting.export import with_data
from sourcebook.graph.graph import Graph
from sourcebook.rendering.templates import BrokenTemplateError, make_renderer
from sourcebook.site.check import CONFIG_FILE, Checked, Settings, check_project, read_settings
from sourcebook.site.data_files import Put, data_in_the_way
from sourcebook.site.disk import InTheWayError, write_tree
from sourcebook.site.files import SiteFile, files_in_the_way, site_files, template_diagnostic
from sourcebook.site.handwritten import Parts, parts_of_pages
from sourcebook.site.spool import Spool

CLEAN, CONTENT_ERRORS, FAULTS = 0, 1, 3


class Fault(click.ClickException):
    """Input that cannot be read or output that cannot be written."""

    exit_code = FAULTS


config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    default=CONFIG_FILE,
    show_default=True,
    help="The project's mkdocs.yml.",
)
"""The option that every command on a project takes."""


def format_option_of(*forms: str) -> Callable[[Any], Any]:
    """The option for how a command prints: the first of the forms if it is left out."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(forms),
        default=forms[0],
        show_default=True,
        help="How to print.",
    )


format_option = format_option_of("text", "json")
"""The option of every command of which people and programs read what it did."""


out_option = click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write into."
)
"""The option of the commands that write a whole tree."""


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that report every mistake of a project."""
    options = [
        config_option,
        click.option("--strict", is_flag=True, help="Let warnings count as errors."),
        click.option("--max-errors", type=click.IntRange(1), help="Print only so many messages."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def settings_of(config_file: Path) -> Settings:
    """The settings of a project; a mkdocs.yml that cannot be read is a fault.

    A change of files that was broken off is completed or undone first.
    """
    recover_edit(config_file.resolve().parent)
    try:
        return read_settings(config_file.resolve())
    except OSError as error:
        raise Fault(
            f"{config_file}: {error.strerror}; give the project's mkdocs.yml with --config-file"
        ) from None


def recover_edit(root: Path) -> None:
    """Complete or undo a change of files that was broken off, and say so; one under way is left alone."""
    try:
        if said := recover(root):
            click.echo(said, err=True)
    except BusyError:
        return
    except StuckError as error:
        raise Fault(str(error)) from None
    except OSError as error:
        raise Fault(f"{error.filename or root / NAME}: {error.strerror}") from None


def made_files(
    settings: Settings, put: Put | None = None, *, strict: bool, max_errors: int | None
) -> tuple[tuple[SiteFile, ...], Parts]:
    """The files made from the facts, and what hand-written pages take in from these.

    Where something takes the files in, it gets their texts and the data, and they come back without a text.
    Where there are errors, these are printed and the command ends.
    """
    checked = check_project(settings)
    diagnostics = list(checked.diagnostics)
    files: tuple[SiteFile, ...] = ()
    parts: Parts = {}
    if checked.graph:
        try:
            render = make_renderer(settings.templates_dir, directory_urls=settings.directory_urls)
            graph = with_data(checked.graph, put) if put else checked.graph
            made = site_files(graph, render, directory_urls=settings.directory_urls)
            files = tuple(handed_over(made, put) if put else made)
            parts = parts_of_pages(graph, render, settings.docs_dir)
            diagnostics += files_in_the_way(files, settings.docs_dir, settings.root)
            diagnostics += data_in_the_way(graph, settings.docs_dir, settings.root)
        except BrokenTemplateError as error:
            diagnostics.append(template_diagnostic(error, settings.collection.templates_dir))
    report(in_order(diagnostics), strict=strict, max_errors=max_errors)
    return files, parts


def handed_over(files: Iterable[SiteFile], put: Put) -> Iterator[SiteFile]:
    """The files without their texts, which are handed over one by one."""
    for file in files:
        put(file.path, (file.text.encode(),))
        yield replace(file, text="", head=None)


def checked_graph(settings: Settings) -> tuple[Checked, Graph]:
    """A project without an error, and its graph; where there is one, all are printed and the command ends."""
    checked = check_project(settings)
    if checked.graph is None:
        report(checked.diagnostics, strict=False, max_errors=None)
        sys.exit(CONTENT_ERRORS)
    return checked, checked.graph


def report(diagnostics: tuple[Diagnostic, ...], *, strict: bool, max_errors: int | None) -> None:
    """Print what was found to the standard error, and end the command if it is an error."""
    click.echo(reports.as_text(diagnostics, max_errors=max_errors), nl=False, err=True)
    if has_errors(diagnostics, strict=strict):
        sys.exit(CONTENT_ERRORS)


@contextmanager
def faults_of(out: Path) -> Iterator[None]:
    """What cannot be written into the output folder is a fault."""
    try:
        yield
    except InTheWayError as error:
        raise Fault(f"{error} is in the way and was not written by this command") from None
    except OSError as error:
        raise Fault(f"{error.filename or out}: {error.strerror}") from None


def write_out(out: Path, files: Spool) -> None:
    """Write files into the output folder, and say how many."""
    written = write_tree(out, files)
    click.echo(f"{out}: {written.written} written, {written.unchanged} unchanged, {written.removed} removed")
