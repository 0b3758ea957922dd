"""Records as they stand in the files: which mappings there are, of which kind, under which id.

In: a project, or one of its files. Out: a mapping with positions for each record, and diagnostics.
The rule it guards: each file is read for itself, so that a bad one hides nothing of the others.
What an id may look like, and that it is unique, is checked by the stages after this one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, has_errors, in_order
from sourcebook.reading.files import InputFile, Project, find_files, stem, unreadable
from sourcebook.reading.nodes import Mapping, Node, Scalar, Sequence
from sourcebook.reading.yaml_text import DEFAULT_LIMITS, Limits, Reading, read_yaml


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record before its fields are looked at.

    `file` is relative to the project's folder. The place of the id is that of its value, or the
    record's own where the file's name gives the id.
    """

    kind: str
    file: str
    id: str
    node: Mapping
    id_line: int
    id_column: int


def read_raw_records(
    project: Project, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[RawRecord, ...], tuple[Diagnostic, ...]]:
    """Read all records by file and place, and report what is wrong with folders, files and ids."""
    found = find_files(project)
    records: list[RawRecord] = []
    diagnostics = [*found.diagnostics]
    for file in found.files:
        of_file, about_file = read_record_file(file, limits)
        records.extend(of_file)
        diagnostics.extend(about_file)
    return tuple(records), in_order(diagnostics)


def read_record_file(
    file: InputFile, limits: Limits = DEFAULT_LIMITS
) -> tuple[tuple[RawRecord, ...], tuple[Diagnostic, ...]]:
    """Read the records of one file in their order, and report what is wrong with it."""
    try:
        with file.path.open("rb") as stream:
            data = stream.read(limits.bytes + 1)
    except OSError as error:
        return (), (unreadable(file.name, error),)
    return records_of(read_yaml(data, file.name, limits), file)


def records_of(reading: Reading, file: InputFile) -> tuple[tuple[RawRecord, ...], tuple[Diagnostic, ...]]:
    """Divide what was read of a file into its records; an item without an id is reported and left out."""
    found = list(_records(reading, file))
    records = (each for each in found if isinstance(each, RawRecord))
    diagnostics = (each for each in found if isinstance(each, Diagnostic))
    return tuple(records), in_order((*reading.diagnostics, *diagnostics))


def _records(reading: Reading, file: InputFile) -> Iterator[RawRecord | Diagnostic]:
    root = reading.root
    if isinstance(root, Mapping):
        yield _record(root, file, stem(file.name).strip())
    elif isinstance(root, Sequence) and root.items:
        for item in root.items:
            yield _record(item, file, None) if isinstance(item, Mapping) else _no_mapping(item, file)
    elif isinstance(root, Scalar) and root.value:
        yield _no_mapping(root, file)
    elif not has_errors(reading.diagnostics):
        yield Diagnostic(Code.EMPTY_VALUE, Position(file.name, 1, 1), "the file holds no record", _SHAPE)


_SHAPE = "a file holds one record, or a list of records"


def _record(node: Mapping, file: InputFile, name: str | None) -> RawRecord | Diagnostic:
    # `name` is the id of a mapping without the key; None where it must have the key.
    entry = node.entries.get("id")
    if entry is None:
        if name is None:
            hint = "in a file with a list of records each has its own `id`"
            return _about(Code.MISSING_FIELD, node, file, "the record has no `id`", hint)
        return RawRecord(file.kind, file.name, name, node, node.line, node.column)
    value = entry.value
    if not isinstance(value, Scalar):
        return _about(Code.WRONG_TYPE, value, file, "an id is a text", "write one id here")
    # Every text is trimmed where it is taken: two ids that differ in white space only are one.
    if not (name := value.value.strip()):
        return _about(Code.EMPTY_VALUE, value, file, "the id is empty", "give the record an id")
    return RawRecord(file.kind, file.name, name, node, value.line, value.column)


def _no_mapping(node: Node, file: InputFile) -> Diagnostic:
    what = "a list" if isinstance(node, Sequence) else "a text"
    return _about(
        Code.WRONG_TYPE, node, file, f"{what} stands where a record should", f"{_SHAPE}, each with its keys"
    )


def _about(code: Code, node: Node, file: InputFile, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Position(file.name, node.line, node.column), message, hint)
