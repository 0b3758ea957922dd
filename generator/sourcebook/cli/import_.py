"""The command `import`: spreadsheets and bibliographies become records."""

import json
import sys
from importlib import resources
from pathlib import Path

import click

from sourcebook.cli.edits import as_readable_diff, dry_run_option
from sourcebook.cli.project import CLEAN, CONTENT_ERRORS, Fault, common_options, format_option, settings_of
from sourcebook.diagnostics import reports
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.editing.files import WritingError, apply
from sourcebook.importing import mappings
from sourcebook.importing.bibtex import MissingExtraError
from sourcebook.importing.bringing import FORMS, Outcome, Wishes, bring_bibliography, bring_table
from sourcebook.importing.mapping import DELIMITERS
from sourcebook.importing.report import as_document, as_lines
from sourcebook.site.memory import collector_paused

BUILT_IN = ("acled", "ucdp-ged")
BIBLIOGRAPHIES = {".json": "csl-json", ".bib": "bibtex"}
"""The forms of bibliographies by the endings of their files."""


@click.command("import", short_help="Bring in a spreadsheet or a bibliography.")
@common_options
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The YAML file that says which column feeds which field.",
)
@click.option(
    "--as",
    "known",
    type=click.Choice([*BUILT_IN, *BIBLIOGRAPHIES.values()]),
    help="What FILE is, where its mapping is built in; a .json file is csl-json, a .bib file is bibtex.",
)
@click.option(
    "--delimiter", type=click.Choice(list(DELIMITERS)), help="What divides the cells, where it is not found."
)
@click.option("--create-missing", is_flag=True, help="Make the actors, places and others that cells name.")
@click.option("--update", is_flag=True, help="Take changed values into records that are there already.")
@click.option("--field", "fields", multiple=True, help="With --update: only this field; may be repeated.")
@dry_run_option
@click.option("--show-mapping", is_flag=True, help="Print the built-in mapping, to make one's own of it.")
@format_option
def import_(
    config_file: Path,
    strict: bool,
    max_errors: int | None,
    file: Path | None,
    mapping: Path | None,
    known: str | None,
    delimiter: str | None,
    create_missing: bool,
    update: bool,
    fields: tuple[str, ...],
    dry_run: bool,
    show_mapping: bool,
    form: str,
) -> None:
    """Bring the rows of a spreadsheet (CSV), or a bibliography, into the collection.

    Rows with a mistake are named and left out; the others are written, all of them or none. What is there
    already stays as it is.

    Example: sourcebook import ferry-log.csv --mapping ferry-log.yml --dry-run
    """
    if show_mapping:
        click.echo(built_in(known).decode(), nl=False)
        return
    if file is None:
        raise click.UsageError("name the FILE to import")
    if fields and not update:
        raise click.UsageError("--field goes with --update")
    wishes = Wishes(create_missing, update, frozenset(fields))
    write = not dry_run
    with collector_paused():
        outcome = brought(config_file, file, mapping, known, delimiter, wishes)
        if write:
            written(outcome, config_file.resolve().parent)
    stopped = has_errors(outcome.diagnostics, strict=strict)
    show(outcome, form, write=write, update=update, max_errors=max_errors)
    if dry_run and form == "text":
        click.echo(as_readable_diff(outcome.changes, config_file.resolve().parent), nl=False)
    sys.exit(CONTENT_ERRORS if stopped else CLEAN)


def brought(
    config_file: Path,
    file: Path,
    mapping: Path | None,
    known: str | None,
    delimiter: str | None,
    wishes: Wishes,
) -> Outcome:
    """What comes of the file, by its kind."""
    settings = settings_of(config_file)
    try:
        data = file.read_bytes()
        form = known or ("" if mapping else BIBLIOGRAPHIES.get(file.suffix.lower(), ""))
        if form in FORMS:
            return bring_bibliography(settings, data, file.as_posix(), form, wishes)
        how = (mapping.read_bytes(), mapping.as_posix()) if mapping else (built_in(known), f"{known}.yml")
    except OSError as error:
        raise Fault(f"{error.filename}: {error.strerror}") from None
    except MissingExtraError:
        raise click.UsageError(
            "to read BibTeX, two packages more are needed\n  hint: pip install 'sourcebook[documents]'"
        ) from None
    return bring_table(settings, data, file.as_posix(), how, delimiter and DELIMITERS[delimiter], wishes)


def built_in(known: str | None) -> bytes:
    """The text of a built-in mapping."""
    if known not in BUILT_IN:
        raise click.UsageError(
            f"say how FILE is to be read: --mapping with a file, or --as with one of "
            f"{', '.join([*BUILT_IN, *BIBLIOGRAPHIES.values()])}"
        )
    return resources.files(mappings).joinpath(f"{known}.yml").read_bytes()


def written(outcome: Outcome, root: Path) -> None:
    """Write all changes, or none."""
    try:
        apply(outcome.changes, root)
    except WritingError as error:
        raise Fault(str(error)) from None


def show(outcome: Outcome, form: str, *, write: bool, update: bool, max_errors: int | None) -> None:
    """Print what was found and what was done."""
    if form == "json":
        found = json.loads(reports.as_json(outcome.diagnostics, max_errors=max_errors))
        click.echo(json.dumps({**as_document(outcome, written=write, updated=update), **found}, indent=2))
        return
    click.echo(reports.as_text(outcome.diagnostics, max_errors=max_errors), nl=False)
    for line in as_lines(outcome, written=write, updated=update):
        click.echo(reports.visible(line), err=True)
