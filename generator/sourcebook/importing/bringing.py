"""From a file that somebody has to what is written of it, and a report on all the rest.

In: a project, the bytes of a table or a bibliography, a mapping. Out: the changes to files, and what is to
be said. The rule it guards: nothing is written that the check would refuse, and nothing is left out that is
not reported.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related, has_errors, in_order
from sourcebook.editing.files import Change
from sourcebook.editing.schema_files import ids_changed
from sourcebook.exporting.bibliography import bibtex_source, csl_item
from sourcebook.importing.bibtex import read_bibtex
from sourcebook.importing.csl import Again, Item, again_of, bibliography, read_csl
from sourcebook.importing.files import new_files
from sourcebook.importing.filling import Filler, mapping_problems
from sourcebook.importing.finding import Finder
from sourcebook.importing.mapping import read_mapping
from sourcebook.importing.settling import Brought, BroughtRow, Difference, Present, Settled, settle
from sourcebook.importing.table import read_table
from sourcebook.importing.updating import updates
from sourcebook.reading.files import Project
from sourcebook.reading.raw_records import read_raw_records
from sourcebook.reading.withheld import read_withheld, without_names
from sourcebook.records.load import load_records
from sourcebook.records.source import Source
from sourcebook.site.check import Settings


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an import may do besides making what is new: make what cells name, update, in which fields."""

    create_missing: bool = False
    update: bool = False
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import comes to.

    `left_out` counts filled cells of columns that feed nothing, by column; `ignored` are those of them that
    the mapping leaves out on purpose; `unmapped` counts values without a place, by column.
    """

    name: str
    unit: str = "row"
    rows: int = 0
    bad_rows: int = 0
    new: tuple[tuple[str, str], ...] = ()
    unchanged: int = 0
    different: tuple[Difference, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    unmapped: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def bring_table(
    settings: Settings,
    data: bytes,
    name: str,
    mapping: tuple[bytes, str],
    delimiter: str | None,
    wishes: Wishes,
) -> Outcome:
    """What comes of a table: `mapping` is its mapping's bytes and name."""
    wanted, problems = read_mapping(*mapping)
    if wanted is None:
        return Outcome(name, diagnostics=problems)
    table = read_table(data, name, delimiter or wanted.delimiter)
    if isinstance(table, Diagnostic):
        return Outcome(name, diagnostics=(table,))
    if problems := in_order(mapping_problems(wanted, table)):
        return Outcome(name, diagnostics=problems)
    present, found = read_present(settings)
    if has_errors(found):
        return Outcome(name, diagnostics=found)
    finder = Finder(present.entries.values(), create_missing=wishes.create_missing)
    filler = Filler(wanted, table, finder)
    brought = Brought(name, table.columns)
    for row in table.rows():
        if isinstance(row, Diagnostic):
            brought.add(BroughtRow(0, row.position.line, frozenset(), good=False), (), (row,))
            continue
        filling = filler.fill(row)
        made = BroughtRow(row.number, row.line, frozenset(filling.needs), good=not filling.unresolved)
        brought.add(made, filling.drafts, filling.problems)
    brought.drafts.update({key: draft for key, draft in filler.created.items() if key not in brought.drafts})
    brought.problems += finder.problems()
    settled = settle(brought, present, update=wishes.update, only=wishes.only)
    tally = filler.tally
    return outcome(
        settings,
        present,
        brought,
        settled,
        wishes,
        left_out=tally.columns,
        ignored=filler.ignored,
        unmapped=tally.values,
    )


def bring_bibliography(settings: Settings, data: bytes, name: str, form: str, wishes: Wishes) -> Outcome:
    """What comes of a bibliography in one of the FORMS; raises MissingExtraError."""
    present, found = read_present(settings)
    if has_errors(found):
        return Outcome(name, diagnostics=found)
    finder = Finder(present.entries.values(), create_missing=False)
    read = FORMS[form].read(data, name)
    if isinstance(read, Diagnostic):
        return Outcome(name, diagnostics=(read,))
    items, lines = read
    brought = bibliography(items, lines, name, finder, lambda key: brought_again(key, present, form))
    settled = settle(brought.brought, present, update=wishes.update, only=wishes.only)
    left_out, unmapped = brought.left_out, brought.unmapped
    return outcome(settings, present, brought.brought, settled, wishes, left_out=left_out, unmapped=unmapped)


