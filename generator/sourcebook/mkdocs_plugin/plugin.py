"""The plugin `sourcebook`: which part of it answers each of MkDocs' events.

In: MkDocs' events. Out: what a build (`building`) or `serve` (`serving`) makes of them. The rule it guards:
as long as it is not known that there is anything to do, next to nothing is loaded.
"""

from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from sourcebook.mkdocs_plugin.broken_off import recover_edit
from sourcebook.mkdocs_plugin.unchanged import Memory, end_if_unchanged

if TYPE_CHECKING:
    from sourcebook.mkdocs_plugin.making import Making
    from sourcebook.mkdocs_plugin.serving import Serving


class NoOptions(Config):  # type: ignore[no-untyped-call]
    """MkDocs' own reading of the options, unused: they are read with their positions instead."""


class SourcebookPlugin(BasePlugin[NoOptions]):  # type: ignore[no-untyped-call]
    """Hands the pages made from facts to MkDocs.

    One object lives through all builds of a `serve`.
    """

    def __init__(self) -> None:
        self.command = "build"
        self.may_end = False
        self.options: dict[str, Any] = {}
        self.made: Making | None = None
        self.served: Serving | None = None

    @property
    def making(self) -> "Making":
        """The build under way."""
        assert self.made
        return self.made

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[Any], list[Any]]:
        """Accept the options as they are: they are read again from the file, with their positions."""
        self.options = options
        return [], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember what MkDocs was called for. Having this event keeps the object alive between builds."""
        self.command = command
        self.may_end = command == "build" and not dirty

    @event_priority(-100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """End the build where nothing has changed; else read and check the facts, and make every page.

        Last of all plugins, as others may still change the form of addresses (`offline` does).
        """
        recover_edit(config)
        if self.command == "serve":
            self.made = self.serving()
        else:
            self.made = self.building(end_if_unchanged(config, self.options) if self.may_end else None)
        self.made.begin(config)
        return config

    # What builds and what serves is loaded only when it is known to be needed.

    def building(self, memory: Memory | None) -> "Making":
        """What builds the site once."""
        from sourcebook.mkdocs_plugin.building import Building

        return Building(memory)

    def serving(self) -> "Serving":
        """What lives through all builds of a `serve`."""
        from sourcebook.mkdocs_plugin.serving import Serving

        self.served = self.served or Serving()
        return self.served

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the files made from facts."""
        self.making.add_files(files, config)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the navigation at hand, which stands around every page."""
        self.making.nav = nav
        return nav

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the lists that a hand-written page takes in in the place of their markers."""
        return self.making.with_lists(markdown, page)

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Make the pages that do not go through MkDocs."""
        self.making.take_templates(env, config, files)
        return env

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Tell machines what the page is, and browsers what it may do; show errors while serving."""
        return self.making.finished(output, page)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Give the pages that are no pages of the docs, as that of a missing page, their policy, too."""
        return self.making.finished_template(output, template_name, config)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the finished site in place of the last one, unless `--strict` is about to refuse it."""
        self.making.end(config)

    def on_build_error(self, *, error: Exception) -> None:
        """Remove what a failed build has made so far, and tell of a full disk in a line."""
        if self.made:
            self.made.give_up(error)

    def on_shutdown(self) -> None:
        """Remove what a build has made that was interrupted."""
        if self.made:
            self.made.clean_up()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Serve an edit of facts without a build."""
        # `serve --clean` has called itself a build until now.
        self.command = "serve"
        return self.serving().serve_with(server, config, self.making)
