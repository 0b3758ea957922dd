"""Files are written whole or not at all, several together or none, and never over somebody else's."""

import os
from pathlib import Path

import pytest

from harbour import HARBOUR
from sourcebook.editing.files import Change, WritingError, apply, new_file, write_new
from sourcebook.site.check import read_settings


def contents(folder):
    """Every file below a folder, hidden ones too, with its bytes."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_where_a_new_record_is_put():
    """A source lies among the sources, all others in the folder of their kind."""
    settings = read_settings(HARBOUR / "mkdocs.yml")
    paths = [new_file(settings, kind, "salt").relative_to(HARBOUR).as_posix() for kind in ("claim", "source")]
    assert paths == ["content/claims/salt.yml", "seeds/salt.yml"]


def test_a_new_file_with_its_folders(tmp_path):
    """The folders above it are made, and nothing but the file is left."""
    write_new(tmp_path / "content/claims/salt.yml", b"text: Salt.\n")
    assert contents(tmp_path) == {"salt.yml": b"text: Salt.\n"}
    assert (tmp_path / "content/claims/salt.yml").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("there", ["salt.yml", "salt.yaml"])
def test_what_is_there_is_not_overwritten(tmp_path, there):
    """Neither a file of that name nor one that has the same id by the other suffix."""
    (tmp_path / there).write_bytes(b"text: Mine.\n")
    with pytest.raises(WritingError, match="not overwritten"):
        write_new(tmp_path / "salt.yml", b"text: Salt.\n")
    assert contents(tmp_path) == {there: b"text: Mine.\n"}


@pytest.fixture
def three(tmp_path):
    """A file to change, one to remove and one to make, and what shall be of them."""
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    return (
        Change(tmp_path / "a", b"1", b"one"),
        Change(tmp_path / "c", None, b"three"),
        Change(tmp_path / "b", b"2", None),
    )


def test_all_changes_of_several_files(tmp_path, three):
    """Changed, made and removed; the permissions of a changed file stay."""
    (tmp_path / "a").chmod(0o640)
    apply(three)
    assert contents(tmp_path) == {"a": b"one", "c": b"three"}
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_a_file_changed_meanwhile(tmp_path, three):
    """Nothing is changed where one file is not as it was read."""
    (tmp_path / "b").write_bytes(b"2, and more")
    with pytest.raises(WritingError, match="changed meanwhile"):
        apply(three)
    assert contents(tmp_path) == {"a": b"1", "b": b"2, and more"}


def test_a_file_removed_meanwhile(tmp_path, three):
    """Nothing is changed where a file to change is gone."""
    (tmp_path / "b").unlink()
    with pytest.raises(WritingError, match="changed meanwhile"):
        apply(three)
    assert contents(tmp_path) == {"a": b"1"}


def test_a_read_only_file(tmp_path, three):
    """Nothing is changed where one file may not be written, whoever runs the command."""
    (tmp_path / "b").chmod(0o444)
    with pytest.raises(WritingError, match="read-only; make it writable first"):
        apply(three)
    assert contents(tmp_path) == {"a": b"1", "b": b"2"}


def test_a_symbolic_link(tmp_path, three):
    """A link is not written through."""
    (tmp_path / "c").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WritingError, match="symbolic link"):
        apply(three)
    assert (tmp_path / "a").read_bytes() == b"1"


@pytest.mark.parametrize("failing", [1, 2])
def test_what_fails_in_the_middle_is_put_back(tmp_path, three, monkeypatch, failing):
    """A full disk or a lost permission while files are exchanged leaves all as it was."""
    number = iter(range(10))

    def broken(real):
        def instead(self, *arguments, **options):
            meant = self.parent == tmp_path and (real is not unlink or self.name == "b")
            if meant and next(number) == failing:
                raise OSError(28, os.strerror(28))
            return real(self, *arguments, **options)

        return instead

    replace, unlink = Path.replace, Path.unlink
    monkeypatch.setattr(Path, "replace", broken(replace))
    monkeypatch.setattr(Path, "unlink", broken(unlink))
    with pytest.raises(WritingError, match="nothing was changed"):
        apply(three)
    assert contents(tmp_path) == {"a": b"1", "b": b"2"}


def test_a_folder_that_cannot_be_made(tmp_path):
    """A file where a folder is needed is a reason, not a traceback."""
    (tmp_path / "content").write_bytes(b"")
    with pytest.raises(WritingError):
        write_new(tmp_path / "content/claims/salt.yml", b"")
