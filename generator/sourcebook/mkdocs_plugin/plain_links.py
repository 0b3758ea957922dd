"""Links as our templates write them, resolved as MkDocs does it at a twentieth of the cost.

In: a page's file, the files of the site, and a link. Out: the address to print. The rule it guards: what is
written in any unusual way, or leads to nothing that is there, is MkDocs' to resolve and to warn of.
"""

import re
from typing import NamedTuple

from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from sourcebook.pages.data import is_data

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*+"
PLAIN = re.compile(rf"((?:\.\./)*+)((?:{_NAME}/)*+{_NAME})(?:#([A-Za-z0-9_.-]++))?")
"""A way up, a way down, and an anchor: nothing that an address would write otherwise."""


class PlainLink(NamedTuple):
    """A link: the address to print, the file that it leads to (none for data), and the id in that."""

    address: str
    file: File | None
    anchor: str


def plain_link(link: str, origin: File, files: Files) -> PlainLink | None:
    """A link of a page; None where MkDocs is to be asked."""
    found = PLAIN.fullmatch(link)
    if found is None:
        return None
    up, down, anchor = found.groups(default="")
    path = path_from(origin.src_uri, len(up) // 3, down)
    file = files.src_uris.get(path) if path else None
    if path and not anchor and is_data(path):
        return PlainLink(get_relative_url(path, origin.url), file, "")
    if file is None or is_data(f"{path}#{anchor}"):
        return None
    if file.inclusion.is_excluded():  # type: ignore[no-untyped-call]
        return None
    address = get_relative_url(file.url, origin.url)
    return PlainLink(f"{address}#{anchor}" if anchor else address, file, anchor)


def path_from(origin: str, up: int, down: str) -> str | None:
    """The path that lies some folders above a file's own, and then down; None above all folders."""
    *folders, _ = origin.split("/")
    if up > len(folders):
        return None
    return "/".join((*folders[: len(folders) - up], down))
