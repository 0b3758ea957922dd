"""The command `verify`: a built site counted and walked, whichever engine built it."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from sourcebook.cli.project import CLEAN, CONTENT_ERRORS, common_options, made_files, settings_of
from sourcebook.site.expected import expected_pages
from sourcebook.site.verify import verify_site


@click.command(short_help="Count the pages of a built site, and walk its links.")
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


def served_at(site_url: str | None) -> tuple[str, str]:
    """The origin and the path of the site's address; an empty origin and `/` without one."""
    parts = urlsplit(site_url or "")
    origin = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return origin, parts.path or "/"
