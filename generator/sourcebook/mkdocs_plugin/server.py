"""The server of `serve`: native file events, and the pages of the facts as they are now.

In: the changes that the system tells of. Out: pages, with the errors of the facts over them. The rule it
guards: the reload comes first, the search index after it, and no edit leaves the server without an answer.
"""

import io
import json
import logging
import posixpath
import shutil
import threading
import time
import wsgiref.util
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer, _Handler
from watchfiles import watch

from sourcebook.mkdocs_plugin.last_site import errors_of_mkdocs, last_site_kept, waiting_place
from sourcebook.mkdocs_plugin.preview import Preview
from sourcebook.mkdocs_plugin.shown import COMING, Shown
from sourcebook.mkdocs_plugin.telling import failure_panel
from sourcebook.pages.all_pages import PlansByPath
from sourcebook.rendering.templates import BrokenTemplateError

SETTLED = 20
"""Milliseconds without a further change after which an edit is taken to be whole."""
LONGEST = 400
"""Milliseconds after which changes that do not end are looked at all the same."""
LOOK_ROUND = 250
"""Milliseconds between looks at single files, which an editor may replace, and at whether to stop."""
REST = 1.0
"""Seconds without an edit after which the search index is made."""
PATIENCE = 1.0
"""Seconds for which a request waits for an edit to be taken in; then what was served before answers it."""

log = logging.getLogger("mkdocs.plugins.sourcebook")
Answer = Iterable[bytes] | None


