"""A disk that fills up at every point of a build, and one that may not be written: the last good site stays.

In: a project on a small disk of its own, a number of fillings. Out: how many builds found no room, at which
stage, how many did, and what was found broken. Each filling leaves another amount of room, in bytes or in
names of files; a build must put the whole new site in place or leave the whole old one, say so in its last
line and by its exit code, and never end in a traceback. Needs the right to mount.

Most fillings lie around the room that a build just needs, which is looked for first: there it is the last
steps that fail, publishing and what is kept for the next build. That lies on a disk of its own in the last
part, so that nothing else finds no room: there the new site must be published each time, a line must say what
is not kept, and the next build must be right.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from campaigns.kills import fingerprint
from small_project import Ran, mkdocs_process, small_project
from sourcebook.mkdocs_plugin import kept_texts
from sourcebook.site import kept_pages, manifest

FILLING = "filling"
MEGABYTES, FILES = 64, 4000
"""What the disk takes."""
PAGE = 4096
"""The least that a file takes there."""
FAULT = 3
"""The exit code of faults of the disk."""
NO_ROOM = "No space left on device"
NOT_KEPT = "What is made is not kept for the next build, which will take longer"
"""What a build says that is published, but finds no room for what it keeps."""
EDITED = "content/actors/town-council.yml"
MEASURES = ("bytes", "files")
"""What there is too little of."""
WAYS = ("anew", "changing")
"""How the builds are made: without anything of the last one, or file by file where something has changed."""
CACHE = (kept_texts.FILE, kept_pages.FILE, manifest.FILE)
"""What is kept for the next build, in the order in which it is written."""
STAGES = {
    "as it began": "cannot be built here",
    "as it put the site in place": "cannot be put in place",
    "as it made the site": "where files wait",
}
"""What a build that finds no room says, by what it was at."""


class NotPermittedError(Exception):
    """The system does not let us mount a disk."""


@dataclass(frozen=True)
class Outcome:
    """How many builds ended at which stage, and what was broken after which."""

    stages: Counter[str]
    broken: tuple[str, ...]

    @property
    def built(self) -> int:
        """How many builds found room."""
        return sum(number for stage, number in self.stages.items() if ": built" in stage)

    @property
    def refused(self) -> int:
        """How many found none."""
        return self.stages.total() - self.built


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[str], None]]:
    """A disk in memory at a folder until the end; gives a function that mounts it again with an option."""

    def mount(options: str) -> None:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            raise NotPermittedError

    try:
        mount(f"size={MEGABYTES}m,nr_inodes={FILES}")
    except OSError:
        raise NotPermittedError from None
    try:
        yield lambda option: mount(f"remount,{option}")
    finally:
        # Whoever looks at all disks for a moment keeps none of them here: it goes as soon as nobody uses it.
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, left: int, measure: str = "bytes") -> None:
    """Fill a disk but for so many bytes or files."""
    empty(disk)
    if measure == "files":
        (disk / FILLING).mkdir()
        for number in range(room(disk, measure) - left):
            (disk / FILLING / str(number)).touch()
        return
    with (disk / FILLING).open("wb") as stream:
        for _ in range((room(disk, measure) - left) // PAGE):
            stream.write(bytes(PAGE))


def room(disk: Path, measure: str) -> int:
    """How many bytes or files a disk still takes."""
    return os.statvfs(disk).f_ffree if measure == "files" else shutil.disk_usage(disk).free


def empty(disk: Path) -> None:
    """Take away what fills a disk."""
    if (disk / FILLING).is_dir():
        shutil.rmtree(disk / FILLING)
    (disk / FILLING).unlink(missing_ok=True)


@dataclass
class Filler:
    """A project built again and again while there is little room, in one of two versions.

    `disk` is filled, and the project or its cache lies on it; `scratch` is where files wait.
    """

    disk: Path
    scratch: Path
    project: Path
    texts: tuple[str, ...]
    prints: tuple[str, ...]
    stages: Counter[str]
    broken: list[str]

    def built(self, way: str, measure: str, left: int) -> bool:
        """Build what is not served while so much is left; whether there was room. What is broken is noted."""
        served = self.prints.index(fingerprint(self.project / "site"))
        self.prepare(way, self.texts[served])
        (self.project / EDITED).write_text(self.texts[1 - served], encoding="utf-8")
        kept_before = kept(self.project)
        fill(self.disk, left, measure)
        ended = mkdocs_process(self.project, "build", TMPDIR=str(self.scratch))
        empty(self.disk)
        wanted = self.prints[served if ended.exit_code else 1 - served]
        name = f"{way}, {left} {measure} left"
        self.broken += [f"{name}: {what}" for what in faults(self.project, ended, wanted)]
        if ended.exit_code == 0:
            written = [file for file, content in kept(self.project).items() if content != kept_before[file]]
            self.broken += [f"{name}: {what}" for what in self.faults_of_kept(served, written, ended)]
            told = f"built, with {len(written)} of {len(CACHE)} files kept for the next build"
        else:
            told = stage(ended)
        self.stages[f"{way}, {measure}: {told}"] += 1
        return ended.exit_code == 0

    def faults_of_kept(self, served: int, written: list[str], ended: Ran) -> Iterator[str]:
        """What is wrong with what a build has kept, and with the next one where it has not kept all."""
        is_kept = manifest.FILE in written
        if is_kept == (NOT_KEPT in ended.output):
            yield f"it is not told rightly whether anything was kept: {ended.output}"
        if not is_kept and built_whole(self.project, self.texts[served]) != self.prints[served]:
            yield "the next build made another site"

    def prepare(self, way: str, text: str) -> None:
        """Have what is kept from build to build be that of the served site, or nothing."""
        if way == "anew":
            shutil.rmtree(self.project / manifest.FOLDER, ignore_errors=True)
        else:
            assert built_whole(self.project, text) == self.prints[self.texts.index(text)]

    def around(self, way: str, measure: str, fillings: int) -> None:
        """Build with so many amounts of room: those that lead to the least that is enough, then around it."""
        step = PAGE if measure == "bytes" else 1
        peak = self.peak(way, measure) // step
        too_little, enough = peak * 3 // 4, peak + peak // 8
        count = 0
        while enough - too_little > 1 and count < fillings // 2:
            middle, count = (too_little + enough) // 2, count + 1
            if self.built(way, measure, middle * step):
                enough = middle
            else:
                too_little = middle
        for number in range(fillings - count):
            away = number // 2
            self.built(way, measure, step * (max(0, too_little - away) if number % 2 else enough + away))

    def peak(self, way: str, measure: str) -> int:
        """How much room a build takes at its height when there is enough, as far as looks at it tell."""
        has_ended, least = threading.Event(), [room(self.disk, measure)]

        def look() -> None:
            while not has_ended.wait(0.001):
                least.append(min(least[-1], room(self.disk, measure)))

        looking = threading.Thread(target=look)
        looking.start()
        self.built(way, measure, room(self.disk, measure))
        has_ended.set()
        looking.join()
        return least[0] - least[-1]

    def through_the_cache(self, way: str, fillings: int) -> None:
        """Build with amounts of room from none to enough for what is kept: each of its files is hit."""
        sizes = [len(content or b"") // PAGE + 1 for content in kept(self.project).values()]
        enough = sum(sizes) + 1 if way == "anew" else max(sizes)
        for number in range(fillings):
            self.built(way, "bytes", enough * number // max(1, fillings - 1) * PAGE)
        for number in range(len(CACHE) + 2):
            self.built(way, "files", number)


def filler_on(disk: Path) -> Filler:
    """The small project on a disk, with both of its versions built once."""
    return filler_of(small_project(disk / "project"), disk)


def filler_of(project: Path, disk: Path) -> Filler:
    """A project of which something lies on a disk, with both of its versions built once."""
    scratch = project.with_name("tmp")
    scratch.mkdir()
    text = (project / EDITED).read_text(encoding="utf-8")
    texts = (text, f"{text}former_ids: switched\n")
    prints = tuple(built_whole(project, text) for text in texts)
    return Filler(disk, scratch, project, texts, prints, Counter(), [])


@contextmanager
def filler_of_cache(folder: Path) -> Iterator[Filler]:
    """The small project in a folder, with what it keeps for the next build on a small disk of its own."""
    project = small_project(folder / "project")
    cache = project / manifest.FOLDER
    cache.mkdir()
    with small_disk(cache):
        yield filler_of(project, cache)


def fill_disk(disk: Path, fillings: int) -> Outcome:
    """Build the small project on a disk that is filled in so many ways, by bytes and by files."""
    filler = filler_on(disk)
    for measure in MEASURES:
        for way in WAYS:
            filler.around(way, measure, fillings // 4)
    if built_whole(filler.project, filler.texts[0]) != filler.prints[0]:
        filler.broken.append("the last build, with all the room, made another site")
    return Outcome(filler.stages, tuple(filler.broken))


def fill_cache(folder: Path, fillings: int) -> Outcome:
    """Build the small project with so many amounts of room for what it keeps for the next build."""
    with filler_of_cache(folder) as filler:
        for way in WAYS:
            filler.through_the_cache(way, fillings // 2)
    return Outcome(filler.stages, tuple(filler.broken))


def kept(project: Path) -> dict[str, bytes | None]:
    """What is kept for the next build of what the last one has read and made; None for what is not there."""
    files = {name: project / manifest.FOLDER / name for name in CACHE}
    return {name: path.read_bytes() if path.exists() else None for name, path in files.items()}


def stage(ended: Ran) -> str:
    """At what a build found no room."""
    found = (name for name, sign in STAGES.items() if sign in ended.output)
    return f"no room {next(found, 'at another moment')}"


def faults(project: Path, ended: Ran, wanted: str) -> Iterator[str]:
    """What is wrong after a build."""
    if fingerprint(project / "site") != wanted:
        yield "what is served is not the site that it should be"
    if "Traceback" in ended.output:
        yield f"a traceback: {ended.output[-2000:]}"
    if ended.exit_code and (ended.exit_code != FAULT or NO_ROOM not in ended.output):
        yield f"exit code {ended.exit_code}: {ended.output[-2000:]}"
    if list(project.glob(".site*")):
        yield "an unfinished site was left"


def built_whole(project: Path, text: str) -> str:
    """Build the project with this text; the site's fingerprint."""
    (project / EDITED).write_text(text, encoding="utf-8")
    ended = mkdocs_process(project, "build", "--quiet")
    assert ended.exit_code == 0, ended.output
    return fingerprint(project / "site")


