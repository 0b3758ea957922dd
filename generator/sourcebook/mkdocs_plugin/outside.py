"""Pages of records outside of MkDocs' loop over pages.

In: planned pages, the renderer, and MkDocs' files and configuration. Out: finished pages, entries for
search and sitemap, and the same warnings of broken links as MkDocs gives. The rule it guards: a page that
this way might not give byte for byte goes the ordinary way, alone.
"""

import hashlib
import logging
import posixpath
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

from mkdocs.commands.build import _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from sourcebook.markdown.convert import Converted, convert
from sourcebook.mkdocs_plugin.facts_page import FactsLinks, FactsPage, data_path, ids_in
from sourcebook.mkdocs_plugin.plain_links import plain_link
from sourcebook.mkdocs_plugin.searching import Entry, Search
from sourcebook.mkdocs_plugin.splice import Article, Shape, Splicer, shape_of
from sourcebook.pages.all_pages import PlannedPage
from sourcebook.pages.head_data import HeadData
from sourcebook.rendering.templates import Renderer
from sourcebook.site.front_matter import Titled, titled

# Where MkDocs itself tells of links.
links_log = logging.getLogger("mkdocs.structure.pages")
EVERYWHERE = ("http://", "https://", "mailto:")
"""How a link begins that leads to the same from everywhere."""

Anchor = tuple[str, str]
"""A file by its path in the docs folder, and an id in it."""


class Resolved(NamedTuple):
    """A link: the address to print, the anchor that it leads to, and the file with its address.

    It is `sure` where it leads to the same for as long as that file has that address.
    """

    address: str
    anchor: Anchor | None
    linked: tuple[str, str] | None
    sure: bool


@dataclass
class Followed:
    """The links of one page: the anchors that they lead to, each with the link, and the files."""

    resolve: Callable[[str], str] = str
    wanted: dict[Anchor, str] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    sure: bool = True


class OutsideFile(File):
    """A file that MkDocs knows for its links, and does not read, render or write itself."""

    page: Any = None
    """What MkDocs asks for the ids of the page, once it is made."""
    markdown: Callable[[], str]
    """The text of the page, made when it is asked for."""

    @property  # type: ignore[misc]  # nobody writes it
    def content_string(self) -> str:
        """The text of the page."""
        return self.markdown()

    @property  # type: ignore[misc]
    def content_bytes(self) -> bytes:
        """The text of the page in UTF-8."""
        return self.markdown().encode()

    def is_documentation_page(self) -> bool:
        """No: pages of the documentation are read, rendered and written one by one."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing is copied: the page is written when it is made."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The ids of a page that is made, as MkDocs asks for them; kept as one text, a line for each.

    There are dozens of them on every page, and few are ever asked for.
    """

    lines: str

    @property
    def present_anchor_ids(self) -> frozenset[str]:
        """Every id."""
        return frozenset(self.lines.split("\n"))


