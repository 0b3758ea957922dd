"""The data files in `serve`: made when somebody asks for one, so that an edit never waits for them.

In: the application that serves the site, and the graph as it is now. Out: an application that serves the
data files, too. The rule it guards: what is served is of the facts that the pages show.
"""

import mimetypes
import threading
from collections.abc import Callable, Iterable
from typing import Any

from sourcebook.exporting.export import export_file
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import FOLDER

Application = Callable[..., Iterable[bytes]]
ENDINGS = (".json", ".xml", ".txt")
NOT_OURS = "sitemap.xml"


class Made:
    """The files that were asked for since the facts last changed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.graph: Graph | None = None
        self.files: dict[str, bytes] = {}

    def file(self, graph: Graph, path: str) -> bytes | None:
        """A file of the data by its path, made once for a graph; None where there is none of that path."""
        with self.lock:
            if graph is not self.graph:
                self.graph, self.files = graph, {}
            if path not in self.files and (content := export_file(graph, path)):
                self.files[path] = content
            return self.files.get(path)


def with_data(application: Application, mount_path: str, graph: Callable[[], Graph | None]) -> Application:
    """The application with the data files below the path at which the site is mounted."""
    made = Made()

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(mount_path)
        known = graph() if may_be_data(path) else None
        content = made.file(known, path) if known and known.site.has_data else None
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
