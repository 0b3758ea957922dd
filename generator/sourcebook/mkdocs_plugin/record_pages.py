"""Pages of records written, by this process alone or shared among workers.

In: planned pages, and everything that they are made with. Out: pages in the folder of the site, and what is
to be known of them for search, links and sitemap. The rule it guards: it makes no difference who makes a
page. What a worker has to tell of, as an error or a warning, it leaves undone: the page is then made here.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, NoReturn

from sourcebook.graph.graph import Graph
from sourcebook.graph.traced import Read
from sourcebook.mkdocs_plugin.outside import Known, Outside, OutsideFile
from sourcebook.mkdocs_plugin.reusing import Reuse
from sourcebook.pages.all_pages import PlannedPage
from sourcebook.rendering.templates import Renderer
from sourcebook.site.files import SiteFile, site_file
from sourcebook.site.progress import progress
from sourcebook.site.workers import can_fork, processors, shared

WORTH_SHARING = 300
"""From how many pages on workers take less time than it takes to begin with them."""
MOST_WORKERS = 8
"""More are used only where they are asked for: each copies a part of the graph in time."""
PAGES_OF_A_TASK = 16


class Written(NamedTuple):
    """A page that is written: what is to be known of it, its SHA-256, and what it read of the graph."""

    known: Known
    sha256: str
    read: frozenset[Read]


Result = Written | SiteFile | None
"""A page that is written, the Markdown of one that MkDocs must make, or nothing."""


class _ToldError(Exception):
    """A worker had something to tell."""


@dataclass(frozen=True)
class RecordPages:
    """What pages of records are made with; `files` are theirs, by the paths of their Markdown.

    With `reuse` those of the last build stay that would be made as they are.
    """

    graph: Graph
    render: Renderer
    outside: Outside
    files: Mapping[str, OutsideFile]
    plans: Sequence[PlannedPage]
    reuse: Reuse | None = None

    def write(self, workers: int | None) -> Iterator[SiteFile]:
        """Write every page, and give those that MkDocs must make.

        Raises BrokenTemplateError and WorkerDiedError.
        """
        plans = self.reuse.plans(self.plans) if self.reuse else self.plans
        others = [plan for plan in plans if not (self.reuse and self.reuse.stays(plan))]
        remade = {plan.path for plan in others}
        # What the first page has loaded every worker has.
        made = chain(self.in_turn(others[:1]), self.results(others[1:], workers))
        for plan in progress(plans, "Making pages"):
            if self.reuse and plan.path not in remade:
                self.outside.keep(self.files[plan.path], self.reuse.known(plan))
                continue
            found = next(made) or self.written(plan)
            if isinstance(found, SiteFile):
                yield found
                continue
            self.outside.keep(self.files[plan.path], found.known)
            if self.reuse:
                self.reuse.made(plan, *found)

    def results(self, plans: Sequence[PlannedPage], workers: int | None) -> Iterator[Result]:
        """What comes of each page, by whoever makes it."""
        number = worth(len(plans)) if workers is None else workers
        return self.by_workers(plans, number) if number > 1 and can_fork() else self.in_turn(plans)

    def in_turn(self, plans: Sequence[PlannedPage]) -> Iterator[Result]:
        """What comes of each page, made here."""
        return map(self.written, plans)

    def by_workers(self, plans: Sequence[PlannedPage], workers: int) -> Iterator[Result]:
        """What comes of each page, made by workers."""

        def task(number: int) -> list[Result]:
            logging.setLogRecordFactory(refuse)
            return [self.tried(plan) for plan in plans[number * PAGES_OF_A_TASK :][:PAGES_OF_A_TASK]]

        for results in shared(task, -(-len(plans) // PAGES_OF_A_TASK), workers):
            yield from results

    def tried(self, plan: PlannedPage) -> Result:
        """What comes of a page; None where there is an error or a warning to be told."""
        try:
            return self.written(plan)
        except Exception:  # whatever it is: made again where everybody hears of it
            return None

    def written(self, plan: PlannedPage) -> Written | SiteFile:
        """Write a page, unless MkDocs must make it."""
        if self.reuse:
            self.reuse.trace.taken()
        made = site_file(self.reuse.traced if self.reuse else self.graph, plan, self.render)
        read = self.reuse.trace.taken() if self.reuse else frozenset()
        assert made.head
        file = self.files[plan.path]
        found = self.outside.make(file, plan, made.text, made.head)
        if found is None:
            return made
        output, known = found
        return Written(known, self.outside.write(file, output), read)


def worth(pages: int) -> int:
    """How many workers are worth it for a number of pages."""
    return min(processors(), MOST_WORKERS) if pages >= WORTH_SHARING else 1


def refuse(*_args: object, **_more: object) -> NoReturn:
    """Instead of a record for a log: what is said here nobody would count."""
    raise _ToldError
