"""Pages made from facts, as MkDocs knows pages.

In: the Markdown of such a page. Out: its HTML, by the fast converter where the site's Markdown is what that
was checked against. The rule it guards: a page is the same whichever way it went.
"""

import posixpath
import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from sourcebook.markdown.convert import convert
from sourcebook.mkdocs_plugin.known import unchecked_extensions
from sourcebook.mkdocs_plugin.plain_links import plain_link
from sourcebook.pages.data import is_data

LINK_IN_MARKDOWN = re.compile(r"\]\(([^()\s]+)\)")
ID_IN_HTML = re.compile(r'<[a-z][a-z0-9]*\b[^>]*? id="([^"]+)"')
# Found ten times as fast: where each `>` ends a tag, what one comes after is in that tag.
ID_BEFORE_END = re.compile(r' id="([^"]+)"(?=[^<>]*+>)')


class FactsLinks(_RelativePathTreeprocessor):
    """MkDocs' own resolver, so that links are resolved, and broken ones reported, as everywhere.

    It knows the data files, too, which are written when MkDocs has done its part.
    """

    def path_to_url(self, url: str) -> str:
        """The address to print for a link."""
        if plain := plain_link(url, self.file, self.files):
            if plain.file and plain.anchor:
                self.links_to_anchors.setdefault(plain.file, {}).setdefault(plain.anchor, url)
            return plain.address
        path = data_path(self.file, url)
        return get_relative_url(path, self.file.url) if path else super().path_to_url(url)


def data_path(file: File, target: str) -> str | None:
    """The path on the site of the data file that a link leads to; None for any other link."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), target))
    return path if is_data(path) else None


class FactsPage(Page):
    """A page made from facts: rendered by the fast converter, else as any other page.

    Content, table of contents, title and anchors are those of the ordinary way.
    """

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown to HTML."""
        if not converter_was_checked(config):
            self.render_ordinarily(config, files)
            return
        links = FactsLinks(self.file, files, config)
        permalink = config.mdx_configs.get("toc", {}).get("permalink", False)
        converted = convert(self.markdown or "", permalink=permalink, resolve=links.path_to_url)
        if converted is None:
            self.render_ordinarily(config, files)
            return
        self.content = converted.html
        self.toc = get_toc(converted.toc_tokens)  # type: ignore[arg-type]  # MkDocs' own name for them
        self._title_from_render = converted.title
        self.present_anchor_ids = set(ids_in(converted.html))
        self.links_to_anchors = links.links_to_anchors

    def render_ordinarily(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown as MkDocs does; it knows the data files that the page links."""
        for target in LINK_IN_MARKDOWN.findall(self.markdown or ""):
            path = data_path(self.file, target)
            if path and not files.get_file_from_path(path):
                # Its content comes later; until then it is there to be linked.
                files.append(File.generated(config, path, content=b""))
        super().render(config, files)


def ids_in(html: str) -> list[str]:
    """The ids in what the converter has made, in order."""
    is_plain = html.count("<") == html.count(">")
    return (ID_BEFORE_END if is_plain else ID_IN_HTML).findall(html)


def converter_was_checked(config: MkDocsConfig) -> bool:
    """Whether the site's Markdown extensions are those that the converter equals."""
    return not unchecked_extensions(config)
