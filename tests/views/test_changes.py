"""When facts last changed: from git whole, cut and absent, and from what editors tell."""

import os
import shutil
import subprocess

import pytest

from sourcebook.reading.history import Extent, FileHistory, History, read_history
from views.orrin_bay import FILES, graph_of, texts_of, views_of, write

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
ROTTEN = "content/claims/rotten.yml"
SETTINGS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "C",
    "GIT_COMMITTER_EMAIL": "c@example.org",
}


def git(folder, *arguments, day="2031-05-01"):
    """Run git in a folder, as an author of some day."""
    date = {"GIT_AUTHOR_DATE": f"{day}T23:30:00+0400", "GIT_COMMITTER_DATE": "2032-01-01T00:00:00Z"}
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, **SETTINGS, **date},
    )


def commit(folder, day, files):
    """Write files and commit them on a day."""
    write(folder, files)
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "--message", day, day=day)


@pytest.fixture
def project(tmp_path):
    """The story under git: all of it of one day, and one file changed on two later ones."""
    folder = tmp_path / "project"
    write(folder, FILES)
    git(folder, "init", "--initial-branch=main")
    commit(folder, "2031-05-01", {})
    commit(folder, "2031-05-07", {ROTTEN: FILES[ROTTEN] + "note: One.\n"})
    commit(folder, "2031-05-09", {ROTTEN: FILES[ROTTEN] + "note: Two.\n", "docs/more.md": "# More\n"})
    return folder


def history(folder):
    """The history of a project's facts."""
    return read_history(folder, "content", "seeds")


def test_a_whole_history_has_each_file_with_its_last_day_and_number_of_changes(project):
    """The day is the author's, in the author's time zone; files outside of the folders are left out."""
    found = history(project)
    assert found.extent is Extent.WHOLE
    assert set(found.files) == {name for name in FILES if name.startswith(("content/", "seeds/"))}
    assert found.files[ROTTEN] == FileHistory("2031-05-09", 3, or_earlier=False)
    assert found.files["seeds/courier.yml"] == FileHistory("2031-05-01", 1, or_earlier=False)


def test_without_git_there_is_no_history(tmp_path, monkeypatch):
    """A folder that is no repository, one without a commit, and a machine without git give the same."""
    write(tmp_path, FILES)
    assert history(tmp_path) == History()
    git(tmp_path, "init")
    assert history(tmp_path) == History()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert history(tmp_path) == History()


def test_a_cut_history_says_so_and_guesses_nothing(project, tmp_path):
    """In a shallow clone, a file that has no change after the cut has the day of the cut, or earlier."""
    git(tmp_path, "clone", "--depth=2", project.as_uri(), "shallow")
    found = history(tmp_path / "shallow")
    assert found.extent is Extent.CUT
    assert found.files[ROTTEN] == FileHistory("2031-05-09", 2, or_earlier=False)
    assert found.files["seeds/courier.yml"] == FileHistory("2031-05-07", 1, or_earlier=True)
    text = texts_of(graph_of(tmp_path / "shallow", files={}))["whats-new"]
    assert "The history at hand is cut" in text
    assert "7 May 2031</time> or earlier | at least 1 change |" in text


def test_what_is_not_committed_changes_nothing(project):
    """Changed, staged, new and removed files leave the history that of the last commit."""
    committed = history(project)
    write(project, {ROTTEN: FILES[ROTTEN], "content/actors/new.yml": "name: New\n"})
    git(project, "add", "content/actors/new.yml")
    (project / "seeds/gazette.yml").unlink()
    assert history(project) == committed


def test_a_project_may_lie_below_the_repository(project):
    """Paths are those of the project's folder, not of the repository around it."""
    commit(project, "2031-05-11", {"inner/content/actors/a.yml": "name: A\n"})
    found = history(project / "inner")
    assert found == History(
        Extent.WHOLE, {"content/actors/a.yml": FileHistory("2031-05-11", 1, or_earlier=False)}
    )


def test_merges_are_no_changes(project):
    """A change made on a branch counts once, on its own day, and the merge not at all."""
    git(project, "checkout", "-b", "side", "HEAD~1")
    commit(project, "2031-05-08", {"seeds/gazette.yml": FILES["seeds/gazette.yml"] + "note: Checked.\n"})
    git(project, "checkout", "main")
    git(project, "merge", "--no-ff", "--message", "merge", "side", day="2031-06-01")
    assert history(project).files["seeds/gazette.yml"] == FileHistory("2031-05-08", 2, or_earlier=False)
    assert history(project).files[ROTTEN].changes == 3


def test_how_git_is_set_up_changes_nothing(project, tmp_path, monkeypatch):
    """Settings, variables, replaced commits, and branches with odd names leave the history as it is."""
    expected = history(project)
    git(project, "branch", "grafted")
    git(project, "replace", "HEAD", "HEAD~1")
    for name, value in {
        "log.showSignature": "true",
        "log.decorate": "full",
        "log.follow": "true",
        "log.showRoot": "false",
        "log.date": "relative",
        "color.ui": "always",
        "core.quotePath": "true",
        "diff.renames": "copies",
        "format.pretty": "oneline",
    }.items():
        git(project, "config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "hy_AM.UTF-8")
    assert history(project) == expected


def test_odd_file_names_are_read_as_they_are(project):
    """Names with spaces, quotation marks, line ends and letters of other scripts are told apart."""
    names = [
        'content/actors/a "b".yml',
        "content/actors/Հայ.yml",
        "content/actors/x\ny.yml",
        "seeds/\x01.yml",
    ]
    commit(project, "2031-05-12", dict.fromkeys(names, "name: A\n"))
    assert {name for name, found in history(project).files.items() if found.last == "2031-05-12"} == set(
        names
    )


def test_two_builds_of_one_commit_are_the_same(project, tmp_path):
    """The views of two clones of one commit are equal to the byte."""
    git(tmp_path, "clone", project.as_uri(), "one")
    git(tmp_path, "clone", project.as_uri(), "two")
    assert texts_of(graph_of(tmp_path / "one", files={})) == texts_of(graph_of(tmp_path / "two", files={}))


def test_the_latest_change_comes_first(project):
    """Records are listed by their last change, with how often they changed."""
    rows = views_of(graph_of(project, files={}))["whats-new"].changes
    assert len(rows) == len([name for name in FILES if name.startswith(("content/", "seeds/"))])
    assert (rows[0].record.target, rows[0].date.edtf, rows[0].times) == (
        "claims/rotten.md",
        "2031-05-09",
        "3 changes",
    )
    assert [row.kind for row in rows[1:4]] == ["Actor"] * 3


def test_what_editors_tell_is_listed_newest_first(tmp_path):
    """Changes told in records are listed without git too, newest first, and date the record."""
    late = FILES["content/claims/sound.yml"] + "revisions: {date: 2031-06, change: Reworded.}\n"
    page = views_of(graph_of(tmp_path, {"content/claims/sound.yml": late}))["whats-new"]
    assert [(row.date.edtf, row.change, row.reason) for row in page.told] == [
        ("2031-06", "Reworded.", ""),
        ("2031-04-20", "The speaker is named.", "A reader told us."),
    ]
    assert [(row.record.target, row.times) for row in page.changes] == [
        ("claims/sound.md", ""),
        ("claims/rotten.md", ""),
    ]
