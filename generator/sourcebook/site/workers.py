"""Work shared among processes that are forked from this one.

In: what does a task, by its number, and how many tasks there are. Out: what the tasks gave, in order. The
rule it guards: a worker sees everything as it was when the work began, and nothing of it is sent; one that is
killed ends the work with an error, and none outlives this process.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")

THREADS = Path("/proc/self/task")
"""Where Linux lists the threads of a process, those of its libraries too."""
AHEAD = 2
"""Tasks that a worker has at hand, so that it need not wait for the next."""


class WorkerDiedError(Exception):
    """A worker ended before its work was done: `how` says by what."""

    def __init__(self, exit_code: int | None) -> None:
        self.how = f"signal {-exit_code}" if exit_code and exit_code < 0 else f"exit code {exit_code}"
        super().__init__(f"a worker was ended by {self.how}")


def can_fork() -> bool:
    """Whether a copy of this process works: on Linux, while it has one thread alone.

    A copy has only the thread that made it: a lock that another one held would stay locked for ever.
    """
    return sys.platform == "linux" and THREADS.is_dir() and len([*THREADS.iterdir()]) == 1


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def shared(task: Callable[[int], Result], count: int, workers: int) -> Iterator[Result]:
    """What each of `count` tasks gives, in order; `task` must not raise, and its results are pickled.

    Raises WorkerDiedError.
    """
    crew: dict[Connection, BaseProcess] = {}
    waiting = iter(range(count))
    done: dict[int, Result] = {}
    try:
        for _ in range(min(workers, count)):
            hire(task, crew)
        for channel in [*crew] * AHEAD:
            give(channel, waiting)
        for number in range(count):
            while number not in done:
                done.update(finished(crew, waiting))
            yield done.pop(number)
    finally:
        for channel, process in crew.items():
            channel.close()
            process.kill()  # it has nothing more to do, or nobody wants it any more
            process.join()


def hire(task: Callable[[int], Result], crew: dict[Connection, BaseProcess]) -> None:
    """Add a worker to the others."""
    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(task, theirs, (*crew, ours)), daemon=True)
    process.start()
    theirs.close()
    crew[ours] = process


def work(task: Callable[[int], Result], channel: Connection, others: Sequence[Connection]) -> None:
    """What a worker does: the tasks that it is given, until nobody is there to give any."""
    # Whoever interrupts the program is answered by the process that began it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:
        other.close()  # the last end of a channel tells its worker that this process is gone
    while (number := received(channel)) is not None:
        result = task(number)
        with suppress(OSError):
            channel.send((number, result))


def received(channel: Connection) -> int | None:
    """The number of the next task; None where nobody is there to give one."""
    try:
        return int(channel.recv())
    except (EOFError, OSError):
        return None


def give(channel: Connection, waiting: Iterator[int]) -> None:
    """Give a worker the next task, if there is one; one that is gone is noticed when it is heard."""
    number = next(waiting, None)
    if number is not None:
        with suppress(OSError):
            channel.send(number)


def finished(crew: dict[Connection, BaseProcess], waiting: Iterator[int]) -> Iterator[tuple[int, "Result"]]:
    """The tasks that workers have done meanwhile, with what they gave; each gets another one."""
    for channel in wait([*crew]):
        assert isinstance(channel, Connection)
        try:
            found = channel.recv()
        except (EOFError, OSError):
            crew[channel].join()
            raise WorkerDiedError(crew[channel].exitcode) from None
        give(channel, waiting)
        yield found
