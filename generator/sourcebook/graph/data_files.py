"""The files in which the data of a collection can be taken away, as far as they have been made.

In: nothing. Out: what is known of such a file. The rule it guards: a size is that of a file that is there.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file below `data/`: its name, what it holds, its rows (None if it is no table), bytes, SHA-256.

    Of a file that is made only when somebody asks for it the last three are not known.
    """

    name: str
    description: str
    rows: int | None = None
    bytes: int | None = None
    sha256: str = ""
