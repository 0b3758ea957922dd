"""What holds for every date, and for every text that is none."""

import re

import pytest
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dates.strategies import CALENDAR_DATES, EDTF, HOSTILE, POINTS, SEASONS, YEARS, intervals, sets
from sourcebook.dates.edtf import DateError, parse_date
from sourcebook.dates.moments import Limit, days_in_month, first_second, last_second
from sourcebook.dates.order import certainly_before, sort_key
from sourcebook.dates.words import in_words, iso_range, short_words

# What is measured here is measured by other tests, too, and measuring takes as long as the test.
pytestmark = pytest.mark.no_cover

MANY, SOME = settings(max_examples=200, deadline=None), settings(max_examples=60, deadline=None)


@MANY
@given(EDTF)
def test_a_date_keeps_its_text_and_orders_its_bounds(text):
    """Reading loses nothing, and the earliest bound is not after the latest."""
    date = parse_date(text)
    assert date.edtf == text
    if not isinstance(date.earliest, Limit) and not isinstance(date.latest, Limit):
        assert first_second(date.earliest) <= last_second(date.latest)
    assert not certainly_before(date, date)


@MANY
@given(EDTF)
def test_words_name_no_number_that_the_date_has_not(text):
    """Every day number and every part of a time in the words stands in the date."""
    date = parse_date(text)
    written = {int(number) for number in re.findall("[0-9]+", text)}
    for words in (in_words(date), short_words(date)):
        assert words.strip() == words != ""
        local = re.sub("UTC[+-][0-9:]+", "", words)
        days = re.findall(r"\b[0-9]{1,2}(?= [A-Z][a-z]{2}| and [0-9]| to [0-9]|–[0-9]{1,2} )", local)
        times = re.findall(r"[0-9]{2}(?=:[0-9]{2})|(?<=:)[0-9]{2}", local)
        assert {int(number) for number in days + times} <= written


@MANY
@given(POINTS)
def test_words_have_a_month_only_where_the_date_has_one(text):
    """A date without a month is told without one."""
    has_month = re.search("[A-Z][a-z]{2,}", in_words(parse_date(text))) is not None
    assert has_month == (re.match(r"-?[0-9]{4}-(0[1-9]|1[0-2])", text) is not None)


@MANY
@given(POINTS, POINTS)
def test_different_points_are_told_differently(one, other):
    """Two dates that do not mean the same are not told in the same words, in full or short."""
    dates = parse_date(one), parse_date(other)
    assume(dates[0].value != dates[1].value)
    assert in_words(dates[0]) != in_words(dates[1])
    assert short_words(dates[0]) != short_words(dates[1])


@MANY
@given(EDTF)
def test_iso_days_ascend(text):
    """The machine-readable range is in order and of the form YYYY-MM-DD."""
    start, end = iso_range(parse_date(text))
    assert all(day is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day) for day in (start, end))
    assert start is None or end is None or start <= end


@SOME
@given(st.lists(st.none() | EDTF.map(parse_date), max_size=8), st.randoms(use_true_random=False))
def test_order_does_not_depend_on_where_one_begins(dates, random):
    """Sorting gives one order, from any order, with missing dates last."""
    in_order = sorted(dates, key=sort_key)
    shuffled = list(dates)
    random.shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == in_order
    assert in_order[len(in_order) - dates.count(None) :] == [None] * dates.count(None)


@MANY
@given(EDTF, EDTF)
def test_what_is_certainly_before_is_not_after(one, other):
    """Of two dates only one is certainly before the other, and days sort it first."""
    first, second = parse_date(one), parse_date(other)
    if certainly_before(first, second):
        assert not certainly_before(second, first)
        assert first.edtf != second.edtf


@settings(max_examples=400, deadline=None)
@given(HOSTILE)
def test_no_text_raises_anything_else(text):
    """A text is a date or a DateError with a message of one line."""
    try:
        date = parse_date(text)
    except DateError as error:
        assert error.message
        assert len(error.message) < 1400
    else:
        assert date.edtf == text.strip()
        assert in_words(date)


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_hints_are_dates(text):
    """The forms that a hint tells to write are themselves dates."""
    try:
        parse_date(text)
    except DateError as error:
        if error.hint.startswith("write ") and not error.reversed and "YYYY" not in error.hint:
            for form in re.findall(r"(?:^write|, or) (\S*[0-9X][^\s;,]*(?:,[^\s;,]+)*)", error.hint):
                assert parse_date(form).edtf == form


# The library `edtf` as an oracle, where it is right: it knows 29 February in every year, lets
# winter end with the year, cannot bound what is open, pads what is unknown, and turns the
# unspecified months of years before 1 round.


BEYOND_THE_LIBRARY = re.compile("T|-2[1-4]|Y.*[?~%]|XXXX|^-.*-XX")


def oracle(text):
    """Ask the library, which answers None where it refuses."""
    try:
        return parse_edtf(text)
    except EDTFParseException:
        return None


def assert_same_bounds(text):
    """Compare the days of both bounds."""
    theirs, ours = parse_edtf(text), parse_date(text)
    for struct, bound in ((theirs.lower_strict(), ours.earliest), (theirs.upper_strict(), ours.latest)):
        assert tuple(struct[:3]) == (bound.year, bound.month, bound.day)


@SOME
@given(st.one_of(POINTS.filter(lambda text: not BEYOND_THE_LIBRARY.search(text)), SEASONS))
def test_points_have_the_bounds_of_the_library(text):
    """Dates, years, unspecified digits and seasons have the bounds that the library gives them."""
    assume(not re.fullmatch("-?[0-9]{4}-24", text))
    assert_same_bounds(text)


@SOME
@given(intervals(st.builds("{}{}".format, CALENDAR_DATES, st.sampled_from(["", "?", "~", "%"]))))
def test_intervals_are_accepted_by_the_library(text):
    """Intervals of dates are accepted by both, with the same bounds where there are two ends."""
    assert oracle(text) is not None
    if not text.startswith(("/", "..")) and not text.endswith(("/", "..")):
        assert_same_bounds(text)


@SOME
@given(st.one_of(sets(YEARS), sets(YEARS.map("{}-06".format))))
def test_sets_are_accepted_by_the_library(text):
    """One of a set is accepted by both, with the same bounds where both have some."""
    assert oracle(text) is not None
    if "[.." not in text and "..]" not in text:
        assert_same_bounds(text)


@SOME
@given(
    st.integers(0, 9999),
    st.one_of(st.none(), st.integers(0, 24), st.integers(42, 99)),
    st.one_of(st.none(), st.integers(0, 33)),
    st.sampled_from(["", "?", "~", "%"]),
)
def test_numbers_are_refused_as_the_library_refuses_them(year, month, day, qualifier):
    """A date of any numbers is accepted or refused by both alike."""
    is_season = month is not None and month > 20
    parts = [f"{year:04}"] + [
        f"{part:02}" for part in (month, day if month is not None else None) if part is not None
    ]
    text = "-".join(parts) + ("" if is_season else qualifier)
    assume((month, day) != (2, 29) or days_in_month(year, 2) == 29)
    try:
        parse_date(text)
    except DateError:
        assert oracle(text) is None
    else:
        assert oracle(text) is not None
