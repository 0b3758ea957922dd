"""The pages that a built site must have, whichever engine built it.

In: the files made from facts and the hand-written ones. Out: addresses, titles and anchors to look for.
"""

import re
from collections.abc import Iterator

from sourcebook.site.check import Settings
from sourcebook.site.files import MARKDOWN_SUFFIXES, SiteFile, address
from sourcebook.site.handwritten import files_below
from sourcebook.site.verify import ExpectedPage

EXPLICIT_ID = re.compile(r"""(?:\{#|<a id=")([^"}\s]+)""")


def expected_pages(settings: Settings, files: tuple[SiteFile, ...]) -> tuple[ExpectedPage, ...]:
    """Every page of the site: those made from facts, with their anchors, then the hand-written ones."""
    made = (
        ExpectedPage(
            address=address(file.path), anchors=tuple(EXPLICIT_ID.findall(file.text)), title=file.title
        )
        for file in files
        if file.title
    )
    return (*made, *hand_written_pages(settings))


def hand_written_pages(settings: Settings) -> Iterator[ExpectedPage]:
    """The hand-written Markdown pages; their titles are not looked for."""
    for name, _ in files_below(settings.docs_dir):
        if name.endswith(MARKDOWN_SUFFIXES):
            yield ExpectedPage(address=address(name), anchors=(), title="")
