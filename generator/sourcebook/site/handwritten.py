"""The hand-written pages: which there are, and what they take in from the facts.

In: the docs folder and the graph. Out: for each page with markers the lists that stand in their place, and a
diagnostic for each marker that names none and each page that is no text. The rule it guards: both doors
give a hand-written page the same text.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.graph.graph import Graph
from sourcebook.pages.fragments import FRAGMENTS
from sourcebook.reading.characters import decoded
from sourcebook.reading.markers import Marker, filled, markers
from sourcebook.records.fields import did_you_mean
from sourcebook.rendering.templates import Renderer
from sourcebook.site.files import MARKDOWN_SUFFIXES

Parts = Mapping[str, Mapping[str, str]]
"""For each hand-written page with markers, by its path in the docs folder, the parts by their names."""


def files_below(top: Path, *, hidden: bool = False) -> Iterator[tuple[str, Path]]:
    """The files of a folder by path in it, in order, hidden ones if asked for; links are not followed."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if hidden or not name.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            if (hidden or not name.startswith(".")) and not path.is_symlink():
                yield path.relative_to(top).as_posix(), path


def marked_pages(docs: Path) -> Iterator[tuple[str, tuple[Marker, ...]]]:
    """The hand-written pages that have markers, with these; a page that is no UTF-8 text has none."""
    for name, path in files_below(docs):
        if name.endswith(MARKDOWN_SUFFIXES) and (found := tuple(markers(text_of(path.read_bytes())))):
            yield name, found


def text_of(content: bytes) -> str:
    """A page's text, as it stands in its file; empty for what is no UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def no_text_pages(docs: Path, root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each hand-written page that is no UTF-8 text; no engine reads it."""
    for name, path in files_below(docs):
        if name.endswith(MARKDOWN_SUFFIXES):
            text = decoded(path.read_bytes(), name_in_project(path, root))
            if isinstance(text, Diagnostic):
                yield text


def name_in_project(path: Path, root: Path) -> str:
    """A file's path as messages show it."""
    return Path(os.path.relpath(path, root)).as_posix()


def unknown_markers(docs: Path, root: Path) -> Iterator[Diagnostic]:
    """A diagnostic for each marker that names no list."""
    for name, found in marked_pages(docs):
        file = name_in_project(docs / name, root)
        for marker in found:
            if marker.name not in FRAGMENTS:
                yield Diagnostic(
                    Code.UNKNOWN_MARKER,
                    Position(file, marker.line, marker.column),
                    f"there is no list of the name '{marker.name}'",
                    did_you_mean(marker.name, FRAGMENTS),
                )


def parts_of_pages(graph: Graph, render: Renderer, docs: Path) -> Parts:
    """What each hand-written page takes in; raises BrokenTemplateError."""
    return {
        name: {
            marker.name: render(FRAGMENTS[marker.name](graph, name))
            for marker in found
            if marker.name in FRAGMENTS
        }
        for name, found in marked_pages(docs)
    }


def with_parts(name: str, content: bytes, parts: Parts) -> bytes:
    """A hand-written file with its markers filled in."""
    return filled(text_of(content), parts[name]).encode() if name in parts else content
