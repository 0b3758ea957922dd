"""The view of the data: every file in which the collection can be taken away, and how to use it.

In: the graph, and the files where they have been made. Out: a page. The rule it guards: it tells how the data
is cited and licensed, and names no size that it does not know.
"""

from dataclasses import dataclass

from sourcebook.pages.view import View

VIEW = View(
    "data",
    "Data",
    "Every fact of this site for spreadsheets, notebooks, maps, databases and triple stores.",
    "Everything that this site says can be taken away, in the formats that people’s tools read.",
)


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file below `data/`: its name, what it holds, its rows (None if it is no table), bytes, SHA-256."""

    name: str
    description: str
    rows: int | None
    bytes: int
    sha256: str
