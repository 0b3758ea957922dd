"""The pages of records that a build has made, as they are kept for the next one.

In: what is to be known of a page. Out: the same in values of JSON, and back. The rule it guards: nothing that
the rest of a build asks of a page is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sourcebook.graph.traced import Read
from sourcebook.site.kept import Kept

FILE = "pages.json"

Anchor = tuple[str, str]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page: what it was made from, and what is to be known of it.

    `sha256` is of its HTML; `shape` is that of the theme's page, and `shell` the fingerprint of what the
    theme wrote around it; `linked` are the files that it leads to, with their addresses, and `wanted` the ids
    in these, each with the link; `ids` are its own, a line for each, and `entries` are what the search finds.
    """

    read: frozenset[Read]
    sha256: str
    shape: tuple[Any, ...]
    shell: str
    linked: Mapping[str, str]
    wanted: Mapping[Anchor, str]
    ids: str
    entries: list[Entry]


def as_kept(page: KeptPage) -> Kept:
    """A page as it is kept."""
    wanted = [(to, anchor, target) for (to, anchor), target in page.wanted.items()]
    values = [page.sha256, page.shape, page.shell, page.linked, wanted, page.ids, page.entries]
    return Kept(page.read, values)


def as_page(kept: Kept) -> KeptPage:
    """A page as it was."""
    sha256, shape, shell, linked, wanted, ids, entries = kept.values
    anchors = {(path, anchor): target for path, anchor, target in wanted}
    return KeptPage(kept.read, sha256, tuple(shape), shell, linked, anchors, ids, entries)
