"""The command line: the command `sourcebook`, with a module for each of its commands.

In: arguments. Out: reports, files, and an exit code. The rule it guards: it says nothing that the other
stages did not find.
"""

import errno
import sys
from typing import Any

import click

from sourcebook import __version__
from sourcebook.cli.check import check
from sourcebook.cli.cite import cite
from sourcebook.cli.codes import codes
from sourcebook.cli.export import export
from sourcebook.cli.fmt import fmt
from sourcebook.cli.generate import generate
from sourcebook.cli.import_ import import_
from sourcebook.cli.init import init
from sourcebook.cli.new import new
from sourcebook.cli.project import Fault
from sourcebook.cli.rename import merge, rename
from sourcebook.cli.report import report
from sourcebook.cli.schema import schema
from sourcebook.cli.source import source
from sourcebook.cli.verify import verify
from sourcebook.site.memory import collector_paused


class Commands(click.Group):
    """The commands, and what is said of a fault of input or output that none of them expected."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a full disk, say, ends it with a message and the exit code of faults."""
        try:
            with collector_paused():
                return super().invoke(ctx)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader has seen enough: click ends the command quietly
                raise
            if error.filename is None:  # a stream: what it still holds is not tried again at the end
                sys.stdout = sys.__stdout__ = None  # type: ignore[misc]
            raise Fault(f"{error.filename or 'the output'}: {error.strerror}") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sourcebook")
def main() -> None:
    """Turn YAML facts about contested events into a site in which every fact leads to its source.

    Exit codes: 0 clean, 1 errors in the content, 2 wrong usage, 3 faults of input or output.
    """


for command in (
    init,
    new,
    cite,
    fmt,
    source,
    import_,
    check,
    report,
    generate,
    export,
    verify,
    codes,
    rename,
    merge,
    schema,
):
    main.add_command(command)
