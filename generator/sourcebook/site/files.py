"""The files of a site that are made from facts, with their text.

In: a graph and the templates. Out: files by their path in the docs folder. The rule it guards: every file is
made before the first is written, and no hand-written file is covered.
"""

import html
import json
import posixpath
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.graph.graph import Graph
from sourcebook.pages.all_pages import PlannedPage, SitePage, ViewPage, planned_pages, redirects
from sourcebook.pages.composer import record_path
from sourcebook.pages.frame import search_words
from sourcebook.pages.head_data import HeadData, index_head, record_head
from sourcebook.pages.index import IndexPage
from sourcebook.rendering.templates import BrokenTemplateError, Renderer
from sourcebook.site.emit import rendered
from sourcebook.site.long_lists import long_lists
from sourcebook.site.policy import CLOSED, policy_element
from sourcebook.site.progress import progress

STYLESHEET = "assets/sourcebook.css"
SCRIPT = "assets/sourcebook.js"
OFFLINE_WORKER = "assets/offline-worker.js"
NAMES = "assets/names.json"
NAMED_KINDS = ("actor", "dispute", "place", "source")
"""What has names; on a large site the titles of claims and events are too much for each reader to fetch."""
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The ends of the names of pages, as MkDocs has them."""
PAGE_SUFFIXES = (*MARKDOWN_SUFFIXES, ".html")
MINIFIERS: dict[str, Callable[[str], str]] = {".css": cssmin, ".js": jsmin}
"""What makes an asset smaller, by the end of its name."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the docs folder: its path, its text, the title of its page, and the YAML file it comes from.

    `title` is empty for what is no page; `facts` is None for what comes from no single file; `is_view`
    marks what a site's navigation may leave out, `is_further` what is never in it; `head` is what the page's
    head tells machines.
    """

    path: str
    text: str
    title: str = ""
    facts: str | None = None
    is_view: bool = False
    head: HeadData | None = None
    is_further: bool = False


def site_files(
    graph: Graph, render: Renderer, *, directory_urls: bool = True, executor: Executor | None = None
) -> Iterator[SiteFile]:
    """Every file made from facts: indexes, views, records, redirects, assets; raises BrokenTemplateError.

    Each is made when it is asked for, so that no more than one of them is held here.
    """
    under_way: deque[tuple[PlannedPage, HeadData]] = deque()
    indexes: list[IndexPage] = []

    def composed() -> Iterator[SitePage]:
        for plan in progress(tuple(planned_pages(graph)), "Making pages"):
            page = plan.compose()
            under_way.append((plan, page_head(graph, page)))
            if isinstance(page, IndexPage):
                indexes.append(page)
            yield page

    for text in rendered(composed(), render, executor):
        plan, head = under_way.popleft()
        yield SiteFile(plan.path, text, plan.title, plan.facts, plan.is_view, head, plan.is_further)
    yield from long_list_files(indexes, directory_urls=directory_urls)
    yield from plain_files(graph, directory_urls=directory_urls)


def site_file(graph: Graph, plan: PlannedPage, render: Renderer) -> SiteFile:
    """The file of one planned page; raises BrokenTemplateError."""
    page = plan.compose()
    head = page_head(graph, page)
    return SiteFile(plan.path, render(page), plan.title, plan.facts, plan.is_view, head, plan.is_further)


def plain_files(
    graph: Graph, *, directory_urls: bool = True, large_search: bool = False
) -> Iterator[SiteFile]:
    """Every file made from facts that is no page of the theme's: redirects and assets.

    With `large_search` the search is that of large sites: its script, and the names that it fetches.
    """
    for old, new in redirects(graph):
        yield redirect(old, new, directory_urls)
    yield SiteFile(STYLESHEET, joined_assets(".css"))
    yield SiteFile(SCRIPT, joined_assets(".js"))
    yield from later_scripts(large_search=large_search)
    kinds = NAMED_KINDS if large_search else tuple(graph.by_kind)
    yield SiteFile(NAMES, names_index(graph, kinds, directory_urls=directory_urls))


def long_list_files(pages: Iterable[SitePage], *, directory_urls: bool = True) -> Iterator[SiteFile]:
    """The whole of each index that stands on several pages, for the script that narrows it."""
    indexes = (page for page in pages if isinstance(page, IndexPage))
    for path, text in long_lists(indexes, partial(page_address, directory_urls=directory_urls)):
        yield SiteFile(path, text)


def page_head(graph: Graph, page: SitePage) -> HeadData:
    """What the head of a page tells machines."""
    if isinstance(page, IndexPage):
        return index_head(graph.site, page.title, page.description, page.path)
    if isinstance(page, ViewPage):
        return index_head(graph.site, page.view.title, page.view.description, page.view.path)
    return record_head(graph, page.head)


def names_index(graph: Graph, kinds: Iterable[str], *, directory_urls: bool) -> str:
    """For the search: a list of title, address and every other spelling of each record of some kinds."""
    rows = (
        [graph.record(key).label.value, page_address(record_path(kind, key), directory_urls), *spellings]
        for kind in kinds
        for key in graph.by_kind[kind]
        # The id of a claim says its title again.
        for spellings in [[one for one in search_words(graph.record(key)) if (kind, one) != ("claim", key)]]
    )
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")) + "\n"


def page_address(path: str, directory_urls: bool) -> str:
    """The address of a record's Markdown file on the site."""
    return path.removesuffix(".md") + ("/" if directory_urls else ".html")


