"""Into which periods the time of a timeline falls, so that a few crowded days do not drown in empty years.

In: dates. Out: periods in order, which do not overlap. The rule it guards: where the scale is broken is told
in words, and it is broken at long empty stretches only.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sourcebook.dates.edtf import Date, parse_date, single_dates
from sourcebook.dates.moments import Moment, day_number, day_of, days_in_month
from sourcebook.dates.words import in_words, short_words

MOST_PERIODS = 8
SHORTEST_BREAK = 60
"""In days."""
LEAST_SHARE = 1 / 2
"""Of the time around it that an empty stretch must take up for the scale to be broken there."""
MOST_DAYS_IN_DAYS = 62
MOST_DAYS_IN_MONTHS = 3 * 366


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with a scale of its own: its first and last day, and what it is called.

    Days are counted from 1 March of the year 0 (`sourcebook.dates.moments.day_number`). `unit` is `day`,
    `month` or `year`: what the scale is divided into.
    """

    first: int
    last: int
    unit: str
    words: str
    short: str


def periods(dates: Iterable[Date]) -> tuple[Period, ...]:
    """The periods of dates, the earliest first; none where no date has a bound."""
    named = narrow({pair for date in dates for pair in single_days(date)})
    days = sorted({day for pair in named for day in pair})
    parts = [days] if days else []
    while len(parts) < MOST_PERIODS and (cut := widest_break(parts, frozenset(named))):
        number, place = cut
        parts[number : number + 1] = [parts[number][:place], parts[number][place:]]
    return tuple(period(part[0], part[-1]) for part in parts)


def single_days(date: Date) -> Iterator[tuple[int, int]]:
    """The first and the last day of each date that is named in a date."""
    for first, last in single_dates(date.value):
        if isinstance(first, Moment) and isinstance(last, Moment):
            yield day_number(first), day_number(last)


def narrow(named: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches in which no other lies: of `2020` and `2020-11` the second, which the year is around."""
    return sorted(
        (first, last)
        for first, last in named
        if not any(first <= other[0] and other[1] <= last and other != (first, last) for other in named)
    )


def widest_break(parts: list[list[int]], named: frozenset[tuple[int, int]]) -> tuple[int, int] | None:
    """The part of which an empty stretch takes up the most, and the place behind the stretch; None for none.

    A stretch that is itself a date (the whole of 1994) is not empty.
    """
    found = [
        ((stretch[1] - stretch[0]) / (part[-1] - part[0]), -number, -place)
        for number, part in enumerate(parts)
        for place, stretch in enumerate(pairwise(part), start=1)
        if stretch[1] - stretch[0] >= SHORTEST_BREAK and stretch not in named
    ]
    share, number, place = max(found, default=(0.0, 0, 0))
    return (-number, -place) if share > LEAST_SHARE else None


def period(first: int, last: int) -> Period:
    """The period between two days, both included."""
    edtf, unit = span(day_of(first), day_of(last), last - first)
    date = parse_date(edtf)
    return Period(first, last, unit, in_words(date), short_words(date))


def span(first: Moment, last: Moment, days: int) -> tuple[str, str]:
    """A period in EDTF and its unit; wide ones are told by the month, the widest by the year."""
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    whole_months = first.day == 1 and last.day == days_in_month(last.year, last.month)
    # EDTF has no months in years of more than four digits.
    if whole_years or days > MOST_DAYS_IN_MONTHS or max(abs(first.year), abs(last.year)) > 9999:
        ends, unit = [year(first), year(last)], "year"
    elif whole_months or days > MOST_DAYS_IN_DAYS:
        ends, unit = [f"{year(end)}-{end.month:02}" for end in (first, last)], "month"
    else:
        ends, unit = [f"{year(end)}-{end.month:02}-{end.day:02}" for end in (first, last)], "day"
    return "/".join(dict.fromkeys(ends)), unit


def year(moment: Moment) -> str:
    """The year as EDTF writes it."""
    if abs(moment.year) > 9999:
        return f"Y{moment.year}"
    return f"{'-' if moment.year < 0 else ''}{abs(moment.year):04}"
