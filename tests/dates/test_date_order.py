"""The order of dates, and what is certainly before what."""

import random

import pytest

from sourcebook.dates.edtf import parse_date
from sourcebook.dates.order import certainly_before, sort_key

IN_ORDER = [
    "Y-170000002",
    "-0044-03-15",
    "0000",
    "/1994",
    "201X",
    "2019-12-31",
    "2020-01-01",
    "2020-01",
    "2020",
    "2020~",
    "2020/..",
    "2020-24",
    "2023-09-18",
    "2023-09-18/2023-09-24",
    "[2023-09-18..2023-09-24]",
    "[2023-09-18..]",
    "2023-09-24",
    "2023-09-24T13:00+04:00",
    "2023-09-24T09:30Z",
    "2023-09-24T12:00",
    "2023-09-24T12:00:30",
    "2023-09-24T12:01",
    "[..2023-09-25]",
    "Y170000002",
    "XXXX",
]


def test_dates_sort_by_bounds_and_none_comes_last():
    """One list shows the rule: earliest, latest, characters; an open start by its end; nothing last."""
    dates = [*map(parse_date, IN_ORDER), None]
    shuffled = random.Random(7).sample(dates, len(dates))
    assert [date and date.edtf for date in sorted(shuffled, key=sort_key)] == [*IN_ORDER, None]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023-09-23", "2023-09-24", True),
        ("2023-09-24", "2023-09-24", False),
        ("2023-09-30", "2023-10", True),
        ("2023-09", "2023-09-24", False),
        ("/1994", "1995", True),
        ("1994/", "1995", False),
        ("1994/..", "1995", False),
        ("1994", "[..1995]", False),
        ("1994", "../1995", False),
        ("[1990..1994]", "[1995,1996]", True),
        ("2019", "2020~", True),
        ("2023-09-24T11:59", "2023-09-24T12:00", True),
        ("2023-09-24T12:00", "2023-09-24T12:00:30", False),
        ("2023-09-24T12:00+04:00", "2023-09-24T09:00Z", True),
        ("2023-09-24T23:00Z", "2023-09-25", False),
        ("2023-09-24T09:00Z", "2023-09-25", True),
        ("2023-09-24T12:00", "2023-09-24T13:00Z", False),
        ("2023-21", "2023-10-01", False),
        ("2023-21", "2025", True),
        ("2023-12", "2024-21", False),
    ],
)
def test_before_is_certain_or_not_said(one, other, expected):
    """One date is before another only where no bound, zone or season leaves a doubt."""
    assert certainly_before(parse_date(one), parse_date(other)) is expected
