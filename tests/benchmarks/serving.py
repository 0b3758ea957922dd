"""How long an edit takes until its page is on the screen: from the save to the changed page being served.

In: a project's folder. Out: seconds for each of a number of edits. The rule it guards: an edit counts when
the browser has been told to reload and gets the page with the new words, not before.
"""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measuring import environment

LIVERELOAD = re.compile(r"livereload\(([0-9]+), ([0-9]+)\)")
START_WITHIN, EDIT_WITHIN = 1800, 120
"""Seconds that the server may take to answer at all, and to answer an edit."""
BETWEEN_EDITS = 0.2
"""Seconds of rest between two edits, so that each is one of its own."""


def edit_latencies(project: Path, record: Path, address: str, edits: int) -> list[float]:
    """The seconds that each of a number of edits of a record's file takes to be seen at an address."""
    original = record.read_text(encoding="utf-8")
    with served(project) as base:
        get(base + address)
        found = [one_edit(record, original, number, base + address) for number in range(edits)]
    record.write_text(original, encoding="utf-8")
    return found


def one_edit(record: Path, original: str, number: int, address: str) -> float:
    """Save the record with a new summary, wait for the word to reload, and get the page."""
    words = f"Edit number {number} was made."
    time.sleep(BETWEEN_EDITS)
    epoch = LIVERELOAD.search(get(address))
    assert epoch, "a served page waits for the word to reload"
    start = time.perf_counter()
    record.write_text(re.sub(r"(?m)^summary: .*$", f"summary: {words}", original), encoding="utf-8")
    known = int(epoch[1])
    while time.perf_counter() - start < EDIT_WITHIN:
        told = int(get(re.sub(r"(//[^/]*/).*", rf"\1livereload/{known}/{epoch[2]}", address)))
        if told > known and words in get(address):
            return time.perf_counter() - start
        known = max(told, known)
    raise TimeoutError(f"edit {number} was not served within {EDIT_WITHIN} seconds")


@contextmanager
def served(project: Path) -> Iterator[str]:
    """A project served on a free port of this machine; the address ends with a slash."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    log = project.with_name(f"{project.name}.serve.log").open("wb")
    process = subprocess.Popen(command, cwd=project, env=environment(), stdout=log, stderr=log)
    try:
        base = f"http://127.0.0.1:{port}/"
        wait_for(base, process)
        yield base
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until an address answers; raises where the server ends before it does."""
    end = time.monotonic() + START_WITHIN
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError("the server has ended; its log stands beside the project's folder")
        try:
            get(address)
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError("the server has not answered")


def get(address: str) -> str:
    """The text at an address."""
    with urllib.request.urlopen(address, timeout=EDIT_WITHIN) as answer:
        return str(answer.read().decode())
