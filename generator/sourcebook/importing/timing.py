"""Dates of tables: a cell in the table's own form, and a code for its precision, become EDTF.

In: a text and the forms that it may have; the first and the last day, and how precisely they are meant.
Out: an EDTF date. The rule it guards: a date is never more precise than the code says.
"""

import calendar
import re
from datetime import date, timedelta
from functools import cache

from sourcebook.dates.language import ENGLISH

PRECISIONS = ("day", "days", "week", "month", "year")
"""How precisely days are meant: the day itself, two to six days, a week, up to a month, up to a year."""

PIECES = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "Month": r"(?P<name>[^\W\d_]{3,9})\.?",
    "MM": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
}
"""What a form is made of, and what stands in its place; a month's name is English, whole or its beginning."""

_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[AP]M)?Z?)?"


def is_form(form: str) -> bool:
    """Whether a form has a year and at most one of each piece."""
    return all(form.count(piece) <= 1 for piece in PIECES) and "YYYY" in form


@cache
def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split(f"({'|'.join(PIECES)})", form)
    pattern = "".join(PIECES.get(piece, re.escape(piece)) for piece in pieces)
    # Programs add a time of day to days: `2031-04-12 00:00:00.000`.
    return re.compile(pattern + (_TIME if "DD" in form else ""), re.IGNORECASE)


def read_day(text: str, forms: tuple[str, ...]) -> date | str | None:
    """The day that a text means in the first form that it has, a text for a month or a year, or None."""
    for form in forms:
        if (found := _pattern(form).fullmatch(text)) and (read := _value(found.groupdict())) is not None:
            return read
    return None


def has_form(text: str, forms: tuple[str, ...]) -> bool:
    """Whether a text is written in one of the forms, be there such a day or not."""
    return any(_pattern(form).fullmatch(text) for form in forms)


def _value(found: dict[str, str]) -> date | str | None:
    year = int(found["year"])
    month = int(found["month"]) if "month" in found else _month_number(found.get("name"))
    if month is None:
        return None if "name" in found or not year else f"{year:04}"
    if not 1 <= month <= 12 or not year:
        return None
    if "day" not in found:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(found["day"]))
    except ValueError:
        return None


def _month_number(name: str | None) -> int | None:
    if name is None:
        return None
    months = ENGLISH.full.months
    return next(
        (number for number, month in enumerate(months, 1) if month.casefold().startswith(name.casefold())),
        None,
    )


def in_edtf(first: date, last: date, precision: str) -> str:
    """The EDTF date for some time from a first to a last day, widened to what the precision says."""
    days = (last - first).days + 1
    if precision == "days" and days == 1:
        return f"{first}~"
    if precision == "week" and days < 7:
        # Whichever week it is that these days lie in.
        return f"[{last - timedelta(6)}..{first + timedelta(6)}]"
    if precision == "month" and days < 8:
        return _from_to(str(first)[:7], str(last)[:7])
    if precision == "year" and days < 32:
        return _from_to(str(first)[:4], str(last)[:4])
    return _from_to(*_whole(first, last))


def _whole(first: date, last: date) -> tuple[str, str]:
    # The first to the last day of a month is the month, and of a year the year.
    last_of_month = calendar.monthrange(last.year, last.month)[1]
    if (first.year, first.month, first.day) == (last.year, 1, 1) and (last.month, last.day) == (12, 31):
        return str(first)[:4], str(last)[:4]
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and last.day == last_of_month:
        return str(first)[:7], str(last)[:7]
    return str(first), str(last)


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"[{first}..{last}]"
