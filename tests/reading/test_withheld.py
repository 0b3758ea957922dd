"""Names that must not be published: finding them however they are written, and never showing them."""

import gzip
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.diagnostics.reports import as_json, as_text
from sourcebook.reading.withheld import (
    Withheld,
    holds_name,
    names_in,
    names_in_folder,
    names_in_project,
    names_in_tree,
    read_withheld,
    withheld_names,
    without_names,
)

LIST = """\
# who told us
Ruta Exampleva   # the elder
Ծովինար Հորինվածյան
Zoë Straße
ليلى المثال
Иоланта Выдуманная
Ada
Ester
Ílhan Örnəkzadə
"""
NAMES = withheld_names("names.txt", LIST)


def places(text, names=NAMES):
    """Line and column of each finding in a file of this text."""
    data = text if isinstance(text, bytes) else text.encode()
    return [(found.position.line, found.position.column) for found in names_in(names, "a.md", data)]


@pytest.mark.parametrize(
    "text",
    [
        "Ruta Exampleva",
        "ruta exampleva",
        "RUTA EXAMPLEVA’s house",
        "Ruta\u00a0\u00a0Exampleva",
        "**Ruta** Exampleva",
        "<em>Ruta</em> <b class='x'>Exampleva</b>",
        "ruta-exampleva",
        "ruta_exampleva.jpg",
        "RutaExampleva",
        "Ru*ta* Exam**ple**va",
        "Ruta Exam<em>ple</em>va",
        r"Ruta Exam\pleva",
        "Ru\u00adta Exam\u200bpleva",
        "\uff32\uff55\uff54\uff41 Exampleva",
        "Ruta&#32;Exampleva",
        "&#82;uta Exampleva",
        r"{\"text\":\"\nRuta Exampleva\"}",
        "?q=%52uta%20Exampleva",
        "ծովինար հորինվածյանը",
        "ԾՈՎԻՆԱՐ ՀՈՐԻՆՎԱԾՅԱՆԻ",
        "Ծովինա՛ր Հորինվածյան",
        r"\u053e\u0578\u057e\u056b\u0576\u0561\u0580 Հորինվածյան",
        "zoe\u0308 strasse",
        unicodedata.normalize("NFD", "Zoë Straße"),
        "وليلى المثال",
        "ليـلى\u200c المثال",
        "Иоланта Выдуманной, Иоланта Выдуманная",
        "Ada's",
        "of Esters",
        "theRuta Exampleva",
        "íLHAN öRNƏKZADƏ",
        "İ ılhan Ílhan Örnəkzadə",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    """Case, form, spaces, punctuation, markup, endings, invisible characters and escapes hide no name."""
    assert holds_name(NAMES, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ruta",
        "Ruta said. Then Exampleva",
        "Adam",
        "Canada",
        "western",
        "who told us",
        "the elder",
        "Zoe Strasse",
    ],
)
def test_other_words_are_no_name(text):
    """Parts of a name, longer words that hold a short name, and comments of the list are not found."""
    assert not holds_name(NAMES, text)


def test_the_place_is_that_of_the_name():
    """Line and column are those of the characters in the file, whatever folding does to those before."""
    text = "ﬁrst line\n  İﬀ ß Ruta Exampleva, Ruta Exampleva\n\nRuta\n  Exampleva\n&amp; Ada\n"
    assert places(text) == [(2, 8), (4, 1), (6, 7)]


def test_escapes_do_not_move_lines():
    """A line end that is written as a reference is no line of the file."""
    assert places("a&#10;b%0A\n&#82;uta Exampleva") == [(2, 1)]


def test_bytes_that_are_no_text_are_read_in_every_way():
    """A picture or database with a name in UTF-8, Latin-1 or UTF-16, at odd places too, is found once."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        for before in (b"\x00\xff\x89PNG", b"\x00\xff\x89PN"):
            for name in ("Ruta Exampleva", "Ծովինար Հորինվածյան"):
                assert places(before + name.encode(encoding) + b"\xff" * 9) == [(0, 0)]
    assert places("Zoë Straße".encode("latin-1")) == [(0, 0)]
    assert places(bytes(range(256)) * 50 + gzip.compress(b"Nobody", mtime=0)) == []


def test_a_long_run_of_markup_after_a_first_word_takes_no_time():
    """What may stand between the words of a name is read in one way only."""
    assert not holds_name(NAMES, "Ruta " + "<!>" * 20_000)


def test_hundreds_of_names_are_one_pattern():
    """Long lists, names with the same beginning, and names of signs of expressions work."""
    many = withheld_names("l", "\n".join([*(f"Person{n} (Of) *Place{n}*" for n in range(700)), "Ab" * 900]))
    assert many.count == 701
    found = list(names_in(many, "a.md", b"\nperson699 of place699\n" + b"ab" * 900))
    assert [(each.position.line, each.message.split()[6]) for each in found] == [(2, "700"), (3, "701")]


def test_no_finding_shows_the_name():
    """A finding names file, line and column and the line in the list; a path loses the parts with a name."""
    found = list(names_in(NAMES, "pages/ruta-exampleva/notes.md", b"of Ruta Exampleva"))
    assert as_text(found) == (
        "pages/…/notes.md: error: the path of this file holds the name on line 2 of the list of names that"
        " must not be published [withheld-name]\n"
        "  hint: remove it, also from the history of the repository\n"
        "pages/…/notes.md:1:4: error: here stands the name on line 2 of the list of names that must not be"
        " published [withheld-name]\n"
        "  hint: remove it, also from the history of the repository\n"
    )


def test_a_name_over_several_parts_of_a_path_hides_the_whole_path():
    """A path whose parts make a name together is not shown at all."""
    assert next(names_in(NAMES, "ruta/exampleva.md", b"")).position == Position("…")


def test_other_messages_lose_the_name():
    """Whatever else is wrong: place, message, hint and related places of a message show no name."""
    named = Position("content/ruta-exampleva.yml", 3, 4)
    other = Diagnostic(
        Code.BAD_DATE, named, "'Ruta Exampleva' is no date", "not Ada", (Related(named, "ada"),)
    )
    clean = Diagnostic(Code.BAD_DATE, Position("a.yml", 1, 1), "no date", "write one")
    shown = without_names(NAMES, [other, clean])
    assert shown[1] == clean
    assert not holds_name(NAMES, as_json(shown))
    assert shown[0].position == Position("content/…", 3, 4)


def test_the_list(tmp_path):
    """Comments and blank lines are no entries; no option, a missing and an empty list are told apart."""
    (tmp_path / "names.txt").write_text("\ufeff# nobody\r\n\r\nRuta Exampleva # x\r\n---\n", encoding="utf-8")
    names, found = read_withheld(tmp_path, "names.txt")
    assert (names.count, found, names.summary()) == (1, (), "1 withheld name looked for")
    assert read_withheld(tmp_path, None) == (Withheld(), ())
    assert Withheld().summary() == ""
    missing, _ = read_withheld(tmp_path, "gone.txt")
    assert missing.summary() == "gone.txt is not here: no withheld name was looked for"
    assert list(names_in_project(missing, tmp_path)) == []
    (tmp_path / "names.txt").write_text("# nobody\n")
    assert not holds_name(read_withheld(tmp_path, "names.txt")[0], "nobody")


def test_a_list_that_cannot_be_read(tmp_path):
    """A folder, or bytes that are no UTF-8, in place of the list is an error."""
    (tmp_path / "bytes.txt").write_bytes(b"Zo\xeb")
    assert [each.code for each in read_withheld(tmp_path, "bytes.txt")[1]] == [Code.NOT_UTF8]
    assert [each.code for each in read_withheld(tmp_path, ".")[1]] == [Code.UNREADABLE_FILE]


@pytest.fixture
def project(tmp_path):
    """A folder with a list, and a name in files of every kind."""
    for file in ("names.txt", "page.md", "sub/ada.txt", ".hidden/x.md", "site/x.html", "texts/document.txt"):
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text("Ruta Exampleva\n")
    (tmp_path / "link").symlink_to("ruta-exampleva")
    return tmp_path


def git(folder, *arguments):
    """Run git, without anybody's settings."""
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)


