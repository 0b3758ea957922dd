"""`sourcebook rename` and `sourcebook merge`: every mention, the old address, and what they refuse."""

import json
import subprocess

import pytest

from sourcebook.cli import main


@pytest.fixture
def git(project):
    """The copy as a git repository with everything committed; gives what git answers."""

    def git(*arguments):
        found = subprocess.run(
            ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments],
            cwd=project,
            check=True,
            capture_output=True,
            text=True,
        )
        return found.stdout

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Everything")
    return git


def whole(project):
    """Every YAML file and page of the copy by its path."""
    paths = [*project.rglob("*.y*ml"), *project.rglob("*.md"), *project.rglob("*.txt")]
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in sorted(paths)}


@pytest.mark.parametrize(
    "id",
    "dockers-union tidewater-dispatch gates-shut eastern-quay gates work-stopped strike".split(),
)
def test_there_and_back_again(run, git, id):
    """A record of any kind renamed, the facts are right; and renamed back, nothing has changed."""
    assert run("rename", id, "another-name").exit_code == 0
    assert run("check", "--strict").exit_code == 0
    again = run("rename", "another-name", id)
    assert again.exit_code == 0, again.output
    assert git("status", "--porcelain") == ""


def test_every_mention(run, project, change):
    """References, citations, links in prose, pages by hand and the navigation: all name the new id."""
    note = "note: See [[dockers-union]], [[dockers-union|them]]."
    change("content/actors/others.yml", "name:", f"{note}\n  name:")
    (project / "docs/index.md").write_text(
        "# Home\n\n[One](actors/dockers-union.md#says), [two](/actors/dockers-union/), "
        "[three](events/dockers-union.md), [four](actors/dockers-union-2.md).\n\n"
        "[five]: ./actors/dockers-union.md 'Title'\n\n```\n[six](actors/dockers-union.md)\n```\n"
    )
    assert run("rename", "dockers-union", "union").exit_code == 0
    files = whole(project)
    left = {path: text.count(b"dockers-union") for path, text in files.items() if b"dockers-union" in text}
    # The former id, and what is no link to the page.
    assert left == {"content/actors/dockers.yml": 1, "docs/index.md": 3}
    assert b"former_ids: dockers-union\n" in files["content/actors/dockers.yml"]
    assert b"[[union]], [[union|them]]" in files["content/actors/others.yml"]
    page = files["docs/index.md"].decode()
    assert (
        "(actors/union.md#says), [two](/actors/union/)" in page
        and "[five]: ./actors/union.md 'Title'" in page
    )
    assert "[three](events/dockers-union.md), [four](actors/dockers-union-2.md)" in page
    assert "[six](actors/dockers-union.md)" in page


def test_the_file_and_the_document_move_along(run, project):
    """A file of one record that is named like it moves, and so does the text of a source."""
    result = run("rename", "tidewater-dispatch", "dispatch")
    assert "seeds/dispatch.yml: moved from seeds/tidewater-dispatch.yml\n" in result.stdout
    assert (project / "texts/dispatch.txt").exists() and not (
        project / "texts/tidewater-dispatch.txt"
    ).exists()
    assert "quotes 6 of 6" in run("check").stderr


def test_a_changed_id_is_a_change_of_one_line(run, git):
    """The difference has a line for each line with a mention, and one for the former id."""
    run("rename", "dockers-union", "union")
    for line in git("diff", "--numstat").splitlines():
        added, removed, path = line.split()
        former = 1 if path == "content/actors/dockers.yml" else 0
        assert int(added) - former == int(removed), path


def test_renamed_twice_and_the_choice_of_a_redirect(run, project):
    """Each old id is a former one; `--no-redirect` keeps none, `--redirect` keeps one going back, too."""
    actor = project / "content/actors/dockers.yml"
    run("rename", "dockers-union", "union")
    run("rename", "union", "the-union")
    assert "former_ids: [dockers-union, union]\n" in actor.read_text()
    run("rename", "--redirect", "the-union", "union")
    assert "former_ids: [dockers-union, the-union]\n" in actor.read_text()
    run("rename", "--no-redirect", "union", "u")
    assert "former_ids: [dockers-union, the-union]\n" in actor.read_text()


def test_a_dry_run_is_a_diff_that_git_takes(run, project, git):
    """What `--dry-run` prints, given to `git apply`, makes what the command itself makes."""
    for arguments in (
        ("rename", "tidewater-dispatch", "dispatch"),
        ("merge", "strikers", "residents"),
    ):
        before = whole(project)
        diff = run(*arguments, "--dry-run").stdout
        assert whole(project) == before
        (project / "change.patch").write_text(diff)
        git("apply", "change.patch")
        applied = whole(project)
        git("checkout", "-q", ".")
        git("clean", "-qfd")
        assert run(*arguments).exit_code == 0
        assert whole(project) == applied
        git("add", "-A")
        git("commit", "-qm", "Next")


