"""The files of a site that are made from facts, with their text.

In: a graph and the templates. Out: files by their path in the docs folder. The rule it guards: every file is
made before the first is written, and no hand-written file is covered.
"""

import html
import json
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.graph.graph import Graph, Site
from sourcebook.pages.all_pages import index_pages, record_pages, redirects, view_pages
from sourcebook.pages.head_data import HeadData, index_head, record_head
from sourcebook.pages.index import IndexPage
from sourcebook.pages.parts import Head, Tail
from sourcebook.pages.view import View
from sourcebook.rendering.templates import BrokenTemplateError, Renderer
from sourcebook.site.policy import CLOSED, policy_element

STYLESHEET = "assets/sourcebook.css"
SCRIPT = "assets/sourcebook.js"
OFFLINE_WORKER = "assets/offline-worker.js"
NAMES = "assets/names.json"
MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
"""The extensions of Python-Markdown that the templates need."""
MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The ends of the names of pages, as MkDocs has them."""
PAGE_SUFFIXES = (*MARKDOWN_SUFFIXES, ".html")


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the docs folder: its path, its text, the title of its page, and the YAML file it comes from.

    `title` is empty for what is no page; `facts` is None for what comes from no single file; `is_view`
    marks what a site's navigation may leave out; `head` is what the page's head tells machines.
    """

    path: str
    text: str
    title: str = ""
    facts: str | None = None
    is_view: bool = False
    head: HeadData | None = None


def site_files(graph: Graph, render: Renderer, *, directory_urls: bool = True) -> tuple[SiteFile, ...]:
    """Every file made from facts: indexes, views, records, redirects, assets; raises BrokenTemplateError."""
    pages = tuple(record_pages(graph))
    return (
        *(index_file(graph.site, page, render(page)) for page in index_pages(graph)),
        *(view_file(graph.site, page.view, render(page)) for page in view_pages(graph)),
        *(record_file(graph, page.head, page.tail, render(page)) for page in pages),
        *(redirect(old, new, directory_urls) for old, new in redirects(graph)),
        SiteFile(STYLESHEET, joined_assets(".css")),
        SiteFile(SCRIPT, joined_assets(".js")),
        SiteFile(NAMES, names_index((page.head for page in pages), directory_urls=directory_urls)),
    )


def index_file(site: Site, page: IndexPage, text: str) -> SiteFile:
    """The file of an index."""
    head = index_head(site, page.title, page.description, page.path)
    return SiteFile(page.path, text, page.title, head=head)


def view_file(site: Site, view: View, text: str) -> SiteFile:
    """The file of a view."""
    head = index_head(site, view.title, view.description, view.path)
    return SiteFile(view.path, text, view.title, is_view=True, head=head)


def names_index(heads: Iterable[Head], *, directory_urls: bool) -> str:
    """For the search: a list of title, address and every other spelling of each record but claims.

    A claim's title is a sentence, which the words in it find.
    """
    rows = (
        [head.title.value, page_address(head.path, directory_urls), *head.search_words]
        for head in heads
        if head.kind != "claim"
    )
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")) + "\n"


def page_address(path: str, directory_urls: bool) -> str:
    """The address of a record's Markdown file on the site."""
    return path.removesuffix(".md") + ("/" if directory_urls else ".html")


def record_file(graph: Graph, head: Head, tail: Tail, text: str) -> SiteFile:
    """The file of a record's page."""
    return SiteFile(head.path, text, head.title.value, tail.file.path, head=record_head(graph, head))


@cache
def joined_assets(suffix: str) -> str:
    """The package's own files of one kind as one, by name: every stylesheet, or every script."""
    folder = resources.files("sourcebook.rendering")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(suffix))
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)


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


def files_in_the_way(files: Iterable[SiteFile], docs_dir: Path, root: Path) -> Iterator[Diagnostic]:
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


def template_diagnostic(error: BrokenTemplateError, folder: str) -> Diagnostic:
    """The message for a template that does not work."""
    return Diagnostic(
        Code.BROKEN_TEMPLATE,
        Position(f"{folder}/{error.template}", error.line, 1 if error.line else 0),
        error.reason,
        "the comment at the top of the built-in template tells what its page has",
    )
