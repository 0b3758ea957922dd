"""Pages made from facts, as MkDocs knows pages.

In: the Markdown of such a page. Out: its HTML, by the fast converter where the site's Markdown is what that
was checked against. The rule it guards: a page is the same whichever way it went.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc

from sourcebook.markdown.convert import convert
from sourcebook.site.files import MARKDOWN_EXTENSIONS

# What the converter was checked against: these extensions of Python-Markdown, with these settings of theirs.
CHECKED_EXTENSIONS = frozenset({*MARKDOWN_EXTENSIONS, "fenced_code"})
CHECKED_SETTINGS = frozenset({("toc", "permalink")})
ID_IN_HTML = re.compile(r'<[a-z][a-z0-9]*\b[^>]*? id="([^"]+)"')


class FactsPage(Page):
    """A page made from facts: rendered by the fast converter, else as any other page.

    Content, table of contents, title and anchors are those of the ordinary way.
    """

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown to HTML."""
        if not converter_was_checked(config):
            super().render(config, files)
            return
        # MkDocs' own resolver, so that links are resolved, and broken ones reported, as everywhere.
        links = _RelativePathTreeprocessor(self.file, files, config)
        permalink = config.mdx_configs.get("toc", {}).get("permalink", False)
        converted = convert(self.markdown or "", permalink=permalink, resolve=links.path_to_url)
        if converted is None:
            super().render(config, files)
            return
        self.content = converted.html
        self.toc = get_toc(converted.toc_tokens)  # type: ignore[arg-type]  # MkDocs' own name for them
        self._title_from_render = converted.title
        self.present_anchor_ids = set(ID_IN_HTML.findall(converted.html))
        self.links_to_anchors = links.links_to_anchors


def converter_was_checked(config: MkDocsConfig) -> bool:
    """Whether the site's Markdown extensions are those that the converter equals."""
    return not unchecked_extensions(config)


def unchecked_extensions(config: MkDocsConfig) -> set[str]:
    """The site's Markdown extensions that the converter was not checked against, or not as they are set."""
    settings = {(name, key) for name, values in config.mdx_configs.items() for key in values or ()}
    return {*config.markdown_extensions} - CHECKED_EXTENSIONS | {
        name for name, _ in settings - CHECKED_SETTINGS
    }
