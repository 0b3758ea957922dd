"""The npm package yaml-language-server, as an editor uses it: over its protocol, by standard input.

It is looked for where `npm install --prefix tests/editing` puts it, then on the path.
"""

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path
from queue import Empty, Queue

import pytest

LONGEST_WAIT = 120


def command():
    """The server's command; the test is skipped, or fails where it is required, if there is none."""
    own = Path(__file__).parent / "node_modules/.bin/yaml-language-server"
    found = str(own) if own.exists() else shutil.which("yaml-language-server")
    if found is None or shutil.which("node") is None:
        message = "language_server is not installed: tests of completion skipped; see CONTRIBUTING.md"
        if os.environ.get("SOURCEBOOK_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return found


class LanguageServer:
    """A server on the folder of a project, with the project's own settings for VS Code."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.settings = json.loads((self.folder / ".vscode/settings.json").read_text())
        self.process = subprocess.Popen(
            [command(), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.number, self.messages = 0, Queue()
        threading.Thread(target=self.read, daemon=True).start()
        root = self.folder.as_uri()
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}},
        }
        folders = [{"uri": root, "name": "project"}]
        self.ask(
            "initialize",
            {"processId": None, "rootUri": root, "capabilities": capabilities, "workspaceFolders": folders},
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.configuration()})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()

    def configuration(self):
        """The settings in sections, as an editor hands them on."""
        yaml = {}
        for name, value in self.settings.items():
            if name.startswith("yaml."):
                at = yaml
                *above, last = name.removeprefix("yaml.").split(".")
                for step in above:
                    at = at.setdefault(step, {})
                at[last] = value
        return {"yaml": {"validate": True, "completion": True, "hover": True, **yaml}}

    def read(self):
        """Put each message of the server into the queue."""
        while line := self.process.stdout.readline():
            length = int(line.split(b":")[1])
            while self.process.stdout.readline().strip():
                pass
            body = self.process.stdout.read(length)
            if len(body) < length:  # ended meanwhile
                return
            self.messages.put(json.loads(body))

    def send(self, message):
        """Hand the server a message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, params):
        """Tell the server something that it does not answer."""
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        """What the server answers to a request."""
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        return self.wait(lambda message: message.get("id") == self.number and "method" not in message)[
            "result"
        ]

    def wait(self, wanted):
        """The next message that is wanted; the server's own requests are answered meanwhile."""
        while True:
            try:
                message = self.messages.get(timeout=LONGEST_WAIT)
            except Empty:
                raise AssertionError("the language server does not answer") from None
            if "id" in message and "method" in message:
                self.answer(message)
            if wanted(message):
                return message

    def answer(self, request):
        """Answer a request of the server: the configuration, or nothing."""
        result = None
        if request["method"] == "workspace/configuration":
            sections = [item.get("section") for item in request["params"]["items"]]
            result = [self.configuration().get(section, {}) for section in sections]
        self.send({"id": request["id"], "result": result})

    def open(self, path, text):
        """Open a file with a text; what is underlined in it, as pairs of the text and the message."""
        uri = (self.folder / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        found = self.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri
            )
        )
        self.uri, lines = uri, text.split("\n")
        return [
            (underlined(each["range"], lines), each["message"]) for each in found["params"]["diagnostics"]
        ]

    def close(self):
        """Close the file that was opened last."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def completions(self, path, text):
        """What is offered where a bar stands in a text, in the file at a path."""
        line = text[: text.index("|")].count("\n")
        column = len(text[: text.index("|")].split("\n")[-1])
        self.open(path, text.replace("|", "", 1))
        where = {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": column}}
        found = self.ask("textDocument/completion", where)
        self.close()
        return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]


def underlined(span, lines):
    """The text of a range on one line, or the first line of it."""
    start, end = span["start"], span["end"]
    last = end["character"] if start["line"] == end["line"] else None
    return lines[start["line"]][start["character"] : last]
