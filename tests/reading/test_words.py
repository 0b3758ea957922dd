"""Where words stand that a message is about: found in the file, in bounded time."""

import pytest

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.reading.words import MOST, at_their_words


@pytest.fixture
def places(tmp_path):
    """What tells the places of words of a value at a line and column of a file with a text."""

    def found(text, *asked):
        (tmp_path / "a.yml").write_text(text, encoding="utf-8")
        given = [
            Diagnostic(Code.BAD_PROSE, Position("a.yml", line, column), "wrong", words=words)
            for line, column, words in asked
        ]
        return [
            (each.position.line, each.position.column) for each in at_their_words(given, tmp_path.joinpath)
        ]

    return found


def test_words_are_found_behind_the_beginning_of_their_value(places):
    """The same words before the value are not meant; after a line end, and amid other letters, they are."""
    assert places("x: no\ny: |\n  Ա no\n", (2, 4, "no")) == [(3, 5)]
    assert places("y: one\n  two", (1, 4, "one two")) == [(1, 4)]


def test_each_of_several_gets_a_place_of_its_own(places):
    """The second message is about the second place; of another value it is about that one's first."""
    assert places("x: a a\ny: a", (1, 4, "a"), (1, 4, "a"), (2, 4, "a")) == [(1, 4), (1, 6), (2, 4)]


def test_words_that_are_not_found_leave_the_place(places):
    """So does a message about a whole value, and a place that the file does not have any more."""
    assert places('x: "\\u0061"', (1, 4, "a"), (1, 4, ""), (7, 1, "a")) == [(1, 4), (1, 4), (7, 1)]


def test_a_file_that_is_gone_leaves_the_place(tmp_path):
    """Somebody may have removed it meanwhile."""
    asked = Diagnostic(Code.BAD_PROSE, Position("gone.yml", 3, 4), "wrong", words="a")
    assert at_their_words([asked], tmp_path.joinpath) == (asked,)


def test_not_all_of_too_many_are_looked_for(places):
    """Beyond a number in one file the places stay where their values begin."""
    asked = [(1, 1, "z")] * (MOST + 2)
    assert places("y" + "z" * MOST * 2, *asked)[-3:] == [(1, MOST + 1), (1, 1), (1, 1)]
