"""A change of many files that was broken off is completed or undone by the next start."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from errors.case_files import BASE
from sourcebook.cli import main
from sourcebook.editing.files import Change, WritingError, apply
from sourcebook.editing.journal import NAME, BusyError, StuckError, begin, recover
from sourcebook.mkdocs_plugin.broken_off import recover_edit

KILLED = 9
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a process that it has forked")
STEPS = {"os.rename", "os.remove", "os.mkdir", "os.chmod"}


def contents(folder):
    """Every file below a folder, hidden ones too, with its bytes; the cache of a build is none of them."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def writes(event, arguments, folder):
    """Whether an audit event tells of something about to be written in a folder."""
    if event == "open":
        flags = arguments[2] or 0
        return str(arguments[0]).startswith(folder) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in STEPS and str(arguments[0]).startswith(folder)


def killed_at(step, folder, action, *, only=None):
    """Do something in a process of its own that ends at its so-manieth write; whether it was killed."""
    child = os.fork()
    if child == 0:
        left = [step]

        def watch(event, arguments):
            if writes(event, arguments, str(folder)) and only in (None, event):
                left[0] -= 1
                if left[0] == 0:
                    os._exit(KILLED)  # nothing is cleared away, as after a kill

        sys.addaudithook(watch)
        try:
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.fixture
def project(tmp_path):
    """A small collection in which several files name one actor, and a hand-written page does."""
    root = shutil.copytree(BASE, tmp_path / "project")
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs/about.md").write_text("[The mayor](actors/mayor.md)\n")
    return root


def command(project, *arguments):
    """Run a command on a project."""
    return CliRunner().invoke(main, [*arguments[:1], "-f", str(project / "mkdocs.yml"), *arguments[1:]])


@needs_fork
def test_a_renaming_killed_at_each_step(project, tmp_path):
    """After a kill at any step and one command more, all files are as before or as after; it says which."""
    before = contents(project)
    whole = shutil.copytree(project, tmp_path / "whole")
    assert command(whole, "rename", "mayor", "lord-mayor").exit_code == 0
    after = contents(whole)
    said = []
    for step in range(1, 100):
        copy = shutil.copytree(project, tmp_path / f"killed-{step}")
        if not killed_at(step, copy, lambda copy=copy: command(copy, "rename", "mayor", "lord-mayor")):
            break
        result = command(copy, "check")
        assert (result.exit_code, result.stdout) == (0, "")
        now = contents(copy)
        said.append(("completed" if now == after else "undone", result.stderr.splitlines()[0]))
        assert now in (before, after), step
        assert not recover(copy)
    assert contents(copy) == after
    kinds = [kind for kind, _ in said]
    assert kinds == sorted(kinds, reverse=True) and set(kinds) == {"completed", "undone"}
    assert len(kinds) > 15, len(kinds)
    assert said[-1][1].endswith("files that was broken off is completed")
    # At the very first step there is nothing yet, not even a journal.
    assert all("is undone" in line for kind, line in said[1:] if kind == "undone")


def broken_off(project):
    """A change of two files that was broken off when everything lay beside its place."""
    one, two = project / "content/actors/mayor.yml", project / "content/actors/new.yml"
    changes = (Change(one, one.read_bytes(), b"name: Bo\ntype: person\n"), Change(two, None, b"name: New\n"))
    assert killed_at(1, project, lambda: apply(changes, project), only="os.rename")


@needs_fork
def test_a_file_changed_since(project):
    """What somebody wrote after the kill is not lost: nothing is changed, and it is told what to do."""
    broken_off(project)
    (project / "content/actors/mayor.yml").write_text("name: Mine\ntype: person\n")
    before = contents(project)
    result = command(project, "check")
    assert result.exit_code == 3 and f"then remove {NAME}" in result.stderr
    assert contents(project) == before


@needs_fork
def test_a_new_text_that_is_lost(project):
    """Where a text beside its place is gone, as after a clean-up, that is told, and nothing is changed."""
    broken_off(project)
    for path in project.rglob(".sourcebook-*"):
        if path.name != NAME:
            path.unlink()
    with pytest.raises(StuckError, match="is lost; make the file as you want it"):
        recover(project)


@needs_fork
def test_a_build_completes_it(project, caplog):
    """MkDocs completes it, too, before it reads the facts, and says so in its log; once."""
    broken_off(project)
    caplog.set_level("INFO")
    config = load_config(str(project / "mkdocs.yml"))
    recover_edit(config)
    recover_edit(config)
    assert [record.message for record in caplog.records if "broken off" in record.message] == [
        "a change of 2 files that was broken off is completed"
    ]
    assert (project / "content/actors/new.yml").read_bytes() == b"name: New\n"
    (project / NAME).write_text("{}\n")
    with pytest.raises(PluginError, match="no journal of this program"):
        recover_edit(config)


def test_one_command_at_a_time(project):
    """While one command changes files, another does not, and takes nothing for broken off."""
    pytest.importorskip("fcntl")
    journal = begin(project, ())
    path = project / "content/actors/mayor.yml"
    with pytest.raises(WritingError, match="another command is changing the files"):
        apply((Change(path, path.read_bytes(), b""),), project)
    with pytest.raises(BusyError):
        recover(project)
    assert command(project, "check").exit_code == 0
    journal.close()
    assert recover(project) is None and NAME not in contents(project)


@pytest.mark.parametrize(
    "step",
    [
        {"path": "../x", "beside": "../.sourcebook-a", "before": None, "after": "0"},
        {"path": "/etc/x", "beside": "/etc/.sourcebook-a", "before": None, "after": "0"},
        {"path": ".git/config", "beside": None, "before": "0", "after": None},
        {"path": "content/a.yml", "beside": "seeds/.sourcebook-a", "before": None, "after": "0"},
        {"path": "content/a.yml", "beside": "content/b.yml", "before": None, "after": "0"},
        {"path": "content/a.yml", "beside": None, "before": None, "after": "0"},
        {"path": "linked/a.yml", "beside": "linked/.sourcebook-a", "before": None, "after": "0"},
        {"path": 1, "beside": None, "before": None, "after": None},
        {"file": "content/a.yml"},
        "content/a.yml",
    ],
)
@pytest.mark.parametrize("ready", ["", "ready\n"])
def test_a_journal_that_is_none_of_ours(project, tmp_path, step, ready):
    """One that would touch what lies elsewhere, hidden or not beside its place moves nothing."""
    (tmp_path / "elsewhere").mkdir()
    (project / "linked").symlink_to(tmp_path / "elsewhere")
    (project / NAME).write_text(f"{json.dumps([step])}\n{ready}")
    before = contents(tmp_path)
    with pytest.raises(StuckError, match="no journal of this program; remove it"):
        recover(project)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("content", ["", "[", '[{"path": "content/a.yml"'])
def test_a_journal_that_was_broken_off(project, content):
    """One whose first line is not whole was broken off before anything else, and goes."""
    (project / NAME).write_text(content)
    assert recover(project) == "a change that was broken off before any file was changed is undone"
    assert NAME not in contents(project)


def test_a_folder_that_cannot_be_written(project, monkeypatch):
    """Where no journal can be written, nothing is changed."""
    before = contents(project)
    path = project / "content/actors/mayor.yml"

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(WritingError, match=r"cannot be written: Permission denied"):
        apply((Change(path, path.read_bytes(), b""),), Path(project))
    monkeypatch.undo()
    assert contents(project) == before
