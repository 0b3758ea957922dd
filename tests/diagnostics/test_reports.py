"""The four forms of a report and the two of the list of codes."""

import json
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.diagnostics.reports import (
    as_github,
    as_json,
    as_sarif,
    as_text,
    codes_markdown,
    codes_text,
    cut,
    visible,
)

GOLDEN = Path(__file__).parent / "golden"

NO_ACTOR = Diagnostic(
    Code.UNKNOWN_REFERENCE,
    Position("content/claims/relief.yml", 7, 12),
    "no actor with id 'azerbaijn'",
    hint="did you mean 'azerbaijan'? (content/actors/azerbaijan.yml)",
)
TWICE = Diagnostic(
    Code.DUPLICATE_KEY,
    Position("content/places/a, b: 100%.yml", 9, 1),
    "the key 'name' stands twice",
    related=(Related(Position("content/places/a, b: 100%.yml", 2, 1), "the first is here"),),
)
WIDE = Diagnostic(
    Code.WIDE_CITATION, Position("content/claims/relief.yml", 9, 5), "one fact cites 5 paragraphs"
)
WHOLE_FILE = Diagnostic(Code.NOT_UTF8, Position("content/events/կամուրջ.yml"), "byte 0xE9 at offset 3")
SPOOFED = Diagnostic(
    Code.FORBIDDEN_CHARACTER,
    Position("seeds/x\n::error::.yml", 1, 1),
    "U+202E in '\u202eevil\x1b[2J\r\n::set-output'",
)
ALL = (NO_ACTOR, TWICE, WIDE, WHOLE_FILE, SPOOFED)


def sarif(diagnostics, max_errors=None):
    """Read the log back as the program does that gets it."""
    return json.loads(as_sarif(diagnostics, tool="sourcebook", version="1.2.3", max_errors=max_errors))


def test_text_is_exactly_the_form_of_the_design():
    """The design's own example is printed to the letter."""
    assert as_text([NO_ACTOR]) == (
        "content/claims/relief.yml:7:12: error: no actor with id 'azerbaijn' [unknown-reference]\n"
        "  hint: did you mean 'azerbaijan'? (content/actors/azerbaijan.yml)\n"
    )


@pytest.mark.parametrize(
    ("name", "report"), [("report.txt", as_text), ("report.json", as_json), ("report.github", as_github)]
)
def test_reports_equal_their_golden_files(name, report):
    """Text, JSON and workflow commands are what the golden files show."""
    assert report(ALL) == (GOLDEN / name).read_text(encoding="utf-8")


def test_results_of_sarif_equal_their_golden_file():
    """Everything in a SARIF log is what the golden file shows, but for the rules and their numbers."""
    log = sarif(ALL)
    del log["runs"][0]["tool"]["driver"]["rules"]
    for result in log["runs"][0]["results"]:
        del result["ruleIndex"]
    assert log == json.loads((GOLDEN / "report.sarif").read_text(encoding="utf-8"))


def test_nothing_to_report():
    """No diagnostics give an empty text and valid documents without results."""
    assert as_text([]) == ""
    assert as_github([]) == ""
    assert json.loads(as_json([])) == {"diagnostics": [], "left_out": {"errors": 0, "warnings": 0}}
    assert sarif([])["runs"][0]["results"] == []


@pytest.mark.parametrize(
    "report", [as_text, as_json, as_github, lambda d: as_sarif(d, tool="t", version="0")]
)
def test_the_order_given_does_not_matter(report):
    """The same diagnostics in another order, and one of them twice, give the same bytes."""
    assert report(ALL) == report((*reversed(ALL), NO_ACTOR))
    assert report(ALL).endswith("\n")


def test_a_cut_says_what_it_leaves_out():
    """The last line of a cut text counts the errors and warnings behind the cut."""
    text = as_text(ALL, max_errors=1)
    assert text.splitlines()[0].startswith("content/claims/relief.yml:7:12: error")
    assert text.splitlines()[-1] == "and 3 more errors and 1 more warning not shown"


def test_a_cut_keeps_warnings_before_its_last_error():
    """Warnings do not count towards the limit, and one behind the last error is left out."""
    part = cut(ALL, 2)
    assert part.shown == (NO_ACTOR, WIDE, WHOLE_FILE)
    assert (part.errors, part.warnings, str(part)) == (2, 0, "and 2 more errors")


@pytest.mark.parametrize("limit", [None, 4, 5])
def test_a_limit_that_is_not_reached_cuts_nothing(limit):
    """As many errors as the limit, or fewer, are all shown and nothing is said."""
    assert as_text(ALL, max_errors=limit) == as_text(ALL)


def test_every_form_tells_of_a_cut():
    """JSON, workflow commands and SARIF say how many are left out, too."""
    assert json.loads(as_json(ALL, max_errors=3))["left_out"] == {"errors": 1, "warnings": 0}
    assert (
        as_github(ALL, max_errors=3).splitlines()[-1]
        == "::notice title=sourcebook::and 1 more error not shown"
    )
    invocation = sarif(ALL, max_errors=3)["runs"][0]["invocations"][0]
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "and 1 more error not shown"


def test_letters_that_need_joiners_are_printed_as_they_are():
    """Persian with its non-joiner and a right-to-left mark stay readable; a soft hyphen becomes visible."""
    assert visible("می\u200cخواهم\u200f") == "می\u200cخواهم\u200f"
    assert visible("so\u00adft\U000e0041") == "so\\u00adft\\U000e0041"


@given(st.text(), st.text(min_size=1), st.text())
def test_no_text_breaks_out_of_its_line(message, file, hint):
    """Whatever the words are, a diagnostic is one line, or two with a hint, and one workflow command."""
    diagnostic = Diagnostic(Code.BAD_TEXT, Position(file, 1, 1), message, hint)
    assert len(as_text([diagnostic]).splitlines()) == 1 + bool(hint)
    assert len(as_github([diagnostic]).splitlines()) == 1
    as_text([diagnostic]).encode("utf-8")


def test_a_file_name_that_is_not_utf8_is_addressed_by_its_bytes():
    """A name that the system could not decode has its own bytes in the address of the log."""
    diagnostic = Diagnostic(Code.NOT_UTF8, Position("content/caf\udce9.yml"), "byte 0xE9")
    location = sarif([diagnostic])["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": "content/caf%E9.yml"}}


def test_sarif_has_a_rule_for_every_code():
    """Rules are the codes in order, each with its words and level, and results point at theirs."""
    log = sarif(ALL)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [code.slug for code in Code]
    assert all(rule["fullDescription"]["text"] and rule["defaultConfiguration"]["level"] for rule in rules)
    for result in log["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_list_of_codes_explains_each():
    """The printed list has every code once, with its severity, and no line beyond 88 characters."""
    text = codes_text()
    for code in Code:
        assert f"\n{code.slug} ({code.severity})\n  {code.explanation[:20]}" in f"\n{text}"
    assert max(map(len, text.splitlines())) <= 88
    assert text.endswith(".\n")


def test_the_table_of_codes_is_one_table():
    """As Markdown every code is one row with an anchor, and its words are the explanation's."""
    html = markdown.markdown(codes_markdown(), extensions=["tables"])
    assert html.count("<tr>") == len(Code) + 1
    for code in Code:
        assert f'<td><code id="{code.slug}">{code.slug}</code></td>\n<td>{code.severity}</td>' in html
    assert "or a [[reference]] that is not an id." in html
    assert "<a" not in html
    assert "<em>" not in html
