"""`sourcebook generate`: what is written, what is left alone, and what is refused."""

import shutil

import pytest

from small_project import spooled
from sourcebook.site.disk import Written, write_tree

MANIFEST = ".sourcebook.json"
SMOKE = "docs/claims/smoke-seen.md"


@pytest.fixture
def out(tmp_path):
    """The folder to write into, not there yet."""
    return tmp_path / "out"


@pytest.fixture
def generate(run, out):
    """Run `generate` and give the numbers that it prints."""

    def generate():
        result = run("generate", "--out", out)
        assert result.exit_code == 0, result.stderr
        words = result.stdout.split(": ")[-1].split()
        return {"written": int(words[0]), "unchanged": int(words[2]), "removed": int(words[4])}

    return generate


def files(folder):
    """Every file below a folder, by relative path, with its content and the time of its last change."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_written(generate, out):
    """The docs folder with hand-written and made pages, a mkdocs.yml without the plugin, and the manifest."""
    assert generate()["removed"] == 0
    there = set(files(out))
    assert {"mkdocs.yml", MANIFEST, "docs/index.md", "docs/claims/index.md", SMOKE} <= there
    assert "sourcebook:" not in (out / "mkdocs.yml").read_text(encoding="utf-8")
    assert "docs/claims/rumour-of-a-lockout.md" not in there
    assert (out / "docs/index.md").read_text(encoding="utf-8").startswith("# The harbour strike")


def test_no_edit_button_leads_to_a_page_that_is_made(generate, out, project):
    """An engine without the plugin is told of no address to edit at; the link on the page stays."""
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nrepo_url: https://forge.example/harbour\nedit_uri: edit/main/docs/\n")
    generate()
    assert "edit_uri: ''" in (out / "mkdocs.yml").read_text(encoding="utf-8")
    edit = "https://forge.example/harbour/edit/main/content/claims/"
    assert edit in (out / SMOKE).read_text(encoding="utf-8")


def test_twice_writes_nothing(generate, out):
    """A second run finds every file as it is, and touches none."""
    first = generate()
    before = files(out)
    assert generate() == {"written": 0, "unchanged": first["written"], "removed": 0}
    assert files(out) == before


def test_an_edit_writes_what_it_changes(generate, out, change):
    """After an edit of one claim's note only the page that shows it and the data that hold it are written."""
    generate()
    before = files(out)
    change(
        "content/claims/statuses.yml", "The letter says nothing of how many.", "It says nothing of how many."
    )
    generate()
    after = files(out)
    changed = {path for path in after if after[path] != before[path]}
    assert {path for path in changed if path.endswith(".md")} <= {
        "docs/claims/two-men-beaten.md",
        "docs/data.md",
    }
    assert changed - {"docs/data.md"} == {
        "docs/claims/two-men-beaten.md",
        "docs/claims/two-men-beaten.json",
        "docs/data/claims.jsonl",
        "docs/data/collection.sqlite",
        "docs/data/datapackage.json",
        "docs/data/statements.csv",
        MANIFEST,
    }


def test_stale_files_are_removed(generate, out, project):
    """The page of a record that is gone is removed, and a folder that is empty then."""
    extra = project / "docs" / "extra"
    extra.mkdir()
    (extra / "page.md").write_text("# Extra\n")
    generate()
    assert (out / "docs" / "extra" / "page.md").exists()
    shutil.rmtree(extra)
    assert generate()["removed"] == 1
    assert not (out / "docs" / "extra").exists()


def test_foreign_files_stay(generate, out, change):
    """What the command did not write is neither changed nor removed, in its own folders too."""
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    generate()
    (out / "docs" / "claims" / "mine.md").write_text("# Mine\n")
    change("content/actors/others.yml", "Northwind Lines", "Southwind Lines")
    generate()
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "docs" / "claims" / "mine.md").read_text() == "# Mine\n"


def test_foreign_files_in_the_way(run, out):
    """Where a file of somebody else stands in the way, nothing at all is written: exit code 3."""
    (out / "docs" / "claims").mkdir(parents=True)
    (out / SMOKE).write_text("mine")
    result = run("generate", "--out", out)
    assert result.exit_code == 3
    assert "smoke-seen.md" in result.stderr
    assert set(files(out)) == {SMOKE}


def test_a_folder_in_the_way(run, out):
    """A folder where a file belongs is in the way, too."""
    (out / SMOKE).mkdir(parents=True)
    assert run("generate", "--out", out).exit_code == 3


def test_a_foreign_file_of_the_same_content_is_taken(generate, out):
    """A lost manifest is no hindrance where every file is as it was."""
    first = generate()
    (out / MANIFEST).unlink()
    assert generate() == {"written": 0, "unchanged": first["written"], "removed": 0}
    assert (out / MANIFEST).exists()


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b"[" * 100_000,
        b'{"../outside.txt": "0", "/etc/hostname": "0", "": "0"}',
    ],
    ids=["empty", "cut", "list", "null", "no text", "deep", "paths that lead out"],
)
def test_a_broken_manifest(out, manifest):
    """A manifest of any content hinders nothing, and nothing outside of the folder is removed for it."""
    write_tree(out, spooled("docs/a.md", b"a"))
    outside = out.parent / "outside.txt"
    outside.write_text("mine")
    (out / MANIFEST).write_bytes(manifest)
    assert write_tree(out, spooled("docs/a.md", b"a")) == Written(written=0, unchanged=1, removed=0)
    assert outside.read_text() == "mine"


def test_a_changed_file_of_ours_is_written_again(generate, out):
    """What was changed by hand in a file of ours is set right."""
    generate()
    (out / SMOKE).write_text("changed")
    assert generate()["written"] == 1


def test_nothing_is_written_where_there_is_an_error(run, out, change):
    """Errors in the content: exit code 1, the report, and no output."""
    change("content/actors/others.yml", "type: company", "type: compny")
    result = run("generate", "--out", out)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did you mean 'company'?" in result.stderr
    assert not out.exists()


def test_strict(run, out, change):
    """With `--strict` a warning keeps the output from being written."""
    change("content/actors/dockers.yml", "sources: tidewater-dispatch#p5", "sources: tidewater-dispatch#p2-5")
    assert run("generate", "--strict", "--out", out).exit_code == 1
    assert not out.exists()
    assert run("generate", "--out", out).exit_code == 0


def test_output_that_cannot_be_written(run, project):
    """A folder that cannot be made is a fault of output: exit code 3 and its name."""
    result = run("generate", "--out", project / "mkdocs.yml" / "out")
    assert result.exit_code == 3
    assert "mkdocs.yml" in result.stderr


def test_wrong_usage(run, project):
    """Without `--out`, or with a file for it: exit code 2."""
    assert run("generate").exit_code == 2
    assert run("generate", "--out", project / "mkdocs.yml").exit_code == 2


def test_a_link_in_the_output_is_not_followed_out(run, out, tmp_path):
    """A folder of the output that is a link to elsewhere is not written through."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "docs").symlink_to(elsewhere)
    result = run("generate", "--out", out)
    assert result.exit_code == 3 and "in the way" in result.stderr
    assert not any(elsewhere.iterdir())
