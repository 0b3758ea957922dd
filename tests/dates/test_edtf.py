"""Reading EDTF: bounds, precision, refusals."""

from pathlib import Path

import pytest

from sourcebook.dates.edtf import Date, DateError, OneOf, Point, Precision, Span, parse_date
from sourcebook.dates.moments import Clock, Limit, Moment

NEAR_MISSES = Path(__file__).parent / "golden" / "near_misses.txt"


def day(text):
    """`-0044-03-15` as a moment."""
    year, month, number = text.rsplit("-", 2)
    return Moment(int(year), int(month), int(number))


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023-09-24", "2023-09-24", "2023-09-24", "day"),
        ("2024-02-29", "2024-02-29", "2024-02-29", "day"),
        ("2000-02", "2000-02-01", "2000-02-29", "month"),
        ("1900-02", "1900-02-01", "1900-02-28", "month"),
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("0000", "0-01-01", "0-12-31", "year"),
        ("-0044", "-44-01-01", "-44-12-31", "year"),
        ("-0044-03-15", "-44-03-15", "-44-03-15", "day"),
        ("Y170000002", "170000002-01-01", "170000002-12-31", "year"),
        ("Y-170000002", "-170000002-01-01", "-170000002-12-31", "year"),
        ("201X", "2010-01-01", "2019-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2XXX", "2000-01-01", "2999-12-31", "millennium"),
        ("-004X", "-49-01-01", "-40-12-31", "decade"),
        ("2004-XX", "2004-01-01", "2004-12-31", "year"),
        ("2004-XX-XX", "2004-01-01", "2004-12-31", "year"),
        ("2004-06-XX", "2004-06-01", "2004-06-30", "month"),
        ("2020~", "2020-01-01", "2020-12-31", "year"),
        ("2004-06?", "2004-06-01", "2004-06-30", "month"),
        ("2004-06-11%", "2004-06-11", "2004-06-11", "day"),
        ("201X?", "2010-01-01", "2019-12-31", "decade"),
        ("2023-09-18/2023-09-24", "2023-09-18", "2023-09-24", "interval"),
        ("2023-09-18/2023-09", "2023-09-18", "2023-09-30", "interval"),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "interval"),
        ("1984~/2004-06%", "1984-01-01", "2004-06-30", "interval"),
        ("[2023-09-18..2023-09-24]", "2023-09-18", "2023-09-24", "set"),
        ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "set"),
        ("[1760-12,1667]", "1667-01-01", "1760-12-31", "set"),
    ],
)
def test_bounds_are_the_first_and_last_day_that_is_meant(text, earliest, latest, precision):
    """Each form of a date has the bounds and the precision that the standard gives it."""
    date = parse_date(text)
    assert (date.edtf, date.earliest, date.latest) == (text, day(earliest), day(latest))
    assert date.precision == precision


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("/1994", Limit.UNKNOWN, day("1994-12-31")),
        ("1994/", day("1994-01-01"), Limit.UNKNOWN),
        ("../1994", Limit.OPEN, day("1994-12-31")),
        ("1994/..", day("1994-01-01"), Limit.OPEN),
        ("[..2023-09-25]", Limit.OPEN, day("2023-09-25")),
        ("[2023-09-18..]", day("2023-09-18"), Limit.OPEN),
        ("[..1984,1990]", Limit.OPEN, day("1990-12-31")),
        ("[1667,1760-12..]", day("1667-01-01"), Limit.OPEN),
        ("XXXX", Limit.UNKNOWN, Limit.UNKNOWN),
    ],
)
def test_a_bound_is_open_or_unknown_as_written(text, earliest, latest):
    """Two dots are an open bound, nothing is an unknown one, and neither becomes a day."""
    date = parse_date(text)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2023-09-24T12:00", Clock(12, 0, None, None)),
        ("2023-09-24T12:00:30", Clock(12, 0, 30, None)),
        ("2023-09-24T12:00Z", Clock(12, 0, None, 0)),
        ("2023-09-24T12:00:30+04:00", Clock(12, 0, 30, 240)),
        ("2023-09-24T12:00-09:30", Clock(12, 0, None, -570)),
        ("2023-09-24T12:00+04", Clock(12, 0, None, 240)),
        ("2023-09-24T12:00+00:00", Clock(12, 0, None, 0)),
        ("2023-09-24T24:00", Clock(24, 0, None, None)),
    ],
)
def test_times_keep_what_is_written(text, clock):
    """A time keeps whether it has seconds and which zone it is in."""
    date = parse_date(text)
    assert date.earliest == date.latest == Moment(2023, 9, 24, clock)
    assert date.precision is Precision.TIME


