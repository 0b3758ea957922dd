"""The faults that a bare pipeline passes on, each by its name: ids, bombs, links, encodings, full disks."""

import subprocess
import sys
import tracemalloc
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import ValidationError

from hostile_pages import pages, path, split_page
from hostile_records import graph_of
from small_project import content_of, environment, generate, mkdocs_build, small_project, spooled
from sourcebook.diagnostics.codes import Code
from sourcebook.drawing.svg import cut, wrapped
from sourcebook.importing.csl import plain_text
from sourcebook.markdown.convert import convert
from sourcebook.markdown.prose import parse_prose, sentences_naming
from sourcebook.reading.markers import markers
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.citation import Citation
from sourcebook.records.fields import LONGEST_LINE, MOST_PROBLEMS, folded_lines
from sourcebook.site.check import check_project, read_settings
from sourcebook.site.disk import InTheWayError, write_tree

MANY_SPACES = " " * 90_000
ACTOR = "name: Somebody\ntype: person\nsources: millbrook-gazette#p1\n"


FULL = "/dev/full"
RUN = "from sourcebook.cli import main; main()"


def command(project, *arguments, output):
    """Run the command line in a process of its own; its exit code and what it wrote to the standard error."""
    ended = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        cwd=project,
        env=environment(),
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    return ended.returncode, ended.stderr


def found(folder, files):
    """What a check says of the small project with these files: codes and places."""
    project = small_project(folder, files)
    checked = check_project(read_settings(project / "mkdocs.yml"))
    return [(each.code.slug, str(each.position)) for each in checked.diagnostics]


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/x", "a/b", "..", "a\\b", "x%2e%2e", "a.b", "con", "index", "a" * 81]
)
def test_id_that_is_a_path(tmp_path, name):
    """An id that would lead out of the output, or means something to a system, is an error at its place."""
    files = {"content/actors/x.yml": f"id: {name}\n{ACTOR}"}
    assert found(tmp_path, files) in (
        [("bad-id", "content/actors/x.yml:1:5")],
        [("reserved-id", "content/actors/x.yml:1:5")],
    )


@pytest.mark.parametrize("path", ["../x.md", "docs/../../x.md", "/x.md"])
def test_path_out_of_the_output(tmp_path, path):
    """Even a path that got past every check is not written outside of the output folder."""
    (tmp_path / "out").mkdir()
    path = str(tmp_path / "x.md") if path.startswith("/") else path
    with pytest.raises(InTheWayError):
        write_tree(tmp_path / "out", spooled(path, b"x"))
    assert content_of(tmp_path) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twice", "twice"),
        ("twice", "Twice"),
        ("caf\u00e9", "cafe\u0301"),
        ("vote", "v\u043ete"),
        ("vote", "v\uff4fte"),
        ("vote", "vo\u200bte"),
    ],
    ids=["same", "case", "composed", "cyrillic", "wide", "invisible"],
)
def test_two_records_under_one_name(tmp_path, one, other):
    """The same id, or one that looks the same, is an error; never two pages, never the last one wins."""
    files = {"content/actors/a.yml": f"id: {one}\n{ACTOR}", "content/actors/b.yml": f"id: {other}\n{ACTOR}"}
    codes = {code for code, _ in found(tmp_path, files)}
    assert codes and codes <= {"duplicate-id", "bad-id", "invisible-character"}
    assert codes != {"invisible-character"}


@pytest.mark.parametrize(
    ("file", "text"), [(" twice ", ACTOR), ("a", f"id: ' twice'\n{ACTOR}")], ids=["file", "field"]
)
def test_two_records_whose_names_differ_in_white_space(tmp_path, file, text):
    """White space around an id is no part of it: the second record is an error, and no page is lost."""
    files = {"content/actors/0/twice.yml": ACTOR, f"content/actors/1/{file}.yml": text}
    assert [code for code, _ in found(tmp_path, files)] == ["duplicate-id"]


def test_key_twice(tmp_path):
    """A key that stands twice is an error at the second place."""
    assert found(tmp_path, {"content/actors/x.yml": f"{ACTOR}name: Other\n"}) == [
        ("duplicate-key", "content/actors/x.yml:4:1")
    ]


def test_id_that_looks_like_another_type(tmp_path):
    """An id is the characters that were typed: its page has that very address."""
    names = ("no", "00123", "1e3", "null", "true")
    files = {f"content/actors/{name}.yml": f"id: {name}\n{ACTOR}" for name in names}
    project = small_project(tmp_path, files)
    assert mkdocs_build(project).exit_code == 0
    assert [name for name in names if not (project / f"site/actors/{name}/index.html").is_file()] == []


