"""Kills at the very steps by which a finished site takes the place of the last one, whole or file by file.

In: a folder, a number of kills for each way, a seed. Out: before which call of the system how many builds
died, and what was found broken. Each build kills itself just before a call by which it publishes, so that no
moment is too short to be hit. The ways are the exchange of two folders in one step, the two renames of
systems that have no such step, and the change of single files under a journal.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.kills import RECOVER, Built, build_both, fingerprint
from small_project import environment, small_project

EDITED = "content/actors/town-council.yml"
WAYS = ("exchange", "renames", "changing")
OFTEN = (0, 1, 2)
"""The first steps of an exchange, each of which stands for itself; all others remove the last site."""
MOST = 16
"""Steps of a change from which one is chosen; a build that has fewer ends well."""
DYING = """
import os, runpy, signal, sys
from sourcebook.mkdocs_plugin import building
from sourcebook.site import publish
left, way, told = int(sys.argv[1]), sys.argv[2], sys.argv[3]
publishing = False
def dying(name, of):
    def call(*arguments, **more):
        global left
        if publishing and left == 0:
            with open(told, "w") as stream:
                stream.write(name)
            os.kill(os.getpid(), signal.SIGKILL)
        left -= publishing
        return of(*arguments, **more)
    return call
def watched(of):
    def call(*arguments):
        global publishing
        publishing = True
        try:
            return of(*arguments)
        finally:
            publishing = False
    return call
for name in ("rename", "replace", "unlink", "rmdir", "mkdir"):
    setattr(os, name, dying(name, getattr(os, name)))
publish.exchanged = dying("exchange", publish.exchanged) if way != "renames" else lambda *_: False
building.publish, building.change = watched(building.publish), watched(building.change)
sys.argv = ["mkdocs", "build", "--quiet"]
runpy.run_module("mkdocs", run_name="__main__")
"""
"""A build that kills itself before one of the calls by which it publishes, and writes down before which."""


@dataclass
class Outcome:
    """Before which call how many builds died, how many had none left, and what was broken after which."""

    died: Counter[str] = field(default_factory=Counter)
    finished: int = 0
    broken: list[str] = field(default_factory=list)


def kill_at_steps(folder: Path, kills: int, seed: int) -> Outcome:
    """Kill so many builds of the small project in each way."""
    project, dice, outcome = small_project(folder / "project"), random.Random(seed), Outcome()
    edited = project / EDITED
    texts = (
        edited.read_text(encoding="utf-8"),
        edited.read_text(encoding="utf-8") + "former_ids: switched\n",
    )
    built = build_both(project, edited, texts)
    for way in WAYS:
        if way == "changing":
            # From here on it is known how the site was made that is served.
            outcome.finished += not die(built, -1, way)
        for number in range(kills):
            served = built.fingerprints.index(fingerprint(built.site))
            edited.write_text(texts[1 - served], encoding="utf-8")
            if way != "changing":
                shutil.rmtree(built.cache, ignore_errors=True)
            step = dice.randrange(MOST) if way == "changing" or number % 4 == 3 else OFTEN[number % 4]
            name = die(built, step, way)
            if name:
                outcome.died[f"{way}: {name}"] += 1
            else:
                outcome.finished += 1
            outcome.broken += [f"{way}, step {step}: {what}" for what in faults(built, 1 - served, name)]
    return outcome


def die(built: Built, step: int, way: str) -> str:
    """Build until a step of publishing; before what the build died, empty where it ended before."""
    told = built.site.with_name("died")
    told.unlink(missing_ok=True)
    command = [sys.executable, "-c", DYING, str(step), way, str(told)]
    ended = subprocess.run(
        command,
        cwd=built.site.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == (-signal.SIGKILL if told.exists() else 0), ended.stderr
    return told.read_text() if told.exists() else ""


def faults(built: Built, wanted: int, died: str) -> list[str]:
    """What is wrong after a build of a version that died, before and after the recovery at the next start."""
    wrong = []
    has_journal = built.journal.exists()
    if built.site.exists() and not (built.is_of_both() if has_journal else is_one(built)):
        wrong.append("what is served is no site")
    aside = built.site.with_name(f".{built.site.name}.last")
    if not built.site.exists() and not aside.exists():
        wrong.append("no site is left")
    subprocess.run([sys.executable, "-c", RECOVER, built.site], check=True, env=environment())
    if not is_one(built):
        wrong.append("what is served after the recovery is no site")
    if (has_journal or not died) and fingerprint(built.site) != built.fingerprints[wanted]:
        wrong.append("what was begun was not completed")
    if list(built.site.parent.glob(".site*")):
        wrong.append("something is left after the recovery")
    return wrong


def is_one(built: Built) -> bool:
    """Whether what is served is one of the two sites, whole."""
    return fingerprint(built.site) in built.fingerprints


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        outcome = kill_at_steps(Path(scratch), int(sys.argv[1]), int(sys.argv[2]))
    print(
        f"{outcome.died.total()} builds killed at a step of publishing, {outcome.finished} had no such step"
    )
    for name, number in sorted(outcome.died.items()):
        print(f"  {number:3} before {name}")
    print("\n".join(outcome.broken) or "each time a whole site was served, or came with the next start")
    sys.exit(bool(outcome.broken))
