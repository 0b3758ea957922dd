"""The files of a site that are made from facts, with their text.

In: a graph and the templates. Out: files by their path in the docs folder. The rule it guards: every file is
made before the first is written, and no hand-written file is covered.
"""

import html
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.graph.graph import Graph, Site
from sourcebook.pages.all_pages import index_pages, record_pages, redirects
from sourcebook.pages.head_data import HeadData, index_head, record_head
from sourcebook.pages.index import IndexPage
from sourcebook.pages.parts import Head, Tail
from sourcebook.rendering.templates import BrokenTemplateError, Renderer
from sourcebook.site.policy import CLOSED, policy_element

STYLESHEET = "assets/sourcebook.css"
SCRIPT = "assets/sourcebook.js"
OFFLINE_WORKER = "assets/offline-worker.js"
MARKDOWN_EXTENSIONS = ("attr_list", "md_in_html", "tables", "toc")
"""The extensions of Python-Markdown that the templates need."""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the docs folder: its path, its text, the title of its page, and the YAML file it comes from.

    `title` is empty for what is no page; `facts` is None for what comes from no single file; `names` are
    those of the record, its title first; `head` is what the page's head tells machines.
    """

    path: str
    text: str
    title: str = ""
    facts: str | None = None
    names: tuple[str, ...] = ()
    head: HeadData | None = None


def site_files(graph: Graph, render: Renderer, *, directory_urls: bool = True) -> tuple[SiteFile, ...]:
    """Every file made from facts: indexes, records, redirects, style, script; raises BrokenTemplateError."""
    return (
        *(index_file(graph.site, page, render(page)) for page in index_pages(graph)),
        *(record_file(graph, page.head, page.tail, render(page)) for page in record_pages(graph)),
        *(redirect(old, new, directory_urls) for old, new in redirects(graph)),
        SiteFile(STYLESHEET, joined_assets(".css")),
        SiteFile(SCRIPT, joined_assets(".js")),
    )


def index_file(site: Site, page: IndexPage, text: str) -> SiteFile:
    """The file of an index."""
    head = index_head(site, page.title, page.description, page.path)
    return SiteFile(page.path, text, page.title, head=head)


def record_file(graph: Graph, head: Head, tail: Tail, text: str) -> SiteFile:
    """The file of a record's page."""
    return SiteFile(head.path, text, head.title.value, tail.file.path, head.names, record_head(graph, head))


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
    old_stem, new_stem = old.removesuffix(".md"), new.removesuffix(".md")
    path = f"{old_stem}/index.html" if directory_urls else f"{old_stem}.html"
    there = f"{new_stem}/" if directory_urls else f"{new_stem}.html"
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
    """A diagnostic for each hand-written file at the path of a made one."""
    for file in files:
        path = docs_dir / file.path
        if path.exists():
            yield Diagnostic(
                Code.PAGE_IN_THE_WAY,
                Position(posixpath.relpath(path.as_posix(), root.as_posix())),
                f"a page made from {file.facts or 'the facts'} has this address",
                "rename this file",
            )


def template_diagnostic(error: BrokenTemplateError, folder: str) -> Diagnostic:
    """The message for a template that does not work."""
    return Diagnostic(
        Code.BROKEN_TEMPLATE,
        Position(f"{folder}/{error.template}", error.line, 1 if error.line else 0),
        error.reason,
        "the comment at the top of the built-in template tells what its page has",
    )
