"""The entries of pages in the index of Material's search, made here in a tenth of the time.

In: the HTML of an article, and what is known of its page. Out: entries as Material's plugin makes them. The
rule it guards: what cannot be read here is left to the plugin's own parser.
"""

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson
from material.plugins.search import plugin as material_search  # type: ignore[import-untyped]
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from sourcebook.mkdocs_plugin.facts_page import FactsPage
from sourcebook.site.search_entries import search_sections

SEARCHES = ("search", "material/search")
# As the plugin has it, but for the space before it: a word is found ten times as fast by its beginning.
DATA_OF_SEARCH = re.compile(r"data-search-\w+=\"[^\"]+\"")

Entry = dict[str, Any]


class Kept:
    """Entries that wait on the disk for an index that is made of them when the site is finished."""

    def __init__(self) -> None:
        self._lines = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with this object

    def add(self, entries: list[Entry]) -> None:
        """Keep the entries of a page."""
        self._lines.write(orjson.dumps(entries) + b"\n")

    def pages(self) -> Iterator[list[Entry]]:
        """The entries of each page, in the order in which they came."""
        self._lines.seek(0)
        return map(orjson.loads, self._lines)


class Search:
    """The search of one build; without the plugin nothing is indexed.

    With `is_large` Material's own index is not used, and the entries of pages outside of MkDocs are kept.
    """

    def __init__(self, config: MkDocsConfig, *, is_large: bool = False) -> None:
        plugins = (config.plugins.get(name) for name in SEARCHES)
        self.plugin: Any = next((plugin for plugin in plugins if plugin and plugin.config.enabled), None)
        self.outside: list[Entry] = []
        self.kept = Kept() if is_large else None

    def keep(self, entries: list[Entry]) -> None:
        """Remember the entries of a page outside of MkDocs."""
        if self.kept is None:
            self.outside += entries
        elif entries:
            self.kept.add(entries)

    def take_over(self, config: MkDocsConfig) -> None:
        """Have the pages made from facts that go through MkDocs indexed here, too."""
        events = config.plugins.events["page_context"]
        events[:] = [self.indexing(event) if self.is_own(event) else event for event in events]
        # Before any plugin writes its files; behind the pages that go through MkDocs, as in its own order.
        config.plugins.events["post_build"].insert(0, self.add_outside)

    def add_outside(self, *, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Add the pages that do not go through MkDocs to the index."""
        if self.plugin is not None:
            self.plugin.search_index.entries += self.outside

    def is_own(self, event: Callable[..., Any]) -> bool:
        """Whether a method is the one by which the plugin sees pages."""
        return self.plugin is not None and getattr(event, "__self__", None) is self.plugin

    def indexing(self, ordinary: Callable[..., Any]) -> Callable[..., Any]:
        """The plugin's own method for other pages than those made from facts."""

        def on_page_context(context: Any, *, page: Page, config: MkDocsConfig, nav: Any) -> Any:
            entries = None
            if isinstance(page, FactsPage):
                entries = self.entries(page.url, page.meta, page.content or "")
            if entries is not None:
                self.plugin.search_index.entries += entries
                page.content = shown(page.content or "")
                return context
            return ordinary(context, page=page, config=config, nav=nav)

        return on_page_context

    def found(self, url: str, meta: Mapping[str, Any], article: str) -> list[Entry] | None:
        """The entries of a page outside of MkDocs; None where the plugin must read it itself."""
        return [] if self.plugin is None else self.entries(url, meta, article)

    def shown(self, article: str) -> str:
        """An article as it is printed: without what only the search reads, which the plugin takes away."""
        return article if self.plugin is None else shown(article)

    def entries(self, url: str, meta: Mapping[str, Any], article: str) -> list[Entry] | None:
        """The entries of a page, one for each section."""
        sections = search_sections(article)
        if sections is None or meta.keys() - {"title", "description", "search"}:
            return None
        weight = meta.get("search") or {}
        return [
            {
                "location": f"{url}#{section.id}" if section.id else url,
                "title": self.told(str(meta.get("title")) if section.title is None else section.title),
                "text": self.told(section.text),
                **weight,
            }
            for section in sections
        ]

    def told(self, text: str) -> str:
        """A text as the plugin indexes it: with words apart where a segmenter for Chinese is installed."""
        if material_search.jieba is None:
            return text
        return str(self.plugin.search_index._segment_chinese(text))


def shown(article: str) -> str:
    """An article without what only the search reads, and without the space before each of it."""
    *before, rest = DATA_OF_SEARCH.split(article)
    return "".join([*(text[:-1] if text[-1:].isspace() else text for text in before), rest])
