"""What is served between two builds: pages from the facts as they are now, made when they are asked for.

In: the last build of MkDocs, and the facts after each edit. Out: pages as a build would write them. The rule
it guards: an edit of facts alone never waits for a build, and nothing that an edit could have changed is
served as it was before.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.structure.files import File

from sourcebook.graph.graph import Graph
from sourcebook.mkdocs_plugin.facts_page import FactsPage
from sourcebook.mkdocs_plugin.outside import Outside, OutsideFile, outside_file
from sourcebook.mkdocs_plugin.searching import Entry
from sourcebook.pages.all_pages import (
    PlansByPath,
    SitePage,
    index_pages_of,
    long_kinds,
    redirects,
)
from sourcebook.pages.head_data import HeadData
from sourcebook.rendering.templates import Renderer
from sourcebook.site.files import long_list_files, page_head, plain_files, redirect
from sourcebook.site.handwritten import Parts


class Preview:
    """One build of MkDocs that lives on: its files, navigation and templates, and the facts of now."""

    def __init__(
        self,
        outside: Outside,
        nav: Any,
        env: Any,
        edit_uri: Callable[[str], str],
        heads: dict[str, HeadData],
        plain: Iterable[str],
    ) -> None:
        self.outside, self.nav, self.env, self.edit_uri, self.heads = outside, nav, env, edit_uri, heads
        self.plain = frozenset(plain)
        self.config, self.files = outside.config, outside.files
        self.root = Path(self.config.site_dir)
        self.lock = threading.RLock()
        self.graph: Graph | None = None
        self.render: Renderer | None = None
        self.plans: PlansByPath  # from the first graph on, which comes at once
        self.made: dict[str, bytes] = {}
        self.stale: set[str] = set()
        self.is_edited = False
        self.named: frozenset[str] = frozenset()

    def take_in(self, graph: Graph, render: Renderer, named: frozenset[str], parts: Parts) -> None:
        """Serve the pages of a graph from now on; `parts` are what hand-written pages take in of it."""
        with self.lock:
            before = None if self.graph is None else self.plans
            self.graph, self.render, self.named = graph, render, named
            self.made, self.plans = {}, PlansByPath(graph)
            self.outside.addresses.clear()
            if before is not None:
                self.is_edited = True
                for path in before.without(self.plans):
                    self.forget(path)
                for path in self.plans.without(before):
                    self.admit(path)
                self.stale = {*self.inside(), *parts}
                self.heads.clear()

    def inside(self) -> Iterator[str]:
        """The pages made from facts that go through MkDocs."""
        # Of records only those that a hand-written navigation names.
        named = (path for path in self.named if path in self.plans and path not in self.plans.others)
        return (path for path in chain(self.plans.others, named) if not self.is_outside(path))

    def is_outside(self, path: str) -> bool:
        """Whether a page is made beside MkDocs."""
        plan = self.plans[path]
        return bool(plan.facts or plan.is_further) and path not in self.named

    def admit(self, path: str) -> None:
        """Let MkDocs know a new page for its links."""
        if self.is_outside(path):
            assert self.render
            plan = self.plans[path]
            file = outside_file(plan, self.render, self.config)
            if plan.facts:
                file.edit_uri = self.edit_uri(plan.facts)
            self.files.append(file)
            self.outside.links.known.clear()

    def forget(self, path: str) -> None:
        """Take a page away that is no more."""
        if file := self.files.get_file_from_path(path):
            self.files.remove(file)
            Path(file.abs_dest_path).unlink(missing_ok=True)
            self.outside.links.known.clear()

    def page(self, address: str, *, renewed: bool = True) -> bytes | None:
        """A page by the path of its HTML file; None for what lies on the disk.

        That is brought up to date where it may be `renewed`: MkDocs makes one thing at a time.
        Raises BrokenTemplateError.
        """
        with self.lock:
            path = self.path_of(address)
            if path in self.made:
                return self.made[path]
            if path in self.plans and self.is_outside(path):
                file = self.files.get_file_from_path(path)
                if isinstance(file, OutsideFile):
                    return self.outside_page(path, file, renewed=renewed)
            if path in self.stale:
                if renewed:
                    self.renew(path)
            elif self.is_edited and path not in self.plans and self.may_be_plain(address):
                return self.plain_file(address)
            return None

    def may_be_plain(self, address: str) -> bool:
        """Whether an address may be that of a file made from facts that is no page."""
        return address in self.plain or not (self.root / address).exists()

    def outside_page(self, path: str, file: OutsideFile, *, renewed: bool) -> bytes | None:
        """A page beside MkDocs; None where it went through MkDocs, and lies on the disk now."""
        assert self.graph and self.render
        page = self.plans[path].compose()
        text = self.render(page)
        head = page_head(self.graph, page)
        found = self.outside.make(file, self.plans[path], text, head, indexed=False)
        if found is None:
            if renewed:
                self.through_mkdocs(path, text, page)
            return None
        output, known = found
        self.outside.keep(file, known)
        self.made[path] = output.encode("utf-8", errors="xmlcharrefreplace")
        return self.made[path]

    def renew(self, path: str) -> None:
        """Have MkDocs make a page again that lies on the disk."""
        assert self.render
        file = self.files.get_file_from_path(path)
        if file is None:
            return
        if path in self.plans:
            page = self.plans[path].compose()
            self.through_mkdocs(path, self.render(page), page)
        elif file.page:
            self.build(file)
        self.stale.discard(path)

    def through_mkdocs(self, path: str, text: str, page: SitePage) -> None:
        """Have MkDocs make a page from facts, and write it."""
        known = self.files.get_file_from_path(path)
        assert known and self.graph
        self.heads[path] = page_head(self.graph, page)
        if isinstance(known, OutsideFile):
            file = File.generated(self.config, path, content=text)
            file.edit_uri, file.inclusion = known.edit_uri, known.inclusion
            FactsPage(None, file, self.config)
            self.build(file)
            return
        known._content = text
        self.build(known)

    def build(self, file: File) -> None:
        """Read, convert and write a page as MkDocs does."""
        assert file.page
        _populate_page(file.page, self.config, self.files)
        _build_page(file.page, self.config, [], self.nav, self.env)

    def address(self, path: str) -> str:
        """The address of a page, as the search has it."""
        file = self.files.get_file_from_path(path)
        return "" if file is None or file.url == "./" else str(file.url)

    def path_of(self, address: str) -> str:
        """The Markdown file of an HTML file."""
        stem = address.removesuffix(".html")
        if not self.config.use_directory_urls or stem == address:
            return f"{stem}.md"
        folder, _, name = stem.rpartition("/")
        candidates = [f"{stem}.md"]
        if name == "index":
            candidates += [f"{folder}.md", f"{folder}/README.md"]
        known = (path for path in candidates if path in self.plans or path in self.stale)
        return next(known, candidates[0])

    def plain_file(self, address: str) -> bytes | None:
        """A file made from facts that is no page, as it is now; None where there is none of that name."""
        assert self.graph
        urls = self.config.use_directory_urls
        if address.endswith(".html"):
            moved = (redirect(old, new, urls) for old, new in redirects(self.graph))
            return next((file.text.encode() for file in moved if file.path == address), None)
        indexes = index_pages_of(self.graph, long_kinds(self.graph))
        lists = long_list_files(indexes, directory_urls=urls)
        made = chain(plain_files(self.graph, directory_urls=urls), lists)
        return next((file.text.encode() for file in made if file.path == address), None)

    def entries(self, path: str) -> list[Entry]:
        """What the search finds of a page made from facts."""
        with self.lock:
            if path not in self.plans or self.graph is None or self.render is None:
                return []
            file = self.files.get_file_from_path(path)
            if isinstance(file, OutsideFile):
                found = self.outside.searched(file, self.render(self.plans[path].compose()))
                if found is not None:
                    return found
                self.page(path)
                file = self.files.get_file_from_path(path)
            if path in self.stale:
                self.renew(path)
            if file is None or file.page is None:
                return []
            page = file.page
            return self.outside.search.entries(page.url, page.meta, page.content or "") or []
