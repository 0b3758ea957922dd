"""What the plugin tells of mistakes: in MkDocs' log, and on the pages while they are served.

In: diagnostics, and faults of the disk. Out: lines of the log, a panel of HTML, the end of a build. The rule
it guards: `--strict` refuses what would be published, never what is only being worked on.
"""

import html
import logging
import tempfile
from pathlib import Path

from mkdocs.exceptions import Abort

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors
from sourcebook.diagnostics.reports import as_text
from sourcebook.mkdocs_plugin.strictness import log, strict_counters
from sourcebook.site.whole import NO_ROOM

PLAIN_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 15vh auto 2rem; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; }
.sb-errors { margin-top: 2rem; padding-left: 1rem; border-left: 0.25rem solid #c62828; }
.sb-errors pre { font-size: 0.875rem; white-space: pre-wrap; }
"""
"""How a page without a theme looks: in the colours that the reader has, light or dark."""
PLAIN_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'"
)
"""It asks only whether there is something new: the script of the live reload stands in the page."""


class DiskFaultError(Abort):
    """The end of a build for which a file or folder cannot be read or written."""

    code = exit_code = 3


def tell(diagnostics: tuple[Diagnostic, ...], *, aborting: bool) -> None:
    """Log what was found; a build that is about to end says its errors in its last message instead."""
    for found in diagnostics:
        text = as_text([found]).rstrip()
        if not has_errors([found]):
            log.warning(text)
        elif not aborting:
            log.error(text)


def fault_told(error: OSError, site: Path) -> str:
    """What is at fault: a file, or with no room left the disk of the site or of what waits meanwhile."""
    if error.errno in NO_ROOM:
        return f"{site}: {error.strerror}, or none in {tempfile.gettempdir()}, where files wait"
    return f"{error.filename or site}: {error.strerror or error}"


def let_errors_be_served() -> None:
    """Have a strict `serve` show the errors of the facts, too: refused, its pages would hang until mended."""
    for counter in strict_counters():
        logging.getLogger("mkdocs").removeHandler(counter)


def failure_panel(told: str) -> str:
    """What a build failed of, as a panel over a page of the last site; empty for nothing."""
    if not told:
        return ""
    return (
        '<aside class="sb-errors" role="alert"><p><strong>The site could not be built.</strong> '
        f"The page is that of the last build.</p><pre>{html.escape(told)}</pre></aside>"
    )


def error_panel(errors: tuple[Diagnostic, ...], *, stale: bool) -> str:
    """The errors as a panel over a page."""
    kept = "The page shows the last good facts." if stale else "Nothing can be shown of the facts yet."
    return (
        '<aside class="sb-errors" role="alert"><p><strong>The facts have errors.</strong> '
        f"{kept}</p><pre>{html.escape(as_text(errors))}</pre></aside>"
    )


def plain_page(title: str, body: str) -> str:
    """A page of the server's own, with HTML below its title."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{PLAIN_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{PLAIN_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
