"""The days that the sitemap tells: when the facts of a page last changed, and never when the site was built.

In: the graph, and MkDocs' pages. Out: a day for each page that has one. The rule it guards: the same facts
give the same sitemap, on any day.
"""

from collections.abc import Mapping

from mkdocs.structure.files import Files

from sourcebook.dates.words import iso_range
from sourcebook.graph.graph import Graph
from sourcebook.pages.all_pages import planned_indexes, planned_views
from sourcebook.pages.changes import last_change
from sourcebook.pages.composer import record_path


class NoDay(str):
    """A day that is not told: MkDocs compares days, so there must be one, and prints only what is true."""

    def __bool__(self) -> bool:
        """Never."""
        return False


UNKNOWN = NoDay("1970-01-01")


def days_of_pages(graph: Graph) -> dict[str, str]:
    """For each page made from facts its day, by the path of its Markdown file; those without are left out.

    Indexes and views have the latest of all.
    """
    days: dict[str, str] = {}
    for kind, keys in graph.by_kind.items():
        for key in keys:
            change = last_change(graph, graph.record(key))
            if change and (day := iso_range(change.date)[1]):
                days[record_path(kind, key)] = day
    if latest := max(days.values(), default=""):
        days |= {plan.path: latest for plan in (*planned_indexes(graph), *planned_views(graph))}
    return days


def tell_days(files: Files, days: Mapping[str, str]) -> None:
    """Give every page its day in place of that of the build, which MkDocs gave it."""
    for file in files.documentation_pages():
        if file.page:
            file.page.update_date = days.get(file.src_uri, UNKNOWN)
