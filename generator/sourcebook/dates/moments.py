"""Days of the calendar, with or without a time, in any year.

In: numbers that are already known to name a real day and time. Out: bounds of dates that can be
counted and compared. The rule it guards: one moment is before another only where every reading
of the two says so.

The calendar is the proleptic Gregorian one with a year 0, as ISO 8601 has it; `datetime` knows
the years from 1 to 9999 only, and EDTF has many more.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

_DAY_SECONDS = 24 * 60 * 60
_LAST_SECOND = _DAY_SECONDS - 1
# The calendar repeats itself after four hundred years.
_ERA_DAYS = 146097
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Clocks of the world differ from UTC by fourteen hours at most.
_ZONE_SLACK = 14 * 60 * 60
# A season comes half a year later on the other half of the earth, and EDTF does not say which is meant.
_SEASON_SLACK = 184 * _DAY_SECONDS


class Limit(StrEnum):
    """Why there is no bound: there is none (open), or nobody says (unknown)."""

    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written.

    `second` is None where only hours and minutes are given; `offset` is in minutes east of UTC,
    0 for `Z`, None where no zone is given. 24:00 is the end of the day.
    """

    hour: int
    minute: int
    second: int | None
    offset: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a time on it, at which a date may begin or end.

    `loose` marks the bound of a season: by convention that of the northern half of the earth.
    """

    year: int
    month: int
    day: int
    clock: Clock | None = None
    loose: bool = False


Bound: TypeAlias = Moment | Limit


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _MONTH_DAYS[month - 1] + leap


def day_number(moment: Moment) -> int:
    """Days from 1 March of the year 0 to the moment's day; negative before."""
    # Years are counted from March, so that the leap day is the last of its year.
    year = moment.year - (moment.month < 3)
    month = (moment.month - 3) % 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + moment.day - 1


def day_of(number: int) -> Moment:
    """The day of a number: the inverse of `day_number`."""
    era, day_of_era = divmod(number, _ERA_DAYS)
    # Years of the era, counted from March; the four corrections are its leap days.
    year = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year + year // 4 - year // 100)
    march_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * march_month + 2) // 5 + 1
    month = march_month + 3 if march_month < 10 else march_month - 9
    return Moment(year + 400 * era + (month < 3), month, day)


def clock_second(clock: Clock, unstated: int = 0) -> int:
    """Seconds from midnight in UTC (in the clock's own zone where none is given).

    `unstated` stands in for the seconds where the clock has none.
    """
    second = unstated if clock.second is None else clock.second
    return clock.hour * 3600 + clock.minute * 60 + second - 60 * (clock.offset or 0)


def first_second(moment: Moment) -> int:
    """Count to the first second that the moment may mean, from 1 March of the year 0."""
    return day_number(moment) * _DAY_SECONDS + (clock_second(moment.clock) if moment.clock else 0)


def last_second(moment: Moment) -> int:
    """Count to the last second that the moment may mean, from 1 March of the year 0."""
    clock = moment.clock
    if clock is None:
        return day_number(moment) * _DAY_SECONDS + _LAST_SECOND
    # 24:00 has no seconds to leave open: the day ends there.
    return day_number(moment) * _DAY_SECONDS + clock_second(clock, 59 if clock.hour < 24 else 0)


def is_surely_before(one: Moment, other: Moment) -> bool:
    """Whether the one has wholly passed when the other begins, wherever on earth they were written."""
    return last_second(one) + _slack(one, other) < first_second(other)


def _slack(one: Moment, other: Moment) -> int:
    zoned = [moment.clock is not None and moment.clock.offset is not None for moment in (one, other)]
    zone = _ZONE_SLACK if zoned[0] != zoned[1] else 0
    return zone + _SEASON_SLACK * (one.loose + other.loose)
