"""Is a published site whole? Every expected page is there, and every address in it leads somewhere.

In: a folder that any engine has written, and the pages that must be in it.
Out: counts, and each problem with its page. The rule it guards: an engine that drops a page,
loses an anchor or calls another host is found out, whatever its exit code says.
"""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

from sourcebook.site.webpage import Reference, Use, Webpage, read_page, read_stylesheet


class Fault(StrEnum):
    """What can be wrong with a published site, in the words of the report."""

    MISSING_PAGE = "page is missing"
    PAGE_TWICE = "page is there twice, also as"
    SHARED_ADDRESS = "another page is expected at the same address"
    EMPTY_PAGE = "page is empty"
    MISSING_TITLE = "no h1 with the title"
    MISSING_ANCHOR = "no element with the id"
    NOT_UTF8 = "file is not UTF-8"
    BASE_ELEMENT = "a base element turns every address elsewhere"
    DEAD_LINK = "leads to no file"
    DEAD_FRAGMENT = "leads to an id that its page does not have"
    OUTSIDE_SITE = "leads out of the site's folder"
    FOREIGN_REQUEST = "requests from another host"
    UNSAFE_SCHEME = "address that runs or opens something else than a page"


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """A page that must be in the site.

    `address` is relative to the site and ends in a slash (`claims/relief/`; empty: the home page)
    or names a file (`404.html`); `title` is the plain text that an `<h1>` of it contains, and is not
    looked for where it is empty; `anchors` are ids that must be on it.
    """

    address: str
    title: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: the page it is wrong on, what, and the address, title or id it is about.

    `page` is a file of the site, for a page that is missing its address.
    """

    page: str
    what: Fault
    target: str = ""

    def __str__(self) -> str:
        """`claims/relief/index.html: leads to no file: ../bridge/`."""
        return ": ".join(part for part in (self.page, self.what, self.target) if part)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a site.

    `links` are the addresses into the site, each once a page; `anchors` the fragments among them
    and the ids that were expected. `problems` has those of the expected pages first, in their
    order, then those of the files by path, in the order of each document.
    """

    expected: int
    found: int
    links: int
    anchors: int
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        """Whether there is no problem."""
        return not self.problems

    def summary(self) -> str:
        """`61 of 61 pages, 2,345 links and 678 anchors whole`, or how many problems there are."""
        number = len(self.problems)
        state = "whole" if self.is_whole else f"walked: {number:,} problem{'s' * (number != 1)}"
        pages = f"{self.found:,} of {self.expected:,} pages"
        return f"{pages}, {self.links:,} links and {self.anchors:,} anchors {state}"


@dataclass(frozen=True, slots=True)
class _Site:
    """Everything that is known of a site before its addresses are followed."""

    files: frozenset[str]
    pages: Mapping[str, Webpage]
    base_path: str
    origin: str


@dataclass(frozen=True, slots=True)
class _Document:
    """A file that was read for its addresses; of a stylesheet the page has only references."""

    name: str
    page: Webpage
    is_utf8: bool


@dataclass(frozen=True, slots=True)
class _Walk:
    """What following one address gave; nothing of it counts for an address that is not into the site."""

    fault: Fault | None = None
    links: int = 0
    anchors: int = 0


READ_SUFFIXES = (".html", ".htm", ".css")
UNSAFE_SCHEMES = frozenset({"javascript", "vbscript", "file"})
INLINE_SCHEMES = frozenset({"data", "blob", "about"})
DOES_NOTHING = "javascript:void(0)"
"""Material's share button has this address; it runs no code."""
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
IGNORED_IN_ADDRESSES = str.maketrans("", "", "\t\n\r")
AROUND_ADDRESSES = "".join(map(chr, range(0x21)))
ELSEWHERE = _Walk()


def verify_site(
    site: Path,
    expected: Sequence[ExpectedPage],
    *,
    base_path: str = "/",
    origin: str = "",
    processes: int = 1,
) -> Verification:
    """Count the pages of the site and follow every address in its HTML and CSS files.

    `base_path` is the path of the site's address, under which addresses that begin with a slash
    lie; `origin` its scheme and host (`https://example.org`), with which full addresses lead into
    the site; without it they lead to another host. Other hosts are never asked.
    More `processes` read a large site sooner, with the same result.
    Raises `OSError` where a file or folder cannot be read.
    """
    files = frozenset(_files(site))
    documents = _read_all(site, sorted(name for name in files if name.endswith(READ_SUFFIXES)), processes)
    pages = {one.name: one.page for one in documents if not one.name.endswith(".css")}
    whole = _Site(files, pages, _with_slashes(base_path), origin)
    problems = [
        *_shared_addresses(expected),
        *chain.from_iterable(_expected_problems(whole, page) for page in expected),
    ]
    found = len(expected) - sum(problem.what is Fault.MISSING_PAGE for problem in problems)
    links, anchors = 0, sum(len(page.anchors) for page in expected)
    for document in documents:
        problems.extend(Problem(document.name, fault) for fault in _document_faults(document))
        for reference, walk in _walks(whole, document):
            links, anchors = links + walk.links, anchors + walk.anchors
            if walk.fault is not None:
                problems.append(Problem(document.name, walk.fault, reference.address))
    return Verification(len(expected), found, links, anchors, tuple(problems))


def _walks(site: _Site, document: _Document) -> Iterator[tuple[Reference, _Walk]]:
    for reference in document.page.references:
        yield reference, _follow(site, document.name, reference)


def _with_slashes(path: str) -> str:
    inner = path.strip("/")
    return f"/{inner}/" if inner else "/"


