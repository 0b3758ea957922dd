"""`sourcebook source`: documents taken in, what rests on none of their paragraphs, and what differs."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from sourcebook.cli import main

TEXT = "The gate was opened.\n\nNobody saw it.\n"


def git(folder, *arguments):
    """Run git in a folder."""
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(project):
    """The copy of the collection as a repository that ignores its texts, and a document beside it."""
    git(project, "init", "-q")
    (project / ".gitignore").write_text("/texts/\n")
    (project.parent / "Gate report.txt").write_text(TEXT)
    return project


@pytest.fixture
def source(project):
    """Run a command of `source` on the copy; gives the exit code and what it printed."""

    def source(command, *arguments, keyboard=None):
        config = ("--config-file", str(project / "mkdocs.yml"))
        ended = CliRunner().invoke(main, ["source", command, *config, *map(str, arguments)], input=keyboard)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exc_info
        return ended

    return source


def test_add(repository, source, run):
    """The record has fingerprints and what was given, git ignores the text, and the check is clean."""
    file = repository.parent / "Gate report.txt"
    given = ("--title", "On the gate", "--type", "report", "--author", "actor:mayor", "--author", "A clerk")
    ended = source("add", file, *given, "--issued", "2031-05")
    assert ended.exit_code == 0, ended.output
    assert ended.stdout == (
        "seeds/gate-report.yml: written, with 2 paragraphs\ntexts/gate-report.txt: written; git ignores it\n"
    )
    yaml = (repository / "seeds/gate-report.yml").read_text()
    assert yaml.startswith("title: On the gate\ntype: report\n") and "actor: mayor" in yaml
    assert (repository / "texts/gate-report.txt").read_text() == TEXT
    assert run("check", "--strict").exit_code == 0
    assert source("verify", "gate-report").stderr == (
        "gate-report: fingerprints 2 of 2, quotes 0 of 0 compared with the documents’ texts\n"
    )


def test_add_brings_the_ids_up_to_date(repository, source, run):
    """Where the project has schemas, editors complete the new source at once."""
    assert run("schema").exit_code == 0
    assert source("add", repository.parent / "Gate report.txt", "--title", "On the gate").exit_code == 0
    assert '"gate-report"' in (repository / "schemas/ids.json").read_text()
    assert run("schema", "--check").stdout == ""


def test_add_dry_run_and_json(repository, source):
    """A dry run prints the record and writes nothing; JSON tells a program the same."""
    file = repository.parent / "Gate report.txt"
    before = sorted(repository.rglob("*"))
    ended = source("add", file, "--title", "On the gate", "--id", "gate", "--dry-run")
    assert ended.stdout.startswith("title: On the gate\n")
    told = json.loads(
        source("add", file, "--title", "T", "--id", "gate", "--dry-run", "--format", "json").stdout
    )
    assert (told["written"], told["id"], told["record"], told["paragraphs"]) == (
        False,
        "gate",
        "seeds/gate.yml",
        2,
    )
    assert sorted(repository.rglob("*")) == before


def test_what_a_page_states_is_taken_over_where_it_has_the_right_form(repository, source):
    """What is given comes first; what is stated wrongly is left out."""
    page = repository.parent / "page.html"
    page.write_text('<html lang="en_GB"><title>Stated</title><meta name=author content=Ilse><p>Words.</p>')
    assert source("add", page, "--author", "Somebody else").exit_code == 0
    yaml = (repository / "seeds/page.yml").read_text()
    assert "title: Stated\n" in yaml and "Somebody else" in yaml
    assert "Ilse" not in yaml and "en_GB" not in yaml


@pytest.mark.parametrize("key", ["mayor", "tidewater-dispatch", "gates"])
def test_a_taken_id(repository, source, key):
    """An id of any record is refused, and nothing is written."""
    file = repository.parent / "Gate report.txt"
    ended = source("add", file, "--title", "T", "--id", key)
    assert ended.exit_code == 3 and "is taken, in " in ended.stderr
    assert not (repository / f"texts/{key}.txt").exists() or key == "tidewater-dispatch"


def test_values_of_the_wrong_form(repository, source):
    """A wrong date and a wrong type are told with a remedy, both at once; nothing is written."""
    file = repository.parent / "Gate report.txt"
    ended = source(
        "add", file, "--title", "T", "--issued", "2.5.2031", "--type", "reprot", "--id", "Gate Report"
    )
    assert ended.exit_code == 1
    assert {"[bad-date]", "[unknown-value]"} <= set(ended.stderr.split())
    assert not (repository / "texts").joinpath("Gate Report.txt").exists()


@pytest.mark.parametrize("key", ["../x", "../../x", "a/b", "/x", "con"])
def test_an_id_that_is_a_path(repository, source, key):
    """It is an error of the id, and nothing is written, neither in the project nor outside."""
    before = sorted(repository.parent.rglob("*"))
    ended = source("add", repository.parent / "Gate report.txt", "--title", "T", "--id", key)
    assert ended.exit_code == 1
    assert {"[bad-id]", "[reserved-id]"} & set(ended.stderr.split())
    assert sorted(repository.parent.rglob("*")) == before


def test_a_document_within_the_project(repository, source):
    """Where git would take the document itself, that is said, and otherwise it is not."""
    for number, (file, is_said) in enumerate(
        (
            (repository / "a.txt", True),
            (repository / "texts/b.txt", False),
            (repository.parent / "c.txt", False),
        )
    ):
        file.write_text(TEXT)
        ended = source("add", file, "--title", "T", "--id", f"document-{number}")
        assert ended.exit_code == 0 and ("move it elsewhere" in ended.stderr) == is_said


def test_a_folder_that_git_does_not_ignore(repository, source):
    """Without the ignored folder the text is not written, and the message says what to add."""
    (repository / ".gitignore").unlink()
    ended = source("add", repository.parent / "Gate report.txt", "--title", "T")
    assert ended.exit_code == 3 and "add /texts/ to .gitignore" in ended.stderr
    assert not (repository / "seeds/gate-report.yml").exists()


def test_no_folder_of_texts(repository, source, change):
    """Without the option the message names both things to add."""
    change("mkdocs.yml", "source_texts: texts", "licence: CC0")
    ended = source("add", repository.parent / "Gate report.txt", "--title", "T")
    assert ended.exit_code == 3 and "source_texts: source_texts" in ended.stderr


def test_a_text_in_the_way(repository, source):
    """A text that lies there already is not overwritten, and the record is not written either."""
    (repository / "texts/gate-report.txt").write_text("other")
    ended = source("add", repository.parent / "Gate report.txt", "--title", "T")
    assert ended.exit_code == 3 and "nothing was changed" in ended.stderr
    assert (repository / "texts/gate-report.txt").read_text() == "other"
    assert not (repository / "seeds/gate-report.yml").exists()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("a.pdf", b"%PDF-", 3), ("a.docx", b"PK", 3), ("a.txt", b"\xff", 3), ("a.txt", b"Words.", 2)],
)
def test_no_text_or_no_title(repository, source, name, data, code):
    """A file without text is a fault of input, a document without a title wrong usage."""
    (repository.parent / name).write_bytes(data)
    assert source("add", repository.parent / name).exit_code == code


def test_a_terminal_is_asked(repository, source, monkeypatch):
    """On a terminal the command asks for id, title, type and day; an empty day is left out."""
    monkeypatch.setattr(sys.modules["sourcebook.cli.source"], "on_terminal", lambda: True)
    ended = source("add", repository.parent / "Gate report.txt", keyboard="gate\nOn the gate\nreport\n\n")
    assert ended.exit_code == 0, ended.output
    yaml = (repository / "seeds/gate.yml").read_text()
    assert yaml.startswith("title: On the gate\ntype: report\n") and "issued" not in yaml


def test_coverage(project, source):
    """Paragraphs on which nothing rests have their place, their gist, and are counted."""
    told = json.loads(source("coverage", "--format", "json").stdout)
    rows = {row["id"]: row for row in told["sources"]}
    row = rows["tidewater-dispatch"]
    assert row["cited"] + len(row["unused"]) == row["paragraphs"]
    ended = source("coverage")
    assert ended.exit_code == 0
    places = [line.split(": ")[0] for line in ended.stdout.splitlines()]
    assert places == [
        f"{row['file']}:{one['line']}:{one['column']}" for row in told["sources"] for one in row["unused"]
    ]


def test_coverage_of_an_unknown_source(source):
    """An id that is none of a source is wrong usage, and the nearest is named."""
    ended = source("coverage", "tidewater-dispach")
    assert ended.exit_code == 2 and "did you mean 'tidewater-dispatch'?" in ended.stderr
    assert source("verify", "mayor").exit_code == 2


def test_verify_finds_what_differs(project, source):
    """A text that is another one ends with 1 and a place; other sources are left out when one is named."""
    text = project / "texts/tidewater-dispatch.txt"
    text.write_text(text.read_text().replace("e", "a", 1))
    ended = source("verify")
    assert ended.exit_code == 1 and "[fingerprint-mismatch]" in ended.stdout
    assert source("verify", "letter").exit_code == 0


def test_verify_without_a_text(project, source):
    """A source whose text is not at hand is said to be so, and is no error."""
    (project / "none").mkdir()
    ended = source("verify", "letter", "--source-texts", project / "none")
    assert (ended.exit_code, ended.stderr) == (0, "letter: its text is not at hand\n")


def test_without_the_further_packages(repository, source, monkeypatch):
    """Where the packages for PDF and web pages are missing, the message says how to install them."""
    for module, name in (("pypdf", "a.pdf"), ("bs4", "a.html")):
        monkeypatch.setitem(sys.modules, module, None)
        (repository.parent / name).write_bytes(b"<p>x</p>")
        ended = source("add", repository.parent / name, "--title", "T")
        assert ended.exit_code == 3 and "pip install 'sourcebook[documents]'" in ended.stderr
