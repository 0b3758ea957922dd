"""Files of facts brought into canonical form.

In: the bytes of a file that our reader has read without an error. Out: its bytes in canonical form. The rule
it guards: values and comments are those of the author; only their layout is ours.
"""

from collections.abc import Iterable

from sourcebook.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from sourcebook.editing.canonical import arranged, canonical_values
from sourcebook.editing.files import Change, UnlikeError
from sourcebook.editing.layout import document
from sourcebook.editing.parsed import parsed
from sourcebook.reading.files import InputFile
from sourcebook.reading.nodes import plain
from sourcebook.reading.raw_records import read_record_file
from sourcebook.reading.yaml_text import read_yaml
from sourcebook.records.load import MODELS


def format_files(files: Iterable[InputFile]) -> tuple[tuple[Change, ...], tuple[Diagnostic, ...]]:
    """What canonical form changes in files of facts, and the errors of those that cannot be read."""
    changes: list[Change] = []
    problems: list[Diagnostic] = []
    for file in files:
        _, found = read_record_file(file)
        if has_errors(found):
            problems += found
            continue
        data = file.path.read_bytes()
        after = formatted(file.kind, data)
        if after != data:
            changes.append(Change(file.path, data, after))
    return tuple(changes), in_order(problems)


def formatted(kind: str, data: bytes) -> bytes:
    """A file with records of a kind in canonical form; line ends of CRLF stay, a byte-order mark goes.

    Raises UnlikeError where that would change what the file says.
    """
    root = read_yaml(data, "").root
    assert root is not None, "a file that cannot be read is not formatted"
    values = plain(root)
    end = b"\r\n" if b"\r\n" in data else b"\n"
    # Most files have no comments, and are as they should be.
    text = canonical_values(kind, values)
    if text.replace("\n", end.decode()).encode() == data:
        return data
    written = data.decode("utf-8-sig").replace("\r\n", "\n")
    text = document(arranged(parsed(written), MODELS[kind]))
    again = read_yaml(text.encode(), "").root
    if again is None or plain(again) != values:
        raise UnlikeError
    return text.encode().replace(b"\n", end)
