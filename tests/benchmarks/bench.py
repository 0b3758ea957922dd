"""The benchmarks of sourcebook against other generators, and of its own growth; `make bench` runs them.

In: how many records, rounds and minutes. Out: tables in Markdown, printed and written. The rule it guards:
each ratio is one of medians that were measured in turn in this run, on the same facts, and says what was
measured.
"""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.corpus import write_corpus
from benchmarks.engines import ELEVENTY, ENGINES, HUGO, OURS, STOCK, ZENSICAL, Engine, installed, version
from benchmarks.measuring import Case, Deadline, Measured, Run, in_turn, timed
from benchmarks.searching import first_answers
from benchmarks.serving import edit_latencies
from chromium import NoBrowserError

MEMORY_DISK = Path("/dev/shm")
SEED = 1
CHANGED, CHANGED_ADDRESS = "content/claims/claim-000007.yml", "claims/claim-000007/"
GOALS = {STOCK: 0.08, ZENSICAL: 0.08, HUGO: 0.5, ELEVENTY: 0.6}
"""How long a cold build may take at most, as a part of the peer's."""
WARM_GOAL = 0.06
SERVE_GOALS = {1_000: 0.10, 5_000: 0.20, 20_000: 0.50}
GROWTH_GOAL, MEMORY_GOAL = 1.10, 25
SEARCH_GOALS = "≤ 1.5 s, 1,000 KB"

COLUMNS = (
    "Engine",
    "Seconds",
    "Processor seconds",
    "Peak memory",
    "KB a page",
    "Ours to it, by the clock",
    "by the processors",
    "Goal",
)

Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A heading, the names of columns, and rows of texts."""

    heading: str
    columns: Row
    rows: tuple[Row, ...]

    def markdown(self) -> str:
        """The table as Markdown."""
        lines = (self.columns, tuple("---" for _ in self.columns), *self.rows)
        return f"### {self.heading}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def against_peers(
    scratch: Path, records: int, rounds: int, names: Sequence[str], minutes: float
) -> tuple[Table, ...]:
    """Cold builds of every engine in turn, then builds with a warm cache of those that have one.

    `minutes` are for each of these.
    """
    project = scratch / "project"
    write_corpus(project, records, seed=SEED)
    engines = tuple(installed(names))
    folders = {engine.name: prepared(engine, project, scratch, records) for engine in engines}
    cold = in_turn(
        [case(engine, folders[engine.name], wipe) for engine in engines], rounds, Deadline.within(minutes)
    )
    sizes = {engine.name: page_size(folders[engine.name]) for engine in engines}
    built = {one.name for one in cold}
    cached = [engine for engine in engines if engine.has_cache and engine.name in built]
    for engine in cached:
        timed(engine.command, folders[engine.name])
    again = [case(engine, folders[engine.name], nothing) for engine in cached]
    warm = in_turn(again, rounds, Deadline.within(minutes))
    ours = next((engine for engine in engines if engine.name == OURS), None)
    edited = [case(ours, folders[OURS], change)] if ours else []
    changed = in_turn(edited, rounds, Deadline.within(minutes))
    return (
        Table(f"Cold builds of {records:,} records", COLUMNS, compared(cold, GOALS, sizes)),
        Table("Nothing has changed", COLUMNS, compared(warm, {ZENSICAL: WARM_GOAL}, sizes)),
        Table("One fact has changed", COLUMNS, compared(changed, {}, sizes)),
    )


def prepared(engine: Engine, project: Path, scratch: Path, records: int) -> Path:
    """An engine's folder, with a list of what is in it before the first build."""
    folder = scratch / engine.name.split(",")[0].lower()
    engine.prepare(project, folder, records, SEED)
    return folder


def case(engine: Engine, folder: Path, before: Callable[[Path, frozenset[str]], None]) -> Case:
    """An engine's build, and what is done to its folder before each."""
    sources = frozenset({"mkdocs.yml", "docs", "content", "seeds", "src", "layouts", "hugo.toml"})
    kept = sources | {"eleventy.config.js", "package.json", "theme", ".sourcebook.json"}
    return Case(engine.name, engine.command, folder, partial(before, folder, kept))


def wipe(folder: Path, sources: frozenset[str]) -> None:
    """Remove everything that an earlier build has left: its site and its caches."""
    for entry in folder.iterdir():
        if entry.name not in sources:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def nothing(folder: Path, sources: frozenset[str]) -> None:
    """Leave everything as the last build has left it."""


