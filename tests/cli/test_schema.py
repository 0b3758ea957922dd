"""`sourcebook schema`: what is out of date, and which of it is a failure."""

import json

import pytest

IDS = "schemas/ids.json"


@pytest.fixture
def schemas(project, run):
    """The folder of schemas of the copy, written just now."""
    assert run("schema").exit_code == 0
    return project / "schemas"


def test_ids_that_came_or_went_by_hand_are_told(run, project, schemas):
    """A record added, and one removed, by hand: the check says so and ends well; the command mends it."""
    (project / "content/actors/pilots.yml").write_text("name: Pilots\ntype: group\n")
    result = run("schema", "--check")
    assert (result.exit_code, result.stdout) == (0, f"{IDS}: not up to date\n")
    assert "run `sourcebook schema`" in result.stderr
    assert run("schema").stdout == f"{IDS}: changed\n"
    (project / "content/actors/pilots.yml").unlink()
    assert run("schema", "--check").exit_code == 0
    assert json.loads(run("schema", "--check", "--format", "json").stdout)["files"][0]["file"] == IDS


@pytest.mark.parametrize("text", ["{}", "[]", "not JSON", None])
def test_a_schema_that_the_program_writes_otherwise_is_a_failure(run, schemas, text):
    """One of a kind, or one of ids that is none of ours or is not there: the check ends with 1."""
    for name in ("claim.json", "ids.json"):
        before = (schemas / name).read_text()
        (schemas / name).unlink() if text is None else (schemas / name).write_text(text)
        assert run("schema", "--check").exit_code == 1, name
        (schemas / name).write_text(before)
    held = json.loads((schemas / "ids.json").read_text())
    (schemas / "ids.json").write_text(json.dumps({**held, "title": "Ids"}, indent=2) + "\n")
    assert run("schema", "--check").exit_code == 1
