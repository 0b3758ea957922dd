"""Making only the indexes, views and lists that have changed since the last build.

In: the graph, and what the last build has kept. Out: the texts of these files, kept or made. The rule it
guards: a text is taken again only if everything that it was made from is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any, TypeVar

from sourcebook.graph.graph import Graph
from sourcebook.graph.traced import Fingerprints, Read, Trace, traced
from sourcebook.mkdocs_plugin.strictness import log
from sourcebook.mkdocs_plugin.unchanged import Memory
from sourcebook.pages import data
from sourcebook.pages.all_pages import PlannedPage, index_pages_of, long_kinds, planned_indexes, planned_views
from sourcebook.pages.head_data import Alternate, HeadData
from sourcebook.rendering.templates import Renderer
from sourcebook.site.files import SiteFile, long_list_files, site_file
from sourcebook.site.kept import Kept, LastKept, NextKept, kept_in, last_kept

FILE = "texts.json"

Made = TypeVar("Made")


@dataclass
class Keeping:
    """What is shared by all that is kept of a build: the key and the fingerprints of now, and the trace."""

    memory: Memory
    graph: Graph
    trace: Trace = field(default_factory=Trace)
    told: bool = False

    def __post_init__(self) -> None:
        root, inputs = self.memory.root, self.memory.inputs
        self.prints = Fingerprints(self.graph, lambda file: inputs[str(root / file)].sha256)
        self.traced = traced(self.graph, self.trace)
        self.key = self.memory.key_of_pages(self.graph)

    def last(self, file: str) -> LastKept:
        """What the last build has kept in a file."""
        return last_kept(kept_in(self.memory.root, file), self.key, self.prints, self.tell)

    def write(self, file: str, kept: NextKept) -> None:
        """Keep something for the next build; raises OSError where it cannot be."""
        kept.write(kept_in(self.memory.root, file), self.key, self.prints)

    def tell(self, reason: str) -> None:
        """Say once why what the last build has kept is not used."""
        if not self.told:
            log.info("What the last build has kept is not used: %s", reason)
        self.told = True

    def read_for(self, make: Callable[[], Made]) -> tuple[Made, frozenset[Read]]:
        """What is made, and what was read of the graph for it."""
        self.trace.taken()
        return make(), self.trace.taken()


class KeptTexts:
    """The texts of a build, made or as the last one has kept them."""

    def __init__(self, keeping: Keeping) -> None:
        self.keeping = keeping
        self.last, self.next = keeping.last(FILE), NextKept()

    @property
    def is_known_to_work(self) -> bool:
        """Whether the last build has made a site with the same templates."""
        return self.last.stream is not None

    def site_files(self, graph: Graph, plans: Iterable[PlannedPage], render: Renderer) -> list[SiteFile]:
        """The files of planned pages; raises BrokenTemplateError."""
        traced = self.keeping.traced
        traced_plans = {plan.path: plan for plan in (*planned_indexes(traced), *planned_views(traced))}
        return [self.site_file(graph, plan, traced_plans.get(plan.path), render) for plan in plans]

    def site_file(
        self, graph: Graph, plan: PlannedPage, traced: PlannedPage | None, render: Renderer
    ) -> SiteFile:
        """The file of a planned page; that of the data tells of files that are no part of the facts."""
        if traced is None or plan.path == data.VIEW.path:
            return site_file(graph, plan, render)
        found = self.last.of(plan.path)
        if found is None:
            make = partial(site_file, self.keeping.traced, traced, render)
            made, read = self.keeping.read_for(make)
            found = Kept(read, [made.text, made.head and asdict(made.head)])
        self.next.add(plan.path, found)
        text, head = found.values
        return SiteFile(plan.path, text, plan.title, plan.facts, plan.is_view, as_head(head), plan.is_further)

    def long_lists(self, graph: Graph, *, directory_urls: bool) -> Iterator[SiteFile]:
        """The whole of each index that stands on several pages."""
        for kind in long_kinds(graph):
            found = self.last.of(f"list of {kind}")
            if found is None:
                make = partial(self.long_list, kind, directory_urls=directory_urls)
                made, read = self.keeping.read_for(make)
                found = Kept(read, [made.path, made.text])
            self.next.add(f"list of {kind}", found)
            path, text = found.values
            yield SiteFile(path, text)

    def long_list(self, kind: str, *, directory_urls: bool) -> SiteFile:
        """The whole of the index of a kind, made anew."""
        pages = index_pages_of(self.keeping.traced, (kind,))
        (made,) = long_list_files(pages, directory_urls=directory_urls)
        return made

    def keep(self) -> None:
        """Keep all of them for the next build; raises OSError where they cannot be."""
        self.keeping.write(FILE, self.next)


def as_head(values: dict[str, Any] | None) -> HeadData | None:
    """What the head of a page tells machines, as it was."""
    if values is None:
        return None
    alternates = tuple(Alternate(**one) for one in values["alternates"])
    return HeadData(**{**values, "alternates": alternates})
