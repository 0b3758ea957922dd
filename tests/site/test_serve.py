"""`mkdocs serve` as an editor has it: a real process that reloads, shows errors, and recovers."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from small_project import FILES, environment, small_project

HOST = "127.0.0.1"
PATIENCE = 40
"""Seconds until a change must be seen; half a second would do on an idle machine."""
PANEL = 'class="sb-errors"'
MENDED = "Mended: the pages show what the files say now"
NEW = "text: It runs again.\nclaim_type: promise\nclaimant: ferry-company\nsources: millbrook-gazette#p2\n"


class Served:
    """A project that is being served, and its pages as a browser gets them."""

    def __init__(self, project, address, process, log):
        self.project, self.address, self.process, self.log = project, address, process, log

    def get(self, path):
        """Status and text of a page."""
        try:
            with urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def until(self, path, seen, status=200):
        """Ask for a page until something is seen on it; fail with the server's log if it never is."""
        deadline = time.monotonic() + PATIENCE
        found, text = 0, ""
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                found, text = self.get(path)
            except OSError:
                found, text = 0, ""
            if found == status and seen(text):
                return text
            time.sleep(0.1)
        raise AssertionError(f"{path}: {found}\n{text[-3000:]}\n{self.log.read_text()}")

    def until_told(self, line, times):
        """Wait until the log has a line so many times; the log."""
        end = time.monotonic() + PATIENCE
        while self.log.read_text().count(line) < times and time.monotonic() < end:
            time.sleep(0.05)
        log = self.log.read_text()
        assert log.count(line) == times, log
        return log

    def write(self, path, text):
        """Write a file of the project."""
        small_project(self.project, {**dict.fromkeys(FILES), path: text})

    def replace(self, path, old, new):
        """Replace words in a file of the project."""
        text = (self.project / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))


def has_ended(group):
    """Whether every process of a group ends; what cleans up for Python may do so after the others."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@contextmanager
def serving(project, scratch, *arguments):
    """Serve a project in a process of its own, and see to it that nothing of it is left afterwards."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    scratch.mkdir()
    log = scratch.with_suffix(".log")
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}", *arguments],
            cwd=project,
            env=environment(TMPDIR=str(scratch)),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Served(project, f"http://{HOST}:{port}/", process, log)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0, log.read_text()
        assert has_ended(process.pid)
        assert list(scratch.iterdir()) == []
        assert "Traceback" not in log.read_text(), log.read_text()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_a_port_that_is_taken(tmp_path):
    """Who serves twice is told so, and what to write instead."""
    project = small_project(tmp_path / "project", {})
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"{HOST}:{port}"],
            cwd=project,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
    assert ended.returncode == 1
    told = ended.stdout + ended.stderr
    assert f"Cannot serve at {HOST}:{port}" in told and "--dev-addr" in told and "Traceback" not in told, told


