"""The data files in `serve`: made when somebody asks for one, so that an edit never waits for them.

In: the application that serves the site, and the graph as it is now. Out: an application that serves the
data files, too. The rule it guards: what is served is of the facts that the pages show.
"""

import mimetypes
from collections.abc import Callable, Iterable
from typing import Any

from sourcebook.exporting.export import export_file
from sourcebook.graph.graph import Graph
from sourcebook.pages.data import FOLDER

Application = Callable[..., Iterable[bytes]]
ENDINGS = (".json", ".xml", ".txt")
NOT_OURS = "sitemap.xml"


def with_data(application: Application, mount_path: str, graph: Callable[[], Graph | None]) -> Application:
    """The application with the data files below the path at which the site is mounted."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore").removeprefix(mount_path)
        known = graph() if may_be_data(path) else None
        content = export_file(known, path) if known else None
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
