"""What a page is called and where it is found, for whoever cites it and for machines that read it.

In: the graph and a page's path. Out: plain values. The rule it guards: citations and machine-readable data
say the same of a page, and name an address only where the project says where the site is published.
"""

from dataclasses import dataclass

from sourcebook.dates.words import in_words, iso_dates
from sourcebook.graph.graph import Graph, Site
from sourcebook.pages.changes import last_change
from sourcebook.records.base import Record


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """The page itself: its key, title, site, address (empty if not known), language and date.

    `dated` is the date in words with what it says of the page, empty for none; `iso` is the same date as
    ISO 8601 has it, two for an interval, none where it cannot be said so; `type` is CSL's.
    """

    key: str
    title: str
    site: str
    address: str
    language: str
    dated: str
    iso: tuple[str, ...]
    type: str = "webpage"


def identity(graph: Graph, record: Record, path: str) -> PageIdentity:
    """The identity of a record's page: dated by the day up to which it is kept, else by its last change."""
    date = graph.collection.as_of
    dated = f"kept up to {in_words(date)}" if date else ""
    if date is None and (change := last_change(graph, record)):
        date = change.date
        dated = f"last changed {in_words(date)}{' or earlier' if change.or_earlier else ''}"
    return PageIdentity(
        key=record.id,
        title=record.label.value,
        site=graph.site.name,
        address=page_address(graph.site, path),
        language=record.label.lang or graph.collection.language,
        dated=dated,
        iso=iso_dates(date) if date else (),
    )


def page_address(site: Site, path: str) -> str:
    """The full address of the page of a Markdown file; empty where the site's is not known."""
    if not site.address:
        return ""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    start = site.address + (f"{folder}/" if folder else "")
    if name == "index":
        return start if site.directory_urls else f"{start}index.html"
    return f"{start}{name}/" if site.directory_urls else f"{start}{name}.html"


def file_address(site: Site, page: str, path: str) -> str:
    """The address of a file of the site as seen from the page of a Markdown file; of no path, the site's."""
    depth = page.count("/")
    if site.directory_urls and page.removesuffix(".md").rpartition("/")[2] != "index":
        depth += 1
    return "../" * depth + path or "./"