def files(found):
    """The files of findings."""
    return [each.position.file for each in found]


def test_outside_git_every_file_is_read(project):
    """All but the list itself, hidden folders, the built site, and documents that are never published."""
    found = list(names_in_project(NAMES, project, ("texts",)))
    assert files(found) == ["link", "page.md", "sub/…", "sub/…"]


def test_in_git_the_tracked_files_are_read(project):
    """Ignored files are not read; those that `git add` would take are; the list must be ignored."""
    git(project, "init")
    (project / ".gitignore").write_text("site/\ntexts/\n/names.txt\n")
    git(project, "add", "page.md")
    assert files(names_in_project(NAMES, project)) == [".hidden/x.md", "link", "page.md", "sub/…", "sub/…"]
    git(project, "add", "--force", "names.txt")
    found = {each.position.file: each.message for each in names_in_project(NAMES, project)}
    assert found["names.txt"] == "git does not ignore the list of the names that must not be published"
    (project / "page.md").unlink()
    assert "page.md" not in files(names_in_project(NAMES, project))


def test_a_list_that_is_not_ignored_yet_is_an_error(project):
    """One `git add` would publish it."""
    git(project, "init")
    (project / ".gitignore").write_text("*\n!names.txt\n")
    assert files(names_in_project(NAMES, project)) == ["names.txt"]


def test_without_git_on_the_machine_every_file_is_read(project, monkeypatch):
    """A machine without git is a project outside git."""
    monkeypatch.setenv("PATH", "")
    assert "page.md" in files(names_in_project(NAMES, project))


def test_a_finished_site_is_read_whole(project):
    """Hidden files of a folder are published, too; a folder's name in messages is chosen by the caller."""
    assert files(names_in_folder(NAMES, project / ".hidden", "site")) == ["site/x.md"]
    assert ".hidden/x.md" in [file.removeprefix("s/") for file in files(names_in_folder(NAMES, project, "s"))]
    assert files(names_in_tree(NAMES, {"docs/a.md": b"Ada", "docs/b.md": b"Eve"})) == ["docs/a.md"]


def test_what_is_no_file_holds_nothing_up(project):
    """Pipes are not opened, links are not followed, even in a circle."""
    os.mkfifo(project / "pipe")
    (project / "loop").symlink_to("loop")
    (project / "nowhere").symlink_to("/nowhere")
    assert files(names_in_project(NAMES, project, ("texts", "sub"))) == ["link", "page.md"]


def test_a_file_that_cannot_be_read_is_reported(project, monkeypatch):
    """What nobody could look into is not passed over in silence, and its path shows no name either."""

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = [each for each in names_in_project(NAMES, project) if each.code is Code.UNREADABLE_FILE]
    assert files(found) == ["page.md", "sub/…", "texts/document.txt"]
