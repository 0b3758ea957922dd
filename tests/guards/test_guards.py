"""The guards of a repository: hooks for others, and workflows that are safe for what strangers send."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from small_project import PACKAGE_ROOT, REPOSITORY, run_here, small_project
from sourcebook.cli import main as sourcebook_cli

OWN = sorted(REPOSITORY.glob(".github/workflows/*.yml"))
STARTERS = sorted((PACKAGE_ROOT / "sourcebook/editing/starter_files").glob("dot-github/workflows/*.yml"))
ACTION = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<commit>[0-9a-f]{40}) # v\d+\.\d+\.\d+$")
KNOWN = {
    "actions/checkout": "08c6903cd8c0fde910a37f88322edcfb5dd907a8",
    "actions/setup-python": "a26af69be951a213d495a4c3e4e4022e16d87065",
    "actions/upload-artifact": "ea165f8d65b6e75b540449e92b4886f43607fa02",
    "actions/upload-pages-artifact": "7b1f4a764d45c48632c6b24a0339c27f5614fb0b",
    "actions/deploy-pages": "d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e",
}
"""Every action in use, with the commit of its release that was looked at."""

every_workflow = pytest.mark.parametrize(
    "path", [*OWN, *STARTERS], ids=lambda path: f"{'own' if path in OWN else 'starter'}-{path.stem}"
)


def read(path):
    """A YAML file in which every scalar is a text, so that `on` is no truth value."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def triggers(workflow):
    """What starts a workflow."""
    return {workflow["on"]} if isinstance(workflow["on"], str) else set(workflow["on"])


def steps(workflow):
    """Every step of every job."""
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def writes(permissions):
    """The rights to write that are given."""
    return {name for name, right in permissions.items() if right != "read"} if permissions else set()


def test_the_workflows_that_are_promised_exist():
    """Tests, the check of a pull request with its preview, and publishing each have a workflow."""
    assert {path.stem for path in OWN} >= {"ci", "pull-request", "publish"}
    assert {path.stem for path in STARTERS} == {"pull-request", "publish"}


@every_workflow
def test_actions_are_pinned_by_their_commit(path):
    """Every action is named by a full commit, which is the known one, with the version beside it."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    found = [ACTION.search(line) for line in lines]
    assert lines and all(found)
    assert all(KNOWN[each["action"]] == each["commit"] for each in found)


@every_workflow
def test_nothing_starts_with_the_rights_of_the_repository_for_a_stranger(path):
    """Only plain triggers: none of those that run a stranger's change beside secrets."""
    assert triggers(read(path)) <= {"push", "pull_request", "schedule", "workflow_dispatch"}


@every_workflow
def test_rights_are_the_least(path):
    """Nothing is granted to the whole workflow but reading; each job says what it may, and ends in time."""
    workflow = read(path)
    assert writes(workflow["permissions"]) == set()
    for job in workflow["jobs"].values():
        assert int(job["timeout-minutes"]) <= 30
        assert writes(job.get("permissions", {})) in (set(), {"pages", "id-token"})


@every_workflow
def test_who_may_write_runs_nothing_from_the_repository(path):
    """A job with a right to write has no checkout and no command, and no pull request starts it."""
    workflow = read(path)
    for job in workflow["jobs"].values():
        if writes(job.get("permissions", {})):
            assert "pull_request" not in triggers(workflow)
            assert job["if"] == "github.ref == 'refs/heads/main'"
            assert [step.get("uses", "").split("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]


@every_workflow
def test_no_secret_and_no_stranger_s_words_in_a_command(path):
    """No secret is named, the checkout leaves no token behind, and no expression stands in a command."""
    text, workflow = path.read_text(encoding="utf-8"), read(path)
    assert "secrets" not in re.sub(r"#.*", "", text)
    for step in steps(workflow):
        assert "${{" not in step.get("run", "")
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_a_pull_request_is_checked_with_annotations_and_a_preview():
    """Its workflow prints messages beside the lines and keeps the built site for whoever reviews it."""
    for path in (path for path in (*OWN, *STARTERS) if path.stem == "pull-request"):
        found = steps(read(path))
        commands = [step.get("run", "") for step in found]
        assert "sourcebook check --strict --format github" in commands
        assert "mkdocs build --strict" in commands
        kept = [step["with"]["path"] for step in found if "upload-artifact@" in step.get("uses", "")]
        assert kept == ["site/"]


def test_the_form_for_corrections_asks_where_it_is_written():
    """The form needs a page, the change and its source, and every field has an id of its own."""
    form = read(REPOSITORY / ".github/ISSUE_TEMPLATE/correction.yml")
    fields = {part["id"]: part for part in form["body"] if "id" in part}
    needed = {id for id, part in fields.items() if part.get("validations", {}).get("required") == "true"}
    assert needed == {"page", "change", "source"}
    assert len(fields) == len([part for part in form["body"] if part["type"] != "markdown"])


# Hooks


def pre_commit(*arguments, cwd, home):
    """Run pre-commit, offline, with the commands of this environment on the path."""
    bin = Path(sys.executable).parent
    own = {
        "PATH": f"{bin}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(home),
        "PYTHONPATH": str(PACKAGE_ROOT),
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=cwd,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_manifest_of_hooks_is_valid(tmp_path):
    """pre-commit itself accepts the hooks that other repositories can use."""
    ended = pre_commit("validate-manifest", ".pre-commit-hooks.yaml", cwd=REPOSITORY, home=tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_hooks_guard_a_repository(tmp_path):
    """Run by pre-commit in a repository of facts, the hooks pass; with a mistake in a fact they do not."""
    project = small_project(tmp_path / "ferry")
    # The same hooks, in the environment at hand: making one of their own would need the network.
    hooks = [{**hook, "language": "system"} for hook in read(REPOSITORY / ".pre-commit-hooks.yaml")]
    for hook in hooks:
        hook["pass_filenames"] = False
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    assert run_here(sourcebook_cli, "fmt", "-f", str(project / "mkdocs.yml")).exit_code == 0
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=project, check=True)
    ended = pre_commit("run", "--all-files", cwd=project, home=tmp_path / "home")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.count("Passed") == len(hooks)
    event = project / "content/events/ferry-stops.yml"
    event.write_text(event.read_text().replace("millbrook\n", "milbrook\n"))
    subprocess.run(["git", "add", "."], cwd=project, check=True)
    ended = pre_commit("run", cwd=project, home=tmp_path / "home")
    assert ended.returncode == 1 and "did you mean 'millbrook'?" in ended.stdout
