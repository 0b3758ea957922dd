"""Running commands and taking their time: in turn, so that a slow minute of the machine is slow for all.

In: commands with what brings their folder into its state before. Out: seconds, processor seconds and peak
memory of each run. The rule it guards: nothing is compared that was not measured in the same run, and nothing
runs longer than it may.
"""

import os
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST_RUN = 1800
"""Seconds after which a command is given up."""
LOOK_EVERY = 0.25
"""Seconds between two looks at a command's memory."""


class FailedRunError(Exception):
    """A command that ended with an error, and the last lines that it printed."""


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds of the clock, of all processors, and most memory in KB.

    `others_kb` is the memory of the programs that it has called.
    """

    seconds: float
    processor: float
    peak_kb: int
    others_kb: int = 0


@dataclass(frozen=True)
class Case:
    """Something to measure: its name, its command and folder, and what is done before each run."""

    name: str
    command: Sequence[str]
    folder: Path
    before: Callable[[], None]


@dataclass(frozen=True)
class Measured:
    """A case's runs, in the order in which they were made."""

    name: str
    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """The median of the clock."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median of processor seconds."""
        return statistics.median(run.processor for run in self.runs)

    @property
    def peak_kb(self) -> int:
        """The largest peak of memory."""
        return max(run.peak_kb for run in self.runs)

    @property
    def others_kb(self) -> int:
        """The largest peak of memory of the programs that were called."""
        return max(run.others_kb for run in self.runs)


@dataclass(frozen=True)
class Deadline:
    """A moment after which nothing new is begun."""

    end: float

    @classmethod
    def within(cls, minutes: float) -> "Deadline":
        """The moment in so many minutes."""
        return cls(time.monotonic() + 60 * minutes)

    def is_over(self, left_out: str) -> bool:
        """Whether the time is up; what is left out for it is told."""
        if time.monotonic() < self.end:
            return False
        print(f"The time is up: {left_out} is left out", file=sys.stderr)
        return True


def in_turn(cases: Sequence[Case], rounds: int, deadline: Deadline) -> tuple[Measured, ...]:
    """Each case measured once a round: A B C, A B C, and so on. One that fails is told and left out.

    After the deadline no further round is begun.
    """
    runs: dict[str, list[Run]] = {case.name: [] for case in cases}
    failed: set[str] = set()
    for number in range(rounds):
        if number and deadline.is_over(f"round {number + 1} of {rounds}"):
            break
        for case in cases:
            if case.name in failed:
                continue
            case.before()
            try:
                runs[case.name].append(timed(case.command, case.folder))
            except FailedRunError as error:
                failed.add(case.name)
                print(f"{case.name} failed and is left out: {error}", file=sys.stderr)
    return tuple(Measured(name, tuple(found)) for name, found in runs.items() if found and name not in failed)


def timed(command: Sequence[str], folder: Path) -> Run:
    """One run of a command; raises FailedRunError where it ends with an error, or does not end."""
    output = folder.with_name(f"{folder.name}.log")
    with output.open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
        watch = Watch(process)
        watch.start()
        # wait4 alone gives the time and memory of just this child.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
    if watch.given_up:
        raise FailedRunError(f"it was given up after {LONGEST_RUN} seconds")
    if process.returncode:
        raise FailedRunError("; ".join(output.read_text(errors="replace").splitlines()[-3:]))
    peak = watch.peak_kb or usage.ru_maxrss
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak, watch.others_kb)


class Watch(threading.Thread):
    """Looks at the memory of a command from time to time, and ends a command that does not end.

    Memory is that of all its processes together, what they share counted once; only Linux tells it.
    """

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        super().__init__(daemon=True)
        self.process = process
        self.peak_kb = self.others_kb = 0
        self.given_up = False
        self._ended = threading.Event()

    def run(self) -> None:
        """Look until the command has ended."""
        end = time.monotonic() + LONGEST_RUN
        while not self._ended.wait(LOOK_EVERY):
            own, others = memory(self.process.pid)
            self.peak_kb, self.others_kb = max(self.peak_kb, own), max(self.others_kb, others)
            if time.monotonic() > end:
                self.given_up = True
                self.process.kill()
                return

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def memory(process: int) -> tuple[int, int]:
    """The memory in KB of a process and of those of its own program below it, and of all others below it."""
    own, others = figure(process, "status", "VmHWM"), 0
    program = program_of(process)
    together = 0
    for one in (process, *below(process)):
        used, its_program = figure(one, "smaps_rollup", "Pss"), program_of(one)
        if its_program == program:
            together += used
        elif its_program:  # one that has just ended tells none
            others += used
    return max(own, together), others


def below(process: int) -> Iterator[int]:
    """The processes that a process has begun, and those that these have begun."""
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
            yield int(child)
            yield from below(int(child))


def program_of(process: int) -> str:
    """The program that a process runs; empty where it is not told."""
    with suppress(OSError):
        return str(Path(f"/proc/{process}/exe").readlink())
    return ""


def figure(process: int, file: str, name: str) -> int:
    """A figure in KB that the system tells of a process; 0 where it tells none."""
    with suppress(OSError):
        text = Path(f"/proc/{process}/{file}").read_text(encoding="ascii")
        if found := re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE):
            return int(found[1])
    return 0


def environment() -> Mapping[str, str]:
    """The environment of every measured command: nobody's advert, and one seed for hashes."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "HUGO_CACHEDIR": ""}
