"""Several builds of one project at once: one publishes its site, whole, and the others say so and end.

In: a project's folder, a number of rounds, a number of builds in each. Out: how many builds published, how
many stood back, and what was found broken.
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from campaigns.disk import EDITED, built_whole
from campaigns.kills import fingerprint
from small_project import environment, small_project

STANDS_BACK = "another build of this site is under way"


@dataclass(frozen=True)
class Outcome:
    """How many builds published, how many stood back, and what was broken."""

    published: int
    stood_back: int
    broken: tuple[str, ...]


def build_at_once(project: Path, rounds: int, builds: int, seed: int) -> Outcome:
    """In each round start so many builds within a tenth of a second, after an edit."""
    dice = random.Random(seed)
    text = (project / EDITED).read_text(encoding="utf-8")
    texts = (text, text + "former_ids: switched\n")
    prints = [built_whole(project, each) for each in texts]
    ended: Counter[bool] = Counter()
    broken: list[str] = []
    for number in range(rounds):
        (project / EDITED).write_text(texts[number % 2], encoding="utf-8")
        outputs = list(all_ended([started(project, dice.uniform(0, 0.1)) for _ in range(builds)]))
        ended.update(code == 0 for code, _ in outputs)
        broken += [
            f"round {number}: {output}" for code, output in outputs if code and STANDS_BACK not in output
        ]
        if not any(code == 0 for code, _ in outputs):
            broken.append(f"round {number}: nobody published")
        if fingerprint(project / "site") != prints[number % 2] or list(project.glob(".site*")):
            broken.append(f"round {number}: what is served is not the new site, or something was left")
    return Outcome(ended[True], ended[False], tuple(broken))


def started(project: Path, after: float) -> "subprocess.Popen[str]":
    """A build that has been started, after some seconds."""
    time.sleep(after)
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=project,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def all_ended(processes: "list[subprocess.Popen[str]]") -> Iterator[tuple[int, str]]:
    """The exit code and the output of each, once it has ended."""
    for process in processes:
        output = process.communicate(timeout=120)[0]
        yield process.returncode, output


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        outcome = build_at_once(small_project(Path(scratch)), int(sys.argv[1]), 3, int(sys.argv[2]))
    print(f"{outcome.published} builds published, {outcome.stood_back} stood back")
    print("\n".join(outcome.broken) or "each time a whole new site was served")
    sys.exit(bool(outcome.broken))