@pytest.mark.parametrize("name", ["12:30", "1.10", "0x1F", "1_000"])
def test_id_that_is_a_number_of_yaml(tmp_path, name):
    """What is no id is refused as it was typed, not taken for a number."""
    assert found(tmp_path, {"content/actors/x.yml": f"id: {name}\n{ACTOR}"}) == [
        ("bad-id", "content/actors/x.yml:1:5")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x,x]\n" + "".join(f"b{n}: &b{n} [{'*a,' * 9}]\n" for n in range(12)), Code.YAML_FEATURE),
        ("a: &a {x: y}\n" + "".join(f"b{n}: {{<<: [{'*a,' * 9}]}}\n" for n in range(12)), Code.YAML_FEATURE),
        ("[" * 200_000, Code.TOO_LARGE),
        ("{a: " * 200_000, Code.TOO_LARGE),
        ("- " * 200_000, Code.TOO_LARGE),
        ("? " * 200_000, Code.TOO_LARGE),
        ("[],\n" * 200_000, Code.YAML_SYNTAX),
        ("- x\n" * 300_000, Code.TOO_LARGE),
        ("%a b\n" * 200_000, Code.TOO_LARGE),
        ("a: |\n  " + "x" * 5_000_000, Code.TOO_LARGE),
    ],
    ids="aliases merges brackets braces dashes questions commas items directives bytes".split(),
)
def test_bomb(text, code):
    """A small or a large file that would fill the memory is refused with a place, in little memory."""
    tracemalloc.start()
    try:
        reading = read_yaml(text.encode(), "bomb.yml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.root is None or code is Code.YAML_FEATURE
    assert code in {found.code for found in reading.diagnostics}
    assert all(found.position.line for found in reading.diagnostics)
    assert peak < 200 * 1024 * 1024


def test_long_names_do_not_hold_a_build_up(tmp_path):
    """A name has a longest length, and a drawing cuts one as long as that without measuring it for ever."""
    long = "A long name " * 166
    assert found(tmp_path / "one", {"content/actors/x.yml": ACTOR.replace("Somebody", long * 2)}) == [
        ("bad-text", "content/actors/x.yml:1:7")
    ]
    assert cut("x" * 1_000_000, 200).endswith("…")
    assert wrapped(long, 200)[-1].endswith("…")


def test_prose_of_marks_does_not_hold_a_check_up(tmp_path):
    """Beyond what anybody writes it is refused unread; and of thousands of wrong links not all are told."""
    files = {
        "content/actors/x.yml": f"{ACTOR}summary: '{'[' * 90_000}'\n",
        "content/actors/y.yml": f"{ACTOR}summary: '{'[](x)' * 9_000}'\n",
    }
    told = found(tmp_path, files)
    assert told[0] == ("too-large", "content/actors/x.yml:4:10")
    assert [code for code, _ in told[1:]] == ["bad-prose"] * (MOST_PROBLEMS + 1)


@pytest.mark.parametrize(
    "read",
    [
        lambda: folded_lines(f"a{MANY_SPACES}b"),
        lambda: Citation.model_validate(f"gazette#{MANY_SPACES}!"),
        lambda: Citation.model_validate(f"gazette {MANY_SPACES}!"),
        lambda: parse_prose(f"{'0' * 90_000} *a*"),
        lambda: sentences_naming(parse_prose(f"{'.' * 90_000}a [[b]]"), "b", str),
        lambda: tuple(markers(f"<!-- sourcebook:{MANY_SPACES}x")),
        lambda: plain_text("<i " * 30_000),
    ],
    ids="text citation spaced-citation numbers points marker markup".split(),
)
def test_one_character_many_times_is_read_at_once(read):
    """No expression tries the same long run again at each of its characters: that would take minutes."""
    with suppress(ValidationError):
        read()


def test_the_longest_titles_are_converted_the_fast_way():
    """Python-Markdown takes the square of a line's length: no page of long titles is left to it."""
    words = "[x](y) *a* `b` <i> & _z_ " * 3_000
    lengths = {"line": LONGEST_LINE - 50, "text": 20_000, "prose": 20}

    def text(form, *, shown=True):
        return (
            "https://example.org/"
            if form == "address"
            else words[: lengths[form]].replace("[x]", "x").strip()
        )

    slow = [path(page) for page, made in pages(graph_of(text)) if convert(split_page(made)[1]) is None]
    assert slow == []


def test_brackets_without_end_do_not_crash_the_command(tmp_path):
    """In a process of its own: 200,000 brackets end in a report and exit code 1, not in a signal."""
    project = small_project(tmp_path, {"content/actors/x.yml": "[" * 200_000})
    code, errors = command(project, "check", output=subprocess.DEVNULL)
    assert (code, "Traceback" in errors) == (1, False)


@pytest.mark.parametrize("where", ["docs/notes.md", "docs/files", "content/actors/x.yml", "seeds/x.yml"])
def test_link_out_of_the_project(tmp_path, where):
    """A symbolic link among pages or facts is an error, and what it leads to is not published."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/page.md").write_text("# seventeen-copper-kettles\n", encoding="utf-8")
    project = small_project(tmp_path / "project")
    target = tmp_path / "outside"
    (project / where).symlink_to(target if "." not in where else target / "page.md")
    checked = check_project(read_settings(project / "mkdocs.yml"))
    assert [(each.code.slug, str(each.position)) for each in checked.diagnostics] == [("symlink", where)]
    assert mkdocs_build(project).exit_code == 1
    assert generate(project, tmp_path / "out").exit_code == 1
    assert not (project / "site").exists() and not (tmp_path / "out").exists()


def test_a_check_runs_nothing_of_the_project(tmp_path):
    """Hooks, templates, tags for objects and a theme of a project run in a build, and in no check."""
    mark = tmp_path / "ran"
    make = f"__import__('pathlib').Path({str(mark)!r}).touch()"
    project = small_project(
        tmp_path / "project",
        {
            "hook.py": make,
            "site_templates/actor.md": f"{{{{ cycler.__init__.__globals__.__builtins__.eval({make!r}) }}}}",
            "theme/main.html": f"{{{{ cycler.__init__.__globals__.__builtins__.eval({make!r}) }}}}",
        },
    )
    settings = project / "mkdocs.yml"
    harmless = settings.read_text(encoding="utf-8").replace("  name: material", "  name: material\n{}", 1)
    theme, hook = "  custom_dir: theme", "\nhooks: [hook.py]\n"
    apply = "!!python/object/apply:pathlib.Path"
    tag = f"\nextra:\n  x: {apply}.touch [{apply} [{mark}]]\n"
    settings.write_text(harmless.format(theme) + hook + tag, encoding="utf-8")
    assert command(project, "check", output=subprocess.DEVNULL)[0] == 0
    assert not mark.exists()
    for runs in (harmless.format(""), harmless.format("") + hook):
        settings.write_text(runs, encoding="utf-8")
        mkdocs_build(project)
        assert mark.exists()
        mark.unlink()
        (project / "site_templates/actor.md").unlink(missing_ok=True)


def test_the_texts_of_documents_are_not_published(tmp_path):
    """They stand in no file that is published or written; a folder among the pages is refused."""
    secret = "seventeen-copper-kettles"
    texts = {"texts/millbrook-gazette.txt": f"{secret}\n\nThen the engine gave out.\n\nThree.\n"}
    project = small_project(tmp_path / "project", texts)
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("as_of:", "source_texts: texts\n      as_of:"), encoding="utf-8")
    checked = check_project(read_settings(settings))
    assert checked.has_texts and checked.graph
    assert mkdocs_build(project).exit_code == generate(project, tmp_path / "out").exit_code == 0
    written = content_of(project / "site") | content_of(tmp_path / "out")
    assert written and [path for path, content in written.items() if secret.encode() in content] == []
    settings.write_text(text.replace("as_of:", "source_texts: docs/texts\n      as_of:"), encoding="utf-8")
    (project / "texts").rename(project / "docs/texts")
    found = [(each.code.slug, each.position.line) for each in read_settings(settings).diagnostics]
    assert found == [("bad-option", text[: text.index("as_of:")].count("\n") + 1)]
    assert mkdocs_build(project).exit_code == 1


@pytest.mark.parametrize(
    "data",
    ["name: Z\xfcrich".encode("latin-1"), "name: x".encode("utf-16"), b"name: \xed\xa0\x80", b"\xff\xfe\x00"],
    ids=["latin-1", "utf-16", "surrogate", "bytes"],
)
def test_file_that_is_no_utf8(tmp_path, data):
    """A file in another encoding is an error that names the file and the place."""
    project = small_project(tmp_path)
    (project / "content/actors/x.yml").write_bytes(data)
    checked = check_project(read_settings(project / "mkdocs.yml"))
    codes = {each.code for each in checked.diagnostics}
    assert codes <= {Code.NOT_UTF8, Code.FORBIDDEN_CHARACTER} and codes
    assert all(str(each.position).startswith("content/actors/x.yml:1:") for each in checked.diagnostics)


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_forms_of_utf8_are_one(tmp_path, start, end):
    """With or without a byte-order mark, with either line end: the same bytes of the same pages."""
    name = unicodedata.normalize("NFC", "Jos\u00e9 \u053f\u0561\u0580\u0565\u0576")
    text = f"name: {name}\ntype: person\nsources: millbrook-gazette#p1\nnote: |\n  One\n\n  Two\n"
    sites = []
    for folder, written in (("one", text), ("other", start + text.replace("\n", end))):
        project = small_project(tmp_path / folder)
        (project / "content/actors/x.yml").write_bytes(written.encode())
        assert generate(project, tmp_path / f"{folder}-out").exit_code == 0
        sites.append(content_of(tmp_path / f"{folder}-out"))
    assert sites[0] == sites[1]


@pytest.mark.skipif(not Path(FULL).exists(), reason=f"no {FULL} here: the test of a full disk is skipped")
@pytest.mark.parametrize("arguments", [["check", "--format", "json"], ["codes"]])
def test_full_disk_of_a_report(tmp_path, arguments):
    """Where not even the report can be written, the command ends with the code of faults and no traceback."""
    project = small_project(tmp_path)
    with Path(FULL).open("w", encoding="utf-8") as full:
        code, errors = command(project, *arguments, output=full)
    assert (code, "Traceback" in errors) == (3, False)
    assert "No space left on device" in errors
