"""The input files: which are found, and what is said of the others."""

import os
import sys

import pytest

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Position
from sourcebook.reading.files import KINDS, Project, find_files


def write(root, *names):
    """Make files of one record."""
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("name: x\n", encoding="utf-8")


def found(root, **names):
    """Return names and kinds of the files found, and the diagnostics."""
    result = find_files(Project(root, **names))
    return [(file.name, file.kind) for file in result.files], result.diagnostics


def test_the_folder_gives_the_kind_at_any_depth(tmp_path):
    """Files come sorted by name, those below the seeds folder as sources."""
    write(
        tmp_path,
        "seeds/old/b.yaml",
        "seeds/a.yml",
        *(f"content/{p}/sub/x.yml" for p in KINDS.values() if p != "sources"),
    )
    files, diagnostics = found(tmp_path)
    assert diagnostics == ()
    assert files == [
        ("content/actors/sub/x.yml", "actor"),
        ("content/claims/sub/x.yml", "claim"),
        ("content/disputes/sub/x.yml", "dispute"),
        ("content/events/sub/x.yml", "event"),
        ("content/places/sub/x.yml", "place"),
        ("seeds/a.yml", "source"),
        ("seeds/old/b.yaml", "source"),
    ]


def test_other_folders_can_be_named(tmp_path):
    """The two folders have the names the project gives them, also one within the other."""
    write(tmp_path, "facts/actors/a.yml", "facts/papers/b.yml")
    assert found(tmp_path, content_dir="facts", seeds_dir="facts/papers") == (
        [("facts/actors/a.yml", "actor"), ("facts/papers/b.yml", "source")],
        (),
    )


def test_hidden_files_and_other_suffixes_are_ignored(tmp_path):
    """Editors' leftovers, notes and hidden folders are no input."""
    write(
        tmp_path,
        "content/actors/a.yml",
        "content/actors/.b.yml",
        "content/.git/c.yml",
        "content/README.md",
        "content/d.yml~",
    )
    assert found(tmp_path) == ([("content/actors/a.yml", "actor")], ())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("content/x.yml", "actors, events, claims, disputes or places"),
        ("content/actor/x.yml", "content/actors/"),
        ("content/Claims/x.yml", "content/claims/"),
        ("content/drafts/evnts/x.yml", "content/events/"),
        ("content/sources/x.yml", "move it to seeds/"),
    ],
)
def test_a_file_in_another_folder_is_misplaced(tmp_path, name, hint):
    """A YAML file that no kind's folder holds is reported with the nearest folder."""
    write(tmp_path, name)
    files, (diagnostic,) = found(tmp_path)
    assert files == []
    assert diagnostic.code is Code.MISPLACED_FILE
    assert diagnostic.position == Position(name)
    assert hint in diagnostic.hint


def test_symlinks_are_reported_and_not_followed(tmp_path):
    """A link to a file, to a folder or to nothing is an error of its own."""
    write(tmp_path, "elsewhere/secret.yml", "content/actors/a.yml")
    (tmp_path / "content/actors/link.yml").symlink_to(tmp_path / "elsewhere/secret.yml")
    (tmp_path / "content/events").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "seeds").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "content/note").symlink_to("nowhere")
    files, diagnostics = found(tmp_path)
    assert files == [("content/actors/a.yml", "actor")]
    assert {d.code for d in diagnostics} == {Code.SYMLINK}
    assert [d.position.file for d in diagnostics] == [
        "content/actors/link.yml",
        "content/events",
        "content/note",
        "seeds",
    ]


def test_a_circle_of_links_ends(tmp_path):
    """A folder that links to its own parent is one error."""
    write(tmp_path, "content/actors/a.yml")
    (tmp_path / "content/actors/up").symlink_to(tmp_path / "content")
    assert [d.code for d in found(tmp_path)[1]] == [Code.SYMLINK]


@pytest.mark.parametrize("names", [(), ("content/README.md",), ("seeds/a.yml",)])
def test_no_record_at_all_is_an_error(tmp_path, names):
    """A content folder that is missing or has no record is reported, sources or not."""
    write(tmp_path, *names)
    (diagnostic,) = found(tmp_path)[1]
    assert (diagnostic.code, diagnostic.position) == (Code.EMPTY_CONTENT, Position("content"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_not_opened(tmp_path):
    """What is no regular file would be waited for endlessly; it is reported."""
    write(tmp_path, "content/actors/a.yml")
    os.mkfifo(tmp_path / "content/actors/pipe.yml")
    assert [d.code for d in found(tmp_path)[1]] == [Code.UNREADABLE_FILE]


def test_an_unreadable_folder_is_reported(tmp_path):
    """A file where the content folder should be is reported with the system's words."""
    (tmp_path / "content").write_text("", encoding="utf-8")
    assert [d.code for d in found(tmp_path)[1]] == [Code.UNREADABLE_FILE]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_odd_file_names_are_fit_for_a_message(tmp_path):
    """Bytes that are no text, line ends and control characters in a name do not reach the terminal."""
    write(tmp_path, "content/actors/a.yml")
    (tmp_path / "content" / os.fsdecode(b"x\xff\n\x1b.yml")).touch()
    (diagnostic,) = found(tmp_path)[1]
    assert diagnostic.position.file == "content/x���.yml"
