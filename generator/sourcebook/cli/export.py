"""The command `export`: all data of the collection as files, without building the site."""

import sys
from pathlib import Path

import click

from sourcebook.cli.project import (
    CONTENT_ERRORS,
    common_options,
    faults_of,
    out_option,
    report,
    settings_of,
    write_out,
)
from sourcebook.diagnostics.diagnostic import in_order
from sourcebook.exporting.export import Export
from sourcebook.reading.withheld import names_in_tree
from sourcebook.site.check import check_project
from sourcebook.site.spool import Spool, folder_for


@click.command(short_help="Write every fact as data: CSV, JSON, SQLite and more.")
@common_options
@out_option
def export(config_file: Path, strict: bool, max_errors: int | None, out: Path) -> None:
    """Write every fact as CSV, JSON, SQLite, GeoJSON, JSON-LD and more, as it is published with the site.

    Only changed files are written, files of an earlier run that are no longer needed are removed, and nothing
    else is touched. Example: sourcebook export --out data/
    """
    checked = check_project(settings_of(config_file))
    report(checked.diagnostics, strict=strict, max_errors=max_errors)
    if checked.graph is None:
        sys.exit(CONTENT_ERRORS)
    with faults_of(out):
        spool = Spool(folder_for(out))
        for path, pieces in Export(checked.graph).streams():
            spool.put(path, pieces)
        report(in_order(names_in_tree(checked.withheld, spool)), strict=strict, max_errors=max_errors)
        write_out(out, spool)
