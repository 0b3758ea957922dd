"""What `serve` answers while a build is under way: the last site, at once; nothing waits for its end."""

import logging
from types import SimpleNamespace

import pytest
from mkdocs.livereload import LiveReloadServer

from sourcebook.mkdocs_plugin import server as server_module
from sourcebook.mkdocs_plugin.server import FactsServer, _Requests
from sourcebook.mkdocs_plugin.shown import Shown

PAGE = "<html><body>{}</body></html>"


class FactsOfBefore:
    """Stands in for a preview: one page made from facts, and one that MkDocs would have to make again."""

    def __init__(self):
        self.asked = []

    def page(self, address, *, renewed=True):
        """The page made from facts."""
        self.asked.append((address, renewed))
        return PAGE.format("a fact of before").encode() if address == "facts/index.html" else None


@pytest.fixture
def served(tmp_path, monkeypatch):
    """A server of a site of two pages; its builder asks for pages while it builds, and gives the answers."""
    monkeypatch.setattr(server_module, "PATIENCE", 0)
    site = tmp_path / "site"
    written(site, {"index.html": PAGE.format("before"), "style.css": "a{}"})
    preview, answers = FactsOfBefore(), {}

    def build():
        for path in ("/", "/facts/", "/facts", "/new/", "/style.css"):
            answers[path] = ask(server, path)
        written(site, {"index.html": PAGE.format("after"), "new/index.html": PAGE.format("new")})

    server = FactsServer(
        LiveReloadServer(build, "127.0.0.1", 0, str(site)),
        preview=lambda: preview,
        edited=lambda _: False,
        restore=lambda _: None,
        panel=lambda: "",
        broken=str,
    )
    server.watch(str(tmp_path))
    yield server, answers, preview
    server.server_close()


def written(folder, files):
    """Write files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def ask(server, path):
    """The status and text of an answer."""
    told = []
    found = server._serve_request({"PATH_INFO": path}, lambda status, _: told.append(status))
    return told[0], b"".join(found).decode()


def test_the_last_site_answers_during_a_build(served):
    """Pages and files are those of before, with the script that loads them again when the next ones come."""
    server, answers, preview = served
    epoch = server._visible_epoch
    server.take_in(frozenset())
    status, page = answers["/"]
    assert (status, "before" in page, f"livereload({epoch}," in page) == ("200 OK", True, True)
    status, page = answers["/facts/"]
    assert (status, "a fact of before" in page, f"livereload({epoch}," in page) == ("200 OK", True, True)
    assert answers["/facts"][0] == "302 Found"
    assert answers["/style.css"] == ("200 OK", "a{}")
    assert {renewed for _, renewed in preview.asked} == {False}


def test_a_page_that_is_being_built_is_awaited(served):
    """It is told so, and comes by itself."""
    server, answers, _ = served
    server.take_in(frozenset())
    status, page = answers["/new/"]
    assert (status, "is being built" in page, "livereload(" in page) == ("404 Not Found", True, True)


def test_a_page_of_the_servers_own_is_a_whole_one(served):
    """It tells its language, characters and width, and asks for nothing but what the server itself gives."""
    server, answers, _ = served
    server.take_in(frozenset())
    page = answers["/new/"][1]
    assert page.startswith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert "default-src 'none';" in page and "http:" not in page and "https:" not in page
    assert "color-scheme: light dark" in page
    assert page.count("<h1>") == page.count("<main>") == page.count("</body>") == 1


def test_after_the_build_the_new_site_answers(served):
    """Pages are those of the build, and are brought up to date again."""
    server, _, preview = served
    server.take_in(frozenset())
    preview.asked.clear()
    assert "after" in ask(server, "/")[1]
    assert "new" in ask(server, "/new/")[1]
    assert {renewed for _, renewed in preview.asked} == {True}


def test_a_failed_build_leaves_the_last_site(served):
    """What was served is served on, with what was wrong over it."""
    server, *_ = served

    def fail():
        raise ValueError("no such theme")

    server.builder = fail
    server.take_in(frozenset())
    page = ask(server, "/")[1]
    assert "before" in page and "no such theme" in page


@pytest.mark.parametrize(
    ("last", "code", "level"),
    [
        (None, 404, logging.WARNING),
        (Shown(None, "."), 404, logging.INFO),
        (Shown(None, "."), 302, logging.INFO),
        (Shown(None, "."), 200, None),
    ],
)
def test_a_request_during_a_build_is_no_warning(last, code, level, caplog):
    """A strict build is not refused because somebody asked for a page that is not there."""
    caplog.set_level(logging.INFO, "mkdocs")
    handler = _Requests.__new__(_Requests)
    handler.server, handler.requestline = SimpleNamespace(last=last), "GET /new/ HTTP/1.1"
    handler.log_request(code)
    assert [record.levelno for record in caplog.records] == ([level] if level else [])
