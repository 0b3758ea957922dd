"""EDTF dates (ISO 8601-2; Library of Congress, Extended Date/Time Format): text to value.

In: one date as an editor wrote it. Out: the same text with what it says and its bounds.
The rule it guards: a date is never read as more, or as more precise, than is written.

Levels 0 and 1 are complete; of level 2 there is one of a set, `[a,b..c]`. Beyond the Library's
profile, ISO 8601-2 allowing it, a time may lack seconds, and dates with times, seasons and
unspecified digits may stand in intervals and sets and take a qualifier.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from sourcebook.dates.hints import Form, advise
from sourcebook.dates.language import ENGLISH
from sourcebook.dates.moments import (
    Bound,
    Clock,
    Limit,
    Moment,
    days_in_month,
    first_second,
    is_surely_before,
    last_second,
)
from sourcebook.diagnostics.values import typed


class DateError(ValueError):
    """A text that is no date of the format.

    `message` says what is wrong, in one line without a full stop; `hint` is the remedy, with the
    nearest right form where it can be guessed; `reversed` is set where an end lies before its start.
    """

    def __init__(self, message: str, hint: str = "", *, reversed: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.reversed = reversed


class Qualifier(StrEnum):
    """What an editor adds to a date: how sure it is."""

    UNCERTAIN = "?"
    APPROXIMATE = "~"
    UNCERTAIN_AND_APPROXIMATE = "%"


class Precision(StrEnum):
    """How wide a date is, from narrow to wide; then the forms that have two ends or several dates."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MILLENNIUM = "millennium"
    UNKNOWN = "unknown"
    INTERVAL = "interval"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Point:
    """One date without an interval's or a set's signs.

    The years differ where digits of the year are unspecified (`201X`: 2010 and 2019; `XXXX`: 0 and
    9999). `season` is 21 to 24. `unspecified` is what `XX` stands for, "day" or "month", where
    `2004-06-XX` has a month and no day, `2004-XX` and `2004-XX-XX` have neither.
    """

    first_year: int
    last_year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    clock: Clock | None = None
    unspecified: str = ""
    qualifier: Qualifier | None = None

    @property
    def precision(self) -> Precision:
        """How wide the point is; the unspecified day of a month is as wide as the month."""
        if self.clock:
            return Precision.TIME
        if self.day:
            return Precision.DAY
        if self.month:
            return Precision.MONTH
        if self.season:
            return Precision.SEASON
        return _PRECISION_OF_YEARS[self.last_year - self.first_year]