def outside_file(plan: PlannedPage, render: Renderer, config: MkDocsConfig) -> OutsideFile:
    """The file of a planned page, at the address that it has as a page of the documentation."""
    folder, _, name = plan.path.removesuffix(".md").rpartition("/")
    inside = posixpath.join(folder, name)
    made_of = f"{inside}/index.html" if config.use_directory_urls else f"{inside}.html"
    file = OutsideFile(
        plan.path,
        None,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=made_of,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.generated_by = "sourcebook"
    file.markdown = lambda: render(plan.compose())
    return file


class Links:
    """The links of pages, resolved by MkDocs once for each folder instead of once for each page."""

    def __init__(self, files: Files, config: MkDocsConfig) -> None:
        self.files, self.config = files, config
        self.known: dict[str, dict[str, Resolved]] = defaultdict(dict)
        self.anchors: dict[Anchor, list[tuple[str, str]]] = defaultdict(list)

    def followed(self, file: File) -> Followed:
        """What gives the address to print for each link of a page, and takes down what these lead to."""
        own = file.src_uri
        folder, _, name = own.rpartition("/")
        known = self.known[folder]
        page = Followed()

        def resolve(target: str) -> str:
            if target.startswith("#"):
                page.wanted.setdefault((own, target[1:]), target)
                return target
            is_own = target.startswith(name)  # no other page of the folder has this address for it
            found = None if is_own else known.get(target)
            if found is None:
                found = self.resolved(file, target)
                # What MkDocs has warned of must be warned of again on the next page.
                if not is_own and (found.address != target or ":" in target):
                    known[target] = found
            address, anchor, to, sure = found
            if anchor:
                page.wanted.setdefault(anchor, target)
            if to:
                page.linked[to[0]] = to[1]
            if not sure:
                page.sure = False
            return address

        page.resolve = resolve
        return page

    def resolved(self, file: File, target: str) -> Resolved:
        """A link as MkDocs resolves it, and what it leads to."""
        if plain := plain_link(target, file, self.files):
            to = plain.file
            anchor = (to.src_uri, plain.anchor) if to and plain.anchor else None
            return Resolved(plain.address, anchor, (to.src_uri, to.url) if to else None, sure=True)
        links = FactsLinks(file, self.files, self.config)
        address = links.path_to_url(target)
        anchors = ((to.src_uri, anchor) for to, found in links.links_to_anchors.items() for anchor in found)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), target.partition("#")[0]))
        to = self.files.get_file_from_path(path)
        sure = bool(to or data_path(file, target) or target.startswith(EVERYWHERE))
        return Resolved(address, next(anchors, None), (to.src_uri, to.url) if to else None, sure)

    def are_same(self, linked: Mapping[str, str]) -> bool:
        """Whether files still have the addresses that they had."""
        found = ((self.files.get_file_from_path(path), url) for path, url in linked.items())
        return all(file is not None and file.url == url for file, url in found)

    def keep(self, file: OutsideFile, anchors: Anchors, wanted: Mapping[Anchor, str]) -> None:
        """Remember which ids a finished page has, and which it leads to."""
        file.page, ids = anchors, anchors.present_anchor_ids
        for anchor, target in wanted.items():
            if anchor[0] != file.src_uri or anchor[1] not in ids:
                self.anchors[anchor].append((file.src_uri, target))

    def validate(self) -> None:
        """Warn of links to ids that their pages do not have, in MkDocs' words."""
        asked: dict[str, Collection[str] | None] = {}
        for (path, anchor), origins in self.anchors.items():
            if path not in asked:
                page = getattr(self.files.get_file_from_path(path), "page", None)
                asked[path] = None if page is None else page.present_anchor_ids
            ids = asked[path]
            if ids is None or anchor in ids:
                continue
            for origin, target in origins:
                problem = (
                    "there is no such anchor on this page"
                    if origin == path
                    else f"the doc '{path}' does not contain an anchor '#{anchor}'"
                )
                links_log.log(
                    self.config.validation.links.anchors,
                    f"Doc file '{origin}' contains a link '{target}', but {problem}.",
                )


@dataclass(frozen=True, slots=True)
class Known:
    """What is to be known of a finished page: its ids, the anchors it leads to, what the search finds.

    `shape` is that of the theme's page, and `linked` are the files that it leads to with their addresses;
    None where it has a link of which it is not known when it leads elsewhere.
    """

    anchors: Anchors
    wanted: Mapping[Anchor, str]
    entries: list[Entry]
    shape: Shape
    linked: Mapping[str, str] | None


