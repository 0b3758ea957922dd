"""The command line: check, generate, verify, codes.

In: arguments. Out: reports, files, and an exit code: 0 clean, 1 errors in the content, 2 wrong usage,
3 faults of input or output. The rule it guards: it says nothing that the other stages did not find.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import click

from sourcebook import __version__
from sourcebook.diagnostics import reports
from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.reading.withheld import names_in_tree, read_withheld
from sourcebook.rendering.templates import BrokenTemplateError, make_renderer
from sourcebook.site.check import CONFIG_FILE, Checked, Settings, check_project, read_settings
from sourcebook.site.disk import InTheWayError, write_tree
from sourcebook.site.expected import expected_pages
from sourcebook.site.files import SiteFile, files_in_the_way, site_files, template_diagnostic
from sourcebook.site.generate import generated_tree
from sourcebook.site.handwritten import Parts, parts_of_pages
from sourcebook.site.verify import verify_site

CLEAN, CONTENT_ERRORS, FAULTS = 0, 1, 3

FORMATS: dict[str, Callable[..., str]] = {
    "text": reports.as_text,
    "json": reports.as_json,
    "github": reports.as_github,
    "sarif": lambda found, max_errors: reports.as_sarif(
        found, tool="sourcebook", version=__version__, max_errors=max_errors
    ),
}


class Fault(click.ClickException):
    """Input that cannot be read or output that cannot be written."""

    exit_code = FAULTS


def common_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that every command on a project takes."""
    options = [
        click.option(
            "-f",
            "--config-file",
            type=click.Path(path_type=Path),
            default=CONFIG_FILE,
            show_default=True,
            help="The project's mkdocs.yml.",
        ),
        click.option("--strict", is_flag=True, help="Let warnings count as errors."),
        click.option("--max-errors", type=click.IntRange(1), help="Print only so many messages."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sourcebook")
def main() -> None:
    """Turn YAML facts about contested events into a site in which every fact leads to its source.

    Exit codes: 0 clean, 1 errors in the content, 2 wrong usage, 3 faults of input or output.
    """


@main.command()
@common_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="How to print.",
)
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


@main.command()
@common_options
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write into."
)
def generate(config_file: Path, strict: bool, max_errors: int | None, out: Path) -> None:
    """Write the site's Markdown and a mkdocs.yml without the plugin, for any engine.

    Only changed files are written, files of an earlier run that are no longer needed are removed, and nothing
    else is touched. Example: sourcebook generate --out build/
    """
    settings = settings_of(config_file)
    files, parts = made_files(settings, strict=strict, max_errors=max_errors)
    tree = generated_tree(settings, files, parts)
    withheld, _ = read_withheld(settings.root, settings.collection.withheld_names)
    report(in_order(names_in_tree(withheld, tree)), strict=strict, max_errors=max_errors)
    try:
        written = write_tree(out, tree)
    except InTheWayError as error:
        raise Fault(f"{error} is in the way and was not written by this command") from None
    except OSError as error:
        raise Fault(f"{error.filename or out}: {error.strerror}") from None
    click.echo(f"{out}: {written.written} written, {written.unchanged} unchanged, {written.removed} removed")


@main.command()
@common_options
@click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(config_file: Path, strict: bool, max_errors: int | None, site: Path) -> None:
    """Count the pages of a built SITE against the records, and walk its links and anchors.

    Works on the output of any engine. Example: sourcebook verify site/
    """
    settings = settings_of(config_file)
    files, _ = made_files(settings, strict=strict, max_errors=max_errors)
    origin, base_path = served_at(settings.site.site_url)
    found = verify_site(
        site,
        expected_pages(settings, files),
        base_path=base_path,
        origin=origin,
        processes=os.cpu_count() or 1,
    )
    for problem in found.problems:
        click.echo(str(problem))
    click.echo(found.summary(), err=bool(found.problems))
    sys.exit(CONTENT_ERRORS if found.problems else CLEAN)


@main.command()
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


def served_at(site_url: str | None) -> tuple[str, str]:
    """The origin and the path of the site's address; an empty origin and `/` without one."""
    parts = urlsplit(site_url or "")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return origin, parts.path or "/"


def settings_of(config_file: Path) -> Settings:
    """The settings of a project; a mkdocs.yml that cannot be read is a fault."""
    try:
        return read_settings(config_file.resolve())
    except OSError as error:
        raise Fault(
            f"{config_file}: {error.strerror}; give the project's mkdocs.yml with --config-file"
        ) from None


def made_files(
    settings: Settings, *, strict: bool, max_errors: int | None
) -> tuple[tuple[SiteFile, ...], Parts]:
    """The files made from the facts, and what hand-written pages take in from these.

    Where there are errors, these are printed and the command ends.
    """
    checked = check_project(settings)
    diagnostics = list(checked.diagnostics)
    files: tuple[SiteFile, ...] = ()
    parts: Parts = {}
    if checked.graph:
        try:
            render = make_renderer(settings.templates_dir, directory_urls=settings.directory_urls)
            files = site_files(checked.graph, render, directory_urls=settings.directory_urls)
            parts = parts_of_pages(checked.graph, render, settings.docs_dir)
            diagnostics += files_in_the_way(files, settings.docs_dir, settings.root)
        except BrokenTemplateError as error:
            diagnostics.append(template_diagnostic(error, settings.collection.templates_dir))
    report(in_order(diagnostics), strict=strict, max_errors=max_errors)
    return files, parts


def report(diagnostics: tuple[Diagnostic, ...], *, strict: bool, max_errors: int | None) -> None:
    """Print what was found to the standard error, and end the command if it is an error."""
    click.echo(reports.as_text(diagnostics, max_errors=max_errors), nl=False, err=True)
    if has_errors(diagnostics, strict=strict):
        sys.exit(CONTENT_ERRORS)


def summary(checked: Checked) -> str:
    """What was checked, a line each: the records, what was compared, which names were looked for."""
    errors = sum(1 for found in checked.diagnostics if has_errors([found]))
    warnings = len(checked.diagnostics) - errors
    total = sum(checked.records.values())
    kinds = ", ".join(
        f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in checked.records.items()
    )
    lines = (
        f"{total} records ({kinds}): {errors} errors, {warnings} warnings",
        str(checked.tally),
        checked.withheld.summary(),
    )
    return "\n".join(line for line in lines if line)
