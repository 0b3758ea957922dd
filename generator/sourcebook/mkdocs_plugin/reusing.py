"""Making only the pages of records that have changed since the last build.

In: what the last build has kept, the graph, and the published site as it is. Out: the pages that stay, and
what is to be kept of the others. The rule it guards: a page stays only if all it was made from is the same,
the theme would put the same around it, its links lead to the same, and its file is as it was written.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sourcebook.graph.graph import Graph
from sourcebook.graph.traced import Read, Trace
from sourcebook.mkdocs_plugin.kept_texts import Keeping
from sourcebook.mkdocs_plugin.outside import Anchors, Known, Outside, OutsideFile
from sourcebook.mkdocs_plugin.splice import Shape
from sourcebook.pages.all_pages import PlannedPage, planned_pages
from sourcebook.site.kept import NextKept
from sourcebook.site.kept_pages import FILE, KeptPage, as_kept, as_page


@dataclass
class Reuse:
    """The pages of the last build beside those of this one.

    `contents` are the published files with their SHA-256, by their paths; `standing` are those that stay.
    """

    keeping: Keeping
    outside: Outside
    files: Mapping[str, OutsideFile]
    contents: Mapping[str, str]
    standing: set[str] = field(default_factory=set)
    next: NextKept = field(default_factory=NextKept)
    shells: dict[Shape, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.last = self.keeping.last(FILE)

    @property
    def traced(self) -> Graph:
        """The graph that writes down what is read of it."""
        return self.keeping.traced

    @property
    def trace(self) -> Trace:
        """Where that is written down."""
        return self.keeping.trace

    def last_page(self, plan: PlannedPage) -> KeptPage | None:
        """A page as the last build has kept it; None where anything that it was made from has changed."""
        found = self.last.of(plan.path)
        return as_page(found) if found else None

    def plans(self, plans: Iterable[PlannedPage]) -> tuple[PlannedPage, ...]:
        """The same plans, of pages that write down what they read."""
        found = {plan.path: plan for plan in planned_pages(self.traced)}
        return tuple(found[plan.path] for plan in plans)

    def stays(self, plan: PlannedPage) -> bool:
        """Whether a page stays as it is; it is then kept for the next build, too."""
        page, file = self.last_page(plan), self.files[plan.path]
        if page is None or self.contents.get(file.dest_uri) != page.sha256:
            return False
        if self.shell(Shape(*page.shape)) != page.shell or not self.lead_to_the_same(page.linked):
            return False
        self.next.add(plan.path, as_kept(page))
        self.standing.add(file.dest_uri)
        return True

    def known(self, plan: PlannedPage) -> Known:
        """What is to be known of a page that stays."""
        page = self.last_page(plan)
        assert page
        return Known(Anchors(page.ids), page.wanted, page.entries, Shape(*page.shape), page.linked)

    def made(self, plan: PlannedPage, known: Known, sha256: str, read: frozenset[Read]) -> None:
        """Keep a page that was made just now, and what was read of the graph for it."""
        # What a plan itself has read.
        own = {("entries", Path(plan.path).stem)} if plan.facts else set()
        if known.linked is not None:
            page = KeptPage(
                read | own,
                sha256,
                (*known.shape,),
                self.shell(known.shape),
                known.linked,
                known.wanted,
                known.anchors.lines,
                known.entries,
            )
            self.next.add(plan.path, as_kept(page))

    def lead_to_the_same(self, linked: Mapping[str, str]) -> bool:
        """Whether files still have the addresses that they had; each is asked for once."""
        new = {path: url for path, url in linked.items() if self.same.get(path) != url}
        if not self.outside.links.are_same(new):
            return False
        self.same |= new
        return True

    def shell(self, shape: Shape) -> str:
        """The fingerprint of what the theme puts around pages of a shape."""
        if shape not in self.shells:
            made = repr(self.outside.splicer.shell(shape)).encode("utf-8", "surrogatepass")
            self.shells[shape] = hashlib.sha256(made).hexdigest()
        return self.shells[shape]

    def stands(self, path: str, sha256: str) -> bool:
        """Whether a file is published already; it then stays, unless all pages are made anew."""
        if not self.standing or self.contents.get(path) != sha256:
            return False
        self.standing.add(path)
        return True

    def keep(self) -> None:
        """Keep the pages for the next build; raises OSError where they cannot be."""
        self.keeping.write(FILE, self.next)