class FactsServer(LiveReloadServer):
    """MkDocs' server, told of changes by the system, with an edit of facts alone shown without a build."""

    def __init__(
        self,
        server: LiveReloadServer,
        preview: Callable[[], Preview | None],
        edited: Callable[[frozenset[Path]], bool],
        restore: Callable[[Preview | None], None],
        panel: Callable[[], str],
        broken: Callable[[BrokenTemplateError], str],
    ) -> None:
        host, port = server.server_address[:2]
        super().__init__(server.builder, str(host), int(port), server.root, server.mount_path)
        self.RequestHandlerClass = _Requests
        self.url, self.error_handler = server.url, server.error_handler
        self.preview, self.edited, self.restore = preview, edited, restore
        self.panel, self.broken = panel, broken
        self.failed = ""
        self.last: Shown | None = None
        self.of_mkdocs: tuple[Preview, dict[str, Any]] | None = None
        self.paths = dict.fromkeys(server._watched_paths)
        self.stopping = threading.Event()
        self.changed = threading.Event()
        self.indexing = threading.Thread(target=self.index, daemon=True)
        self._watched_paths = dict(server._watched_paths)
        server.server_close()

    def server_bind(self) -> None:
        """Take the port; raises Abort where another program has it."""
        try:
            super().server_bind()
        except OSError as error:
            host, port = self.server_address[:2]
            raise Abort(
                f"Cannot serve at {host!s}:{port}: {error.strerror}. If another `serve` runs there, stop it, "
                f"or take another port: mkdocs serve --dev-addr 127.0.0.1:{int(port) % 65535 + 1}"
            ) from None

    def watch(self, path: str, *_: Any, **__: Any) -> None:
        """Watch a file or folder, too."""
        watched = str(Path(path).absolute())
        self._watched_paths[watched] = 1
        self.paths[watched] = None

    def unwatch(self, path: str) -> None:
        """Watch a file or folder no longer."""
        self.paths.pop(str(Path(path).absolute()), None)

    def serve(self, *, open_in_browser: bool = False) -> None:
        """Serve until interrupted."""
        self.observer = _NoObserver()  # type: ignore[assignment]
        self.indexing.start()
        self.changed.set()
        super().serve(open_in_browser=open_in_browser)  # type: ignore[no-untyped-call]

    def _build_loop(self) -> None:
        for paths in self.changes():
            if self._shutdown:
                break
            if paths:
                self.take_in(paths)

    def changes(self) -> Iterator[frozenset[Path]]:
        """The paths that have changed, as the system tells; empty from time to time."""
        while not self.stopping.is_set():
            folders = self.folders()
            try:
                yield from self.changes_in(folders)
            except FileNotFoundError:
                self.stopping.wait(LOOK_ROUND / 1000)  # a folder is being moved
            now = self.folders()
            yield frozenset(Path(path) for path in folders.keys() | now if folders.get(path) != now.get(path))

    def folders(self) -> dict[str, int]:
        """The folders that are there to be watched, each with what tells it from another in its place."""
        return {path: Path(path).stat().st_ino for path in self.paths if Path(path).is_dir()}

    def changes_in(self, folders: Mapping[str, int]) -> Iterator[frozenset[Path]]:
        """The paths that have changed as long as these are the folders to be watched."""
        singles = [path for path in self.paths if path not in folders]
        seen = {path: stamp(path) for path in singles}
        for found in watch(
            *folders,
            watch_filter=lambda _, path: not is_passing(path),
            debounce=LONGEST,
            step=SETTLED,
            rust_timeout=LOOK_ROUND,
            yield_on_timeout=True,
            stop_event=self.stopping,
        ):
            now = {path: stamp(path) for path in singles}
            replaced = [path for path in singles if now[path] != seen[path]]
            seen = now
            yield frozenset(map(Path, (*(path for _, path in found), *replaced)))
            if self.folders() != folders:
                return

    def take_in(self, paths: frozenset[Path]) -> None:
        """Show a change: at once where it is one of facts alone, else with a build."""
        self._wanted_epoch = max(round(time.monotonic() * 1000), self._wanted_epoch + 1)
        was_wrong = self.is_wrong()
        try:
            if not self.edited(paths):
                log.info("Detected file changes")
                self.build()
            if was_wrong and not self.is_wrong():
                log.info("Mended: the pages show what the files say now")
        except Exception as error:
            # A build that fails has told why; what was served before is served on.
            log.error("The change cannot be shown: %s", error)
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch
            self._epoch_cond.notify_all()
        self.changed.set()

    def is_wrong(self) -> bool:
        """Whether pages stand as they were, with what is wrong over them."""
        return bool(self.panel() or self.failed)

    def build(self) -> None:
        """Build everything anew; where that fails the last site stays, and what is wrong is shown over it."""
        last = self.preview()
        with errors_of_mkdocs() as told:
            try:
                with last_site_kept(Path(self.root)), self.answering_from(last):
                    self.builder()
                self.failed = ""
            except Exception as error:
                self.failed = "\n".join([*told, str(error)])
                self.restore(last)
                raise

    @contextmanager
    def answering_from(self, preview: Preview | None) -> Iterator[None]:
        """Answer from the last site, which is kept aside, as long as a build makes the next one."""
        self.last = Shown(preview, waiting_place(Path(self.root)), stands=True)
        try:
            yield
        finally:
            self.last = None

    def shutdown(self, wait: bool = False) -> None:
        """Stop serving."""
        self.stopping.set()
        self.changed.set()
        super().shutdown(wait)
        shutil.rmtree(waiting_place(Path(self.root)), ignore_errors=True)

    # Requests ----------------------------------------------------------------------------------------------

    def _serve_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Answer:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith("/livereload/") or not path.startswith(self.mount_path):
            return super()._serve_request(environ, start_response)
        epoch, shown = self.settled()
        address = posixpath.normpath("/" + path[len(self.mount_path) :]).lstrip("/")
        if path.endswith("/"):
            address = posixpath.join(address, "index.html")
        try:
            content = shown.page(address)
        except BrokenTemplateError as error:
            content = self.broken(error).encode()
        if content is None and not path.endswith("/") and shown.page(f"{address}/index.html"):
            start_response("302 Found", [("Location", quote(path) + "/")])
            return []
        is_coming = content is None and shown.stands and address.endswith(".html")
        if content is None and not is_coming:
            return super()._serve_request(environ, start_response)
        if address.endswith(".html"):
            content = self.with_script(self.with_panel(content or COMING), epoch)
        assert content is not None
        kind = str(self._guess_type(address))  # type: ignore[no-untyped-call]
        headers = [("Content-Type", kind), ("Content-Length", str(len(content)))]
        start_response("404 Not Found" if is_coming else "200 OK", headers)
        return wsgiref.util.FileWrapper(io.BytesIO(content))

    def settled(self) -> tuple[int, Shown]:
        """What is shown once an edit is taken in, and its epoch; what was, where a build takes its time."""
        with self._epoch_cond:
            self._epoch_cond.wait_for(self.has_settled, PATIENCE)
            return self._visible_epoch, self.last or Shown(self.preview(), Path(self.root))

    def give_way(self) -> None:
        """Wait while an edit is taken in, however long that takes."""
        with self._epoch_cond:
            self._epoch_cond.wait_for(self.has_settled)

    def has_settled(self) -> bool:
        """Whether every edit has been taken in."""
        return self._visible_epoch == self._wanted_epoch

    def with_panel(self, content: bytes) -> bytes:
        """A page with the errors of the facts over it."""
        return over(content, self.panel())

    def _inject_js_into_html(self, content: bytes, epoch: int) -> Any:
        found = over(content, failure_panel(self.failed))
        return super()._inject_js_into_html(found, epoch)  # type: ignore[no-untyped-call]

    def with_script(self, content: bytes, epoch: int) -> bytes:
        """A page with the script by which it is loaded again."""
        return bytes(self._inject_js_into_html(content, epoch))

    # Search ------------------------------------------------------------------------------------------------

    def index(self) -> None:
        """Make the search index anew after each change, once nothing has changed for a while."""
        while not self.stopping.is_set():
            self.changed.wait()
            self.changed.clear()
            if self.stopping.wait(REST) or self.is_disturbed():
                continue
            try:
                self.make_index()
            except Exception as error:
                log.debug("The search index was not made: %s", error)

    def is_disturbed(self) -> bool:
        """Whether an edit has come, or is being taken in."""
        return self.changed.is_set() or self.stopping.is_set() or self._visible_epoch != self._wanted_epoch

    def make_index(self) -> None:
        """Write the search index, unless something changes meanwhile."""
        preview = self.preview()
        file = Path(self.root, "search/search_index.json")
        if preview is None or preview.outside.search.plugin is None or not file.exists():
            return
        if self.of_mkdocs is None or self.of_mkdocs[0] is not preview:
            self.of_mkdocs = preview, json.loads(file.read_bytes())
        index = self.of_mkdocs[1]
        plans = preview.plans
        found = self.entries(preview, plans)
        if found is None:
            return
        made = {preview.address(path) for path in plans}
        others = (compact(one) for one in index["docs"] if one["location"].partition("#")[0] not in made)
        start = compact({**index, "docs": []}).removesuffix("]}")
        fresh = file.with_name(".search_index.json")
        listed = chain(others, *(found[path] for path in plans))
        fresh.write_text(f"{start}{','.join(listed)}]}}", encoding="utf-8")
        with preview.lock:
            if self.is_disturbed():
                fresh.unlink()
            else:
                fresh.replace(file)

    def entries(self, preview: Preview, plans: PlansByPath) -> dict[str, list[str]] | None:
        """What the search finds of each page from facts, as JSON; None if something changes meanwhile."""
        # Entry by entry: one text of them all would take seconds in which no edit is looked at.
        found: dict[str, list[str]] = {}
        # Pages of records first, which take a moment each: an edit that follows soon waits for no long list.
        for path in sorted(plans, key=plans.others.__contains__):
            if self.is_disturbed():
                return None
            found[path] = list(map(compact, preview.entries(path)))
            time.sleep(0)  # whoever waits for a page comes first
        return found


class _Requests(_Handler):
    """Tells of requests; of those during a build as no warnings, of which a strict one would be refused."""

    server: FactsServer

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """Tell of a request that was answered."""
        if self.server.last is None:
            super().log_request(code, size)  # type: ignore[no-untyped-call]
        elif str(code) != "200":
            log.info('"%s" code %s', self.requestline, code)


class _NoObserver:
    """Stands in for MkDocs' polling."""

    def start(self) -> None:
        """Nothing is polled."""

    stop = join = start


def compact(value: Any) -> str:
    """A value as JSON without white space."""
    return json.dumps(value, separators=(",", ":"), default=str)


def over(content: bytes, panel: str) -> bytes:
    """A page with a panel over it."""
    end = content.rfind(b"</body>")
    return content[:end] + panel.encode() + content[end:] if panel and end >= 0 else content


def stamp(path: str) -> tuple[int, int] | None:
    """What changes when a file does; None where there is none."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def is_passing(path: str) -> bool:
    """Whether a file is one that an editor makes for a moment, or that nobody sees."""
    name = Path(path).name
    return name.startswith(".") or name.endswith(("~", ".swp", ".tmp")) or name == "4913"
