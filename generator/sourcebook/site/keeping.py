"""Files of facts that are read and validated once, as long as they do not change.

In: a project, and maybe which files are said to have changed. Out: what `check_project` gives. The rule it
guards: only what an edit can have changed is looked at again, and as soon as anything is wrong everything is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.graph.checks import CHAINS, links_of, speaker
from sourcebook.graph.update import updated_graph
from sourcebook.reading.files import InputFile, Project, find_files
from sourcebook.reading.raw_records import read_record_file
from sourcebook.reading.withheld import without_names
from sourcebook.reading.words import at_their_words
from sourcebook.records.base import Record
from sourcebook.records.claim import Claim
from sourcebook.records.collection import Collection
from sourcebook.records.load import Entry, load_records
from sourcebook.records.rules import check_record
from sourcebook.records.source import Source
from sourcebook.site.check import Checked, FactsRead, Settings, check_project, count_records, graph_warnings

Signature = tuple[int, int, int, int]
"""What changes whenever a file does: time of change and of the last state change, size, and identity."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file as it was read."""

    file: InputFile
    signature: Signature | None
    read: FactsRead


@dataclass(frozen=True)
class Good:
    """A project without an error, as it was found, and what speaks of single records of it, by id."""

    settings: Settings
    files: dict[str, KeptFile]
    entries: dict[str, Entry]
    told: dict[str, tuple[Diagnostic, ...]]
    told_of_files: dict[str, tuple[Diagnostic, ...]]
    besides: tuple[Diagnostic, ...]
    checked: Checked


@dataclass
class Keeper:
    """What was read of a project so far, and the last state of it that had no error."""

    files: dict[str, KeptFile] = field(default_factory=dict)
    names: dict[Path, str] = field(default_factory=dict)
    collection: Collection | None = None
    good: Good | None = None

    def check(self, settings: Settings) -> Checked:
        """Check every fact of a project."""
        checked = check_project(settings, read=self.read)
        self.good = good_state(settings, self.files, checked)
        return checked

    def check_again(self, settings: Settings, changed: frozenset[Path]) -> Checked:
        """Check a project of which only these files of facts have changed since the last time."""
        if self.good is None or not self.read_again(changed):
            return self.check(settings)
        good = updated_state(self.good, self.files)
        if good is None:
            # The last good state stays what the next edit is compared with.
            return check_project(settings, read=self.read)
        self.good = good
        return good.checked

    def read_again(self, changed: frozenset[Path]) -> bool:
        """Read files that are known; False where one is not, or is no file any more."""
        if self.collection is None or not changed <= self.names.keys():
            return False
        known = [self.files[self.names[path]].file for path in changed]
        if any(signature_of(file) is None for file in known):
            return False
        for file in known:
            self.files[file.name] = self.kept(file, self.collection)
        return True

    def read(self, project: Project, collection: Collection) -> FactsRead:
        """All records of the project; only what has changed is read and validated."""
        if collection != self.collection:
            self.files, self.collection = {}, collection
        found = find_files(project)
        self.files = {file.name: self.kept(file, collection) for file in found.files}
        self.names = {file.path: file.name for file in found.files}
        reads = [kept.read for kept in self.files.values()]
        return FactsRead(
            tuple(raw for read in reads for raw in read.raw),
            in_order((*found.diagnostics, *(problem for read in reads for problem in read.found))),
            tuple(entry for read in reads for entry in read.entries),
            tuple(problem for read in reads for problem in read.invalid),
        )

    def kept(self, file: InputFile, collection: Collection) -> KeptFile:
        """A file as it is now."""
        # Asked before the file is read: what is written meanwhile is read again the next time.
        signature = signature_of(file)
        known = self.files.get(file.name)
        if known and known.signature == signature and signature is not None:
            return known
        raw, found = read_record_file(file)
        entries, problems = load_records(raw, collection)
        invalid = at_their_words(problems, lambda _: file.path)
        return KeptFile(file, signature, FactsRead(raw, found, entries, invalid))


def signature_of(file: InputFile) -> Signature | None:
    """What tells a file from the same one changed; None where it cannot be asked."""
    try:
        found = file.path.lstat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def good_state(settings: Settings, files: dict[str, KeptFile], checked: Checked) -> Good | None:
    """The state of a project to compare edits with; None where it has an error, or more matters.

    Documents' texts and withheld names are compared with every fact, which is left to the whole check.
    """
    if checked.graph is None or checked.has_texts or checked.withheld.pattern is not None:
        return None
    entries = {entry.record.id: entry for kept in files.values() for entry in kept.read.entries}
    taken = {name: (entry.kind, entry.file) for name, entry in entries.items()}
    told = {name: tuple(about(entry, entries, taken)) for name, entry in entries.items()}
    told = {name: found for name, found in told.items() if found}
    of_files = {name: found for name, kept in files.items() if (found := told_of(kept.read))}
    of_graph = graph_warnings(checked.graph)
    known = {*chain.from_iterable((*of_files.values(), *told.values())), *of_graph}
    besides = tuple(found for found in checked.diagnostics if found not in known)
    return Good(settings, dict(files), entries, told, of_files, besides, checked)