def test_for_programs(run):
    """`--format json` tells each file, what became of it, and the difference."""
    found = json.loads(run("rename", "tidewater-dispatch", "dispatch", "--format", "json").stdout)
    moved = [file for file in found["files"] if file["action"] == "moved"]
    assert found["written"] and [file["file"] for file in moved] == [
        "seeds/dispatch.yml",
        "texts/dispatch.txt",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dockers-unoin", "x"], "no record with id 'dockers-unoin'\n  hint: did you mean 'dockers-union'?"),
        (["dockers-union", "Union"], "'Union' is not an id"),
        (["dockers-union", "index"], "the id 'index' is reserved"),
        (["dockers-union", "dockers-union"], "is the record's id already"),
        (["dockers-union", "strikers"], "sourcebook merge dockers-union strikers"),
        (["dockers-union", "gates-shut"], "the id 'gates-shut' is taken by the claim in content/claims/"),
    ],
)
def test_ids_that_cannot_be(run, project, arguments, message):
    """Wrong usage, with what to do; nothing is changed."""
    before = whole(project)
    result = run("rename", *arguments)
    assert result.exit_code == 2 and message in result.stderr, result.stderr
    assert whole(project) == before


def test_a_former_id_of_another_record(run, project, change):
    """An old address leads to one record."""
    change("content/actors/others.yml", "  name:", "  former_ids: union\n  name:")
    result = run("rename", "dockers-union", "union")
    assert result.exit_code == 2 and "'union' is a former id of" in result.stderr


def test_a_collection_with_errors(run, project, change):
    """It is not touched, and the errors are told with their places."""
    change("content/claims/work-stopped.yml", "claimant: ", "claimant: nobody-")
    before = whole(project)
    result = run("rename", "dockers-union", "union")
    assert result.exit_code == 1 and "mend these errors first; nothing was changed" in result.stderr
    assert "[unknown-reference]" in result.stderr and whole(project) == before


def test_a_read_only_file(run, project):
    """One file that may not be written: none is changed."""
    (project / "content/claims/work-stopped.yml").chmod(0o444)
    before = whole(project)
    result = run("rename", "dockers-union", "union")
    assert result.exit_code == 3 and "content/claims/work-stopped.yml: the file is read-only" in result.stderr
    assert whole(project) == before


def test_merging(run, project):
    """Mentions name the other, which takes what only the first had; what it has itself is told."""
    actors = project / "content/actors/others.yml"
    actors.write_text(
        actors.read_text()
        + "- id: the-dockers\n  name: The Dockers\n  type: coalition\n  country: XA\n"
        + "  tags: [labour, quay]\n  sources: [tidewater-dispatch#p1, tidewater-dispatch#p2]\n"
    )
    disputes = project / "content/claims/work-stopped.yml"
    disputes.write_text(
        disputes.read_text() + "about: [the-dockers]\n" * ("about:" not in disputes.read_text())
    )
    result = run("merge", "the-dockers", "dockers-union")
    assert result.exit_code == 0, result.stderr
    text = (project / "content/actors/dockers.yml").read_text()
    assert "former_ids: the-dockers\n" in text and "country: XA\n" in text
    assert (
        "tags: [strike, labour, quay]" in text
        and "sources: [tidewater-dispatch#p1, tidewater-dispatch#p2]" in text
    )
    assert "The Dockers" in text.split("names:")[0]
    assert (
        "left out of 'the-dockers', as 'dockers-union' has its own:\nname: The Dockers\ntype: coalition\n"
        in (result.stderr)
    )
    assert "the-dockers" not in actors.read_text()
    assert run("check").exit_code == 0


def test_merging_the_only_record_of_a_file(run, project):
    """The file goes."""
    before = whole(project)
    source = "seeds/tidewater-dispatch.yml"
    (project / "seeds/dispatch-again.yml").write_text("title: The same again\ntype: article-newspaper\n")
    assert run("merge", "dispatch-again", "tidewater-dispatch").exit_code == 0
    after = whole(project)
    assert {path for path in {*before, *after} if before.get(path) != after.get(path)} == {source}
    assert b"former_ids: dispatch-again\n" in after[source]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["dockers-union", "gates-shut"], 2, "is of the kind actor, and 'gates-shut' of the kind claim"),
        (["dockers-union", "dockers-union"], 2, "these are one record already"),
        (["dockers-union", "nobody"], 2, "no record with id 'nobody'"),
        (["dockers-union", "crane-brotherhood"], 1, "with the change the facts would have these errors"),
    ],
)
def test_records_that_cannot_be_one(run, project, arguments, code, message):
    """Other kinds, no two records, or errors that would come of it: nothing is changed."""
    before = whole(project)
    result = run("merge", *arguments)
    assert result.exit_code == code and message in result.stderr, result.stderr
    assert whole(project) == before


@pytest.mark.parametrize("name", ["rename", "merge"])
def test_help_has_an_example(name):
    """The help of a command shows how it is used."""
    assert f"Example: sourcebook {name}" in main.commands[name].help
