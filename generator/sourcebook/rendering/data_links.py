"""Links to data files, from the Markdown of a page to the file's place beside the docs.

In: where a page lies, and files by their path on the site. Out: links in Markdown. The rule it guards: each
engine gives them the form of its own addresses.
"""

from markupsafe import Markup

from sourcebook.markdown.inert import inert, link
from sourcebook.pages.composer import relative_path
from sourcebook.pages.parts import DataLink, Head


def data_link(file: DataLink, page: str) -> Markup:
    """A filter: a data file as a link from the page of a Markdown file."""
    return Markup(link(inert(file.label), relative_path(file.path, page)))


def record_data_links(head: Head) -> Markup:
    """A filter: the data of a record's page, by the page's head."""
    return Markup(", ").join([data_link(file, head.path) for file in head.data])
