"""Serving a site while its facts are edited.

In: MkDocs' configuration, events and server, and the files that change. Out: pages of the facts as they are
now. The rule it guards: a mistake in a fact never takes down what is served; it is shown on the page, and the
last good facts stay up.
"""

import gc
from dataclasses import replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.exporting.export import announced
from sourcebook.graph.graph import Graph
from sourcebook.mkdocs_plugin import served_data
from sourcebook.mkdocs_plugin.addresses import edit_uri, titles_in_nav
from sourcebook.mkdocs_plugin.making import Making
from sourcebook.mkdocs_plugin.outside import Outside
from sourcebook.mkdocs_plugin.preview import Preview
from sourcebook.mkdocs_plugin.server import FactsServer
from sourcebook.mkdocs_plugin.telling import error_panel, let_errors_be_served, plain_page, tell
from sourcebook.pages.all_pages import planned_pages
from sourcebook.reading.history import log_of_commits
from sourcebook.rendering.templates import BrokenTemplateError, TemplateRenderer
from sourcebook.site.check import Checked, Settings
from sourcebook.site.files import files_in_the_way, template_diagnostic
from sourcebook.site.handwritten import parts_of_pages
from sourcebook.site.keeping import Keeper
from sourcebook.site.memory import collector_paused


class Serving(Making):
    """What is served: the last build of MkDocs, and the facts after each edit.

    It lives through all builds, and remembers the last good files.
    """

    is_served = True

    def __init__(self) -> None:
        super().__init__()
        self.keeper = Keeper()
        self.preview: Preview | None = None
        self.named: frozenset[str] = frozenset()
        self.server: FactsServer | None = None
        self.commits: Path | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Make every page that goes through MkDocs, and watch what they are made of."""
        super().begin(config)
        self.watch_folders(config)

    def checked(self, settings: Settings) -> Checked:
        """Check every fact; what has not changed is not read again."""
        return self.keeper.check(settings)

    def with_data(self, graph: Graph) -> Graph:
        """The graph that knows which data files there are; they are made when somebody asks for one."""
        return replace(graph, data=announced()) if graph.site.has_data else graph

    def meet_errors(self) -> None:
        """Have a strict `serve` show errors, too."""
        if self.errors:
            let_errors_be_served()

    def take_outside(self, outside: Outside, env: Any) -> None:
        """Serve pages from the facts as they are asked for, from now on."""
        assert self.graph and self.render
        # What a template becomes while the facts stay is not shown before it works.
        if isinstance(self.render, TemplateRenderer):
            self.render.load_all()
        config = outside.config
        self.named = frozenset(dict(titles_in_nav(config.nav)))
        plain = (made.path for made in self.files if not made.title)
        self.preview = Preview(
            outside, self.nav, env, lambda facts: edit_uri(facts, config), self.heads, plain
        )
        self.preview.take_in(self.graph, self.render, self.named, self.parts)
        # What lives on from edit to edit need not be looked through again and again.
        gc.collect()
        gc.freeze()

    def take_templates(self, env: Any, config: MkDocsConfig, files: Any) -> None:
        """Serve from this build on; the live reload adds a script that no policy would let run."""
        self.preview = None
        super().take_templates(env, config, files)

    def finished(self, output: str, page: Page) -> str:
        """A page that MkDocs has made, with the errors of the facts over it."""
        output = super().finished(output, page)
        if self.errors and self.preview is None:
            body_end = output.rfind("</body>")
            panel = error_panel(self.errors, stale=bool(self.files))
            output = output[:body_end] + panel + output[body_end:]
        return output

    def edited(self, paths: frozenset[Path]) -> bool:
        """Take in an edit of facts alone; False where it takes a build."""
        preview, settings = self.preview, self.settings
        if preview is None or settings is None or self.render is None:
            return False
        collection = settings.collection
        folders = [settings.root / folder for folder in (collection.content_dir, collection.seeds_dir)]
        is_commit, paths = self.commits in paths, paths - {self.commits}
        if not all(any(path.is_relative_to(folder) for folder in folders) for path in paths):
            return False
        with collector_paused():
            # The history of the files is read with every whole check.
            checked = self.keeper.check(settings) if is_commit else self.keeper.check_again(settings, paths)
            if checked.graph is None:
                self.errors = in_order(checked.diagnostics)
                tell(self.errors, aborting=False)
                return True
            self.take_in_edit(preview, settings, self.with_data(checked.graph), checked.diagnostics)
        return True

    def take_in_edit(
        self, preview: Preview, settings: Settings, graph: Graph, found: tuple[Diagnostic, ...]
    ) -> None:
        """Serve the pages of an edited graph, unless they have an error; `found` is told of its facts."""
        assert self.render
        try:
            parts = parts_of_pages(graph, self.render, settings.docs_dir)
        except BrokenTemplateError as error:
            self.errors = (template_diagnostic(error, self.templates),)
            return
        # A name that a hand-written page has is rare, and only new records can take it.
        problems: tuple[Diagnostic, ...] = ()
        if self.graph is None or graph.entries.keys() != self.graph.entries.keys():
            plans = tuple(planned_pages(graph))
            problems = tuple(files_in_the_way(plans, settings.docs_dir, settings.root))
        self.errors = in_order((*found, *problems)) if has_errors(problems) else ()
        if not self.errors:
            self.graph, self.parts, self.site = graph, parts, graph.site
            preview.take_in(graph, self.render, self.named, parts)

    def panel(self) -> str:
        """The errors of the facts, as they stand over every page; empty without any."""
        return error_panel(self.errors, stale=True) if self.errors else ""

    def serve_with(self, server: LiveReloadServer, config: MkDocsConfig, made: Making) -> LiveReloadServer:
        """A server that shows an edit of facts without a build; `made` is the build that it begins with."""
        if made is not self:
            self.take_over(made)
        own = FactsServer(
            server, lambda: self.preview, self.edited, self.restore, self.panel, self.broken_page
        )
        self.server = own
        self.watch_folders(config)
        if self.settings and (commits := log_of_commits(self.settings.root)):
            self.commits = commits.absolute()
            own.watch(str(commits))
        own.set_app(
            served_data.with_data(own.serve_request, own.mount_path, lambda: self.graph, own.give_way)
        )
        return own

    def take_over(self, made: Making) -> None:
        """Have what a build has made as the last good files."""
        self.settings, self.graph, self.site, self.render = made.settings, made.graph, made.site, made.render
        self.files, self.plans, self.parts = made.files, made.plans, made.parts

    def watch_folders(self, config: MkDocsConfig) -> None:
        """Watch the folders that mkdocs.yml names now; some may come yet."""
        if self.server and self.settings:
            collection = self.settings.collection
            self.server.watch(config.docs_dir)
            for folder in (collection.content_dir, collection.seeds_dir, collection.templates_dir):
                self.server.watch(str(self.settings.root / folder))

    def restore(self, preview: Preview | None) -> None:
        """Serve on what was served before a build that has failed."""
        self.preview = preview
        if preview:
            self.outside, self.nav, self.heads = preview.outside, preview.nav, preview.heads
            self.graph, self.render, self.named = preview.graph, preview.render, preview.named

    def broken_page(self, error: BrokenTemplateError) -> str:
        """What is shown instead of a page whose template does not work with its facts."""
        panel = error_panel((template_diagnostic(error, self.templates),), stale=False)
        return plain_page("This page cannot be shown", panel)
