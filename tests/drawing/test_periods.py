"""The scale of a timeline: broken at long empty stretches, even within each part."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.dates.edtf import parse_date
from sourcebook.dates.moments import Moment, day_number, day_of, first_second
from sourcebook.drawing.scale import DAY, GAP, scale, ticks
from sourcebook.pages.periods import MOST_PERIODS, periods

BOUNDED = settings(max_examples=200, deadline=None, derandomize=True)
DAYS = st.integers(-3_000_000, 3_000_000)


def spoken(*dates):
    """The names of the periods of dates."""
    return [period.words for period in periods(map(parse_date, dates))]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ([], []),
        (["XXXX"], []),
        (["2031-03-04"], ["4 March 2031"]),
        (["2031-03-04", "2031-03-09"], ["from 4 to 9 March 2031"]),
        (["/1994", "2020", "2022-12", "[2023-09-18..2023-09-25]", "[..2023-09-25]"],
         ["1994", "2020", "December 2022", "from 18 to 25 September 2023"]),
        (["2031", "2031-09-18", "2031-09-20"], ["from 18 to 20 September 2031"]),
        (["2031-01-01", "2031-04-01", "2031-08-01", "2031-12-01"], ["from January 2031 to December 2031"]),
        (["1980/1999", "1984-05-06", "1991-02-03"], ["from 1980 to 1999"]),
        (["Y-12000", "-0218"], ["12001 BCE", "219 BCE"]),
    ],
)  # fmt: skip
def test_periods(dates, expected):
    """Crowded days have a period of their own; a date that is itself wide is never cut."""
    assert spoken(*dates) == expected


@BOUNDED
@given(st.lists(DAYS, min_size=1, max_size=40))
def test_periods_hold_every_day_and_do_not_overlap(days):
    """Every day that is named lies in one period; periods are in order and few."""
    dates = [parse_date(f"{text}") for text in map(edtf, days)]
    found = periods(dates)
    assert 1 <= len(found) <= MOST_PERIODS
    assert all(one.last < other.first for one, other in itertools.pairwise(found))
    assert all(sum(period.first <= day <= period.last for period in found) == 1 for day in days)


def edtf(day):
    """A day as EDTF; its year has four digits."""
    moment = day_of(day)
    return f"{'-' if moment.year < 0 else ''}{abs(moment.year):04}-{moment.month:02}-{moment.day:02}"


@BOUNDED
@given(DAYS)
def test_a_day_has_one_number(day):
    """The day of a number has that number."""
    assert day_number(day_of(day)) == day


@BOUNDED
@given(st.lists(DAYS, min_size=1, max_size=20))
def test_later_is_never_further_left(days):
    """On the scale a later moment never lies before an earlier one, and all lie within its edges."""
    found = periods(parse_date(edtf(day)) for day in days)
    across = scale(found, [day * DAY for day in days], 10, 900)
    places = [across.x(second * DAY) for second in sorted([*days, min(days) - 500, max(days) + 500])]
    assert places == sorted(places)
    assert across.left == 10 and across.left <= places[0] and places[-1] <= across.right


def test_within_a_period_a_day_is_a_day():
    """The days of a period are equally wide, and their lines carry their numbers."""
    found = periods(map(parse_date, ["2020", "2031-03-04", "2031-03-09"]))
    across = scale(found, [first_second(Moment(2031, 3, 4))], 0, 600)
    last = across.stretches[-1]
    assert [tick.words for tick in ticks(last)] == ["4", "5", "6", "7", "8", "9"]
    steps = [b.x - a.x for a, b in zip(ticks(last), ticks(last)[1:], strict=False)]
    assert max(steps) - min(steps) < 1e-6
    assert last.left - across.stretches[0].right == pytest.approx(GAP)
