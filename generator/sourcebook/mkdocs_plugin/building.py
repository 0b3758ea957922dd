"""Building a site once: beside the published one, and put in its place when it is finished.

In: MkDocs' configuration and events, and what the last build has kept. Out: the published site. The rule it
guards: a build that fails changes nothing of what is published.
"""

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from sourcebook.diagnostics.reports import as_text
from sourcebook.exporting.export import with_data
from sourcebook.graph.graph import Graph
from sourcebook.mkdocs_plugin.days import days_of_pages
from sourcebook.mkdocs_plugin.kept_texts import Keeping, KeptTexts
from sourcebook.mkdocs_plugin.large_search import large_search
from sourcebook.mkdocs_plugin.making import Making
from sourcebook.mkdocs_plugin.outside import Outside
from sourcebook.mkdocs_plugin.record_pages import RecordPages
from sourcebook.mkdocs_plugin.reusing import Reuse
from sourcebook.mkdocs_plugin.shells import Shells
from sourcebook.mkdocs_plugin.strictness import log, refused_by_strict
from sourcebook.mkdocs_plugin.telling import DiskFaultError, fault_told
from sourcebook.mkdocs_plugin.unchanged import Memory
from sourcebook.pages.all_pages import PlannedPage
from sourcebook.reading.history import Extent
from sourcebook.reading.withheld import names_in_folder, no_list
from sourcebook.rendering.templates import BrokenTemplateError, Renderer
from sourcebook.site.changing import change, changes_between
from sourcebook.site.check import Settings
from sourcebook.site.data_files import write_data
from sourcebook.site.files import SiteFile, template_diagnostic
from sourcebook.site.large_search import index_site, record_marks
from sourcebook.site.manifest import by_path, found_files, states
from sourcebook.site.memory import collector_paused
from sourcebook.site.publish import begin, discard, let_go, publish, staging_folder
from sourcebook.site.spool import Spool
from sourcebook.site.whole import NO_ROOM
from sourcebook.site.workers import WorkerDiedError


