"""`sourcebook init`: a whole project from a few answers, which is clean and shows what it is meant to."""

import json
import re
import sys

import pytest
from click.testing import CliRunner

from small_project import REPOSITORY
from sourcebook import __version__
from sourcebook.cli import main
from sourcebook.editing.starter import Answers, requirement, starter
from sourcebook.graph.questions import questions
from sourcebook.pages.all_pages import view_pages
from sourcebook.site.check import check_project, read_settings

HOSTILE = "The \"pier\" of <b>Orrin</b> & [Bay](x): $5 #1 'q' ${title}"


def init(*arguments, keyboard=None):
    """Run the command; gives the exit code and what it printed. No exception may leave it."""
    ended = CliRunner().invoke(main, ["init", *map(str, arguments)], input=keyboard)
    assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exc_info
    return ended


def checked(folder):
    """The outcome of the check of a project."""
    return check_project(read_settings(folder / "mkdocs.yml"))


def test_the_project_is_clean(tmp_path):
    """No message, every quote and fingerprint compared, and as many records as are promised."""
    assert init(tmp_path / "new" / "bay", "--title", "The bay").exit_code == 0
    found = checked(tmp_path / "new" / "bay")
    assert found.diagnostics == ()
    assert found.records["source"] == 3 and 12 <= sum(found.records.values()) - 3 <= 15
    assert (found.tally.skipped_fingerprints, found.tally.skipped_quotes) == (0, 0) and found.tally.quotes


def test_it_has_a_dispute_an_echo_and_a_corroboration(tmp_path):
    """The story shows what the format can tell: a dispute of two sides, an echo, two independent sides."""
    init(tmp_path, "--title", "The bay")
    graph = checked(tmp_path).graph
    standings = {name: str(standing.status) for name, standing in graph.standings.items()}
    assert standings["water-over-the-quay"] == "corroborated"
    assert standings["gate-raised-the-water"] == standings["rain-raised-the-water"] == "contested"
    assert [one.record for one in questions(graph) if one.code.slug == "echo"] == ["gate-stood-open"]
    assert len(graph.by_kind["dispute"]) == 1


def test_answers_are_data(tmp_path):
    """A title with every sign of YAML, Markdown and HTML stays the text that it is."""
    given = ("--licence", "CC: BY #4", "--contact", "editors@example.org", "--language", "pt-BR")
    assert init(tmp_path, "--title", HOSTILE, *given).exit_code == 0
    collection = read_settings(tmp_path / "mkdocs.yml").collection
    assert (collection.title.value, collection.licence.value) == (HOSTILE, "CC: BY #4")
    assert (collection.language, collection.corrections) == ("pt-BR", "mailto:editors@example.org")
    for name in ("README.md", "docs/index.md"):
        heading = (tmp_path / name).read_text(encoding="utf-8").splitlines()[0]
        assert "<b>" not in heading and "](" not in heading


