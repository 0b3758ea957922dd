"""The command `generate`: the site as Markdown, for any engine."""

from collections.abc import Iterable
from pathlib import Path

import click

from sourcebook.cli.project import common_options, made_files, report, settings_of, write_out
from sourcebook.diagnostics.diagnostic import in_order
from sourcebook.reading.withheld import names_in_tree, read_withheld
from sourcebook.site.generate import generated_tree


@click.command()
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
    data: dict[str, bytes] = {}

    def put(path: str, pieces: Iterable[bytes]) -> None:
        data[path] = b"".join(pieces)

    files, parts = made_files(settings, put, strict=strict, max_errors=max_errors)
    tree = generated_tree(settings, files, parts, data)
    withheld, _ = read_withheld(settings.root, settings.collection.withheld_names)
    report(in_order(names_in_tree(withheld, tree)), strict=strict, max_errors=max_errors)
    write_out(out, tree)
