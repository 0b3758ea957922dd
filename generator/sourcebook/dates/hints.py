"""Near misses: what is wrong with a text that is no EDTF date, and what may have been meant.

In: a text without the shape of an EDTF date. Out: a reason, and forms that may be right; whether
they are dates is for the caller to try. The rule it guards: no guess is taken for the editor's
word, each is only offered, and where two readings are likely both are.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from sourcebook.dates.language import ENGLISH


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write what may have been meant, and when to choose it (empty where it is the only one)."""

    edtf: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Why the text is no date, forms that may be right, and what to say where none of them is."""

    reason: str
    forms: tuple[Form, ...] = ()
    otherwise: str = (
        "write YYYY-MM-DD, YYYY-MM or YYYY; what the source says in its own words goes into verbatim_date"
    )


_Rewrite: TypeAlias = Callable[[re.Match[str]], Iterable[Form]]
_Rule: TypeAlias = tuple[re.Pattern[str], str, _Rewrite]

# A text longer than any date that somebody would write by hand is not guessed at.
_LONGEST_GUESS = 100
_HYPHENS = re.compile("[\u2010-\u2015\u2212]")
_WITHIN, _LASTING = "for some time within", "for all the time from the one to the other"
_WORDS_ONLY = Advice(
    "it has no year",
    otherwise="put the source's words into verbatim_date, and write here what they come to, "
    "such as [2001-05-01..2001-05-07] for some time within those days",
)


def advise(text: str) -> Advice:
    """Advise by the first rule that the text fits, or say that it is not known what is meant."""
    if not text:
        return Advice("it is empty", otherwise="leave the field out where no date is known")
    if len(text) > _LONGEST_GUESS:
        return Advice("it is too long for one")
    clean = _HYPHENS.sub("-", " ".join(text.split()))
    plain = (Form(clean), Form(clean.replace(" ", "")))
    found = _first_fit(clean, _ONE_DATE) or _first_fit(clean, _COMPOUND)
    if found:
        return found
    if not re.search("[0-9]", clean):
        return _WORDS_ONLY
    return Advice("it has not the shape of one", plain)


def _first_fit(text: str, rules: Iterable[_Rule]) -> Advice | None:
    for pattern, reason, rewrite in rules:
        match = pattern.fullmatch(text)
        if match and (forms := tuple(rewrite(match))):
            return Advice(reason, forms)
    return None


def _readings(text: str) -> tuple[str, ...]:
    """Read a part of a compound: as the rules for one date make it, else as it is."""
    found = _first_fit(text, _ONE_DATE)
    return tuple(form.edtf for form in found.forms) if found else (text,)


# Rules for one date.


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{month:0>2}-{day:0>2}"


def _day_first(match: re.Match[str]) -> Iterable[Form]:
    day, month, year = match.groups()
    if int(month) > 12 >= int(day):
        day, month = month, day
    yield Form(_day(year, month, day))


def _day_or_month_first(match: re.Match[str]) -> Iterable[Form]:
    one, two, year = match.groups()
    if int(two) <= 12:
        yield Form(_day(year, two, one), "if the day comes first")
    if int(one) <= 12:
        yield Form(_day(year, one, two), "if the month comes first")


def _year_first(match: re.Match[str]) -> Iterable[Form]:
    yield Form(_day(*match.groups()))


def _year_and_month(match: re.Match[str]) -> Iterable[Form]:
    year, month = match["year"], match["month"]
    if 1 <= int(month) <= 12:
        yield Form(f"{year}-{month:0>2}")


def _year_and_short_year(match: re.Match[str]) -> Iterable[Form]:
    year, short = match.groups()
    yield Form(f"{year}/{year[:2]}{short}")


def _named_day(match: re.Match[str]) -> Iterable[Form]:
    for number in _month_numbers(match["name"]):
        yield Form(_day(match["year"], str(number), match["day"]))


def _named_month(match: re.Match[str]) -> Iterable[Form]:
    for number in _month_numbers(match["name"]):
        yield Form(f"{match['year']}-{number:02}")


def _month_numbers(name: str) -> Iterable[int]:
    """Find the months whose English names begin so."""
    for number, month in enumerate(ENGLISH.full.months, start=1):
        if month.casefold().startswith(name.casefold()):
            yield number


def _named_season(match: re.Match[str]) -> Iterable[Form]:
    name = match["name"].casefold().replace("fall", "autumn")
    yield Form(f"{match['year']}-{21 + ENGLISH.full.seasons.index(name)}")


def _before_christ(match: re.Match[str]) -> Iterable[Form]:
    year = int(match[1]) - 1
    if year >= 0:
        yield Form(f"-{year:04}" if year else "0000")


def _padded_year(match: re.Match[str]) -> Iterable[Form]:
    yield Form(f"{match['sign'] or ''}{match['year']:0>4}")


def _long_year(match: re.Match[str]) -> Iterable[Form]:
    yield Form(f"Y{match[1]}", "if the year has so many digits")


def _decade(match: re.Match[str]) -> Iterable[Form]:
    yield Form(f"{match[1]}X")


def _capital_x(match: re.Match[str]) -> Iterable[Form]:
    yield Form(re.sub("[xu]", "X", match[0], flags=re.IGNORECASE))


def _known_digits(match: re.Match[str]) -> Iterable[Form]:
    yield Form(match[1].upper())


def _qualifier_last(match: re.Match[str]) -> Iterable[Form]:
    signs = set(re.findall("[?~%]", match[0]))
    sign = signs.pop() if len(signs) == 1 else "%"
    yield Form(re.sub("[?~%]", "", match[0]) + sign)


def _time_after_t(match: re.Match[str]) -> Iterable[Form]:
    second = f":{match['second']}" if match["second"] else ""
    for day in _readings(match["day"]):
        yield Form(f"{day}T{match['hour']:0>2}:{match['minute']}{second}{_zone(match)}")


def _zone(match: re.Match[str]) -> str:
    if match["utc"]:
        return "Z"
    if not match["sign"]:
        return ""
    return f"{match['sign']}{match['zone_hour']:0>2}:{match['zone_minute'] or '00'}"


def _hours_only(match: re.Match[str]) -> Iterable[Form]:
    yield Form(match[1], "where minutes are not known")


def _rule(pattern: str, reason: str, rewrite: _Rewrite) -> _Rule:
    return re.compile(pattern, re.IGNORECASE | re.ASCII), reason, rewrite


_YEAR_FIRST = "the year comes first, then the month and the day, with hyphens"
_TWO_DIGITS = "month and day have two digits, with hyphens between"
_NUMBERED = "months are written as numbers"
_NAME, _YEAR = r"(?P<name>[a-z]{3,9})\.?", r"(?P<year>\d{4})"
_ORDINAL_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

_ONE_DATE: tuple[_Rule, ...] = (
    _rule(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})", _YEAR_FIRST, _day_first),
    _rule(
        r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})",
        "it is ambiguous, as some write the day first and some the month; here the year comes first",
        _day_or_month_first,
    ),
    _rule(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", _TWO_DIGITS, _year_first),
    _rule(r"(\d{4})(\d{2})(\d{2})", _TWO_DIGITS, _year_first),
    _rule(
        r"(?P<year>\d{4})[-/. ](?P<month>\d{1,2})",
        "the month has two digits, after a hyphen",
        _year_and_month,
    ),
    _rule(r"(\d{4})/(\d{2})", "both years of an interval have four digits", _year_and_short_year),
    _rule(
        r"(?P<month>\d{1,2})[-/. ](?P<year>\d{4})", "the year comes first, then the month", _year_and_month
    ),
    _rule(r"(?P<year>\d{4})(?P<month>\d{2})", "the month stands after a hyphen", _year_and_month),
    _rule(rf"{_ORDINAL_DAY}(?: of)? {_NAME},? {_YEAR}", _NUMBERED, _named_day),
    _rule(rf"{_NAME} {_ORDINAL_DAY},? {_YEAR}", _NUMBERED, _named_day),
    _rule(rf"{_NAME},?(?: of)? {_YEAR}", _NUMBERED, _named_month),
    _rule(
        rf"(?:the )?(?P<name>spring|summer|autumn|fall|winter),?(?: of)? {_YEAR}",
        "seasons are written as numbers, from 21 for spring to 24 for winter",
        _named_season,
    ),
    _rule(
        r"(\d{1,4}) ?B\.?C\.?(?:E\.?)?",
        "years before 1 are counted from 0000, which is 1 BCE",
        _before_christ,
    ),
    _rule(r"(?:the )?(\d{3})0'?s", "an unspecified digit is written X", _decade),
    _rule(
        r"(?P<sign>-)?(?:A\.?D\.? ?)?(?P<year>\d{1,3})(?: ?(?:A\.?D\.?|C\.?E\.?))?",
        "a year has four digits",
        _padded_year,
    ),
    _rule(r"Y(?P<sign>-)?0*(?P<year>\d{1,4})", "Y is for years of more than four digits", _padded_year),
    _rule(r"(-?[1-9]\d{4,})", "a year of more than four digits begins with Y", _long_year),
    _rule(r"(\d{1,3}X{1,3})-.+", "where digits of the year are unspecified, no month follows", _known_digits),
    _rule(r"\d[\dxu]{3}(?:-[\dxu]{2}){0,2}", "an unspecified digit is a capital X at the end", _capital_x),
    _rule(r"(-?\d{4})S\d+", "significant digits (S) are not part of the format", _known_digits),
    _rule(
        r"[?~%]*-?\d{4}[?~%]*(?:-[?~%]*\d{2}[?~%]*){0,2}",
        "one qualifier stands at the end and covers the whole date",
        _qualifier_last,
    ),
)

# Rules for what is made of dates.


def _qualified(match: re.Match[str]) -> Iterable[Form]:
    sign = "~" if match["about"] else "?"
    for reading in _readings(match["date"]):
        yield Form(reading + sign)


def _closed_up(match: re.Match[str]) -> Iterable[Form]:
    for reading in _readings(match[1]):
        yield Form(reading + match[2])


def _pairs(match: re.Match[str]) -> Iterable[tuple[str, str]]:
    ends = _readings(match["end"])
    return ((start, end) for start in _readings(match["start"]) for end in ends)


def _within_or_lasting(match: re.Match[str]) -> Iterable[Form]:
    for start, end in _pairs(match):
        yield Form(f"[{start}..{end}]", _WITHIN)
        yield Form(f"{start}/{end}", _LASTING)


def _within(match: re.Match[str]) -> Iterable[Form]:
    return (Form(f"[{start}..{end}]") for start, end in _pairs(match))


def _days_of_one_month(match: re.Match[str]) -> Iterable[Form]:
    for end in _readings(f"{match['end']} {match['month']}"):
        start = f"{end[:-2]}{match['start']:0>2}"
        yield Form(f"[{start}..{end}]", _WITHIN)
        yield Form(f"{start}/{end}", _LASTING)


def _interval(match: re.Match[str]) -> Iterable[Form]:
    return (Form(f"{start}/{end}") for start, end in _pairs(match))


def _up_to(match: re.Match[str]) -> Iterable[Form]:
    for reading in _readings(match["date"]):
        yield Form(f"[..{reading}]", "for at the latest then")
        yield Form(f"/{reading}", "for all the time up to then")


def _from_on(match: re.Match[str]) -> Iterable[Form]:
    for reading in _readings(match["date"] or match["later"]):
        yield Form(f"[{reading}..]", "for at the earliest then")
        yield Form(f"{reading}/..", "for all the time from then on")


def _named_limit(match: re.Match[str]) -> Iterable[Form]:
    start = _limit_sign(match["start"])
    end = _limit_sign(match["end"])
    yield Form(f"{start}/{end}")


def _limit_sign(text: str) -> str:
    if text.casefold() in ("unknown", "?"):
        return ""
    return ".." if text.casefold() in ("open", "now", "present", "today", "ongoing") else text


def _bracketed(match: re.Match[str]) -> Iterable[Form]:
    parts = (part.strip() for part in re.split(r"(\.\.|,)", match["inside"]))
    yield Form(f"[{''.join(_readings(part)[0] for part in parts)}]")


def _one_of_them(match: re.Match[str]) -> Iterable[Form]:
    yield Form(f"[{match[1].replace(' ', '')}]", "for one of them")


def _single(match: re.Match[str]) -> Iterable[Form]:
    return (Form(reading) for reading in _readings(match[1].strip()))


_PAIR_END = r"(?P<end>.*[\dX][?~%]?)"
_PAIR_START = r"(?P<start>.*?[\dX][?~%]?)"
# A hyphen that cannot be one inside a date: 1994-1996, 18.09.2023-24.09.2023, 2023-09-18-2023-09-24.
_BETWEEN_DATES = r"(?<=\d{4})-(?=\d{4})|(?<=\.\d{4})-|(?<=\d\d)-(?=\d{4}-)"
_ONE_END = "a date that has one end only is written in brackets or with a slash"
_LIMIT = "open|now|present|today|ongoing|unknown|[?]"

_COMPOUND: tuple[_Rule, ...] = (
    _rule(
        r"(?=\[|.*\]$)\[?(?P<inside>[^\[\]]+)\]?",
        "one of a set stands in brackets, its dates joined by commas or two dots, without spaces",
        _bracketed,
    ),
    _rule(r"\{([^{}]+)\}", "a set in braces, all of its dates, is not part of the format", _one_of_them),
    _rule(
        r"(?P<day>.*?[\d]) ?[T ] ?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
        r"(?: ?(?:(?P<utc>Z|UTC|GMT)|(?P<sign>[+-])(?P<zone_hour>\d{1,2}):?(?P<zone_minute>\d{2})?))?",
        "a time is written as T12:00 or T12:00:00 after the day, then Z or +04:00 where the zone is known",
        _time_after_t,
    ),
    _rule(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}.*", "a time has hours and minutes, as in T12:00", _hours_only),
    _rule(
        r"(?:(?P<about>circa|ca\b\.?|c\b\.?|c(?=\d)|about|around|approximately|approx\b\.?|roughly|~)"
        r"|possibly|perhaps|probably|maybe|\?) ?(?P<date>.+)",
        "a ~ after the date says about, a ? possibly",
        _qualified,
    ),
    _rule(r"(.+) ([?~%])", "no space stands before a qualifier", _closed_up),
    _rule(
        r"(?:from )?(?P<start>\d{1,2}) ?(?:-|to|until) ?(?P<end>\d{1,2})"
        r" (?P<month>[a-z]{3,9}\.?,? \d{4})",
        "two dates are joined by a slash, or by two dots in brackets",
        _days_of_one_month,
    ),
    _rule(
        rf"{_PAIR_START}\.\.{_PAIR_END}",
        "two dots stand only in brackets",
        _within_or_lasting,
    ),
    _rule(
        rf"(?P<start>{_LIMIT})/(?P<end>.+)", "an unknown start is left empty, an open one is ..", _named_limit
    ),
    _rule(
        rf"(?P<start>.+)/(?P<end>{_LIMIT})", "an unknown end is left empty, an open one is ..", _named_limit
    ),
    _rule(
        rf"between {_PAIR_START} and {_PAIR_END}",
        "some time within is written with two dots in brackets",
        _within,
    ),
    _rule(
        rf"(?:from )?{_PAIR_START} ?(?: - | to | until | till |/|{_BETWEEN_DATES}) ?{_PAIR_END}",
        "two EDTF dates are joined by a slash, without spaces",
        _interval,
    ),
    _rule(r"(?:\.\.|until |till |up to |by )(?P<date>[^./]+)", _ONE_END, _up_to),
    _rule(r"(?P<date>[^./]+)\.\.|(?:since|from) (?P<later>[^./]+)", _ONE_END, _from_on),
    _rule(r"\((.+)\)", "no parentheses stand around it", _single),
)
