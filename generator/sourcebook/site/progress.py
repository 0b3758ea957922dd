"""A bar that tells how far long work has come.

In: what is worked through. Out: the same. The rule it guards: only a person at a terminal sees it; nothing of
it stands in a pipe or a log, and work of a second or two goes without.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from tqdm import tqdm

Item = TypeVar("Item")

PATIENCE = 1.5
"""Seconds without a bar."""


class Bar(tqdm):  # type: ignore[type-arg]  # it takes no argument when it runs
    """A bar without a thread of its own, which would keep the process from being copied for its workers."""

    monitor_interval = 0


def progress(items: Sequence[Item], what: str) -> Iterable[Item]:
    """The items one after the other; `what` says what is done with them."""
    # `disable=None` means: unless the standard error is a terminal.
    return Bar(items, desc=what, delay=PATIENCE, disable=None, leave=False, dynamic_ncols=True)
