"""The plugin `sourcebook`: what it does at each of MkDocs' events.

In: MkDocs' events. Out: generated files, and the finished site put in place of the last one. The rule it
guards: a mistake in a fact never takes down what is served; in `serve` it is shown on the page, and the last
good facts stay up.
"""

import gc
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.diagnostics.reports import as_text
from sourcebook.exporting.export import with_data
from sourcebook.graph.graph import Graph, Site
from sourcebook.mkdocs_plugin import served_data
from sourcebook.mkdocs_plugin.addresses import edit_uri, titles_in_nav
from sourcebook.mkdocs_plugin.days import days_of_pages, tell_days
from sourcebook.mkdocs_plugin.facts_page import FactsPage
from sourcebook.mkdocs_plugin.large_search import large_search
from sourcebook.mkdocs_plugin.offline import use_own_worker
from sourcebook.mkdocs_plugin.ordinary import why_ordinary
from sourcebook.mkdocs_plugin.outside import Outside, OutsideFile, outside_file
from sourcebook.mkdocs_plugin.preview import Preview
from sourcebook.mkdocs_plugin.searching import Search
from sourcebook.mkdocs_plugin.server import FactsServer
from sourcebook.mkdocs_plugin.shells import Shells, with_head
from sourcebook.mkdocs_plugin.splice import Splicer
from sourcebook.mkdocs_plugin.telling import error_panel, let_errors_be_served, log, refused_by_strict, tell
from sourcebook.mkdocs_plugin.unchanged import Memory, end_if_unchanged
from sourcebook.pages.all_pages import PlannedPage, index_pages, planned_pages
from sourcebook.pages.head_data import HeadData, written_head
from sourcebook.reading.history import Extent, log_of_commits
from sourcebook.reading.markers import filled
from sourcebook.reading.withheld import Withheld, names_in_folder
from sourcebook.rendering.templates import BrokenTemplateError, Renderer, TemplateRenderer, make_renderer
from sourcebook.site.check import CONFIG_FILE, Settings, check_project, read_settings
from sourcebook.site.data_files import Spool, data_in_the_way, write_data
from sourcebook.site.files import (
    MARKDOWN_EXTENSIONS,
    OFFLINE_WORKER,
    SCRIPT,
    STYLESHEET,
    SiteFile,
    files_in_the_way,
    long_list_files,
    offline_worker,
    plain_files,
    site_file,
    template_diagnostic,
)
from sourcebook.site.handwritten import Parts, parts_of_pages
from sourcebook.site.keeping import Keeper
from sourcebook.site.large_search import index_site, record_marks
from sourcebook.site.memory import collector_paused
from sourcebook.site.policy import with_policy
from sourcebook.site.progress import progress
from sourcebook.site.publish import begin, discard, let_go, publish, staging_folder


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """MkDocs' own reading of the options, unused: they are read with their positions instead."""


class SourcebookPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Hands the pages made from facts to MkDocs.

    One object lives through all builds of a `serve`: it remembers the last good files.
    """

    def __init__(self) -> None:
        self.command = "build"
        self.files: tuple[SiteFile, ...] = ()
        self.parts: Parts = {}
        self.plans: tuple[PlannedPage, ...] = ()
        self.heads: dict[str, HeadData] = {}
        self.graph: Graph | None = None
        self.site = Site()
        self.render: Renderer | None = None
        self.outside: Outside | None = None
        self.outside_files: dict[str, OutsideFile] = {}
        self.nav: Navigation | None = None
        self.keeper = Keeper()
        self.preview: Preview | None = None
        self.settings: Settings | None = None
        self.named: frozenset[str] = frozenset()
        self.shells: Shells | None = None
        self.errors: tuple[Diagnostic, ...] = ()
        self.site_dir: Path | None = None
        self.lock: int | None = None
        self.withheld = Withheld()
        self.templates = ""
        self.spool: Spool | None = None
        self.days: dict[str, str] = {}
        self.pagefind: str | None = None
        self.language = ""
        self.server: FactsServer | None = None
        self.commits: Path | None = None
        self.memory: Memory | None = None
        self.may_end = False

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Accept the options as they are: they are read again from the file, with their positions."""
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was called for. Having this event keeps the object alive between builds."""
        self.command = command
        self.may_end = command == "build" and not dirty

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the facts, make every page, and have the site built beside the published one.

        Last of all plugins, as others may still change the form of addresses (`offline` does).
        """
        settings = read_settings(Path(config.config_file_path or CONFIG_FILE).resolve())
        if self.may_end and not self.serving:
            self.memory = end_if_unchanged(config, settings)
        if self.memory:
            self.memory.begin()
        for extension in MARKDOWN_EXTENSIONS:
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        with collector_paused():
            self.take_in(settings, config)
        if has_errors(self.errors) and not self.serving:
            raise Abort(f"{as_text(self.errors)}Nothing was built: mend the errors above.")
        config.extra_css.append(STYLESHEET)
        config.extra_javascript.append(SCRIPT)
        use_own_worker(config)
        if self.serving:
            self.watch_folders(config)
        else:
            self.build_aside(config)
        return config

    def build_aside(self, config: MkDocsConfig) -> None:
        """Have the site built beside the published one; a `site_dir` that is a link is followed."""
        site = Path(config.site_dir).resolve()
        try:
            self.lock = begin(site)
        except BlockingIOError:
            raise Abort(f"{config.site_dir}: another build of this site is under way; wait for it") from None
        except OSError as error:
            raise Abort(f"{config.site_dir}: the site cannot be built here: {error.strerror}") from None
        self.site_dir = site
        config.site_dir = str(staging_folder(site))

    @property
    def serving(self) -> bool:
        """Whether the site is served and rebuilt on each change."""
        return self.command == "serve"

    def take_in(self, settings: Settings, config: MkDocsConfig) -> None:
        """Take in the facts as they are now; with errors in them the last good files stay."""
        checked = self.keeper.check(settings) if self.serving else check_project(settings)
        self.withheld, self.settings = checked.withheld, settings
        self.templates = settings.collection.templates_dir
        diagnostics = list(checked.diagnostics)
        if checked.graph:
            try:
                diagnostics += self.make(checked.graph, settings, config)
            except BrokenTemplateError as error:
                diagnostics.append(template_diagnostic(error, self.templates))
        self.errors = in_order(diagnostics) if has_errors(diagnostics) else ()
        if self.errors and self.serving:
            let_errors_be_served()
        tell(in_order(diagnostics), aborting=not self.serving)

    def make(self, graph: Graph, settings: Settings, config: MkDocsConfig) -> list[Diagnostic]:
        """Make every page that goes through MkDocs, and plan the others; with an error nothing is kept.

        Raises BrokenTemplateError.
        """
        directory_urls = config.use_directory_urls
        graph = self.with_data(replace(graph, site=replace(graph.site, directory_urls=directory_urls)))
        render = make_renderer(settings.templates_dir, directory_urls=directory_urls)
        plans: list[PlannedPage] = []
        inside: list[PlannedPage] = []
        named = dict(titles_in_nav(config.nav))
        is_fast = self.is_fast(settings, config)
        for plan in planned_pages(graph):
            alone = plan.facts or plan.is_further
            (plans if is_fast and alone and plan.path not in named else inside).append(plan)
        made = [site_file(graph, plan, render) for plan in inside]
        for plan in {Path(plan.path).parent: plan for plan in plans}.values():
            site_file(graph, plan, render)  # a template that does not work is told before all else
        # Its index is made last of all, which an edit on the screen must not wait for.
        self.pagefind = None if self.serving else large_search(settings.collection, graph, config)
        self.language = settings.collection.language
        long_lists = long_list_files(index_pages(graph), directory_urls=directory_urls)
        plain = plain_files(graph, directory_urls=directory_urls, large_search=self.pagefind is not None)
        files = (*made, *long_lists, *plain)
        parts = parts_of_pages(graph, render, settings.docs_dir)
        problems = list(files_in_the_way((*files, *plans), settings.docs_dir, settings.root))
        problems += data_in_the_way(graph, settings.docs_dir, settings.root)
        if not has_errors(problems):
            self.files, self.plans, self.parts, self.site = files, tuple(plans), parts, graph.site
            self.graph, self.render = graph, render
        return problems

    def is_fast(self, settings: Settings, config: MkDocsConfig) -> bool:
        """Whether pages of records may be made beside MkDocs; why they are not is told in a line."""
        reason = why_ordinary(config, wanted=settings.collection.fast)
        if reason:
            log.info("Every page goes through all of MkDocs: %s", reason)
        return reason is None

    def with_data(self, graph: Graph) -> Graph:
        """The graph that knows its data files; in `serve` they are made when somebody asks for one."""
        if self.serving:
            return graph
        self.spool = Spool()
        return with_data(graph, self.spool.put)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the files made from facts; records stay out of the navigation, which grows with the square."""
        self.heads = {made.path: made.head for made in self.files if made.head}
        titles = dict(titles_in_nav(config.nav))
        for made in self.files:
            file = File.generated(config, made.path, content=made.text)
            if made.facts:
                file.edit_uri = edit_uri(made.facts, config)
                file.inclusion = InclusionLevel.NOT_IN_NAV
            elif made.is_further or (made.is_view and config.nav is not None):
                file.inclusion = InclusionLevel.NOT_IN_NAV  # may stand in it, and need not
            if made.title:
                FactsPage(titles.get(made.path), file, config)  # becomes the file's page
            files.append(file)
        self.outside_files = {}
        for plan in self.plans:
            assert self.render
            outside = self.outside_files[plan.path] = outside_file(plan, self.render, config)
            if plan.facts:
                outside.edit_uri = edit_uri(plan.facts, config)
            files.append(outside)
        if OFFLINE_WORKER in config.extra.get("polyfills", ()):
            worker = offline_worker()
            files.append(File.generated(config, worker.path, content=worker.text))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the lists that a hand-written page takes in in the place of their markers."""
        parts = self.parts.get(page.file.src_uri)
        return filled(markdown, parts) if parts else markdown

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Keep the theme's templates at hand, of which the policy of each page is made."""
        # The live reload of `serve` adds an inline script to every page, which no policy would let run.
        self.shells = None if self.serving else Shells(env, config, wasm=self.pagefind is not None)
        self.outside = self.preview = None
        if self.plans and self.nav and self.graph and self.render:
            self.outside = Outside(config, files, Splicer(env, self.nav, config, self.shells), Search(config))
            if self.serving:
                self.begin_preview(self.outside, env)
            else:
                with collector_paused():
                    self.write_outside(self.outside)
        self.days = days_of_pages(self.graph) if self.graph and not self.serving else {}
        tell_days(files, self.days)
        return env

    def begin_preview(self, outside: Outside, env: Any) -> None:
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
            graph, self.render = checked.graph, self.render
            try:
                parts = parts_of_pages(graph, self.render, settings.docs_dir)
            except BrokenTemplateError as error:
                self.errors = (template_diagnostic(error, self.templates),)
                return True
            # A name that a hand-written page has is rare, and only new records can take it.
            problems: tuple[Diagnostic, ...] = ()
            if self.graph is None or graph.entries.keys() != self.graph.entries.keys():
                plans = tuple(planned_pages(graph))
                problems = tuple(files_in_the_way(plans, settings.docs_dir, settings.root))
            self.errors = in_order((*checked.diagnostics, *problems)) if has_errors(problems) else ()
            if not self.errors:
                self.graph, self.parts, self.site = graph, parts, graph.site
                preview.take_in(graph, self.render, self.named, parts)
        return True

    def panel(self) -> str:
        """The errors of the facts, as they stand over every page; empty without any."""
        return error_panel(self.errors, stale=True) if self.errors else ""

    def write_outside(self, outside: Outside) -> None:
        """Write every page that does not go through MkDocs; those that must after all are handed over."""
        assert self.graph and self.render
        outside.search.take_over(outside.config)
        for plan in progress(self.plans, "Making pages"):
            try:
                made = site_file(self.graph, plan, self.render)
            except BrokenTemplateError as error:
                found = as_text([template_diagnostic(error, self.templates)])
                raise Abort(f"{found}Nothing was built: mend the errors above.") from None
            assert made.head
            file = self.outside_files[plan.path]
            output = outside.make(file, plan, made.text, made.head)
            if output is None:
                self.heads[plan.path] = made.head
                outside.hand_over(file, made.text)
            else:
                outside.write(file, output)
        outside.links.validate()

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation at hand, which stands around every page."""
        self.nav = nav
        return nav

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell machines what the page is, and browsers what it may do; show errors while serving."""
        output = with_head(output, self.heads.get(page.file.src_uri) or self.written_head(page))
        if self.shells:
            template = page.meta.get("template", "main.html")
            output = with_policy(output, self.shells.policy(template, get_relative_url(".", page.url)))
        if self.errors and self.preview is None:
            body_end = output.rfind("</body>")
            panel = error_panel(self.errors, stale=bool(self.files))
            output = output[:body_end] + panel + output[body_end:]
        return output

    def written_head(self, page: Page) -> HeadData:
        """What the head of a hand-written page tells machines."""
        title, description = str(page.title or ""), str(page.meta.get("description") or "")
        return written_head(self.site, title, description, page.canonical_url or "", home=page.is_homepage)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the pages that are no pages of the docs, as that of a missing page, their policy, too."""
        if self.outside and template_name == "sitemap.xml":
            return self.outside.sitemap(output, self.days)
        if self.shells is None or not template_name.endswith(".html"):
            return output
        # As MkDocs has it: the page of an error is shown at any address.
        base = urlsplit(config.site_url or "/").path
        return with_policy(output, self.shells.policy(template_name, base))

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in place of the last one, unless `--strict` is about to refuse it."""
        if self.site_dir is None:
            return
        built = Path(config.site_dir)
        if self.spool:
            write_data(self.spool, built, Path(config.docs_dir))
        if names := tuple(names_in_folder(self.withheld, built, self.site_dir.name)):
            raise Abort(f"{as_text(names)}The site was not published. The last one stays.")
        if refused_by_strict(config):
            log.error("The site was not published: --strict refuses its warnings. The last one stays.")
        else:
            self.index_for_search(built)
            self.publish(self.site_dir)
        config.site_dir = str(self.site_dir)
        self.clean_up()

    def index_for_search(self, built: Path) -> None:
        """Index a large site for its search; a site whose search would find nothing is not published."""
        if self.pagefind is None or self.graph is None:
            return
        failed = index_site(built, record_marks(self.graph), self.language, self.pagefind)
        if failed:
            raise Abort(f"Pagefind could not index the site: {failed.reason}. The last one stays.")

    def publish(self, site: Path) -> None:
        """Put the finished site in place of the last one; where that cannot be, the build ends."""
        try:
            publish(site)
        except OSError as error:
            raise Abort(
                f"{site}: the site cannot be put in place: {error.strerror}; "
                "it must be a folder that can be renamed, so not a mount point; a folder inside one will do"
            ) from None
        log.info("Published to %s", site)
        if self.memory and self.graph:
            self.memory.keep(site, has_history=self.graph.history.extent is not Extent.NONE)

    def on_build_error(self, *, error: Exception) -> None:
        """Remove what a failed build has made so far, and tell of a full disk in a line."""
        self.clean_up()
        if isinstance(error, OSError) and not self.serving:
            reason = error.strerror or str(error)
            raise Abort(f"{error.filename or 'the site'}: {reason}. The last site stays.") from None

    def on_shutdown(self) -> None:
        """Remove what a build has made that was interrupted."""
        self.clean_up()

    def clean_up(self) -> None:
        """Remove an unfinished site, if there is one, and let other builds of it begin."""
        if self.site_dir is not None:
            discard(self.site_dir)
        let_go(self.lock)
        if self.memory:
            self.memory.end()
        self.site_dir = self.lock = self.spool = self.memory = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the folders of facts and templates, too."""
        # `serve --clean` has called itself a build until now.
        self.command = "serve"
        own = FactsServer(
            server, lambda: self.preview, self.edited, self.restore, self.panel, self.broken_page
        )
        self.server = own
        self.watch_folders(config)
        if self.settings and (commits := log_of_commits(self.settings.root)):
            self.commits = commits.absolute()
            own.watch(str(commits))
        own.set_app(served_data.with_data(own.serve_request, own.mount_path, lambda: self.graph))
        return own

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
        return f"<!doctype html><title>This page cannot be shown</title><body>{panel}</body>"
