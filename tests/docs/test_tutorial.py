"""The tutorial, done as it is written: every file saved, every command run, every message compared."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import suppress
from urllib.request import urlopen

import pytest

from small_project import PACKAGE_ROOT, REPOSITORY

TEXT = (REPOSITORY / "docs/tutorial.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"(?P<before>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
NAMED = re.compile(r"`(?P<path>[^` ]+\.\w+)`:$")
INSTALL = ["python -m venv .venv", ". .venv/bin/activate", "pip install 'sourcebook[documents]'"]
"""What needs a network: the tests of the wheel install it from a file instead."""
PROGRAMS = {
    "sourcebook": "from sourcebook.cli import main as run",
    "mkdocs": "from mkdocs.__main__ import cli as run",
}
# As what an installer writes: a worker that begins anew imports the program, and must not run it.
MAIN = "if __name__ == '__main__':\n    run()\n"
PATIENCE = 60


class Newcomer:
    """Somebody at a terminal who does what the tutorial says: in a folder, with what was printed last."""

    def __init__(self, home):
        self.folder, self.printed, self.warned, self.exit_code = home / "empty", "", "", 0
        self.folder.mkdir()
        self.environment = {**os.environ, **programs(home), "HOME": str(home), "NO_MKDOCS_2_WARNING": "1"}
        for part in ("AUTHOR", "COMMITTER"):
            self.environment |= {f"GIT_{part}_NAME": "A newcomer", f"GIT_{part}_EMAIL": "new@example.org"}

    def save(self, path, text):
        """Save a file."""
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def type(self, line):
        """Run a line; whatever was run before it must have ended well."""
        assert self.exit_code == 0, self.printed + self.warned
        if line == "mkdocs serve":
            self.look()
        else:
            told = self.run(line)
            self.exit_code, self.printed, self.warned = told.returncode, told.stdout, told.stderr
            if line.startswith("cd "):
                self.folder = self.folder / line.removeprefix("cd ")

    def run(self, line):
        """Run a line in a shell."""
        return subprocess.run(
            ["bash", "-euc", line],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def look(self):
        """Serve the site, see that it is there, and stop the server."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        server = subprocess.Popen(
            ["mkdocs", "serve", "--dev-addr", address],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert "Larchmere" in self.page(f"http://{address}/", server)
        finally:
            server.terminate()
            server.wait(PATIENCE)

    def page(self, address, server):
        """The page at an address, as soon as the server answers."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and server.poll() is None:
            with suppress(OSError):
                return urlopen(address, timeout=5).read().decode()
            time.sleep(0.2)
        raise AssertionError("the server did not answer")


def programs(home):
    """A path on which the commands are those of the package under test, and the modules that they need."""
    folder = home / "bin"
    folder.mkdir()
    for name, imported in PROGRAMS.items():
        program = folder / name
        program.write_text(f"#!{sys.executable}\nimport sys\nsys.argv[0] = '{name}'\n{imported}\n{MAIN}")
        program.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(PACKAGE_ROOT)}


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The folder of the newcomer who has done the whole tutorial."""
    newcomer = Newcomer(tmp_path_factory.mktemp("tutorial"))
    for block in BLOCK.finditer(TEXT):
        lines, named = block["text"].splitlines(), NAMED.search(block["before"])
        if block["language"] == "bash":
            for line in lines if lines != INSTALL else ():
                newcomer.type(line)
        elif named:
            newcomer.save(named["path"], block["text"])
        else:
            assert newcomer.exit_code == 1
            assert block["text"] in (newcomer.printed, newcomer.warned)
            newcomer.exit_code = 0
    assert newcomer.exit_code == 0, newcomer.printed + newcomer.warned
    return newcomer


def test_every_block_of_the_tutorial_is_done():
    """No block of code is passed over: each is commands, a file with its name, or what was printed."""
    assert TEXT.count("\n```") == 2 * len(list(BLOCK.finditer(TEXT)))
    kinds = [block["language"] for block in BLOCK.finditer(TEXT)]
    assert kinds.count("bash") == 12 and set(kinds) == {"bash", "yaml", "text", "markdown"}


def test_the_claim_is_published(done):
    """At the end the site has the claim with who says it and the words of the letter."""
    page = (done.folder / "site/claims/pier-was-sound/index.html").read_text(encoding="utf-8")
    assert "The north pier was sound when it was closed." in page
    assert "Ferry Union of Orrin Bay" in page and "no plank ever gave way" in page


def test_the_text_of_the_document_is_in_no_commit(done):
    """What git took are the facts and what the site needs, and neither the document's text nor the site."""
    told = done.run("git ls-files").stdout.splitlines()
    assert {"seeds/letter.yml", "content/claims/pier-was-sound.yml", "mkdocs.yml"} <= set(told)
    assert [path for path in told if path.startswith("site/")] == []
    assert done.run("git grep 'tied up there every day'").stdout == ""
