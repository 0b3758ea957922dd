"""What the shell completes: commands, options, and the ids of the project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harbour import HARBOUR

ROOT = Path(__file__).parents[2]


def completed(*words):
    """What bash is offered for the last of the words, in the harbour collection."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generator"),
        "_SOURCEBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(("sourcebook", *words)),
        "COMP_CWORD": str(len(words)),
    }
    command = [sys.executable, "-c", "from sourcebook.cli import main; main(prog_name='sourcebook')"]
    found = subprocess.run(command, cwd=HARBOUR, env=environment, capture_output=True, text=True, check=True)
    return [line.split(",", 1)[1] for line in found.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (("ren",), ["rename"]),
        (("rename", "dockers"), ["dockers-union"]),
        (("merge", "strikers", "dock"), ["dockers-union"]),
        (("cite", "work-stopped", "tidewater-"), ["tidewater-dispatch"]),
        (("new", "cl"), ["claim"]),
        (("rename", "--no"), ["--no-redirect"]),
    ],
)
def test_completion(words, offered):
    """Ids are those of any record, or of sources where a citation begins."""
    assert completed(*words) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_documented_lines_give_a_script(shell):
    """Each shell gets its script, by the line in the page of commands."""
    line = f"_SOURCEBOOK_COMPLETE={shell}_source sourcebook"
    assert line in (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "generator"),
        "_SOURCEBOOK_COMPLETE": f"{shell}_source",
    }
    command = [sys.executable, "-c", "from sourcebook.cli import main; main(prog_name='sourcebook')"]
    script = subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout
    assert "_SOURCEBOOK_COMPLETE" in script
