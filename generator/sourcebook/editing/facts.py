"""The facts of a project as they are, and as they would be with files changed.

In: a project, and changes that are not made yet. Out: the records, and what is wrong with them. The rule it
guards: no command changes a collection that has errors, and none leaves one that has.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.editing.files import Change
from sourcebook.graph.documents import check_documents
from sourcebook.reading.files import CONTENT_FOLDERS, InputFile, Project, find_files, stem
from sourcebook.reading.nodes import Mapping, Plain, plain
from sourcebook.reading.raw_records import RawRecord, records_of
from sourcebook.reading.source_texts import SourceText
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import Entry, load_records
from sourcebook.site.check import Settings, fact_diagnostics, read_texts, unread_files


class EditError(Exception):
    """A change that is not made: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class FaultyError(Exception):
    """A change that is not made because of errors in the facts, before or after it."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], *, before: bool) -> None:
        super().__init__("there are errors in the facts")
        self.diagnostics, self.before = diagnostics, before


@dataclass(frozen=True, slots=True)
class Standing:
    """A record where it stands: its file as read, and its number there; None where the file is the record."""

    entry: Entry
    file: InputFile
    data: bytes
    number: int | None

    @property
    def path(self) -> tuple[int, ...]:
        """The path of the record in its file."""
        return () if self.number is None else (self.number,)

    @property
    def values(self) -> dict[str, Plain]:
        """What stands in the record."""
        found = plain(self.entry.node)
        assert isinstance(found, dict), "a record is a mapping"
        return found


@dataclass(frozen=True)
class Facts:
    """The records of a project in the order of their files, and what is wrong.

    `ids` has each id with its kind, also of records that are faulty or stand in a file that cannot be read.
    """

    settings: Settings
    ids: tuple[tuple[str, str], ...]
    standings: tuple[Standing, ...]
    texts: tuple[SourceText, ...]
    diagnostics: tuple[Diagnostic, ...]

    @cached_property
    def by_id(self) -> dict[str, Standing]:
        """The records by their ids."""
        return {each.entry.record.id: each for each in reversed(self.standings)}


def facts_of(settings: Settings, changes: Iterable[Change] = ()) -> Facts:
    """The facts of a project with changes that are not made yet."""
    collection = settings.collection
    project = Project(settings.root, collection.content_dir, collection.seeds_dir)
    changed = {change.path: change for change in changes}
    gone = {change.origin for change in changed.values() if change.origin}
    known = find_files(project)
    found: list[Diagnostic] = [*settings.diagnostics]
    found += [] if changed else known.diagnostics
    raw: list[RawRecord] = []
    ids: list[tuple[str, str]] = []
    homes: list[tuple[InputFile, bytes, int | None]] = []
    for file in with_new(known.files, changed.values(), settings):
        data = changed[file.path].after if file.path in changed else file.path.read_bytes()
        if data is None or file.path in gone:
            continue
        reading = read_yaml(data, file.name)
        records, problems = records_of(reading, file)
        found += problems
        raw += records
        ids += [(each.kind, each.id) for each in records] or [(file.kind, stem(file.name))]
        alone = isinstance(reading.root, Mapping)
        homes += [(file, data, None if alone else number) for number in range(len(records))]
    entries, invalid = load_records(raw, collection)
    by_id = {entry.record.id: entry for entry in reversed(entries)}
    texts, unreadable = read_texts(settings, None)
    found += [*invalid, *unreadable, *check_documents(by_id, texts).problems]
    found += fact_diagnostics(tuple(raw), entries, by_id, unread_files(raw, found))
    standings = (Standing(entry, *home) for entry, home in zip(entries, homes, strict=True))
    return Facts(settings, tuple(ids), tuple(standings), texts, in_order(found))


def with_new(
    files: Iterable[InputFile], changes: Iterable[Change], settings: Settings
) -> Iterator[InputFile]:
    """The files of facts and those that a change adds, of the kind that their folder gives."""
    files = tuple(files)
    yield from files
    known = {file.path for file in files}
    for change in changes:
        if change.path not in known and (kind := kind_at(change, settings)):
            name = change.path.relative_to(settings.root).as_posix()
            yield InputFile(change.path, name, kind)


def kind_at(change: Change, settings: Settings) -> str | None:
    """The kind of the records of a file that is added; None where it is no file of facts."""
    seeds = settings.root / settings.collection.seeds_dir
    content = settings.root / settings.collection.content_dir
    if change.path.suffix not in (".yml", ".yaml"):
        return None
    if change.path.is_relative_to(seeds):
        return "source"
    if not change.path.is_relative_to(content):
        return None
    return CONTENT_FOLDERS.get(change.path.relative_to(content).parts[0])


def sound(settings: Settings) -> Facts:
    """The facts of a project without an error; raises FaultyError. To have none yet is no error."""
    facts = facts_of(settings)
    if has_errors(found for found in facts.diagnostics if found.code is not Code.EMPTY_CONTENT):
        raise FaultyError(facts.diagnostics, before=True)
    return facts