def _files(site: Path) -> Iterator[str]:
    for folder, _, names in os.walk(site, onerror=_raise):
        inner = Path(folder).relative_to(site)
        yield from ((inner / name).as_posix() for name in names)


def _raise(error: OSError) -> None:
    raise error


def _read_all(site: Path, names: Sequence[str], processes: int) -> list[_Document]:
    read = partial(_read, site)
    if processes <= 1:
        return list(map(read, names))
    with ProcessPoolExecutor(processes) as pool:
        return list(pool.map(read, names, chunksize=32))


def _read(site: Path, name: str) -> _Document:
    data = (site / name).read_bytes()
    text = data.decode("utf-8", errors="replace")
    is_utf8 = "\ufffd" not in text or data == text.encode("utf-8")
    if name.endswith(".css"):
        page = Webpage(frozenset(), (), read_stylesheet(text), has_text=False, has_base=False)
    else:
        page = read_page(text)
    return _Document(name, page, is_utf8)


def _document_faults(document: _Document) -> Iterator[Fault]:
    if not document.is_utf8:
        yield Fault.NOT_UTF8
    if document.page.has_base:
        yield Fault.BASE_ELEMENT


def _shared_addresses(expected: Iterable[ExpectedPage]) -> Iterator[Problem]:
    counts = Counter(page.address for page in expected)
    yield from (Problem(address, Fault.SHARED_ADDRESS) for address, count in counts.items() if count > 1)


def _expected_problems(site: _Site, expected: ExpectedPage) -> Iterator[Problem]:
    names = [name for name in _names_of(expected.address) if name in site.pages]
    if not names:
        yield Problem(expected.address or "/", Fault.MISSING_PAGE)
        return
    yield from (Problem(names[0], Fault.PAGE_TWICE, name) for name in names[1:])
    page = site.pages[names[0]]
    if not page.has_text:
        yield Problem(names[0], Fault.EMPTY_PAGE)
    title = " ".join(expected.title.split())
    if title and not any(title in heading for heading in page.headings):
        yield Problem(names[0], Fault.MISSING_TITLE, title)
    lost = (anchor for anchor in expected.anchors if anchor not in page.ids)
    yield from (Problem(names[0], Fault.MISSING_ANCHOR, anchor) for anchor in lost)


def _names_of(address: str) -> tuple[str, ...]:
    """The files that an engine may write for an address: with `use_directory_urls`, and without."""
    if not address:
        return ("index.html",)
    if address.endswith("/"):
        return (f"{address}index.html", f"{address.removesuffix('/')}.html")
    return (address,)


def _follow(site: _Site, name: str, reference: Reference) -> _Walk:
    # As a browser reads it (WHATWG URL): trimmed, without line ends, `\\` as `/` before the query.
    address = reference.address.strip(AROUND_ADDRESSES).translate(IGNORED_IN_ADDRESSES)
    before, _, fragment = address.partition("#")
    path = before.partition("?")[0].replace("\\", "/")
    own = _path_at_origin(site, path)
    if own is not None:
        return _follow_path(site, name, own, fragment) if own.startswith(site.base_path) else ELSEWHERE
    scheme = SCHEME.match(path)
    if path.startswith("//") or scheme:
        fault = _fault_elsewhere(scheme[1].lower() if scheme else "http", address, reference.use)
        return _Walk(fault)
    return _follow_path(site, name, path, fragment)


def _path_at_origin(site: _Site, path: str) -> str | None:
    """The path of a full address at the site's own origin; `None` for any other address."""
    if not site.origin or not path.lower().startswith(site.origin.lower()):
        return None
    rest = path[len(site.origin) :]
    if rest and not rest.startswith("/"):
        return None
    return rest or "/"


def _fault_elsewhere(scheme: str, address: str, use: Use) -> Fault | None:
    if scheme in UNSAFE_SCHEMES:
        return None if address == DOES_NOTHING else Fault.UNSAFE_SCHEME
    if scheme in INLINE_SCHEMES:
        return Fault.UNSAFE_SCHEME if use is Use.LINK else None
    return Fault.FOREIGN_REQUEST if use is Use.REQUEST else None


def _follow_path(site: _Site, name: str, path: str, fragment: str) -> _Walk:
    inner = _inner_path(site, name, unquote(path))
    if inner is None:
        return _Walk(Fault.OUTSIDE_SITE, links=1)
    target = _file_at(site, inner)
    if target is None:
        return _Walk(Fault.DEAD_LINK, links=1)
    anchor = fragment.partition(":~:")[0]
    # HTML gives `#` and `#top` to the top of any page; what is not a page has fragments of its own.
    if not anchor or anchor.lower() == "top" or target not in site.pages:
        return _Walk(links=1)
    ids = site.pages[target].ids
    is_there = anchor in ids or unquote(anchor) in ids
    return _Walk(None if is_there else Fault.DEAD_FRAGMENT, links=1, anchors=1)


def _inner_path(site: _Site, name: str, path: str) -> str | None:
    """The path from the site's folder, with a slash at the end for a folder; `None` where it leads out."""
    if not path:
        return name
    if path.startswith("/"):
        if not f"{path}/".startswith(site.base_path):
            return None
        parts, rest = [], path[len(site.base_path) :]
    else:
        parts, rest = name.split("/")[:-1], path
    for part in rest.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    is_folder = rest.rpartition("/")[2] in ("", ".", "..")
    return "/".join(parts) + ("/" if is_folder and parts else "")


def _file_at(site: _Site, inner: str) -> str | None:
    """The file that a web server answers with, as every static one does: an index for a folder."""
    if inner in site.files:
        return inner
    index = f"{inner.rstrip('/')}/index.html".lstrip("/")
    return index if index in site.files else None
