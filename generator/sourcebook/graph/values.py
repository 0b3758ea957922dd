"""What a record holds at a path, as references and diagnostics name it."""

from collections.abc import Iterable

from sourcebook.records.base import Record


def value_at(record: Record, path: Iterable[str | int]) -> object:
    """The value at a path of field names, keys and indices."""
    value: object = record
    for step in path:
        value = value[step] if isinstance(value, tuple | dict) else getattr(value, str(step))  # type: ignore[index]
    return value
