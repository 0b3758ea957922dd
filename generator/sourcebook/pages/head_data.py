"""What the head of a page tells machines: search engines, services that show a preview, archives.

In: the graph and a page. Out: plain values. The rule it guards: title, address and date are those of the
citation, and an address is told only where the project says where the site is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sourcebook.graph.graph import Graph, Site
from sourcebook.pages.changes import last_change
from sourcebook.pages.data import ATOM, JSON_FEED
from sourcebook.pages.identity import file_address, identity, page_address
from sourcebook.pages.linked_data import day, entity, filled
from sourcebook.pages.parts import Head

CONTEXT = "https://schema.org"
ALTERNATE_TYPES = {
    "JSON": "application/json",
    "Atom": "application/atom+xml",
    "JSON Feed": "application/feed+json",
}
"""The media types of a page's data, by what its links are called."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same in another form, or a feed: its media type, what it is called, and its address."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class HeadData:
    """What the head of a page holds: `kind` is Open Graph's type, `data` the JSON-LD; empty is not known."""

    title: str
    description: str
    site: str
    address: str
    kind: str
    data: Mapping[str, object]
    alternates: tuple[Alternate, ...] = ()


def record_head(graph: Graph, head: Head) -> HeadData:
    """The head of a record's page."""
    record = graph.record(head.key)
    page = identity(graph, record, head.path)
    collection = graph.collection
    change = last_change(graph, record)
    data = {
        **web_page("WebPage", page.title, head.description, page.address, graph.site),
        "inLanguage": page.language,
        "license": collection.licence_url or (collection.licence.value if collection.licence else ""),
        "dateModified": day(change.date) if change and not change.or_earlier else "",
        "keywords": list(record.tags),
        "mainEntity": entity(graph, record),
    }
    alternates = record_alternates(graph.site, head)
    return HeadData(
        page.title, head.description, page.site, page.address, "article", filled(data), alternates
    )


def index_head(site: Site, title: str, description: str, path: str) -> HeadData:
    """The head of an index or a view."""
    address = page_address(site, path)
    data = filled(web_page("CollectionPage", title, description, address, site))
    alternates = feed_alternates(site, file_address(site, path, ""))
    return HeadData(title, description, site.name, address, "website", data, alternates)


def written_head(site: Site, title: str, description: str, address: str, *, home: bool) -> HeadData:
    """The head of a hand-written page; the home page is that of the site."""
    kind = "WebSite" if home else "WebPage"
    name = site.name if home else title
    data = filled(web_page(kind, name, description, address, None if home else site))
    # Where a page lies that MkDocs makes is known by its address alone.
    alternates = feed_alternates(site, site.address) if site.address else ()
    return HeadData(name, description, site.name, address, "website", data, alternates)


def record_alternates(site: Site, head: Head) -> tuple[Alternate, ...]:
    """The record's data, the feeds of what changed, and those of an actor."""
    own = [
        Alternate(
            ALTERNATE_TYPES[link.label],
            f"{head.title.value} ({link.label})",
            file_address(site, head.path, link.path),
        )
        for link in head.data
    ]
    return (*own, *feed_alternates(site, file_address(site, head.path, "")))


@lru_cache(maxsize=64)
def feed_alternates(site: Site, base: str) -> tuple[Alternate, ...]:
    """The feeds of the whole, below the address of the site; none where no data is published."""
    if not site.has_data:
        return ()
    return tuple(
        Alternate(ALTERNATE_TYPES[form], site.name or "What changed", base + path)
        for form, path in (("Atom", ATOM), ("JSON Feed", JSON_FEED))
    )


def web_page(kind: str, name: str, description: str, address: str, part_of: Site | None) -> dict[str, object]:
    """A page in the words of schema.org."""
    site = filled({"@type": "WebSite", "name": part_of.name, "url": part_of.address}) if part_of else {}
    return {
        "@context": CONTEXT,
        "@type": kind,
        "name": name,
        "description": description,
        "url": address,
        "isPartOf": site if len(site) > 1 else {},
    }
