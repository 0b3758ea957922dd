"""Pages of a served folder in a browser, and what happens on them.

In: a folder, and a browser. Out: the folder's address, and pages with their console errors, script errors
and requests to other hosts. The rule it guards: a page that asks another host for anything is found out.
"""

import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from chromium import OWN_HOST

STEADY = re.compile(r"/assets/.+\.(js|css)$")
"""Files that no test changes as long as they are served."""


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """A Playwright page and what happened on it since it was opened, in order."""

    page: object
    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def events(self):
        """Everything that a page of ours must not do, a line each."""
        return [
            *(f"console error: {text}" for text in self.console_errors),
            *(f"script error: {text}" for text in self.page_errors),
            *(f"foreign request: {address}" for address in self.foreign_requests),
        ]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a line a request; only scripts and styles may come from a cache."""

    protocol_version = "HTTP/1.1"
    # Else the body of a small file waits for what acknowledges its head: 40 milliseconds each.
    disable_nagle_algorithm = True

    def log_message(self, *arguments):
        """Say nothing: a failed request is seen in the browser's console."""

    def end_headers(self):
        """Have every test get the bytes that are on disk now."""
        self.send_header("Cache-Control", "max-age=3600" if STEADY.search(self.path) else "no-store")
        super().end_headers()


@contextmanager
def serving(directory):
    """Serve a folder on a free port; the address ends with a slash."""
    server = ThreadingHTTPServer((OWN_HOST, 0), partial(QuietHandler, directory=str(directory)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://{OWN_HOST}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def is_foreign(address):
    """Whether a request leaves this machine; what stands in the page itself (data:, blob:) does not."""
    parts = urlsplit(address)
    return parts.scheme in ("http", "https", "ws", "wss", "ftp") and parts.hostname != OWN_HOST


def listen(context, watched):
    """Record each request to another host; the browser's flags have stopped it, as no name has an address.

    Requests are not routed, which would turn off the browser's cache.
    """

    def hear(address):
        if is_foreign(address):
            watched.foreign_requests.append(address)

    def forget(request):
        if is_foreign(request.url) and request.failure == "csp":
            watched.foreign_requests.remove(request.url)

    context.on("request", lambda request: hear(request.url))
    # What the page's own policy refuses has never been asked for.
    context.on("requestfailed", forget)
    watched.page.on("websocket", lambda socket: hear(socket.url))


@contextmanager
def watching(browser, **options):
    """A watched page in a browser context of its own; the options are those of Playwright's context."""
    context = browser.new_context(service_workers="block", **options)
    try:
        watched = WatchedPage(context.new_page())
        listen(context, watched)
        page = watched.page
        page.on("console", lambda m: watched.console_errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: watched.page_errors.append(str(error)))
        yield watched
    finally:
        context.close()