@cache
def joined_assets(suffix: str) -> str:
    """The package's own files of one kind as one, by name, without comments and white space."""
    folder = resources.files("sourcebook.rendering")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(suffix))
    smaller = MINIFIERS[suffix]
    return "\n".join(smaller(folder.joinpath(name).read_text(encoding="utf-8")) for name in names) + "\n"


def later_scripts(*, large_search: bool = False) -> Iterator[SiteFile]:
    """The scripts that a page fetches only when its reader wants what they do, by name."""
    folder = resources.files("sourcebook.rendering").joinpath("later")
    large = resources.files("sourcebook.rendering").joinpath("large")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        script = large.joinpath(file.name) if large_search and large.joinpath(file.name).is_file() else file
        yield SiteFile(f"assets/sourcebook-{file.name}", jsmin(script.read_text(encoding="utf-8")) + "\n")


def offline_worker() -> SiteFile:
    """The script with which the search works where the site is opened from a disk."""
    script = resources.files("sourcebook.rendering").joinpath("offline", "worker.js")
    return SiteFile(OFFLINE_WORKER, script.read_text(encoding="utf-8"))


def redirect(old: str, new: str, directory_urls: bool) -> SiteFile:
    """A page at a former address that leads on to the present one, without a script."""
    old_stem = old.removesuffix(".md")
    path = f"{old_stem}/index.html" if directory_urls else f"{old_stem}.html"
    there = page_address(new, directory_urls)
    relative = posixpath.relpath(there, posixpath.dirname(path)) + ("/" if directory_urls else "")
    target = html.escape(relative)
    return SiteFile(
        path,
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>This page has moved</title>\n'
        f"{policy_element(CLOSED)}\n"
        f'<link rel="canonical" href="{target}">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<h1>This page has moved</h1>\n<p><a href="{target}">Its present address</a></p>\n</html>\n',
    )


def files_in_the_way(
    files: Iterable[SiteFile | PlannedPage], docs_dir: Path, root: Path
) -> Iterator[Diagnostic]:
    """A diagnostic for each hand-written file at the address of a made one, under whatever name."""
    made = {address(file.path): file for file in files}
    for path in sorted(docs_dir.rglob("*")):
        relative = path.relative_to(docs_dir).as_posix()
        file = made.get(address(relative))
        if file and not is_hidden(relative) and path.is_file():
            yield Diagnostic(
                Code.PAGE_IN_THE_WAY,
                Position(posixpath.relpath(path.as_posix(), root.as_posix())),
                f"a page made from {file.facts or 'the facts'} has this address",
                "rename this file",
            )


def is_hidden(path: str) -> bool:
    """Whether a file, or a folder that it is in, is hidden; MkDocs passes over these."""
    return any(part.startswith(".") for part in path.split("/"))


def address(path: str) -> str:
    """The address of a page's file: `claims/relief/`; that of an index is its folder's; else its path."""
    stem, suffix = posixpath.splitext(path)
    if suffix not in PAGE_SUFFIXES:
        return path
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"


NO_ATTRIBUTE = re.compile(r"'(?:[\w.]+\.)?(?P<owner>\w+) object' has no attribute '(?P<name>\w+)'")
"""What Jinja says of a name that a page does not have; the docs call the page by its class."""


def template_diagnostic(error: BrokenTemplateError, folder: str) -> Diagnostic:
    """The message for a template that does not work."""
    return Diagnostic(
        Code.BROKEN_TEMPLATE,
        Position(f"{folder}/{error.template}", error.line, 1 if error.line else 0),
        NO_ATTRIBUTE.sub(r"\g<owner> has no '\g<name>'", error.reason),
        "the comment at the top of the built-in template tells what its page has",
    )
