"""Kills at random moments of a build: the last good site is served whole each time.

In: a project's folder. Out: how many builds were killed at which stage, and what was found broken. Between
two builds one fact is edited, so that an old and a new site differ; the published site must be one of the
two, file for file, and after the last kill one more build must mend whatever was left behind.

The builds make everything anew or only what has changed, in turn. What is short by itself is aimed at: the
moment when the finished site takes the place of the last one, and, with each step made longer, the files that
an edit changes one by one. After a kill there every file must be of one of the two sites, and the next start
must make it the new one.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

AIMED_WITHIN = (0.003, 0.03)
"""Seconds after the last file within which an aimed kill falls: around the exchange, or behind it."""
LEFT_OVER = ".left-over"
WAYS = ("anew", "changing", "anew, aimed", "changing, aimed")
"""How the builds to be killed are made, in turn."""
RECOVER = """
import pathlib, sys
from sourcebook.site.publish import recover
recover(pathlib.Path(sys.argv[1]))
"""
"""What the next build begins with."""
SLOWLY = """
import pathlib, runpy, sys, time
def slowly(of):
    return lambda *arguments, **more: (time.sleep(0.004), of(*arguments, **more))[1]
pathlib.Path.replace = slowly(pathlib.Path.replace)
sys.argv = ["mkdocs", "build", "--quiet"]
runpy.run_module("mkdocs", run_name="__main__")
"""
"""A build that takes some milliseconds for each file that it exchanges."""


@dataclass(frozen=True)
class Outcome:
    """How many builds were killed at which stage, how many ended before, which sites were broken after."""

    stages: dict[str, int]
    finished: int
    broken: tuple[str, ...]

    @property
    def killed(self) -> int:
        """How many builds were killed."""
        return sum(self.stages.values())


@dataclass(frozen=True)
class Built:
    """What two undisturbed builds showed: the sites, their last-written file, how long one takes."""

    site: Path
    fingerprints: tuple[str, ...]
    last_file: Path
    seconds: float

    files: tuple[dict[str, str], ...]

    @property
    def staging(self) -> Path:
        """The folder in which the next site is made."""
        return self.site.with_name(f".{self.site.name}.next")

    @property
    def journal(self) -> Path:
        """What tells of files that are being exchanged."""
        return self.site.with_name(f".{self.site.name}.journal")

    @property
    def cache(self) -> Path:
        """What a build has kept for the next one."""
        return self.site.with_name(".sourcebook-cache")

    def is_of_both(self) -> bool:
        """Whether every file of the published site is whole: that of one of the two sites."""
        return all(
            text in (one.get(path) for one in self.files) for path, text in contents(self.site).items()
        )


def contents(site: Path) -> dict[str, str]:
    """The hash of every file of a site, by path."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def fingerprint(site: Path) -> str:
    """A hash over every file of a site, by path."""
    return hashlib.sha256(repr(contents(site)).encode()).hexdigest()


def build(project: Path, *, slowly: bool = False) -> subprocess.Popen[bytes]:
    """Start a build of the project in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, *(("-c", SLOWLY) if slowly else ("-m", "mkdocs", "build", "--quiet"))],
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
    built = build_both(project, edited, texts)
    stages: Counter[str] = Counter()
    finished = wanted = 0
    broken = []
    while stages.total() < kills and finished <= kills * 3:
        edited.write_text(texts[wanted], encoding="utf-8")
        mark_left_over(built)
        way = WAYS[(stages.total() + finished) % len(WAYS)]
        if way.startswith("anew"):
            shutil.rmtree(built.cache, ignore_errors=True)
        elif not (built.cache / "pages.json").exists():
            write_and_build(project, edited, texts[1 - wanted], built.site)
            edited.write_text(texts[wanted], encoding="utf-8")
        if kill_one(build(project, slowly=way == "changing, aimed"), built, dice, way):
            stages[stage(built, wanted)] += 1
        else:
            finished += 1
        if built.journal.exists():
            if not built.is_of_both():
                broken.append(f"a file after kill {stages.total()}")
            subprocess.run([sys.executable, "-c", RECOVER, built.site], check=True)
            if fingerprint(built.site) != built.fingerprints[wanted]:
                broken.append(f"after the recovery from kill {stages.total()}")
        served = fingerprint(built.site)
        if served not in built.fingerprints:
            broken.append(f"after kill {stages.total()}")
        # Always the version that is not served, so that what is served tells how far the build came.
        wanted = int(served == built.fingerprints[0])
    if write_and_build(project, edited, texts[0], built.site) != built.fingerprints[0]:
        broken.append("after the last build")
    if built.staging.exists():
        broken.append("an unfinished site was left")
    return Outcome(dict(stages), finished, tuple(broken))


def build_both(project: Path, edited: Path, texts: tuple[str, str]) -> Built:
    """Build both versions whole."""
    site = project / "site"
    started = time.monotonic()
    fingerprints, found = [], []
    for text in texts:
        fingerprints.append(write_and_build(project, edited, text, site))
        found.append(contents(site))
    assert len(set(fingerprints)) == 2, "the edit makes no difference"
    seconds = (time.monotonic() - started) / 2
    files = (path for path in site.rglob("*") if path.is_file())
    last = max(files, key=lambda path: path.stat().st_mtime_ns)
    return Built(site, tuple(fingerprints), last.relative_to(site), seconds, tuple(found))


def kill_one(process: subprocess.Popen[bytes], built: Built, dice: random.Random, way: str) -> bool:
    """Kill a build at a moment within it; False if it ended before."""
    moment = time.monotonic() + dice.uniform(0, built.seconds)
    if way.endswith("aimed"):
        awaited = built.journal if way.startswith("changing") else built.staging / built.last_file
        while process.poll() is None and not awaited.exists():
            time.sleep(0.0005)
        moment = time.monotonic() + dice.uniform(0, dice.choice(AIMED_WITHIN))
    try:
        process.wait(timeout=max(0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def mark_left_over(built: Built) -> None:
    """Mark what an earlier kill has left, so that it is not taken for the work of the next build."""
    if built.staging.exists():
        (built.staging / LEFT_OVER).touch()


def stage(built: Built, wanted: int) -> str:
    """What a killed build was doing, from what it left on the disk."""
    is_there = built.staging.exists()
    if built.journal.exists():
        return "changing files"
    if fingerprint(built.site) == built.fingerprints[wanted]:
        return "removing the last site" if is_there else "ending, all done"
    if not is_there or (built.staging / LEFT_OVER).exists():
        return "reading"
    is_finished = fingerprint(built.staging) == built.fingerprints[wanted]
    if is_finished:
        return "about to publish"
    return "writing what has changed" if built.cache.exists() else "writing"


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
    outcome = kill_builds(scratch, scratch / sys.argv[5], kills, seed)
    print(f"{outcome.killed} builds killed, {outcome.finished} ended before their kill")
    for name, number in sorted(outcome.stages.items()):
        print(f"  {number} while {name}")
    print("\n".join(outcome.broken) or "each time a whole site was served")
    sys.exit(bool(outcome.broken))
