"""The way from one page to another."""

import posixpath

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.pages.composer import relative_path

paths = st.lists(st.sampled_from(["claims", "actors", "a", "index.md"]), min_size=1, max_size=4).map("/".join)


@given(paths, paths)
def test_the_way_is_the_shortest(path, origin):
    """The way between two files is what the standard library finds, without asking the disk."""
    assert relative_path(path, origin) == posixpath.relpath(path, posixpath.dirname(origin) or ".") or (
        # A file below a file of its own name is no tree.
        posixpath.dirname(origin).startswith(path)
    )
