"""The last good site of `serve`, which stays until a build has made the next one.

In: the folder that is served, and a build. Out: the folder with the new site, or with the last one as it
was. The rule it guards: a build that fails takes nothing away, and what it told is shown.
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def waiting_place(site: Path) -> Path:
    """Where the last site is during a build."""
    return site.with_name(f"{site.name}.last")


@contextmanager
def last_site_kept(site: Path) -> Iterator[None]:
    """Have a site built into an empty folder; the last one comes back where that fails."""
    last = waiting_place(site)
    site.rename(last)
    site.mkdir(mode=0o700)
    try:
        yield
    except BaseException:
        shutil.rmtree(site, ignore_errors=True)
        last.rename(site)
        raise
    shutil.rmtree(last, ignore_errors=True)


@contextmanager
def errors_of_mkdocs() -> Iterator[list[str]]:
    """The errors that MkDocs tells of meanwhile; those of the facts are told elsewhere."""
    told: list[str] = []
    listener = _Listener(told)
    logging.getLogger("mkdocs").addHandler(listener)
    try:
        yield told
    finally:
        logging.getLogger("mkdocs").removeHandler(listener)


class _Listener(logging.Handler):
    """Keeps the errors of a log."""

    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.told = told

    def emit(self, record: logging.LogRecord) -> None:
        """Keep an error."""
        if record.name != "mkdocs.plugins.sourcebook":
            self.told.append(record.getMessage())
