"""What an import came to, in words and for programs.

In: an outcome. Out: texts. The rule it guards: whatever of a file had no place is in the report.
"""

from collections.abc import Iterator, Mapping

from sourcebook.importing.bringing import Outcome, kinds_of
from sourcebook.reading.files import KINDS

MOST_VALUES = 10
"""How many values of one column are named in words; a program gets all."""


def as_lines(outcome: Outcome, *, written: bool, updated: bool) -> Iterator[str]:
    """The summary for people, line by line; none where nothing was read."""
    if not outcome.rows:
        return
    good = outcome.rows - outcome.bad_rows
    read = f"{outcome.rows:,} {outcome.unit}{'' if outcome.rows == 1 else 's'}"
    yield f"{outcome.name}: {read}, {good:,} taken, {outcome.bad_rows:,} left out"
    made = ", ".join(counted(number, kind) for kind, number in kinds_of(outcome.new).items())
    done = "written" if written else "would be written"
    yield f"{made or 'nothing new'}{f' {done}' if made else ''}; {outcome.unchanged:,} there already just so"
    if outcome.different:
        how = ("updated" if written else "would be updated") if updated else "left as they are"
        yield f"{len(outcome.different):,} there already with other values, {how}"
    for column, number in sorted(outcome.left_out.items()):
        why = ", which the mapping ignores" if column in outcome.ignored else ""
        what, many = ("column", counted_cells(number)) if outcome.unit == "row" else ("field", f"{number:,}")
        yield f"no place: {what} '{column}'{why} ({many})"
    for column, values in sorted(outcome.unmapped.items()):
        what = "column" if outcome.unit == "row" else "field"
        yield f"no place: in {what} '{column}' {values_in_words(values)}"


def counted(number: int, kind: str) -> str:
    """A number of records of a kind."""
    return f"{number:,} {kind if number == 1 else KINDS[kind]}"


def counted_cells(number: int) -> str:
    """A number of filled cells."""
    return f"{number:,} filled cell{'' if number == 1 else 's'}"


def values_in_words(values: Mapping[str, int]) -> str:
    """Values with how often they occur, the most frequent first."""
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"'{value}' ({number:,})" for value, number in ordered[:MOST_VALUES])
    more = len(ordered) - MOST_VALUES
    return f"{shown} and {more:,} other values" if more > 0 else shown


def as_document(outcome: Outcome, *, written: bool, updated: bool) -> dict[str, object]:
    """The same for programs."""
    return {
        "file": outcome.name,
        "rows": outcome.rows,
        "rows_left_out": outcome.bad_rows,
        "written": written,
        "new": [{"kind": kind, "id": key} for kind, key in outcome.new],
        "unchanged": outcome.unchanged,
        "different": [
            {
                "kind": each.draft.kind,
                "id": each.draft.id,
                "file": each.entry.file,
                "row": each.draft.row,
                "fields": list(each.fields),
                "updated": updated and written,
            }
            for each in outcome.different
        ],
        "columns_without_place": {
            column: {"cells": number, "ignored": column in outcome.ignored}
            for column, number in sorted(outcome.left_out.items())
        },
        "values_without_place": {
            column: dict(sorted(values.items())) for column, values in sorted(outcome.unmapped.items())
        },
    }