class Form(NamedTuple):
    """A form of bibliographies: how it is read, and how a source is written in it, as an item of CSL."""

    read: Callable[[bytes, str], tuple[list[Any], list[int]] | Diagnostic]
    written: Callable[[Source, Callable[[str], str]], Item]


def bibtex_item(source: Source, label_of: Callable[[str], str]) -> Item:
    """The item that a source makes which was written as BibTeX and read again."""
    read = read_bibtex(bibtex_source(source, label_of).encode(), "")
    return read[0][0] if isinstance(read, tuple) and isinstance(read[0][0], dict) else {}


FORMS: Mapping[str, Form] = {
    "csl-json": Form(read_csl, lambda source, label_of: dict(csl_item(source, label_of))),
    "bibtex": Form(read_bibtex, bibtex_item),
}
"""The forms of bibliographies by their names."""


def brought_again(key: str, present: Present, form: str) -> Again | None:
    """What a bibliography of this collection says of one of its sources; None for none."""
    entry = present.entries.get(key)
    if entry is None or not isinstance(entry.record, Source):
        return None

    def label_of(id: str) -> str:
        found = present.entries.get(id)
        return found.record.label.value if found else id

    return again_of(FORMS[form].written(entry.record, label_of), entry.node)


def outcome(
    settings: Settings,
    present: Present,
    brought: Brought,
    settled: Settled,
    wishes: Wishes,
    *,
    left_out: Mapping[str, int],
    unmapped: Mapping[str, Mapping[str, int]],
    ignored: tuple[str, ...] = (),
) -> Outcome:
    """All that is to be said, and the files to write."""
    changes = [*new_files(settled.new, settings, present.raw)]
    problems = [*settled.problems]
    if wishes.update:
        changed, stuck = updates(settled.different, settings, present.raw)
        changes += changed
        problems += (differs(each, brought, "cannot be updated in place") for each in stuck)
    else:
        problems += (differs(each, brought, "was left as it is") for each in settled.different)
    new = tuple((draft.kind, draft.id) for draft in settled.new)
    changes += ids_changed(settings, [*new, *((record.kind, record.id) for record in present.raw)])
    return Outcome(
        brought.name,
        brought.unit,
        rows=len(brought.rows),
        bad_rows=sum(1 for row in brought.rows if not row.good),
        new=new,
        unchanged=len(settled.unchanged),
        different=settled.different,
        left_out=dict(left_out),
        ignored=ignored,
        unmapped={column: dict(counts) for column, counts in unmapped.items()},
        changes=tuple(changes),
        diagnostics=in_order(without_names(present.withheld, problems)),
    )


def differs(each: Difference, brought: Brought, what: str) -> Diagnostic:
    """The message for a record that a row gives other values than it has."""
    fields = ", ".join(f"'{name}'" for name in each.fields)
    message = f"{brought.unit} {each.draft.row}: '{each.draft.id}' has other values for {fields}, and {what}"
    stuck = "cannot" in what
    hint = "mend it by hand" if stuck else "compare them; run with --update to take those of the table"
    place = Related(each.entry.position(), "the record as it is")
    position = Position(brought.name, each.draft.node.line, 1)
    return Diagnostic(Code.RECORD_DIFFERS, position, message, hint, (place,))


def read_present(settings: Settings) -> tuple[Present, tuple[Diagnostic, ...]]:
    """The records of a project as they are, and why they cannot all be read.

    What a file holds that cannot be read might be made a second time. A project without records is none.
    """
    collection = settings.collection
    raw, found = read_raw_records(Project(settings.root, collection.content_dir, collection.seeds_dir))
    entries, _ = load_records(raw, collection)
    withheld, no_list = read_withheld(settings.root, collection.withheld_names)
    by_id = {entry.record.id: entry for entry in reversed(entries)}
    unread = (one for one in found if has_errors([one]) and one.code is not Code.EMPTY_CONTENT)
    return Present(raw, by_id, collection, withheld), in_order((*settings.diagnostics, *no_list, *unread))


def kinds_of(new: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many new records there are of each kind."""
    counts: dict[str, int] = {}
    for kind, _ in new:
        counts[kind] = counts.get(kind, 0) + 1
    return counts
