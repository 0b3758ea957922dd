"""Files that are made and not yet written: they wait on the disk, not in memory.

In: paths and the pieces of their files. Out: the same again. The rule it guards: everything is made and valid
before the first file is written, however large a collection is.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sourcebook.exporting.database import PIECE


class Spool(Mapping[str, bytes]):
    """Files one behind the other in a file without a name, which goes with the program.

    As a mapping it gives a file at a time; of one path the file that was put in last.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Begin it in a folder, or where the system has its temporary files; may raise OSError."""
        self._stream = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the spool
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, path: str, pieces: Iterable[bytes]) -> None:
        """Take in a file, in pieces."""
        self._stream.seek(self._end)
        length = sum(map(self._stream.write, pieces))
        self._places[path] = (self._end, length)
        self._end += length

    def __iter__(self) -> Iterator[str]:
        """Every path, in the order in which they were taken in."""
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, path: str) -> bytes:
        start, length = self._places[path]
        self._stream.seek(start)
        return self._stream.read(length)

    def pieces(self, path: str) -> Iterator[bytes]:
        """A file in pieces of bearable size; of several files only one after the other."""
        start, length = self._places[path]
        self._stream.seek(start)
        for begin in range(0, length, PIECE):
            yield self._stream.read(min(PIECE, length - begin))


def folder_for(out: Path) -> Path | None:
    """Where files wait that go into a folder: in it, or in the next one above that is there.

    So a disk that is too small is noticed before anything is written on it.
    """
    return next((folder for folder in (out, *out.absolute().parents) if folder.is_dir()), None)
