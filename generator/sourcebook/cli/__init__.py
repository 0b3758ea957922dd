"""The command line: the command `sourcebook`, with a module for each of its commands.

In: arguments. Out: reports, files, and an exit code. The rule it guards: it says nothing that the other
stages did not find.
"""

import click

from sourcebook import __version__
from sourcebook.cli.check import check
from sourcebook.cli.codes import codes
from sourcebook.cli.generate import generate
from sourcebook.cli.report import report
from sourcebook.cli.verify import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sourcebook")
def main() -> None:
    """Turn YAML facts about contested events into a site in which every fact leads to its source.

    Exit codes: 0 clean, 1 errors in the content, 2 wrong usage, 3 faults of input or output.
    """


for command in (check, report, generate, verify, codes):
    main.add_command(command)
