"""Which date comes first.

In: dates. Out: keys to sort by, and whether one date is over before another begins.
The rule it guards: the order of what is shown is total and written down; "before" is certain.
"""

from functools import lru_cache
from typing import TypeAlias

from sourcebook.dates.edtf import Date
from sourcebook.dates.moments import Bound, Limit, Moment, clock_second, day_number, is_surely_before

SortKey: TypeAlias = tuple[int, int, int, int, int, str]

_DATED, _UNBOUNDED, _MISSING = 0, 1, 2
# Later than any year of twelve digits, in days; earlier and later than any time of a day, in seconds.
_AFTER_ALL_DAYS = 10**15
_BEFORE_THE_DAY, _AFTER_THE_DAY = -(10**6), 10**6


@lru_cache(maxsize=8192)
def sort_key(date: Date | None) -> SortKey:
    """Give the key for the order of what is shown: unequal for dates that are written unequally.

    By the earliest bound: its day as written, then its time in UTC (a time without a zone counts
    as UTC, a day without a time precedes all times of that day). Then by the latest in the same
    way, so that of two that begin together the one that ends first comes first; no end is the
    latest. Then by the characters. A start that is open or unknown sorts by the end. Dates with
    neither (`XXXX`) follow all others, and None comes last.
    """
    if date is None:
        return (_MISSING, 0, 0, 0, 0, "")
    latest = _latest_place(date.latest)
    if isinstance(date.earliest, Moment):
        return (_DATED, *_earliest_place(date.earliest), *latest, date.edtf)
    return (_UNBOUNDED if isinstance(date.latest, Limit) else _DATED, *latest, *latest, date.edtf)


def _earliest_place(moment: Moment) -> tuple[int, int]:
    return day_number(moment), clock_second(moment.clock) if moment.clock else _BEFORE_THE_DAY


def _latest_place(bound: Bound) -> tuple[int, int]:
    if isinstance(bound, Limit):
        return _AFTER_ALL_DAYS, 0
    return day_number(bound), clock_second(bound.clock, 59) if bound.clock else _AFTER_THE_DAY


def certainly_before(one: Date, other: Date) -> bool:
    """Whether the one's latest bound has passed before the other's earliest begins.

    False where either bound is open or unknown. Clocks of which one has a zone and the other has
    none must be more than 14 hours apart, and a season may be either half of the earth's;
    qualifiers are not weighed ("about 2020" begins with 2020).
    """
    if isinstance(one.latest, Limit) or isinstance(other.earliest, Limit):
        return False
    return is_surely_before(one.latest, other.earliest)
