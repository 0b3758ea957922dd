"""The locks of dependencies, read."""

import re

from packaging.requirements import Requirement

from small_project import REPOSITORY

FOLDER = REPOSITORY / "requirements"
LOCKED = re.compile(r"^(?P<what>[a-z0-9][^\\\n]*)(?: \\\n    --hash=sha256:[0-9a-f]{64})+$", re.MULTILINE)


def locked(name):
    """Each version of each package of a lock; a package has two where systems need different ones."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", "    "))]
    found = [Requirement(match["what"]) for match in LOCKED.finditer(text)]
    assert len(found) == len(lines), f"{name}: a line without a version or a hash"
    return found