def test_what_is_not_answered_is_left_out(tmp_path):
    """Without answers their options are not there; a contact that is no mail address is no link."""
    init(tmp_path / "a", "--title", "The bay")
    text = (tmp_path / "a/mkdocs.yml").read_text()
    assert not re.search("licence|contact|corrections", text)
    init(tmp_path / "b", "--title", "The bay", "--contact", "by post")
    text = (tmp_path / "b/mkdocs.yml").read_text()
    assert 'contact: "by post"' in text and "corrections" not in text


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    """Whatever lies there keeps the command from writing; a repository and an environment do not."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    ended = init(tmp_path, "--title", "The bay")
    assert ended.exit_code == 3 and "not empty: notes.txt" in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [".git", ".venv", "notes.txt"]
    (tmp_path / "notes.txt").unlink()
    assert init(tmp_path, "--title", "The bay").exit_code == 0


def test_a_file_in_place_of_a_folder(tmp_path):
    """A file of that name is a fault of input."""
    (tmp_path / "bay").write_text("mine")
    assert init(tmp_path / "bay", "--title", "The bay").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "--title is needed"),
        (("--title", " "), "--title"),
        (("--title", "a\nb"), "--title"),
        (("--title", "The bay", "--language", "english"), "--language"),
    ],
)
def test_wrong_answers(tmp_path, arguments, words):
    """An answer that is missing or of the wrong form is wrong usage, and nothing is written."""
    ended = init(tmp_path / "bay", *arguments)
    assert ended.exit_code == 2 and words in ended.stderr
    assert not (tmp_path / "bay").exists()


def test_a_terminal_is_asked(tmp_path, monkeypatch):
    """On a terminal the command asks for what the options leave open; an empty answer is none."""

    class Terminal:
        stdin = type("Stdin", (), {"isatty": staticmethod(lambda: True)})

    monkeypatch.setattr(sys.modules["sourcebook.cli.init"], "sys", Terminal)
    ended = init(tmp_path / "bay", "--language", "de", keyboard="Die Bucht\nCC0\n\n")
    assert ended.exit_code == 0, ended.output
    collection = read_settings(tmp_path / "bay/mkdocs.yml").collection
    assert (collection.title.value, collection.language) == ("Die Bucht", "de")
    assert (collection.licence.value, collection.contact) == ("CC0", None)


def test_json(tmp_path):
    """For a program: the answers and the files that were written."""
    told = json.loads(init(tmp_path / "bay", "--title", "The bay", "--format", "json").stdout)
    assert told["title"] == "The bay" and {"mkdocs.yml", ".gitignore"} < set(told["files"])
    assert all((tmp_path / "bay" / file).is_file() for file in told["files"])


def test_every_view_is_in_the_navigation(tmp_path):
    """The navigation of a new project has every view that the program makes."""
    init(tmp_path, "--title", "The bay")
    text = (tmp_path / "mkdocs.yml").read_text()
    views = [page.view.path for page in view_pages(checked(tmp_path).graph)]
    assert [path for path in views if f": {path}\n" not in text] == []


def test_editors_complete_at_once(tmp_path):
    """The schemas are there with the ids of the story, and VS Code is told of them as it is here."""
    init(tmp_path, "--title", "The bay", "--licence", "CC0")
    ended = CliRunner().invoke(main, ["schema", "--check", "-f", str(tmp_path / "mkdocs.yml")])
    assert (ended.exit_code, ended.output) == (0, "")
    settings = ".vscode/settings.json"
    assert (tmp_path / settings).read_text() == (REPOSITORY / settings).read_text()


@pytest.mark.parametrize(
    ("direct_url", "line"),
    [
        ("", f"sourcebook[documents]>={__version__}"),
        ("no JSON", f"sourcebook[documents]>={__version__}"),
        ('{"url": "file:///home/somebody/copy", "dir_info": {}}', f"sourcebook[documents]>={__version__}"),
        ('{"url": "file:///nowhere/a-1.whl", "archive_info": {}}', f"sourcebook[documents]>={__version__}"),
        (
            '{"url": "https://host.example/a.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}}',
            "sourcebook[documents] @ git+https://host.example/a.git@0a1b",
        ),
        (
            '{"url": "https://host.example/a-1.whl", "archive_info": {}}',
            "sourcebook[documents] @ https://host.example/a-1.whl",
        ),
    ],
)
def test_others_install_what_was_installed(direct_url, line):
    """`requirements.txt` names the address that the program came from, and no folder of this machine."""
    wanted, wheel = requirement(direct_url)
    assert wanted.splitlines()[-1] == line and wheel is None
    assert "somebody" not in wanted


def test_a_wheel_comes_with_the_project(tmp_path):
    """Installed from a wheel, the program lies in the project, for everybody to install."""
    wheel = tmp_path / "some where" / "sourcebook-1-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"wheel")
    told = json.dumps({"url": wheel.as_uri(), "archive_info": {}})
    files = {change.path: change.after for change in starter(tmp_path / "bay", Answers("The bay"), told)}
    assert files[tmp_path / "bay/wheels" / wheel.name] == b"wheel"
    assert files[tmp_path / "bay/requirements.txt"] == f"./wheels/{wheel.name}[documents]\n".encode()
