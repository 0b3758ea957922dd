"""The campaigns against the reader in their short forms; `make campaign` has the long ones."""

import pytest

from campaigns.reader import KINDS, corpus, faults, misplaced, try_mutations
from campaigns.suite import SUITE, cases, outcome, wrong
from small_project import REPOSITORY
from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position

START = corpus(REPOSITORY / "tests/collections")


@pytest.mark.no_cover  # takes as long again
def test_spoilt_files_are_read_or_refused_with_a_place():
    """Many mutations of real files: no traceback, nothing slow, every error has its place."""
    assert try_mutations(START, 15_000, seed=1)[1] == []


@pytest.mark.parametrize("place", [(None, None), (0, 1), (3, 1), (2, 5)])
def test_an_error_without_a_place_would_be_seen(place):
    """The judge refuses places that are not in the text."""
    assert list(misplaced(Diagnostic(Code.BAD_DATE, Position("x.yml", *place), "a"), ["a", "bcd"]))


@pytest.mark.skipif(
    not SUITE.is_dir(), reason="yaml-test-suite is not beside the project: see CONTRIBUTING.md"
)
def test_the_cases_of_yaml_test_suite():
    """Each is read with the suite's own values, or refused with a place."""
    outcomes = {case.name: outcome(case) for case in cases(SUITE)}
    assert len(outcomes) > 400
    assert wrong(outcomes) == []


@pytest.mark.parametrize("key", [r'"a\n\nb"', r'"a\rb"', '"a\n\n  b"'])
@pytest.mark.parametrize("value", ["", "x"])
def test_a_key_with_lines_ends_no_message(key, value):
    """A message that quotes such a key has no lines of its own in a report."""
    for what in KINDS:
        assert faults(f"name: x\n{key}: {value}\n".encode(), what) == []
