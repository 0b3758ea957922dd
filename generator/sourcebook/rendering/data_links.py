"""Links to data files, as raw HTML: they are no pages, so no engine looks for them among its own.

In: where a page lies, and files by their path on the site. Out: links that fit the page. The rule it guards:
an address fits the form in which the engine makes the pages' own.
"""

from collections.abc import Callable

from markupsafe import Markup

from sourcebook.graph.graph import Site
from sourcebook.markdown.inert import attribute
from sourcebook.pages.identity import file_address
from sourcebook.pages.parts import DataLink, Head


def data_link(*, directory_urls: bool) -> Callable[[DataLink, str], Markup]:
    """A filter: a data file as a link from the page of a Markdown file."""
    site = Site(directory_urls=directory_urls)

    def link(file: DataLink, page: str) -> Markup:
        address = attribute(file_address(site, page, file.path))
        return Markup(f'<a href="{address}">{attribute(file.label)}</a>')

    return link


def data_links_of(*, directory_urls: bool) -> Callable[[Head], Markup]:
    """A filter: the data of a record's page, by the page's head; nothing where it has none."""
    link = data_link(directory_urls=directory_urls)

    def links(head: Head) -> Markup:
        if not head.data:
            return Markup()
        found = Markup(", ").join(link(file, head.path) for file in head.data)
        return Markup(f'<p class="sb-data" data-search-exclude>Data of this page: {found}</p>')

    return links
