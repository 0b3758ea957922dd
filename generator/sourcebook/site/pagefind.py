"""Where the program is that indexes large sites.

In: what is installed. Out: a path. The rule it guards: it is looked for in one way.
"""

import shutil
from contextlib import suppress
from importlib import import_module


def program() -> str | None:
    """The path of Pagefind's program; None where it is not installed."""
    with suppress(ImportError, AttributeError):
        # The package of the binary has no types, and need not be there.
        return str(import_module("pagefind_bin").get_executable())
    return shutil.which("pagefind")
