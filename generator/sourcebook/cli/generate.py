"""The command `generate`: the site as Markdown, for any engine."""

from collections.abc import Iterable
from pathlib import Path

import click

from sourcebook.cli.project import (
    common_options,
    faults_of,
    made_files,
    out_option,
    report,
    settings_of,
    write_out,
)
from sourcebook.diagnostics.diagnostic import in_order
from sourcebook.reading.withheld import names_in_tree, read_withheld
from sourcebook.site.data_files import is_own
from sourcebook.site.generate import other_files
from sourcebook.site.spool import Spool, folder_for


@click.command(short_help="Write the site's Markdown for any other engine.")
@common_options
@out_option
def generate(config_file: Path, strict: bool, max_errors: int | None, out: Path) -> None:
    """Write the site's Markdown and a mkdocs.yml without the plugin, for any engine.

    Only changed files are written, files of an earlier run that are no longer needed are removed, and nothing
    else is touched. Example: sourcebook generate --out build/
    """
    settings = settings_of(config_file)
    with faults_of(out):
        spool = Spool(folder_for(out))

        def put(path: str, pieces: Iterable[bytes]) -> None:
            if not is_own(path, settings.docs_dir):
                spool.put(f"docs/{path}", pieces)

        files, parts = made_files(settings, put, strict=strict, max_errors=max_errors)
        for path, content in other_files(settings, files, parts):
            spool.put(path, (content,))
        withheld, _ = read_withheld(settings.root, settings.collection.withheld_names)
        report(in_order(names_in_tree(withheld, spool)), strict=strict, max_errors=max_errors)
        write_out(out, spool)
