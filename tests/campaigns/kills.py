"""Kills at random moments of a build: the last good site is served whole each time.

In: a project's folder. Out: the number of kills, and what was found broken. Between two builds one fact is
edited, so that an old and a new site differ; the published site must be one of the two, file for file.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """How many builds were killed, how many ended before, and which sites were broken after."""

    killed: int
    finished: int
    broken: tuple[str, ...]


def fingerprint(site: Path) -> str:
    """A hash over every file of a site, by path."""
    total = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(site).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def build(project: Path) -> subprocess.Popen[bytes]:
    """Start a build of the project in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"],
        cwd=project,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1700000000"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_builds(project: Path, edited: Path, kills: int, seed: int) -> Outcome:
    """Build two versions whole, then kill so many builds that switch between them."""
    dice = random.Random(seed)
    texts = (
        edited.read_text(encoding="utf-8"),
        edited.read_text(encoding="utf-8") + "former_ids: switched\n",
    )
    site = project / "site"
    started = time.monotonic()
    whole = {write_and_build(project, edited, text, site) for text in texts}
    length = (time.monotonic() - started) / 2
    killed = finished = 0
    broken = []
    while killed < kills:
        edited.write_text(texts[killed % 2], encoding="utf-8")
        process = build(project)
        try:
            process.wait(timeout=dice.uniform(0, length * 1.1))
            finished += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
        if fingerprint(site) not in whole:
            broken.append(f"after kill {killed}")
        if finished > kills * 3:
            break
    return Outcome(killed, finished, tuple(broken))


def write_and_build(project: Path, edited: Path, text: str, site: Path) -> str:
    """Build one version whole, and give the fingerprint of its site."""
    edited.write_text(text, encoding="utf-8")
    assert build(project).wait(timeout=120) == 0
    return fingerprint(site)


if __name__ == "__main__":
    source, scratch, kills, seed = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    for name in ("content", "seeds", "docs", "mkdocs.yml"):
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        copy(source / name, scratch / name)
    print(kill_builds(scratch, scratch / sys.argv[5], kills, seed))
