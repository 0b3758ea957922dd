"""Time for the work instead of for the collector of cycles.

In: nothing. Out: nothing. The rule it guards: what a build makes by the hundred thousand are values without
cycles, which live to its end; looking through all of them again and again takes up to half of its time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, for_good: bool = False) -> Iterator[None]:
    """Pause the collector of cycles; it goes on afterwards if it was on before.

    With `for_good` it passes over all that is there by then, until `gc.unfreeze`.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_on:
            gc.enable()
