"""Dates told to readers and to machines.

In: a date and the words of a language. Out: plain text, never empty; or two ISO days.
The rule it guards: the words are never more precise than the date.
"""

import re
from functools import lru_cache

from sourcebook.dates.edtf import Date, OneOf, Point, Precision, Qualifier, Span, Value
from sourcebook.dates.language import ENGLISH, DatePhrases, DateWords
from sourcebook.dates.moments import Bound, Clock, Limit

KEPT = 8192
"""How many dates are kept as they were told: a site says the same ones on many pages."""
_PLAIN_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d{2}(?:T[\d:Z+-]+)?)?)?")


@lru_cache(maxsize=KEPT)
def in_words(date: Date, words: DateWords = ENGLISH) -> str:
    """Tell the date for running text: "from 18 to 24 September 2023"."""
    return _value(date.value, words.full)


def short_words(date: Date, words: DateWords = ENGLISH) -> str:
    """Tell the date for tables and other narrow places: "18–24 Sep 2023"."""
    return _value(date.value, words.short)


def iso_range(date: Date) -> tuple[str | None, str | None]:
    """Give the first and the last day as YYYY-MM-DD, ascending, for attributes that machines read.

    None where a bound is open or unknown, or not in the years 0001 to 9999. A time keeps the day
    it is written with, whatever its zone.
    """
    start, end = _iso_day(date.earliest), _iso_day(date.latest)
    # Ends with zones that are far apart may be in order by the clock and not by the day.
    return (end, start) if start and end and end < start else (start, end)


@lru_cache(maxsize=KEPT)
def iso_dates(date: Date) -> tuple[str, ...]:
    """Give the date as ISO 8601 has it, as precise as it is written: one text, or the two of an interval.

    Empty for what ISO 8601 does not say plainly: qualified, open and unspecified dates, seasons and sets.
    """
    written = tuple(date.edtf.split("/"))
    return written if all(_PLAIN_ISO.fullmatch(one) for one in written) else ()


def iso_date(date: Date) -> str:
    """Give the date as ISO 8601 has it, if it is one plain date; else empty."""
    dates = iso_dates(date)
    return dates[0] if len(dates) == 1 else ""


def _iso_day(bound: Bound) -> str | None:
    if isinstance(bound, Limit) or not 1 <= bound.year <= 9999:
        return None
    return f"{bound.year:04}-{bound.month:02}-{bound.day:02}"


def _value(value: Value, words: DatePhrases) -> str:
    if isinstance(value, Point):
        return _point(value, words)
    if isinstance(value, Span):
        return _interval(value, words)
    return _one_of(value, words)


def _interval(span: Span, words: DatePhrases) -> str:
    if isinstance(span.start, Limit):
        phrase = words.start_open if span.start is Limit.OPEN else words.start_unknown
        return phrase.format(end=_end(span.end, words))
    if isinstance(span.end, Limit):
        phrase = words.end_open if span.end is Limit.OPEN else words.end_unknown
        return phrase.format(start=_point(span.start, words))
    phrase = words.lasting_numbers if _are_numbers(span.start, span.end) else words.lasting
    return phrase.format(start=_start(span.start, span.end, words), end=_point(span.end, words))


def _one_of(choice: OneOf, words: DatePhrases) -> str:
    if len(choice.members) == 1:
        return _member(choice.members[0], words, words.within)
    *others, before_last, last = [_member(member, words, words.choice_within) for member in choice.members]
    text = words.choice_or.format(before=before_last, after=last)
    for other in reversed(others):
        text = words.choice_comma.format(before=other, after=text)
    return text


def _member(member: Point | Span, words: DatePhrases, within: str) -> str:
    if isinstance(member, Point):
        return _point(member, words)
    if isinstance(member.start, Limit):
        return words.at_latest.format(date=_end(member.end, words))
    if isinstance(member.end, Limit):
        return words.at_earliest.format(date=_point(member.start, words))
    return within.format(start=_start(member.start, member.end, words), end=_point(member.end, words))


def _end(end: Point | Limit, words: DatePhrases) -> str:
    return words.unknown_year if isinstance(end, Limit) else _point(end, words)


def _start(start: Point, end: Point, words: DatePhrases) -> str:
    """Tell the start without what it shares with the end, where both are plain days."""
    if not (_is_plain_day(start) and _is_plain_day(end) and start.first_year == end.first_year):
        return _point(start, words)
    if start.month == end.month:
        return str(start.day)
    return words.day_in_same_year.format(day=start.day, month=words.months[(start.month or 1) - 1])


def _is_plain_day(point: Point) -> bool:
    return point.precision is Precision.DAY and point.qualifier is None


def _are_numbers(start: Point, end: Point) -> bool:
    """Whether the start is told as a number alone, and belongs close to the end."""
    if _is_plain_day(start) and _is_plain_day(end):
        return (start.first_year, start.month) == (end.first_year, end.month)
    return all(
        point.precision is Precision.YEAR
        and not point.unspecified
        and point.qualifier is None
        and point.first_year >= 1000
        for point in (start, end)
    )


def _point(point: Point, words: DatePhrases) -> str:
    text = _unqualified(point, words)
    is_within = point.unspecified or point.precision in (Precision.CENTURY, Precision.MILLENNIUM)
    match point.qualifier:
        case None:
            return text
        case Qualifier.UNCERTAIN:
            phrase = words.uncertain
        case Qualifier.APPROXIMATE:
            phrase = words.approximate_within if is_within else words.approximate
        case Qualifier.UNCERTAIN_AND_APPROXIMATE:
            phrase = words.uncertain_and_approximate_within if is_within else words.uncertain_and_approximate
    return phrase.format(date=text)


def _unqualified(point: Point, words: DatePhrases) -> str:
    text = _calendar_words(point, words)
    if point.unspecified == "day":
        return words.day_within.format(date=text)
    if point.unspecified == "month":
        return words.month_within.format(date=text)
    return text


def _calendar_words(point: Point, words: DatePhrases) -> str:
    year = _years(point, words)
    if point.season:
        return words.season.format(season=words.seasons[point.season - 21], year=year)
    if not point.month:
        return year
    month = words.months[point.month - 1]
    if not point.day:
        return words.month.format(month=month, year=year)
    day = words.day.format(day=point.day, month=month, year=year)
    return words.time.format(date=day, time=_time(point.clock, words)) if point.clock else day


def _years(point: Point, words: DatePhrases) -> str:
    if point.precision is Precision.UNKNOWN:
        return words.unknown_year
    if point.first_year == point.last_year:
        return _year(point.first_year, words)
    # "The 2000s" may be ten years or a hundred, so it is never said.
    if point.precision is Precision.DECADE and point.first_year >= 1000 and point.first_year % 100:
        return words.decade.format(year=point.first_year)
    return words.years.format(start=_year(point.first_year, words), end=_year(point.last_year, words))


def _year(year: int, words: DatePhrases) -> str:
    """Count the year as people do: the one before 1 CE, EDTF's 0000, is 1 BCE."""
    if year >= 1000:
        return str(year)
    return words.ce.format(year=year) if year > 0 else words.bce.format(year=1 - year)


def _time(clock: Clock, words: DatePhrases) -> str:
    seconds = "" if clock.second is None else f":{clock.second:02}"
    time = f"{clock.hour:02}:{clock.minute:02}{seconds}"
    if clock.offset is None:
        return time
    if clock.offset == 0:
        return words.utc.format(time=time)
    hours, minutes = divmod(abs(clock.offset), 60)
    sign = "+" if clock.offset > 0 else "-"
    return words.zone.format(time=time, offset=f"{sign}{hours:02}:{minutes:02}")
