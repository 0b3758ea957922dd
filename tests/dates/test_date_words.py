"""Dates in words, short words and ISO days."""

from dataclasses import replace
from pathlib import Path

import pytest

from sourcebook.dates.edtf import parse_date
from sourcebook.dates.language import ENGLISH
from sourcebook.dates.words import in_words, iso_range, short_words

WORDS = Path(__file__).parent / "golden" / "words.txt"


def told(text):
    """Write the lines of the golden file for one date."""
    date = parse_date(text)
    start, end = iso_range(date)
    return f"{text}\n  {in_words(date)}\n  {short_words(date)}\n  {start} {end}\n"


def test_every_form_is_told_in_words():
    """Each form of a date has its words in full, its short words and its ISO days."""
    golden = WORDS.read_text(encoding="utf-8")
    texts = [line for line in golden.splitlines() if not line.startswith("  ")]
    assert "".join(map(told, texts)) == golden


def test_another_language_is_another_value():
    """Words come from the table that is given, so that a language can be added."""
    months = tuple(f"{number}月" for number in range(1, 13))
    words = replace(ENGLISH, full=replace(ENGLISH.full, months=months, day="{year}年{month}{day}日"))
    assert in_words(parse_date("2023-09-24"), words) == "2023年9月24日"


@pytest.mark.parametrize("tell", [in_words, short_words])
def test_open_and_unknown_ends_are_told_apart(tell):
    """Readers can tell an open end from one that nobody knows, and lasting from some time within."""
    forms = ["1994/", "1994/..", "/1994", "../1994", "[..1994]", "[1994..]", "1994/1995", "[1994..1995]"]
    assert len({tell(parse_date(form)) for form in forms}) == len(forms)
