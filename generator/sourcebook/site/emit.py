"""Pages rendered, here or by workers.

In: pages of plain values, a renderer, and any `concurrent.futures.Executor`. Out: texts, in the order of
the pages. The rule it guards: rendering a page is a pure function of the page, and both can be pickled, so
that it makes no difference where it happens.

What is sent to a worker is `rendered_batch(render, pages)`: `render` is what `make_renderer` gives, `pages`
a tuple of what `PlannedPage.compose` gives. Dask's `Client.get_executor()`, Ray's pool and the standard
library's pools all fit. Without an executor the pages are composed and rendered one by one.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from functools import partial
from itertools import islice

from sourcebook.pages.all_pages import AnyPage
from sourcebook.rendering.templates import Renderer

BATCH = 64
"""Pages that a worker gets at once: fewer cost more time on the way, more leave workers idle at the end."""


def rendered(
    pages: Iterable[AnyPage], render: Renderer, executor: Executor | None = None, batch: int = BATCH
) -> Iterator[str]:
    """The text of each page's Markdown file; raises BrokenTemplateError."""
    if executor is None:
        yield from map(render, pages)
        return
    # A tuple: Dask takes no iterators.
    for texts in executor.map(partial(rendered_batch, render), tuple(batches(pages, batch))):
        yield from texts


def rendered_batch(render: Renderer, pages: tuple[AnyPage, ...]) -> tuple[str, ...]:
    """The texts of some pages: what a worker does."""
    return tuple(map(render, pages))


def batches(pages: Iterable[AnyPage], size: int) -> Iterator[tuple[AnyPage, ...]]:
    """The pages in groups of one size, the last one what is left."""
    remaining = iter(pages)
    while group := tuple(islice(remaining, size)):
        yield group
