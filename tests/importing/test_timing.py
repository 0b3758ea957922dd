"""Days of tables and codes of precision as EDTF dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.dates.edtf import parse_date
from sourcebook.dates.moments import Moment
from sourcebook.importing.timing import PRECISIONS, in_edtf, read_day


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("2031-04-02", "YYYY-MM-DD"),
        ("2/4/2031", "DD/MM/YYYY"),
        ("04/02/2031", "MM/DD/YYYY"),
        ("2 April 2031", "DD Month YYYY"),
        ("02-apr-2031", "DD-Month-YYYY"),
        ("2031-04-02 00:00:00.000", "YYYY-MM-DD"),
        ("2031-04-02T10:30Z", "YYYY-MM-DD"),
        ("4/2/2031 12:00:00 AM", "MM/DD/YYYY"),
    ],
)
def test_a_day_in_its_form(text, form):
    """The same day in the forms that programs write it, also with a time of day behind."""
    assert read_day(text, (form,)) == date(2031, 4, 2)


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [("2031", "YYYY", "2031"), ("04/2031", "MM/YYYY", "2031-04"), ("April 2031", "Month YYYY", "2031-04")],
)
def test_what_names_no_day_gives_none(text, form, expected):
    """A month or a year stays one."""
    assert read_day(text, (form,)) == expected


@pytest.mark.parametrize("text", ["31/02/2031", "2031-04-02", "", "1/13/2031", "0/1/2031", "1/1/0000", "x"])
def test_what_is_not_in_the_form_is_no_date(text):
    """A day that does not exist and another form are none."""
    assert read_day(text, ("DD/MM/YYYY",)) is None


@pytest.mark.parametrize(
    ("first", "last", "precision", "expected"),
    [
        ("2031-04-12", "2031-04-12", "day", "2031-04-12"),
        ("2031-04-12", "2031-04-14", "day", "[2031-04-12..2031-04-14]"),
        ("2031-04-12", "2031-04-12", "days", "2031-04-12~"),
        ("2031-04-12", "2031-04-15", "days", "[2031-04-12..2031-04-15]"),
        ("2031-04-12", "2031-04-12", "week", "[2031-04-06..2031-04-18]"),
        ("2031-04-07", "2031-04-13", "week", "[2031-04-07..2031-04-13]"),
        ("2031-04-12", "2031-04-12", "month", "2031-04"),
        ("2031-04-30", "2031-05-01", "month", "[2031-04..2031-05]"),
        ("2031-04-01", "2031-04-30", "month", "2031-04"),
        ("2031-04-10", "2031-04-25", "month", "[2031-04-10..2031-04-25]"),
        ("2031-04-12", "2031-04-12", "year", "2031"),
        ("2031-02-01", "2031-08-31", "year", "[2031-02-01..2031-08-31]"),
        ("2031-01-01", "2031-12-31", "year", "2031"),
        ("2030-12-31", "2031-01-01", "year", "[2030..2031]"),
    ],
)
def test_precision(first, last, precision, expected):
    """A span that is narrower than its precision is widened, a wider one is taken as it is."""
    found = in_edtf(date.fromisoformat(first), date.fromisoformat(last), precision)
    assert found == expected
    assert parse_date(found).edtf == expected


LEAST = {"day": 1, "days": 2, "week": 7, "month": 8, "year": 32}


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 400), st.sampled_from(PRECISIONS))
def test_no_date_is_more_precise_than_its_code(first, more, precision):
    """Every date holds the days that were given, and as many as its code says (or is marked as about)."""
    last = date.fromordinal(first.toordinal() + more)
    found = parse_date(in_edtf(first, last, precision))
    assert isinstance(found.earliest, Moment) and isinstance(found.latest, Moment)
    start, end = (date(bound.year, bound.month, bound.day) for bound in (found.earliest, found.latest))
    assert start <= first and last <= end
    assert (end - start).days + 1 >= LEAST[precision] or found.edtf.endswith("~")