def read_only(disk: Path, remount: Callable[[str], None]) -> list[str]:
    """Build on a disk that may not be written; what is wrong after it."""
    project = small_project(disk / "project")
    before = built_whole(project, (project / EDITED).read_text(encoding="utf-8"))
    remount("ro")
    ended = mkdocs_process(project, "build", "--quiet")
    remount("rw")
    told = Ran(ended.exit_code, ended.output.replace("Read-only file system", NO_ROOM))
    wrong = list(faults(project, told, before))
    if ended.exit_code == 0 or "Read-only file system" not in ended.output:
        wrong.append(f"exit code {ended.exit_code}: {ended.output}")
    return wrong


def told(name: str, outcome: Outcome) -> bool:
    """Print how builds ended; whether anything was broken."""
    print(f"{name}: {outcome.refused} builds found no room, {outcome.built} did")
    for stage, number in sorted(outcome.stages.items()):
        print(f"  {number:3} {stage}")
    print("\n".join(outcome.broken) or "each time a whole site was served", flush=True)
    return bool(outcome.broken)


if __name__ == "__main__":
    fillings = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory() as folder:
        try:
            broken = told("what is kept on a disk of its own", fill_cache(Path(folder), fillings // 2))
            with small_disk(Path(disk)):
                broken |= told("all on one disk", fill_disk(Path(disk), fillings))
        except NotPermittedError:
            sys.exit("no disk can be mounted here: the campaign of full disks is skipped")
    sys.exit(broken)