class Building(Making):
    """A build of the site, and where it is made."""

    def __init__(self, memory: Memory | None) -> None:
        super().__init__()
        self.memory = memory
        self.site_dir: Path | None = None
        self.lock: int | None = None
        self.spool: Spool | None = None
        self.language = ""
        self.texts: KeptTexts | None = None
        self.reuse: Reuse | None = None

    def begin(self, config: MkDocsConfig) -> None:
        """Make every page, and have the site built beside the published one."""
        if self.memory:
            self.memory.begin()
        super().begin(config)
        if errors := [*self.errors, *no_list(self.withheld)]:
            raise Abort(f"{as_text(errors)}Nothing was built: mend the errors above.")
        self.build_aside(config)

    def remember(self, settings: Settings, config: MkDocsConfig) -> None:
        """Take down what the site is made of, for the next build."""
        if self.memory and not self.memory.take_in(config, settings):
            self.memory.end()
            self.memory = None

    def build_aside(self, config: MkDocsConfig) -> None:
        """Have the site built beside the published one; a `site_dir` that is a link is followed."""
        site = Path(config.site_dir).resolve()
        try:
            self.lock = begin(site)
        except BlockingIOError:
            raise Abort(f"{config.site_dir}: another build of this site is under way; wait for it") from None
        except OSError as error:
            raise DiskFaultError(
                f"{config.site_dir}: the site cannot be built here: {error.strerror}"
            ) from None
        self.site_dir = site
        config.site_dir = str(staging_folder(site))

    def with_data(self, graph: Graph) -> Graph:
        """The graph that knows its data files, which are made here."""
        self.spool = Spool()
        return with_data(graph, self.spool.put)

    def made_inside(self, graph: Graph, plans: Iterable[PlannedPage], render: Renderer) -> list[SiteFile]:
        """The files of the pages that go through MkDocs; those of the last build where they are the same."""
        self.texts = self.kept_texts(graph)
        if self.texts is None:
            return super().made_inside(graph, plans, render)
        return self.texts.site_files(graph, plans, render)

    def kept_texts(self, graph: Graph) -> KeptTexts | None:
        """The texts of the last build; None where nothing is kept from build to build."""
        if self.memory is None or not self.memory.is_current():
            return None
        return KeptTexts(Keeping(self.memory, graph))

    def try_templates(self, graph: Graph, plans: Iterable[PlannedPage], render: Renderer) -> None:
        """Make a page of each kind, unless the last build has made a site with the same templates."""
        if self.texts is None or not self.texts.is_known_to_work:
            super().try_templates(graph, plans, render)

    def long_lists(self, graph: Graph, *, directory_urls: bool) -> Iterable[SiteFile]:
        """The whole of each index that stands on several pages, for the script that narrows it."""
        if self.texts is None:
            return super().long_lists(graph, directory_urls=directory_urls)
        return self.texts.long_lists(graph, directory_urls=directory_urls)

    def search_program(self, settings: Settings, graph: Graph, config: MkDocsConfig) -> str | None:
        """The program that makes the index of a large site; None where Material's own search does."""
        self.language = settings.collection.language
        return large_search(settings.collection, graph, config)

    def policies(self, env: Any, config: MkDocsConfig) -> Shells:
        """The policies of pages, made of the theme's templates."""
        return Shells(env, config, wasm=self.pagefind is not None)

    def take_outside(self, outside: Outside, env: Any) -> None:
        """Write every page that does not go through MkDocs."""
        with collector_paused(for_good=True):
            self.write_outside(outside)

    def write_outside(self, outside: Outside) -> None:
        """Write every page that does not go through MkDocs; those that must after all are handed over."""
        assert self.graph and self.render and self.settings
        outside.search.take_over(outside.config)
        self.reuse = self.reused(outside)
        pages = RecordPages(self.graph, self.render, outside, self.outside_files, self.plans, self.reuse)
        try:
            for made in pages.write(self.settings.collection.workers):
                assert made.head
                self.heads[made.path] = made.head
                outside.hand_over(self.outside_files[made.path], made.text)
        except BrokenTemplateError as error:
            found = as_text([template_diagnostic(error, self.templates)])
            raise Abort(f"{found}Nothing was built: mend the errors above.") from None
        except WorkerDiedError as error:
            raise Abort(
                f"A process that makes pages was ended by {error.how}, perhaps for want of memory. "
                "Build again, or with `workers: 1`. The last site stays."
            ) from None
        outside.links.validate()

    def reused(self, outside: Outside) -> Reuse | None:
        """The pages of the last build; None where nothing is kept from build to build."""
        if self.memory is None or self.texts is None or self.site_dir is None:
            return None
        contents = self.memory.contents(self.site_dir)
        if contents is None:
            return None
        return Reuse(self.texts.keeping, outside, self.outside_files, contents)

    def days_of_pages(self) -> dict[str, str]:
        """The days that the sitemap tells, by the path of a page."""
        return days_of_pages(self.graph) if self.graph else {}

    def end(self, config: MkDocsConfig) -> None:
        """Put the finished site in place of the last one, unless `--strict` is about to refuse it."""
        if self.site_dir is None:
            return
        built = Path(config.site_dir)
        if self.spool:
            write_data(self.spool, built, Path(config.docs_dir), self.reuse.stands if self.reuse else None)
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
        kept = self.outside.search.kept if self.outside else None
        entries = kept.pages() if kept else ()
        failed = index_site(built, record_marks(self.graph), self.language, self.pagefind, entries)
        if failed:
            raise Abort(f"Pagefind could not index the site: {failed.reason}. The last one stays.")

    def publish(self, site: Path) -> None:
        """Put the finished site in place of the last one; where that cannot be, the build ends."""
        try:
            self.put_in_place(site)
        except OSError as error:
            hint = (
                "; it must be a folder that can be renamed, so not a mount point; a folder inside one will do"
            )
            why = f"{error.strerror}{'' if error.errno in NO_ROOM else hint}"
            raise DiskFaultError(f"{site}: the site cannot be put in place: {why}") from None
        log.info("Published to %s", site)
        if self.memory and self.graph:
            has_history = self.graph.history.extent is not Extent.NONE
            self.memory.keep(site, self.keep_made, has_history=has_history)

    def keep_made(self) -> None:
        """Keep what was made for the next build; raises OSError where it cannot be."""
        for made in (self.texts, self.reuse):
            if made:
                made.keep()

    def put_in_place(self, site: Path) -> None:
        """Exchange the site with the last one, or change it where pages of the last one stay."""
        made = staging_folder(site)
        if self.reuse is None or not self.reuse.standing:
            publish(site)
            return
        contents = by_path(states(found_files(made), {}, 0), made)
        change(site, made, changes_between(self.reuse.contents, contents, self.reuse.standing))

    def give_up(self, error: Exception) -> None:
        """Remove what a failed build has made so far, and tell of a full disk in a line."""
        site = self.site_dir
        self.clean_up()
        if isinstance(error, OSError):
            told = fault_told(error, site or Path())
            raise DiskFaultError(f"{told}. The last site stays.") from None

    def clean_up(self) -> None:
        """Remove an unfinished site, if there is one, and let other builds of it begin."""
        if self.site_dir is not None:
            discard(self.site_dir)
        let_go(self.lock)
        if self.memory:
            self.memory.end()
        self.site_dir = self.lock = self.spool = self.memory = None
        gc.unfreeze()
