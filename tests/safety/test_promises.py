"""SECURITY.md promises nothing that no test holds."""

import ast
import re

from safety.attacks import INERT, REFUSED
from small_project import REPOSITORY

TEXT = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?(?:\[([\w-]+)\])?`")
ROW = re.compile(r"^\|(?! *-)(?P<cells>.*)\|$", re.MULTILINE)


def named_tests(text):
    """Each test that a text names: its file, its function if it names one, its case."""
    return [(match[1], match[2], match[3]) for match in TEST.finditer(text)]


def test_every_test_that_is_named_exists():
    """File and function are there, under these very names."""
    named = named_tests(TEXT)
    assert len(named) > 40
    for file, name, _ in named:
        tree = ast.parse((REPOSITORY / file).read_text(encoding="utf-8"))
        functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name is None or name in functions, f"{file}::{name}"


def test_every_promise_names_its_test():
    """Each row of the tables of promises, attacks and faults ends with a test or several."""
    tables = TEXT.split("## What is promised")[1].split("## What is not promised")[0]
    rows = [match["cells"] for match in ROW.finditer(tables)]
    promises = [row for row in rows if "held by" not in row]
    assert len(promises) > 30
    assert [row for row in promises if not named_tests(row.rpartition("|")[2])] == []


def test_every_attack_is_in_the_table():
    """The table of attacks names the cases that the tests have, and no others."""
    named = {case for _, _, case in named_tests(TEXT) if case}
    assert named == {*INERT, *REFUSED}
