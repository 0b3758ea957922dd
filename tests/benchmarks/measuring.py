"""Running commands and taking their time: in turn, so that a slow minute of the machine is slow for all.

In: commands with what brings their folder into its state before. Out: seconds, processor seconds and peak
memory of each run. The rule it guards: nothing is compared that was not measured in the same run.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST_RUN = 3600
"""Seconds after which a command is given up."""


class FailedRunError(Exception):
    """A command that ended with an error, and the last lines that it printed."""


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds of the clock, of all processors, and most memory in KB."""

    seconds: float
    processor: float
    peak_kb: int


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


def in_turn(cases: Sequence[Case], rounds: int) -> tuple[Measured, ...]:
    """Each case measured once a round: A B C, A B C, and so on. One that fails is told and left out."""
    runs: dict[str, list[Run]] = {case.name: [] for case in cases}
    failed: set[str] = set()
    for _ in range(rounds):
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
    """One run of a command; raises FailedRunError where it ends with an error."""
    output = folder.with_name(f"{folder.name}.log")
    with output.open("wb") as log:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)
        # wait4 alone gives the time and memory of just this child.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise FailedRunError("; ".join(output.read_text(errors="replace").splitlines()[-3:]))
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def environment() -> Mapping[str, str]:
    """The environment of every measured command: nobody's advert, and one seed for hashes."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "HUGO_CACHEDIR": ""}
