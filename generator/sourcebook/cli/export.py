"""The command `export`: all data of the collection as files, without building the site."""

import sys
from pathlib import Path

import click

from sourcebook.cli.project import CONTENT_ERRORS, common_options, report, settings_of, write_out
from sourcebook.diagnostics.diagnostic import in_order
from sourcebook.exporting.export import Export
from sourcebook.reading.withheld import names_in_tree
from sourcebook.site.check import check_project


@click.command()
@common_options
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write into."
)
def export(config_file: Path, strict: bool, max_errors: int | None, out: Path) -> None:
    """Write every fact as CSV, JSON, SQLite, GeoJSON, JSON-LD and more, as it is published with the site.

    Only changed files are written, files of an earlier run that are no longer needed are removed, and nothing
    else is touched. Example: sourcebook export --out data/
    """
    checked = check_project(settings_of(config_file))
    report(checked.diagnostics, strict=strict, max_errors=max_errors)
    if checked.graph is None:
        sys.exit(CONTENT_ERRORS)
    made = Export(checked.graph)
    tree = dict(made.files())
    report(in_order(names_in_tree(checked.withheld, tree)), strict=strict, max_errors=max_errors)
    write_out(out, tree)