def change(folder: Path, sources: frozenset[str]) -> None:
    """Add a few words to one fact."""
    record = folder / CHANGED
    record.write_text(record.read_text(encoding="utf-8").replace("summary: ", "summary: Once more, ", 1))


def page_size(folder: Path) -> float:
    """The mean of the sizes of all pages of a site, in KB."""
    site = next((folder / name for name in ("site", "public", "_site") if (folder / name).is_dir()), folder)
    sizes = [path.stat().st_size for path in site.rglob("*.html")]
    return statistics.mean(sizes) / 1024 if sizes else 0.0


def compared(
    measured: Sequence[Measured], goals: dict[str, float], sizes: dict[str, float]
) -> tuple[Row, ...]:
    """A row for each engine; the peers' with our medians as a part of theirs."""
    ours = next((one for one in measured if one.name == OURS), None)
    return tuple(
        (
            one.name,
            f"{one.seconds:.2f}",
            f"{one.processor:.2f}",
            memory(one.peak_kb, one.others_kb),
            f"{sizes[one.name]:.1f}",
            f"{ours.seconds / one.seconds:.3f}" if ours and one is not ours else "",
            f"{ours.processor / one.processor:.3f}" if ours and one is not ours else "",
            f"≤ {goals[one.name]}" if one.name in goals else "",
        )
        for one in measured
    )


def memory(own_kb: int, others_kb: int) -> str:
    """A peak of memory in words, that of the programs which were called apart."""
    called = f" and {others_kb / 1024:.0f} MB of programs it calls" if others_kb else ""
    return f"{own_kb / 1024:.0f} MB{called}"


