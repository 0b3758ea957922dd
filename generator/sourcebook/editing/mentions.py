"""Links to a record's page in what is written by hand: the pages of the docs folder, and the navigation.

In: a project, a kind's word in addresses, an old and a new id. Out: the changes of files. The rule it guards:
only what leads to that page is changed, and nothing in a block of code.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sourcebook.editing.files import Change
from sourcebook.site.check import Settings

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
BEFORE = r"(?P<before>[(<\"'\s]|^)(?P<up>/?(?:\.{1,2}/)*)"


def mentions_in_pages(settings: Settings, plural: str, old: str, new: str) -> Iterator[Change]:
    """The changes of hand-written pages and of mkdocs.yml."""
    docs = settings.docs_dir
    for path in sorted(docs.rglob("*.md")) if docs.is_dir() else ():
        folder = path.relative_to(docs).parent.as_posix()
        yield from changed(path, plural, old, new, folder)
    yield from changed(settings.config_file, plural, old, new, ".")


def changed(path: Path, plural: str, old: str, new: str, folder: str) -> Iterator[Change]:
    """The change of one file, if it has a link to the page."""
    data = path.read_bytes()
    needle = f"{plural}/{old}".encode()
    if needle not in data or path.is_symlink():
        return
    text = data.decode("utf-8", "surrogateescape")
    after = relinked_page(text, lambda line: relinked(line, plural, old, new, folder))
    if after != text:
        yield Change(path, data, after.encode("utf-8", "surrogateescape"))


def relinked_page(text: str, change: Callable[[str], str]) -> str:
    """A page with a change of each line outside blocks of code."""
    fence = ""
    lines = []
    for line in text.splitlines(keepends=True):
        found = FENCE.match(line)
        closes = bool(fence and found and found[1].startswith(fence) and line.strip() == found[1])
        lines.append(line if fence or found else change(line))
        if found and not fence:
            fence = found[1]
        elif closes:
            fence = ""
    return "".join(lines)


def relinked(line: str, plural: str, old: str, new: str, folder: str) -> str:
    """A line with the links to one page leading to another; the page lies in a folder of the docs."""
    end = r"(?P<end>\.md\b|/|\.json\b|(?=[)#\"'>\s]|$))"
    pattern = re.compile(rf"{BEFORE}(?P<page>{plural}/){re.escape(old)}{end}")

    def instead(found: re.Match[str]) -> str:
        if not leads_there(found["up"], folder):
            return found[0]
        return f"{found['before']}{found['up']}{found['page']}{new}{found['end']}"

    return pattern.sub(instead, line)


def leads_there(up: str, folder: str) -> bool:
    """Whether steps upwards from a page of a folder, or from its address, lead to the top of the site."""
    if up.startswith("/"):
        return True
    at = posixpath.normpath(posixpath.join(folder, up))
    # A page's address may be a folder of its own, from which one step more is needed.
    return at == "." or posixpath.normpath(posixpath.join(folder, "page", up)) == "."