def test_editing(tmp_path):
    """Every kind of change is seen; an error is shown beside the last good facts until it is mended."""
    project = small_project(
        tmp_path / "project",
        {"site_templates/claim.md": '{% extends "sourcebook/claim.md" %}\n'},
    )
    with serving(project, tmp_path / "scratch") as served:
        claim, path = "claims/engine-failed/", "content/claims/company.yml"
        served.until(claim, lambda text: "its engine failed" in text and PANEL not in text)

        # An edit.
        served.replace(path, "its engine failed", "its boiler burst")
        served.until(claim, lambda text: "its boiler burst" in text)

        # A mistake, while the last good facts stay up everywhere, and its remedy.
        served.replace(path, "claimant: ferry-company", "claimant: fery-company")
        page = served.until(claim, lambda text: PANEL in text)
        assert "content/claims/company.yml:4:13: error: no actor or source with id" in page
        assert "did you mean &#x27;ferry-company&#x27;?" in page
        assert "The page shows the last good facts." in page and "its boiler burst" in page
        assert PANEL in served.get("")[1] and PANEL in served.get("actors/")[1]
        served.write(path, "- text: [unclosed\n")
        page = served.until(claim, lambda text: PANEL in text and "[yaml-syntax]" in text)
        assert "its boiler burst" in page
        served.write(path, FILES[path].replace("its engine failed", "its funnel fell"))
        served.until(claim, lambda text: "its funnel fell" in text and PANEL not in text)
        told = served.until_told(MENDED, 1)
        assert told.rindex("error: ") < told.index(MENDED)

        # A new file, another name for it, and its end.
        served.write("content/claims/again.yml", NEW)
        served.until("claims/again/", lambda text: "runs again" in text)
        assert "runs again" in served.get("claims/")[1]
        (project / "content/claims/again.yml").rename(project / "content/claims/once-more.yml")
        served.until("claims/once-more/", lambda text: "runs again" in text)
        assert served.get("claims/again/")[0] == 404
        (project / "content/claims/once-more.yml").unlink()
        served.until("claims/once-more/", lambda _: True, status=404)
        assert "runs again" not in served.get("claims/")[1]

        # A template, first broken and then mended, and a hand-written page.
        served.write("site_templates/claim.md", "{% extends 'sourcebook/claim.md' %}\n{% block file %}")
        served.until(claim, lambda text: PANEL in text and "site_templates/claim.md:2:1" in text)
        served.write(
            "site_templates/claim.md",
            "{% extends 'sourcebook/claim.md' %}\n{% block file %}\nRowed ashore.\n{% endblock %}\n",
        )
        served.until(claim, lambda text: "Rowed ashore." in text and PANEL not in text)
        served.write("docs/index.md", "# Home\n\nLow water.\n")
        served.until("", lambda text: "Low water." in text)

        # The options, first with a mistake.
        served.replace("mkdocs.yml", "as_of: 2031-05-04", "as_off: 2031-05-04")
        served.until(claim, lambda text: (PANEL in text and "[bad-option]" in text) or "as_of" in text)
        served.replace("mkdocs.yml", "as_off: 2031-05-04", "as_of: 2031-05-04")
        served.until(claim, lambda text: PANEL not in text)
        served.until_told(MENDED, 3)


@pytest.mark.parametrize("arguments", [(), ("--strict",)], ids=["plain", "strict"])
def test_starting_with_errors(tmp_path, arguments):
    """Without any good facts yet the errors are shown all the same; when they are mended the pages come."""
    path = "content/actors/ferry-company.yml"
    project = small_project(tmp_path / "project", {path: "name: Millbrook Ferry Company\n"})
    with serving(project, tmp_path / "scratch", *arguments) as served:
        page = served.until("", lambda text: PANEL in text)
        assert "Nothing can be shown of the facts yet." in page
        assert f"{path}:1:1: error: " in page and "[missing-field]" in page
        assert served.get("claims/engine-failed/")[0] == 404
        served.write(path, FILES[path])
        served.until("claims/engine-failed/", lambda text: "its engine failed" in text)
        assert PANEL not in served.get("")[1]
        served.write(path, "name: Millbrook Ferry Company\n")
        page = served.until("claims/engine-failed/", lambda text: PANEL in text)
        assert "its engine failed" in page


def test_serving_clean(tmp_path):
    """With `--clean`, for which MkDocs calls the first build one of its own, errors are shown as well."""
    project = small_project(tmp_path / "project")
    path = "content/actors/ferry-company.yml"
    with serving(project, tmp_path / "scratch", "--clean") as served:
        served.until("actors/ferry-company/", lambda text: "Millbrook Ferry Company" in text)
        served.write(path, "name: Millbrook Ferry Company\n")
        served.until("actors/ferry-company/", lambda text: PANEL in text)
        served.write(path, FILES[path])
        served.until("actors/ferry-company/", lambda text: PANEL not in text)
