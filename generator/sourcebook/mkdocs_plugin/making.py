"""A build by MkDocs with the pages made from facts in it: what building a site and serving one share.

In: MkDocs' configuration, files, templates and pages. Out: files and pages made from facts, and what is put
around every page. The rule it guards: what is made comes from facts without an error.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.graph.graph import Graph, Site
from sourcebook.markdown.extensions import MARKDOWN_EXTENSIONS
from sourcebook.mkdocs_plugin.addresses import titles_in_nav, way_to_facts
from sourcebook.mkdocs_plugin.days import tell_days
from sourcebook.mkdocs_plugin.facts_page import FactsPage
from sourcebook.mkdocs_plugin.offline import use_own_worker
from sourcebook.mkdocs_plugin.ordinary import why_ordinary
from sourcebook.mkdocs_plugin.outside import Outside, OutsideFile, outside_file
from sourcebook.mkdocs_plugin.searching import Search
from sourcebook.mkdocs_plugin.shells import Shells, with_head
from sourcebook.mkdocs_plugin.splice import Splicer
from sourcebook.mkdocs_plugin.strictness import log
from sourcebook.mkdocs_plugin.telling import tell
from sourcebook.pages.all_pages import PlannedPage, index_pages_of, long_kinds, planned_pages
from sourcebook.pages.head_data import HeadData, written_head
from sourcebook.reading.markers import filled
from sourcebook.reading.withheld import Withheld
from sourcebook.rendering.compiled import Compiled
from sourcebook.rendering.templates import BrokenTemplateError, Renderer, make_renderer
from sourcebook.site.check import CONFIG_FILE, Checked, Settings, check_project, read_settings
from sourcebook.site.data_files import data_in_the_way
from sourcebook.site.files import (
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
from sourcebook.site.memory import collector_paused
from sourcebook.site.policy import with_policy


class Making:
    """A build under way: the facts, and what has been made of them so far."""

    is_served = False
    """Whether the site is served and made anew on each change."""

    def __init__(self) -> None:
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
        self.settings: Settings | None = None
        self.shells: Shells | None = None
        self.errors: tuple[Diagnostic, ...] = ()
        self.withheld = Withheld()
        self.templates = ""
        self.days: dict[str, str] = {}
        self.pagefind: str | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Read and check the facts, and make every page that goes through MkDocs."""
        settings = read_settings(Path(config.config_file_path or CONFIG_FILE).resolve())
        self.remember(settings, config)
        for extension in MARKDOWN_EXTENSIONS:
            if extension not in config.markdown_extensions:
                config.markdown_extensions.append(extension)
        with collector_paused(for_good=not self.is_served):
            self.take_in(settings, config)
        config.extra_css.append(STYLESHEET)
        config.extra_javascript.append(SCRIPT)
        use_own_worker(config)

    def remember(self, settings: Settings, config: MkDocsConfig) -> None:
        """Take down what the site is made of, before any of it is read."""

    def take_in(self, settings: Settings, config: MkDocsConfig) -> None:
        """Take in the facts as they are now; with errors in them the last good files stay."""
        checked = self.checked(settings)
        self.withheld, self.settings = checked.withheld, settings
        self.templates = settings.collection.templates_dir
        diagnostics = list(checked.diagnostics)
        if checked.graph:
            try:
                diagnostics += self.make(checked.graph, settings, config)
            except BrokenTemplateError as error:
                diagnostics.append(template_diagnostic(error, self.templates))
        self.errors = in_order(diagnostics) if has_errors(diagnostics) else ()
        self.meet_errors()
        tell(in_order(diagnostics), aborting=not self.is_served)

    def checked(self, settings: Settings) -> Checked:
        """Check every fact."""
        return check_project(settings)

    def meet_errors(self) -> None:
        """Do what is to be done about errors in the facts, before they are told."""

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
        made = self.made_inside(graph, inside, render)
        self.try_templates(graph, plans, render)
        self.pagefind = self.search_program(settings, graph, config)
        long_lists = self.long_lists(graph, directory_urls=directory_urls)
        plain = plain_files(graph, directory_urls=directory_urls, large_search=self.pagefind is not None)
        files = (*made, *long_lists, *plain)
        parts = parts_of_pages(graph, render, settings.docs_dir)
        problems = list(files_in_the_way((*files, *plans), settings.docs_dir, settings.root))
        problems += data_in_the_way(graph, settings.docs_dir, settings.root)
        if not has_errors(problems):
            self.files, self.plans, self.parts, self.site = files, tuple(plans), parts, graph.site
            self.graph, self.render = graph, render
        return problems

    def made_inside(self, graph: Graph, plans: Iterable[PlannedPage], render: Renderer) -> list[SiteFile]:
        """The files of the pages that go through MkDocs; raises BrokenTemplateError."""
        return [site_file(graph, plan, render) for plan in plans]

    def try_templates(self, graph: Graph, plans: Iterable[PlannedPage], render: Renderer) -> None:
        """Make a page of each kind, so that a template that does not work is told before all else."""
        for plan in {Path(plan.path).parent: plan for plan in plans}.values():
            site_file(graph, plan, render)

    def long_lists(self, graph: Graph, *, directory_urls: bool) -> Iterable[SiteFile]:
        """The whole of each index that stands on several pages, for the script that narrows it."""
        pages = index_pages_of(graph, long_kinds(graph))
        return long_list_files(pages, directory_urls=directory_urls)

    def with_data(self, graph: Graph) -> Graph:
        """The graph that knows the data files that are made with the site."""
        return graph

    def search_program(self, settings: Settings, graph: Graph, config: MkDocsConfig) -> str | None:
        """The program that makes the index of a large site; None where Material's own search does."""
        return None

    def is_fast(self, settings: Settings, config: MkDocsConfig) -> bool:
        """Whether pages of records may be made beside MkDocs; why they are not is told in a line."""
        reason = why_ordinary(config, wanted=settings.collection.fast)
        if reason:
            log.info("Every page goes through all of MkDocs: %s", reason)
        return reason is None

    def add_files(self, files: Files, config: MkDocsConfig) -> None:
        """Add the files made from facts; records stay out of the navigation, which grows with the square."""
        self.heads = {made.path: made.head for made in self.files if made.head}
        titles = dict(titles_in_nav(config.nav))
        way = way_to_facts(config)
        for made in self.files:
            file = File.generated(config, made.path, content=made.text)
            if made.facts:
                file.edit_uri = posixpath.join(way, made.facts)
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
                outside.edit_uri = posixpath.join(way, plan.facts)
            files.append(outside)
        if OFFLINE_WORKER in config.extra.get("polyfills", ()):
            worker = offline_worker()
            files.append(File.generated(config, worker.path, content=worker.text))

    def with_lists(self, markdown: str, page: Page) -> str:
        """A hand-written page with the lists that it takes in in the place of their markers."""
        parts = self.parts.get(page.file.src_uri)
        return filled(markdown, parts) if parts else markdown

    def take_templates(self, env: Any, config: MkDocsConfig, files: Files) -> None:
        """Make what is made with the theme's templates, outside of MkDocs' loop."""
        folders = (Path(folder) for folder in config.theme.dirs if folder != config.theme.custom_dir)
        env.bytecode_cache = env.bytecode_cache or Compiled(*folders)
        self.shells = self.policies(env, config)
        self.outside = None
        if self.plans and self.nav and self.graph and self.render:
            search = Search(config, is_large=self.pagefind is not None)
            self.outside = Outside(config, files, Splicer(env, self.nav, config, self.shells), search)
            self.take_outside(self.outside, env)
        self.days = self.days_of_pages()
        tell_days(files, self.days)

    def policies(self, env: Any, config: MkDocsConfig) -> Shells | None:
        """The policies of pages, made of the theme's templates; None where pages have none."""
        return None

    def take_outside(self, outside: Outside, env: Any) -> None:
        """Make the pages that do not go through MkDocs, or keep at hand what makes them."""

    def days_of_pages(self) -> dict[str, str]:
        """The days that the sitemap tells, by the path of a page."""
        return {}

    def finished(self, output: str, page: Page) -> str:
        """A page that MkDocs has made, with what its head tells machines, and its policy."""
        output = with_head(output, self.heads.get(page.file.src_uri) or self.written_head(page))
        if self.shells:
            template = page.meta.get("template", "main.html")
            output = with_policy(output, self.shells.policy(template, get_relative_url(".", page.url)))
        return output

    def written_head(self, page: Page) -> HeadData:
        """What the head of a hand-written page tells machines."""
        title, description = str(page.title or ""), str(page.meta.get("description") or "")
        return written_head(self.site, title, description, page.canonical_url or "", home=page.is_homepage)

    def finished_template(self, output: str, name: str, config: MkDocsConfig) -> str:
        """A page that is no page of the docs, as that of a missing page, with its policy; or the sitemap."""
        if self.outside and name == "sitemap.xml":
            return self.outside.sitemap(output, self.days)
        if self.shells is None or not name.endswith(".html"):
            return output
        # As MkDocs has it: the page of an error is shown at any address.
        base = urlsplit(config.site_url or "/").path
        return with_policy(output, self.shells.policy(name, base))

    def end(self, config: MkDocsConfig) -> None:
        """Do what is left when MkDocs has made everything."""

    def give_up(self, error: Exception) -> None:
        """Clean up after a build that has failed, and say why if MkDocs does not."""
        self.clean_up()

    def clean_up(self) -> None:
        """Remove what was made and is not needed any more."""
