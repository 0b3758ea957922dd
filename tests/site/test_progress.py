"""Tests of the bar that tells how far long work has come."""

import io
import sys

from sourcebook.site import progress as bars
from sourcebook.site.progress import progress


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self):
        """Whether a person looks on."""
        return True


def told(monkeypatch, stream):
    """What is written while ten items are worked through."""
    monkeypatch.setattr(bars, "PATIENCE", 0)
    monkeypatch.setattr(sys, "stderr", stream)
    assert list(progress(tuple(range(10)), "Making pages")) == list(range(10))
    return stream.getvalue()


def test_a_terminal_shows_how_far_the_work_has_come(monkeypatch):
    """The bar says what is done."""
    assert "Making pages" in told(monkeypatch, Terminal())


def test_a_pipe_gets_nothing_of_it(monkeypatch):
    """Not a byte."""
    assert told(monkeypatch, io.StringIO()) == ""
