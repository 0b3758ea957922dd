"""The command `generate`: the site as Markdown, for any engine."""

from pathlib import Path

import click

from sourcebook.cli.project import Fault, common_options, made_files, report, settings_of
from sourcebook.diagnostics.diagnostic import in_order
from sourcebook.reading.withheld import names_in_tree, read_withheld
from sourcebook.site.disk import InTheWayError, write_tree
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