@dataclass(frozen=True, slots=True)
class Span:
    """Two ends: all the time from one to the other as an interval, some time within in a set."""

    start: Point | Limit
    end: Point | Limit


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a set: some one of its members, in the order written."""

    members: tuple[Point | Span, ...]


Value: TypeAlias = Point | Span | OneOf


@dataclass(frozen=True, slots=True)
class Date:
    """A date: as written (`edtf`, edge white space trimmed), what it says, and its bounds.

    `earliest` and `latest` are the first and the last day (or time) that it may touch, as written;
    a qualifier does not move them. Where both are moments, `earliest` is not after `latest`.
    The bounds of a season are those of the north, March to May and so on to December to February.
    """

    edtf: str
    # All follows from the text, so that a hash of the text is one of the date.
    value: Value = field(hash=False)
    earliest: Bound = field(hash=False)
    latest: Bound = field(hash=False)

    @property
    def precision(self) -> Precision:
        """How wide the date is, or that it is an interval or a set."""
        if isinstance(self.value, Point):
            return self.value.precision
        return Precision.INTERVAL if isinstance(self.value, Span) else Precision.SET

    @property
    def is_exact_day(self) -> bool:
        """Whether it names one day, with or without a time, and has no qualifier."""
        return isinstance(self.value, Point) and self.value.day is not None and not self.value.qualifier


_PRECISION_OF_YEARS = {
    0: Precision.YEAR,
    9: Precision.DECADE,
    99: Precision.CENTURY,
    999: Precision.MILLENNIUM,
    9999: Precision.UNKNOWN,
}
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}
_QUALIFIERS: dict[str | None, Qualifier | None] = {None: None, **{sign.value: sign for sign in Qualifier}}
_LONGEST = 1000
_POINT = re.compile(
    r"""
    (-?[0-9](?:[0-9]{3} | [0-9]{2}X | [0-9]XX | XXX) | XXXX | Y-?[1-9][0-9]{4,11})
    (?:-([0-9]{2} | XX)
        (?:-([0-9]{2} | XX)
            (?:T([0-9]{2}) : ([0-9]{2}) (?: : ([0-9]{2}))? (Z | [+-][0-9]{2}(?: : [0-9]{2})?)?)?
        )?
    )?
    ([?~%])?
    """,
    re.VERBOSE,
)


def parse_date(text: str) -> Date:
    """Read one EDTF date; raise `DateError` where the text is none."""
    written = text.strip()
    if len(written) > _LONGEST:
        raise DateError(f"a date of {len(written)} characters", f"a date has at most {_LONGEST} characters")
    value = _value(written)
    if value is None:
        raise _error_for(written)
    earliest, latest = _bounds(value)
    return Date(written, value, earliest, latest)


def _value(text: str) -> Value | None:
    """Read what the text says; None where it has not the shape of a date."""
    if text.startswith("["):
        return _one_of(text)
    if "/" in text:
        return _interval(text)
    return _point(text)


def _interval(text: str) -> Span | None:
    start_text, _, end_text = text.partition("/")
    start, end = _interval_end(start_text), _interval_end(end_text)
    if start is None or end is None:
        return None
    if isinstance(start, Limit) and isinstance(end, Limit):
        raise DateError(f"'{text}' names no date", "leave the field out where nothing is known")
    return _checked(Span(start, end), start_text, "/", end_text)


def _interval_end(text: str) -> Point | Limit | None:
    if text == "":
        return Limit.UNKNOWN
    return Limit.OPEN if text == ".." else _point(text)


def _one_of(text: str) -> OneOf | None:
    if not text.endswith("]"):
        return None
    parts = text[1:-1].split(",")
    members = [_member(part, number, len(parts)) for number, part in enumerate(parts)]
    known = tuple(member for member in members if member is not None)
    if len(known) < len(members):
        return None
    if len(known) == 1 and isinstance(known[0], Point):
        raise DateError(f"'{text}' is a choice from one date", f"write {parts[0]}")
    return OneOf(known)


def _member(text: str, number: int, count: int) -> Point | Span | None:
    start_text, dots, end_text = text.partition("..")
    if not dots:
        return _point(text)
    # Two dots may lack a side only at the edges of the set.
    start = Limit.OPEN if not start_text and number == 0 else _point(start_text)
    end = Limit.OPEN if not end_text and number == count - 1 else _point(end_text)
    if start is None or end is None or (isinstance(start, Limit) and isinstance(end, Limit)):
        return None
    return _checked(Span(start, end), start_text, "..", end_text)


def _checked(span: Span, start_text: str, sign: str, end_text: str) -> Span:
    first, last = _first(span.start), _last(span.end)
    if isinstance(first, Moment) and isinstance(last, Moment) and is_surely_before(last, first):
        raise DateError(
            f"the end '{end_text}' lies before the start '{start_text}'",
            f"the other way round it is {end_text}{sign}{start_text}",
            reversed=True,
        )
    return span


def _point(text: str) -> Point | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone, sign = match.groups()
    qualifier = _QUALIFIERS[sign]
    first_year, last_year = _years(year)
    if month is None:
        return Point(first_year, last_year, qualifier=qualifier)
    if first_year != last_year or year[0] == "Y":
        return None
    if month == "XX":
        unspecified = _unspecified_month(text, year, day, hour)
        return Point(first_year, last_year, unspecified=unspecified, qualifier=qualifier)
    number = int(month)
    if number in _SEASON_MONTHS and day is None:
        return Point(first_year, last_year, season=number, qualifier=qualifier)
    if not 1 <= number <= 12:
        raise _no_month(text, year, month, day)
    if day == "XX":
        _refuse_time(text, hour)
        return Point(first_year, last_year, number, unspecified="day", qualifier=qualifier)
    if day is None:
        return Point(first_year, last_year, number, qualifier=qualifier)
    if not 1 <= int(day) <= days_in_month(first_year, number):
        raise _no_day(text, year, number, day)
    clock = _clock(text, hour, minute, second, zone) if hour else None
    return Point(first_year, last_year, number, int(day), clock=clock, qualifier=qualifier)


def _years(text: str) -> tuple[int, int]:
    """Read the first and the last year that the digits may mean."""
    if text == "-0000":
        raise DateError("there is no year -0000", "write 0000 for the year 1 BCE")
    if "X" not in text:
        year = int(text.removeprefix("Y"))
        return year, year
    ends = int(text.replace("X", "0")), int(text.replace("X", "9"))
    return min(ends), max(ends)


def _unspecified_month(text: str, year: str, day: str | None, hour: str | None) -> str:
    if day is None:
        return "month"
    if day != "XX":
        raise DateError(f"a day without its month in '{text}'", f"write {year}-XX-XX for a day in {year}")
    _refuse_time(text, hour)
    return "day"


def _refuse_time(text: str, hour: str | None) -> None:
    if hour is not None:
        raise DateError(f"a time without its day in '{text}'", f"write {text.partition('T')[0]}")


def _no_month(text: str, year: str, month: str, day: str | None) -> DateError:
    number = int(month)
    if number == 0:
        return DateError(f"there is no month 00 in '{text}'", f"write {year} where the month is not known")
    if day and day.isdigit() and 1 <= int(day) <= 12 and number <= 31:
        return DateError(
            f"there is no month {month} in '{text}'",
            f"write {year}-{day}-{month} if day and month changed places",
        )
    if number in _SEASON_MONTHS:
        return DateError(f"a season has no days, as in '{text}'", f"write {year}-{month}")
    if 25 <= number <= 41 and day is None:
        return DateError(
            f"the season {month} in '{text}' is not part of the format",
            "the seasons are 21 (spring), 22 (summer), 23 (autumn) and 24 (winter)",
        )
    return DateError(f"there is no month {month} in '{text}'", "months are 01 to 12")


def _no_day(text: str, year: str, month: int, day: str) -> DateError:
    known = f"{year}-{month:02}"
    if day == "00":
        return DateError(f"there is no day 00 in '{text}'", f"write {known} where the day is not known")
    count = days_in_month(int(year), month)
    return DateError(
        f"there is no day {day} in '{text}': {ENGLISH.full.months[month - 1]} has {count} days in {year}",
        f"write {known}-{count} for its last day, or {known} where the day is not known",
    )


def _clock(text: str, hour: str, minute: str, second: str | None, zone: str | None) -> Clock:
    clock = Clock(int(hour), int(minute), int(second) if second else None, _offset(text, zone))
    at_end_of_day = clock.hour == 24 and clock.minute == 0 and not clock.second
    if (clock.hour > 23 and not at_end_of_day) or clock.minute > 59 or (clock.second or 0) > 59:
        raise DateError(
            f"there is no such time as in '{text}'",
            "hours are 00 to 23, minutes and seconds 00 to 59; 24:00 is the end of the day",
        )
    return clock


def _offset(text: str, zone: str | None) -> int | None:
    if zone is None:
        return None
    if zone == "Z":
        return 0
    hours, _, minutes = zone[1:].partition(":")
    offset = int(hours) * 60 + int(minutes or 0)
    if offset > 14 * 60 or int(minutes or 0) > 59 or (zone[0] == "-" and offset == 0):
        raise DateError(
            f"there is no time zone {zone}, as in '{text}'",
            "zones are Z or +00:00 to +14:00, -00:01 to -14:00",
        )
    return -offset if zone[0] == "-" else offset


def _first(end: Point | Limit) -> Bound:
    """Take the first moment that the end may mean."""
    if isinstance(end, Limit):
        return end
    if end.precision is Precision.UNKNOWN:
        return Limit.UNKNOWN
    if end.season:
        return Moment(end.first_year, _SEASON_MONTHS[end.season][0], 1, loose=True)
    return Moment(end.first_year, end.month or 1, end.day or 1, end.clock)


def _last(end: Point | Limit) -> Bound:
    """Take the last moment that the end may mean."""
    if isinstance(end, Limit):
        return end
    if end.precision is Precision.UNKNOWN:
        return Limit.UNKNOWN
    if end.season:
        month = _SEASON_MONTHS[end.season][1]
        year = end.last_year + (month == 2)
        return Moment(year, month, days_in_month(year, month), loose=True)
    month = end.month or 12
    return Moment(end.last_year, month, end.day or days_in_month(end.last_year, month), end.clock)


def _bounds(value: Value) -> tuple[Bound, Bound]:
    if isinstance(value, Point):
        return _first(value), _last(value)
    if isinstance(value, Span):
        return _span_bounds(value)
    bounds = [_bounds(member) for member in value.members]
    return _lowest([first for first, _ in bounds]), _highest([last for _, last in bounds])


def _span_bounds(span: Span) -> tuple[Bound, Bound]:
    first, last = _first(span.start), _last(span.end)
    if isinstance(first, Moment) and isinstance(last, Moment) and last_second(last) < first_second(first):
        # From autumn to spring of one year, in the south; or clocks of which only one has a zone.
        return _first(span.end), _last(span.start)
    return first, last


def _limit(bounds: Iterable[Bound]) -> Limit | None:
    return next((bound for bound in bounds if isinstance(bound, Limit)), None)


def _lowest(bounds: Sequence[Bound]) -> Bound:
    moments = [bound for bound in bounds if isinstance(bound, Moment)]
    return _limit(bounds) or min(moments, key=first_second)


def _highest(bounds: Sequence[Bound]) -> Bound:
    moments = [bound for bound in bounds if isinstance(bound, Moment)]
    return _limit(bounds) or max(moments, key=last_second)


def single_dates(value: Value) -> Iterator[tuple[Bound, Bound]]:
    """The bounds of each date that is named, as wide as it is written, in the order written.

    Of `1994/2003-05-06` the first and the last day of 1994, then the one day. Open and unknown ends are none.
    """
    if isinstance(value, Point):
        yield _first(value), _last(value)
    elif isinstance(value, Span):
        for end in (value.start, value.end):
            if isinstance(end, Point):
                yield _first(end), _last(end)
    else:
        for member in value.members:
            yield from single_dates(member)


def _error_for(text: str) -> DateError:
    """Say what is wrong with a text that has not the shape of a date, with the near forms that are dates."""
    advice = advise(text)
    right: list[Form] = []
    nearly: list[DateError] = []
    for form in advice.forms:
        try:
            if _value(form.edtf) is not None:
                right.append(form)
        except DateError as error:
            nearly.append(error)
    if nearly and not right:
        return nearly[0]
    return DateError(f"{typed(text)} is not an EDTF date: {advice.reason}", _hint(right) or advice.otherwise)


def _hint(forms: Iterable[Form]) -> str:
    choices = dict.fromkeys(f"{form.edtf} {form.meaning}".strip() for form in forms)
    return f"write {', or '.join(choices)}" if choices else ""