@dataclass
class Outside:
    """Everything that pages outside of the loop are made with; one for each build."""

    config: MkDocsConfig
    files: Files
    splicer: Splicer
    search: Search
    addresses: dict[str, str] = field(default_factory=dict)
    links: Links = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.files, self.config)
        self.permalink = self.config.mdx_configs.get("toc", {}).get("permalink", False)

    def make(
        self, file: OutsideFile, plan: PlannedPage, text: str, head: HeadData, *, indexed: bool = True
    ) -> tuple[str, Known] | None:
        """A finished page, and what is to be known of it; None where MkDocs itself is to make it."""
        found = titled(text)
        if found is None:
            return None
        links = self.links.followed(file)
        converted = convert(found.markdown, permalink=self.permalink, resolve=links.resolve)
        if converted is None:
            return None
        article = self.article(file, plan, found, converted, head)
        output = self.splicer.page(article)
        entries = self.search.found(file.url, found.meta, converted.html) if indexed else []
        if output is None or entries is None:
            return None
        anchors = Anchors("\n".join(ids_in(converted.html)))
        linked = links.linked if links.sure else None
        return output, Known(anchors, links.wanted, entries, shape_of(article), linked)

    def keep(self, file: OutsideFile, known: Known) -> None:
        """Remember a finished page for the search, the sitemap, and those that link to it."""
        self.search.keep(known.entries)
        self.links.keep(file, known.anchors, known.wanted)
        self.addresses[file.url] = file.src_uri

    def searched(self, file: OutsideFile, text: str) -> list[Entry] | None:
        """What the search finds of a page; None where MkDocs itself is to make the page."""
        found = titled(text)
        converted = found and convert(found.markdown, permalink=self.permalink)
        if not found or not converted:
            return None
        return self.search.entries(file.url, found.meta, converted.html)

    def article(
        self, file: File, plan: PlannedPage, page: Titled, converted: Converted, head: HeadData
    ) -> Article:
        """What varies from page to page."""
        folder, _, name = plan.path.removesuffix(".md").rpartition("/")
        return Article(
            folder=folder,
            name=name,
            title=page.meta["title"],
            description=page.meta["description"],
            content=self.search.shown(converted.html),
            toc=get_toc(converted.toc_tokens),  # type: ignore[arg-type]  # MkDocs' own name for them
            edit_url=self.edit_url(file),
            head=head,
        )

    def edit_url(self, file: File) -> str | None:
        """Where a page's facts are edited, as MkDocs has it; None where the site does not say."""
        if not (self.config.edit_uri or self.config.edit_uri_template):
            return None
        page = file.page
        url = Page(None, file, self.config).edit_url
        file.page = page
        return url

    def write(self, file: OutsideFile, output: str) -> str:
        """Write a finished page, and give the SHA-256 of what is written."""
        path = Path(file.abs_dest_path)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = output.encode("utf-8", errors="xmlcharrefreplace")
        path.write_bytes(content)
        return hashlib.sha256(content).hexdigest()

    def hand_over(self, outside: OutsideFile, text: str) -> None:
        """Have MkDocs make a page after all, with what is left of its build."""
        file = File.generated(self.config, outside.src_uri, content=text)
        file.edit_uri = outside.edit_uri
        file.inclusion = InclusionLevel.NOT_IN_NAV
        page = FactsPage(None, file, self.config)
        self.files.remove(outside)
        self.files.append(file)
        _populate_page(page, self.config, self.files)
        outside.page = page

    def sitemap(self, output: str, days: Mapping[str, str]) -> str:
        """The sitemap with the pages that MkDocs does not know as such, in its form; `days` are by path."""
        if not self.config.site_url:
            return output
        base = self.config.site_url.rstrip("/") + "/"
        entries = "".join(
            f"\n    <url>\n         <loc>{escape(urljoin(base, url))}</loc>\n"
            f"         {lastmod(days.get(path))}\n    </url>"
            for url, path in self.addresses.items()
        )
        return output.replace("\n</urlset>", f"{entries}\n</urlset>")


def lastmod(day: str | None) -> str:
    """The element of the sitemap for a day; empty for none."""
    return f"<lastmod>{day}</lastmod>" if day else ""
