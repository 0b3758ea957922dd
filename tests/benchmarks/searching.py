"""How long a reader of a large site waits for the first answer of its search, and what that transfers.

In: a project's folder, with its site built. Out: for each kind of question the seconds from opening the
search to the first result, and the bytes that went over the line meanwhile. The rule it guards: every
question is the first of a reader: a new browser context, an empty cache, texts compressed as hosts do it.

`python -m benchmarks.searching PROJECT` measures a site that is built already.
"""

import gzip
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from chromium import OWN_HOST, chromium

RESULT = ".md-search-result__item mark"
"""A result with the words that were asked for; names have a result of their own, and come sooner."""
PATIENCE = 120_000
"""Milliseconds after which a question counts as unanswered, which is an error."""
COMPRESSED = frozenset((".html", ".js", ".css", ".json", ".svg", ".xml", ".txt"))
RARE = 3
"""In how many files a rare word stands."""
TEXT, WORD = re.compile(r"(?m)^summary: (.*)$"), re.compile(r"\b[a-z]{4,}\b")


class Answer(NamedTuple):
    """What the first answer took: seconds, and KB over the line."""

    seconds: float
    kilobytes: float


class Compressing(SimpleHTTPRequestHandler):
    """Serves a folder as hosts of files do: texts compressed, the rest as it is."""

    protocol_version = "HTTP/1.1"
    # Else the body of a small file waits for what acknowledges its head: 40 milliseconds each.
    disable_nagle_algorithm = True
    server: "Server"

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file of the folder."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.server.sent += len(content)
        self.wfile.write(content)


class Server(ThreadingHTTPServer):
    """Counts the bytes of the files that it has sent, whoever in the browser has asked for them."""

    sent = 0


def first_answers(project: Path, rounds: int) -> dict[str, Answer]:
    """Medians of so many first answers in a Chromium of its own, by the kind of question.

    Raises NoBrowserError, and Playwright's TimeoutError where a question has no answer.
    """
    with chromium() as browser:
        return answers_in(browser, project, rounds)


def answers_in(browser: Any, project: Path, rounds: int) -> dict[str, Answer]:
    """The same in a browser that is open."""
    asked = questions(project)
    found: dict[str, list[Answer]] = {kind: [] for kind in asked}
    with served(project / "site") as server:
        for _ in range(rounds):
            for kind, words in asked.items():
                found[kind].append(first_answer(browser, server, words))
    return {kind: Answer(*map(statistics.median, zip(*taken, strict=True))) for kind, taken in found.items()}


def questions(project: Path) -> dict[str, str]:
    """What readers ask: words that stand in many and in few of the summaries, and whole names and titles."""
    files = Counter[str]()
    for path in sorted((project / "content").rglob("*.yml")):
        files.update(set(WORD.findall(" ".join(TEXT.findall(path.read_text(encoding="utf-8"))))))
    return {
        "a common word": files.most_common(1)[0][0],
        "a rare word": min(word for word, number in files.items() if number == RARE),
        "an actor's name": field(project / "content/actors/actor-000003.yml", "name"),
        "an event's title": field(project / "content/events/event-000007.yml", "title"),
    }


def field(path: Path, key: str) -> str:
    """The value of a line of a record's file."""
    found = re.search(rf"(?m)^(?:- )?{key}: '?(.+?)'?$", path.read_text(encoding="utf-8"))
    assert found, f"{path} has no {key}"
    return found[1]


def first_answer(browser: Any, server: Server, words: str) -> Answer:
    """Open the site as somebody who has never been there, open the search, and type at once."""
    context = browser.new_context(service_workers="block")
    try:
        page = context.new_page()
        page.goto(f"http://{OWN_HOST}:{server.server_port}/", wait_until="networkidle")
        before, start = server.sent, time.perf_counter()
        open_search(page)
        page.keyboard.insert_text(words)
        page.locator(RESULT).first.wait_for(timeout=PATIENCE)
        return Answer(time.perf_counter() - start, (server.sent - before) / 1000)
    finally:
        context.close()


def open_search(page: Any) -> None:
    """Press `/` until it opens the search: the theme hears no key before its scripts have run."""
    while not page.evaluate("document.activeElement.matches('.md-search__input')"):
        page.keyboard.press("/")


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A folder on a free port of this machine."""
    server = Server((OWN_HOST, 0), partial(Compressing, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def main() -> None:
    """Print the table of the project that the command line names."""
    for kind, answer in first_answers(Path(sys.argv[1]), rounds=3).items():
        print(f"| {kind} | {answer.seconds:.2f} s | {answer.kilobytes:.0f} KB |")


if __name__ == "__main__":
    main()
