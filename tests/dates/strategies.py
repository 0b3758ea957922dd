"""Hypothesis strategies for texts that are EDTF dates, and for texts that are nearly ones."""

from hypothesis import strategies as st

from sourcebook.dates.edtf import DateError, parse_date
from sourcebook.dates.moments import days_in_month

QUALIFIERS = st.sampled_from(["", "", "?", "~", "%"])


def _year_text(year):
    return f"-{-year:04}" if year < 0 else f"{year:04}"


YEARS = st.one_of(st.integers(1990, 2030), st.integers(-9999, 9999)).map(_year_text)


@st.composite
def unspecified_years(draw):
    """`201X`, `20XX`, `2XXX`, `-004X`, `XXXX`."""
    sign, digits = draw(st.sampled_from(["", "-"])), f"{draw(st.integers(0, 9999)):04}"
    known = draw(st.integers(0, 3))
    return (sign if known else "") + digits[:known] + "X" * (4 - known)


LONG_YEARS = st.builds("Y{}{}".format, st.sampled_from(["", "-"]), st.integers(10_000, 999_999_999_999))


@st.composite
def days(draw):
    """`2023-09-24`, in any year of four digits."""
    year, month = draw(YEARS), draw(st.integers(1, 12))
    return f"{year}-{month:02}-{draw(st.integers(1, days_in_month(int(year), month))):02}"


MONTHS = st.builds("{}-{:02}".format, YEARS, st.integers(1, 12))
SEASONS = st.builds("{}-{}".format, YEARS, st.integers(21, 24))
UNSPECIFIED = st.one_of(MONTHS.map("{}-XX".format), YEARS.map("{}-XX".format), YEARS.map("{}-XX-XX".format))


@st.composite
def times(draw):
    """`T12:00`, with or without seconds and a zone."""
    second = draw(st.one_of(st.just(""), st.integers(0, 59).map(":{:02}".format)))
    hours, minutes = draw(st.integers(0, 13)), draw(st.integers(0, 59))
    zone = draw(
        st.sampled_from(["", "Z", f"+{hours:02}", f"+{hours:02}:{minutes:02}", f"-{hours + 1:02}:00"])
    )
    return f"T{draw(st.integers(0, 23)):02}:{draw(st.integers(0, 59)):02}{second}{zone}"


CALENDAR_DATES = st.one_of(days(), MONTHS, YEARS)
POINTS = st.builds(
    "{}{}".format,
    st.one_of(
        CALENDAR_DATES,
        SEASONS,
        UNSPECIFIED,
        unspecified_years(),
        LONG_YEARS,
        st.builds("{}{}".format, days(), times()),
    ),
    QUALIFIERS,
)


def in_order(one, other, pattern):
    """Put two dates into a pattern such as `{}/{}`, the other way round where the first comes later."""
    text = pattern.format(one, other)
    try:
        parse_date(text)
    except DateError as error:
        assert error.reversed
        return pattern.format(other, one)
    return text


def intervals(ends):
    """`a/b`, `/a`, `a/`, `../a`, `a/..` of the ends given."""
    one_end = st.builds(str.format, st.sampled_from(["/{}", "{}/", "../{}", "{}/.."]), ends)
    return st.one_of(st.builds(in_order, ends, ends, st.just("{}/{}")), one_end)


@st.composite
def sets(draw, members):
    """`[a..b]`, `[..a]`, `[a..]`, `[a,b..c,d]` of the members given."""
    span = st.builds(in_order, members, members, st.just("[{}..{}]")).map(lambda text: text[1:-1])
    parts = draw(st.lists(st.one_of(members, span), max_size=3))
    before = draw(st.booleans()) and draw(members)
    after = draw(st.booleans()) and draw(members)
    parts = [f"..{before}"] * bool(before) + parts + [f"{after}.."] * bool(after)
    if len(parts) > 1 or (parts and ".." in parts[0]):
        return f"[{','.join(parts)}]"
    return f"[{draw(span)}]"


EDTF = st.one_of(POINTS, intervals(POINTS), sets(POINTS))


@st.composite
def nearly_edtf(draw):
    """Spoil a date: a few characters are left out, put in, or exchanged."""
    text = draw(EDTF)
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.integers(0, len(text)))
        text = (
            text[:place]
            + draw(st.text("0123-/.XT:Z?~%[],Yx ", max_size=2))
            + text[place + draw(st.integers(0, 2)) :]
        )
    return text


SCRAPS = """
circa about from to between and since until 24 9 2023 44 BC September Sept. spring last week the
24.09.2023 09/24/2023 - – / .. [ ] { } ( ) ? ~ , 12:00 pm UTC T 2010s 199x unknown now
"""
HUMAN = st.builds(str.join, st.sampled_from(["", " "]), st.lists(st.sampled_from(SCRAPS.split()), max_size=8))
HOSTILE = st.one_of(st.text(max_size=60), nearly_edtf(), HUMAN, st.text("0123456789X-", max_size=1200))