def serve_table(scratch: Path, sizes: Sequence[int], edits: int, minutes: float) -> Table:
    """From saving a file to the changed page, for several sizes of collection."""
    rows = []
    deadline = Deadline.within(minutes)
    for records in sizes:
        if rows and deadline.is_over(f"serving {records:,} records"):
            break
        project = scratch / f"serve-{records}"
        write_corpus(project, records, seed=SEED)
        try:
            taken = sorted(edit_latencies(project, project / CHANGED, CHANGED_ADDRESS, edits))
        except (OSError, RuntimeError) as error:  # a time that is up is one of the system's errors
            print(f"Serving {records:,} records failed and is left out: {error}", file=sys.stderr)
            continue
        worst = taken[max(0, -(-len(taken) * 95 // 100) - 1)]
        goal = f"≤ {SERVE_GOALS[records]:.2f} s" if records in SERVE_GOALS else ""
        rows.append((f"{records:,}", f"{statistics.median(taken):.3f} s", f"{worst:.3f} s", goal))
        shutil.rmtree(project)
    columns = ("Records", "Median", "95th percentile", "Goal for the 95th")
    return Table(
        f"From saving a file to the changed page and the word to reload, {edits} edits", columns, tuple(rows)
    )


def search_table(scratch: Path, sizes: Sequence[int], rounds: int) -> Table:
    """The first answer that a reader of a built site gets from its search, for several sizes."""
    rows: list[Row] = []
    ours = next(engine for engine in ENGINES if engine.name == OURS)
    for records in sizes:
        project = scratch / f"search-{records}"
        write_corpus(project, records, seed=SEED)
        timed(ours.command, project)
        try:
            answers = first_answers(project, rounds)
        except NoBrowserError:
            print("Chromium or Playwright is not here: the search was not measured", file=sys.stderr)
            break
        for kind, (seconds, kilobytes) in answers.items():
            rows.append((f"{records:,}", kind, f"{seconds:.2f} s", f"{kilobytes:.0f} KB", SEARCH_GOALS))
        shutil.rmtree(project)
    columns = ("Records", "Asked for", "First answer", "Transferred", "Goal")
    return Table("The first answer of the search, in a browser that was never there", columns, tuple(rows))


def growth_table(scratch: Path, sizes: Sequence[int], minutes: float) -> Table:
    """Cold builds of ours at several sizes: time and memory a record, against the smallest size.

    That is built anew before each of the others and behind the last; of its runs the middle one counts, of
    two the faster.
    """
    deadline = Deadline.within(minutes)
    first, *others = sizes
    smallest = grown_to(scratch, first, deadline)
    found: list[tuple[int, Run]] = []
    for records in others:
        if deadline.is_over(f"growing to {records:,} records"):
            break
        found += [(records, run) for run in grown_to(scratch, records, deadline)]
        smallest += grown_to(scratch, first, deadline)
    by_seconds = sorted(smallest, key=lambda run: run.seconds)
    rows = [*((first, run) for run in by_seconds[(len(smallest) - 1) // 2 :][:1]), *found]
    columns = (
        "Records",
        "Seconds",
        "Processor seconds",
        "Each record",
        f"To the first row (≤ {GROWTH_GOAL})",
        "Peak memory",
        f"Each further record (≤ {MEMORY_GOAL} KB)",
    )
    return Table("Growth of cold builds", columns, tuple(growth_row(*one, *rows[0]) for one in rows))


def grown_to(scratch: Path, records: int, deadline: Deadline) -> list[Run]:
    """One cold build of ours with so many records; none where it fails, which is told."""
    project = scratch / f"growth-{records}"
    write_corpus(project, records, seed=SEED)
    ours = next(engine for engine in ENGINES if engine.name == OURS)
    measured = in_turn([case(ours, project, wipe)], 1, deadline)
    shutil.rmtree(project)
    return [run for one in measured for run in one.runs]


def growth_row(records: int, run: Run, fewest: int, first: Run) -> Row:
    """The row of a size, compared with the smallest."""
    a_record = run.seconds / records
    more = (run.peak_kb - first.peak_kb) / (records - fewest) if records > fewest else 0
    return (
        f"{records:,}",
        f"{run.seconds:.1f}",
        f"{run.processor:.1f}",
        f"{a_record * 1000:.2f} ms",
        f"{a_record / (first.seconds / fewest):.2f}",
        memory(run.peak_kb, run.others_kb),
        f"{more:.1f} KB" if more else "",
    )


def machine() -> str:
    """What was measured on, without a name: processors, memory, system, versions."""
    model = platform.machine()
    with suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        model = next(
            (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors ({model}), {memory:.0f} GB of memory, {platform.system()}, "
        f"Python {platform.python_version()}; load before the first run {load:.1f}"
    )


def report(tables: Iterable[Table], header: str, names: Sequence[str]) -> str:
    """All tables under what they were measured on and with."""
    measured = (one for one in ENGINES[1:] if one.name in names and shutil.which(one.version[0]))
    versions = ", ".join(f"{engine.name} {version(engine)}" for engine in measured)
    return "\n".join([f"{header}. {versions}.", "", *(table.markdown() for table in tables)])


def scratch_parent() -> str | None:
    """A folder in memory, where the system has one, so that no disk is measured."""
    return str(MEMORY_DISK) if os.access(MEMORY_DISK, os.W_OK) else None


def arguments(given: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure sourcebook, alone and against other generators.")
    parser.add_argument("--records", type=int, default=5000, help="size for the comparison; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is made, in turn")
    parser.add_argument("--serve", type=int, nargs="*", default=[1000, 5000, 20000], help="sizes to serve")
    parser.add_argument("--edits", type=int, default=50, help="edits of each size")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[5000, 20000, 100000], help="sizes to grow by"
    )
    parser.add_argument("--search", type=int, nargs="*", default=[20000], help="sizes to search")
    parser.add_argument("--engines", nargs="*", default=[engine.name for engine in ENGINES])
    parser.add_argument(
        "--minutes",
        type=float,
        default=30,
        help="after so many minutes of a phase nothing new is begun in it",
    )
    parser.add_argument("--scratch", type=Path, help="a folder to build in; in memory if left out")
    parser.add_argument("--out", type=Path, help="also write the tables into this file")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for, and print it as Markdown."""
    asked = arguments(given)
    header = machine()
    tables: list[Table] = []
    with tempfile.TemporaryDirectory(dir=asked.scratch or scratch_parent()) as folder:
        scratch = Path(folder)
        if asked.records:
            compared_with = against_peers(scratch, asked.records, asked.rounds, asked.engines, asked.minutes)
            tables += told(compared_with, asked, header, tables)
        if asked.serve:
            served = serve_table(scratch, asked.serve, asked.edits, asked.minutes)
            tables += told([served], asked, header, tables)
        if asked.search:
            answered = search_table(scratch, asked.search, asked.rounds)
            tables += told([answered], asked, header, tables)
        if asked.growth:
            grown = growth_table(scratch, asked.growth, asked.minutes)
            tables += told([grown], asked, header, tables)
    sys.stdout.write(report(tables, header, asked.engines))


def told(
    new: Sequence[Table], asked: argparse.Namespace, header: str, before: Sequence[Table]
) -> Sequence[Table]:
    """The new tables; what is measured is seen and kept even if something later fails."""
    print(*(table.markdown() for table in new), sep="\n", file=sys.stderr)
    if asked.out:
        asked.out.write_text(report([*before, *new], header, asked.engines), encoding="utf-8")
    return new


if __name__ == "__main__":
    main()
