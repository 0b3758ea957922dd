"""What every export asks of a graph: addresses that lead somewhere wherever the data lies, and dates.

In: a graph. Out: the same graph whose site has an address, and plain values. The rule it guards: every data
file lies one folder below the site's, so that where the project does not say where the site is published, an
address that begins with `../` leads to the page.
"""

from dataclasses import replace

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import iso_range
from sourcebook.graph.graph import Graph, Site
from sourcebook.pages.changes import last_change, last_changes
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.base import Record

UP = "../"


def located(graph: Graph) -> Graph:
    """The graph with an address of the site, a relative one where the project names none."""
    return graph if graph.site.address else replace(graph, site=replace(graph.site, address=UP))


def page_of(graph: Graph, key: str) -> str:
    """The address of a record's page."""
    return address(graph.site, graph.entries[key].kind, key)


def address(site: Site, kind: str, key: str) -> str:
    """The address of the page of a kind and an id."""
    return f"{site.address}{FOLDERS[kind]}/{key}{'/' if site.directory_urls else '.html'}"


def changed(graph: Graph, record: Record) -> str:
    """The last change of a record in EDTF, `[..2031-04-10]` if it may have been earlier; empty if unknown."""
    change = last_change(graph, record)
    if change is None:
        return ""
    return f"[..{change.date.edtf}]" if change.or_earlier else change.date.edtf


def facts_changed(graph: Graph) -> str:
    """The last day on which any fact changed, else that up to which the collection is kept; may be empty."""
    for change in last_changes(graph):
        if day := last_day(change.date):
            return day
    return last_day(graph.collection.as_of)


def last_day(date: Date | None) -> str:
    """The last day that a date may mean, as YYYY-MM-DD; empty where there is none."""
    return (iso_range(date)[1] or "") if date else ""
