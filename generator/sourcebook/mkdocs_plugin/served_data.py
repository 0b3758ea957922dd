"""The data files in `serve`: made when somebody asks for one, so that an edit never waits for them.

In: the application that serves the site, the graph as it is now, and what waits while an edit is taken in.
Out: an application that serves the data files, too. The rule it guards: what is served is of the facts that
the pages show, and whoever makes a file lets an edit go first, before each record that the file takes in.
"""

import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sourcebook.exporting.export import export_file, is_file_of
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import FOLDER
from sourcebook.records.load import Entry

Application = Callable[..., Iterable[bytes]]
ENDINGS = (".json", ".xml", ".txt")
NOT_OURS = "sitemap.xml"


class OvertakenError(Exception):
    """The facts have changed while a file was being made of them."""


class OneByOne(Mapping[str, Entry]):
    """Records, each handed out after a look at whether something else comes first."""

    def __init__(self, entries: Mapping[str, Entry], look: Callable[[], None]) -> None:
        self.entries, self.look = entries, look

    def __getitem__(self, key: str) -> Entry:
        self.look()
        return self.entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


class Made:
    """The files that were asked for since the facts last changed."""

    def __init__(self, current: Callable[[], Graph | None], give_way: Callable[[], object]) -> None:
        self.lock = threading.Lock()
        self.current, self.give_way = current, give_way
        self.graph: Graph | None = None
        self.files: dict[str, bytes] = {}

    def file(self, path: str) -> bytes | None:
        """A file of the data by its path, made once for a graph; None where there is none of that path."""
        graph = self.current()
        if graph is None or not graph.site.has_data or not is_file_of(graph, path):
            return None
        with self.lock:
            while graph := self.current():
                if graph is not self.graph:
                    self.graph, self.files = graph, {}
                try:
                    if path not in self.files and (content := self.of(graph, path)):
                        self.files[path] = content
                except OvertakenError:
                    continue
                return self.files.get(path)
        return None

    def of(self, graph: Graph, path: str) -> bytes | None:
        """A file of a graph; raises OvertakenError where another graph has come meanwhile."""

        def look() -> None:
            self.give_way()
            if self.current() is not graph:
                raise OvertakenError

        return export_file(replace(graph, entries=OneByOne(graph.entries, look)), path)


def with_data(
    application: Application,
    mount_path: str,
    graph: Callable[[], Graph | None],
    give_way: Callable[[], object],
) -> Application:
    """The application with the data files below the path at which the site is mounted."""
    made = Made(graph, give_way)

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(mount_path)
        content = made.file(path) if may_be_data(path) else None
        if content is None:
            return application(environ, start_response)
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = [("Content-Type", kind), ("Content-Length", str(len(content)))]
        start_response("200 OK", [*headers, ("Cache-Control", "no-store")])
        return [content]

    return serve


def may_be_data(path: str) -> bool:
    """Whether it is worth while to ask for a data file of this path."""
    in_folder = path.startswith(FOLDER) and path != FOLDER
    return in_folder or (path.endswith(ENDINGS) and path != NOT_OURS)