def test_seasons_lie_in_northern_months_and_say_that_this_is_loose():
    """A season's bounds are marked as a convention, and winter ends in the year after."""
    assert parse_date("2023-21").earliest == Moment(2023, 3, 1, loose=True)
    assert parse_date("2023-23").latest == Moment(2023, 11, 30, loose=True)
    assert parse_date("2023-24").latest == Moment(2024, 2, 29, loose=True)


def test_autumn_may_come_before_spring():
    """An interval from autumn to spring of one year is right in the south, and its bounds are ordered."""
    date = parse_date("2023-23/2023-21")
    assert date.earliest == Moment(2023, 3, 1, loose=True)
    assert date.latest == Moment(2023, 11, 30, loose=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-09-24", True),
        ("2023-09-24T12:00", True),
        ("2023-09-24?", False),
        ("2023-09-XX", False),
        ("2023-09", False),
        ("2023-09-24/2023-09-24", False),
        ("[2023-09-24..]", False),
    ],
)
def test_an_exact_day_is_one_day_without_a_doubt(text, expected):
    """Only a date that names one day, and no doubt, is an exact day."""
    assert parse_date(text).is_exact_day is expected


def test_edge_white_space_is_trimmed():
    """White space around a date is no part of it."""
    assert parse_date(" 2023-09-24\n").edtf == "2023-09-24"


def test_values_say_which_form_was_written():
    """An interval is a span, a set holds its members, anything else is a point."""
    assert isinstance(parse_date("2023").value, Point)
    assert isinstance(parse_date("2023/2024").value, Span)
    choice = parse_date("[1667,1670..1672]").value
    assert isinstance(choice, OneOf)
    assert [type(member) for member in choice.members] == [Point, Span]


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-24/2023-09-18",
        "2023-10/2023-09-30",
        "[2023-09-24..2023-09-18]",
        "[1990,1996..1994]",
        "2024-21/2022-23",
        "2023-09-24T12:00/2023-09-24T11:59",
        "2023-09-24T12:00Z/2023-09-24T12:00+04:00",
        "24.09.2023 - 18.09.2023",
    ],
)
def test_an_end_before_its_start_is_marked(text):
    """An interval or a set that runs backwards is refused, and the error says that this is why."""
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert caught.value.reversed
    assert "the other way round it is" in caught.value.hint


def test_a_zone_is_not_held_against_an_end_without_one():
    """Clocks of which only one has a zone are not refused within what zones can explain."""
    assert isinstance(parse_date("2023-09-24T12:00/2023-09-24T12:00+04:00"), Date)
    assert isinstance(parse_date("2023-09-24/2023-09-24T02:00+04:00"), Date)


def told(text):
    """Write the lines of the golden file for one text."""
    with pytest.raises(DateError) as caught:
        parse_date(text)
    return f"{text}\n  error: {caught.value.message}\n  hint: {caught.value.hint}\n"


def test_near_misses_are_answered_with_the_form_that_was_meant():
    """What editors write instead of EDTF gets a reason and the nearest right form."""
    golden = NEAR_MISSES.read_text(encoding="utf-8")
    texts = [line for line in golden.splitlines() if not line.startswith("  ")]
    assert "".join(map(told, texts)) == golden


@pytest.mark.parametrize(("text", "message"), [("", "it is empty"), ("2" * 1001, "1001 characters")])
def test_texts_without_a_line_are_refused(text, message):
    """Nothing, and far too much, are refused in words of their own."""
    with pytest.raises(DateError, match=message):
        parse_date(text)
