"""The pages that a built site must have, whichever engine built it.

In: the files made from facts and the hand-written ones. Out: addresses, titles and anchors to look for.
"""

import re
from collections.abc import Iterator

from sourcebook.site.check import Settings
from sourcebook.site.files import SiteFile
from sourcebook.site.handwritten import hand_written_files
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
    for name, _ in hand_written_files(settings.docs_dir):
        if name.endswith(".md"):
            yield ExpectedPage(address=address(name), anchors=(), title="")


def address(path: str) -> str:
    """The address of a Markdown file's page: `claims/relief/`; that of an index is its folder's."""
    stem = path.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name in ("index", "README"):
        return f"{folder}/" if folder else ""
    return f"{stem}/"