def told_of(read: FactsRead) -> tuple[Diagnostic, ...]:
    """What is told of a file, and of its records by themselves."""
    return *read.found, *read.invalid


def updated_state(good: Good, files: dict[str, KeptFile]) -> Good | None:
    """The state after edits of known files; None where something is wrong, or more matters."""
    if files.keys() != good.files.keys():
        return None
    changed = [name for name, kept in files.items() if good.files[name] is not kept]
    reads = [(good.files[name].read, files[name].read) for name in changed]
    of_files = {name: told_of(files[name].read) for name in changed}
    if has_errors(chain.from_iterable(of_files.values())):
        return None
    of_files = good.told_of_files | of_files
    before = {entry.record.id: entry for read, _ in reads for entry in read.entries}
    after = [entry for _, read in reads for entry in read.entries]
    entries = in_file_order(good, files, before, after)
    if entries is None or not may_stand_alone(before, {entry.record.id: entry for entry in after}):
        return None
    told = retold(good, entries, before, after)
    graph = good.checked.graph
    assert graph
    if has_errors(chain.from_iterable(told.values())):
        return None
    graph = updated_graph(graph, entries)
    of_records = chain.from_iterable((*of_files.values(), *told.values()))
    every = (*good.besides, *of_records, *graph_warnings(graph))
    if has_errors(every):
        return None
    shown = in_order(without_names(good.checked.withheld, every))
    checked = replace(good.checked, graph=graph, diagnostics=shown, records=recounted(good, reads))
    return Good(good.settings, dict(files), entries, told, of_files, good.besides, checked)


def recounted(good: Good, reads: Iterable[tuple[FactsRead, FactsRead]]) -> dict[str, int]:
    """How many records of each kind there are, after some files were read anew."""
    found = Counter(good.checked.records)
    for before, after in reads:
        found.subtract(count_records(before.raw))
        found.update(count_records(after.raw))
    return {kind: number for kind, number in found.items() if number}


def in_file_order(
    good: Good, files: Mapping[str, KeptFile], before: Mapping[str, Entry], after: Iterable[Entry]
) -> dict[str, Entry] | None:
    """All entries by id, in the order of the files; None where an id stands twice."""
    ids = [entry.record.id for entry in after]
    if before.keys() == set(ids) and len(ids) == len(before):
        return {**good.entries, **{entry.record.id: entry for entry in after}}
    entries = {entry.record.id: entry for kept in files.values() for entry in kept.read.entries}
    return entries if len(entries) == sum(len(kept.read.entries) for kept in files.values()) else None


def may_stand_alone(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> bool:
    """Whether nothing has changed that is compared with all other records: ids, former ids, chains."""
    return before.keys() == after.keys() and all(
        chains(entry.record) == chains(after[name].record) for name, entry in before.items()
    )


def chains(record: Record) -> tuple[object, ...]:
    """What may close a circle, or take an address."""
    return record.former_ids, record.draft, *(getattr(record, name, None) for name in CHAINS)


def retold(
    good: Good, entries: dict[str, Entry], before: Mapping[str, Entry], after: Iterable[Entry]
) -> dict[str, tuple[Diagnostic, ...]]:
    """What is told of each record: anew of those that have changed, and of those that name what has."""
    assert good.checked.graph
    again = {entry.record.id for entry in after}
    for entry in after:
        name = entry.record.id
        if face(entry.record) != face(before[name].record):
            again |= {link.origin for link in good.checked.graph.backlinks.get(name, ())}
            again |= {one for one, other in entries.items() if other.record.draft}
    again |= good.told.keys()
    taken = {name: (entry.kind, entry.file) for name, entry in entries.items()}
    told = {name: found for name, found in good.told.items() if name not in again}
    told |= {name: tuple(about(entries[name], entries, taken)) for name in sorted(again)}
    return {name: found for name, found in told.items() if found}


def about(
    entry: Entry, entries: Mapping[str, Entry], taken: Mapping[str, tuple[str, str]]
) -> Iterator[Diagnostic]:
    """What is told of one record, by itself and beside those that it names."""
    if entry.whole:
        yield from check_record(entry)
    yield from links_of(entry, entries, taken)


def face(record: Record) -> tuple[object, ...]:
    """What a record shows to those that name it."""
    if isinstance(record, Source):
        return tuple(paragraph.number for paragraph in record.paragraphs)
    if isinstance(record, Claim):
        return speaker(record), record.disputes, record.refutes
    return ()
