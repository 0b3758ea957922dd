"""Files that are written whole or not at all, and that tell whether they are as they were written.

In: a path, and what is to be in its file. Out: the file; of a sealed one what was written. The rule it
guards: nobody ever sees half a file in its place, and what somebody else has changed is not taken for ours.
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""The errors of a disk that is full, or of which somebody may take no more."""


@contextmanager
def written_whole(path: Path, prefix: str = ".sourcebook-", suffix: str = "") -> Iterator[IO[bytes]]:
    """A file to write into, beside its place until all is written; with an error it is removed.

    Its name begins and ends as told as long as it waits. May raise OSError.
    """
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    os.close(handle)  # opened again by its name, which the stream then tells
    try:
        with Path(name).open("wb") as stream:
            yield stream
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sha256_of(pieces: Iterable[bytes]) -> str:
    """The SHA-256 of a file in pieces, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def sealed(body: bytes) -> bytes:
    """A file's content under a first line with its SHA-256."""
    return sha256_of((body,)).encode() + b"\n" + body


def unsealed(content: bytes) -> bytes | None:
    """What was sealed; None where it is not exactly that."""
    _, _, body = content.partition(b"\n")
    return body if sealed(body) == content else None
