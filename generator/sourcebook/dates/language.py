"""The words that dates are told in, a language a value.

In: nothing. Out: tables of names and of phrases with `{places}` to fill. The rule it guards: no
word of a language stands anywhere else in what readers see of a date.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatePhrases:
    """Names and phrases for dates, either in full or short for tables.

    `months` has twelve names, `seasons` four from spring on. Each phrase is a format string; the
    names of its places are those of the English ones.
    """

    months: tuple[str, ...]
    seasons: tuple[str, ...]
    # One date.
    day: str
    day_in_same_year: str
    month: str
    season: str
    time: str
    utc: str
    zone: str
    ce: str
    bce: str
    decade: str
    years: str
    unknown_year: str
    day_within: str
    month_within: str
    # How sure it is. A "day within" is not itself approximate, what it lies in is.
    uncertain: str
    approximate: str
    uncertain_and_approximate: str
    approximate_within: str
    uncertain_and_approximate_within: str
    # An interval: lasting. `lasting_numbers` is for ends such as "18" and "24 September 2023".
    lasting: str
    lasting_numbers: str
    start_unknown: str
    start_open: str
    end_unknown: str
    end_open: str
    # One of a set: some time within.
    within: str
    at_latest: str
    at_earliest: str
    choice_within: str
    choice_comma: str
    choice_or: str


@dataclass(frozen=True, slots=True)
class DateWords:
    """One language: the phrases for running text, and those for narrow places."""

    full: DatePhrases
    short: DatePhrases


ENGLISH = DateWords(
    full=DatePhrases(
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        seasons=("spring", "summer", "autumn", "winter"),
        day="{day} {month} {year}",
        day_in_same_year="{day} {month}",
        month="{month} {year}",
        season="{season} {year}",
        time="{date}, {time}",
        utc="{time} UTC",
        zone="{time} UTC{offset}",
        ce="{year} CE",
        bce="{year} BCE",
        decade="the {year}s",
        years="some year between {start} and {end}",
        unknown_year="an unknown year",
        day_within="a day in {date}",
        month_within="a month in {date}",
        uncertain="possibly {date}",
        approximate="about {date}",
        uncertain_and_approximate="possibly about {date}",
        approximate_within="{date} or thereabouts",
        uncertain_and_approximate_within="possibly {date} or thereabouts",
        lasting="from {start} to {end}",
        lasting_numbers="from {start} to {end}",
        start_unknown="until {end}, start unknown",
        start_open="until {end}, start open",
        end_unknown="from {start}, end unknown",
        end_open="from {start}, still open",
        within="some time between {start} and {end}",
        at_latest="{date} at the latest",
        at_earliest="{date} at the earliest",
        choice_within="between {start} and {end}",
        choice_comma="{before}, {after}",
        choice_or="{before} or {after}",
    ),
    short=DatePhrases(
        months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        seasons=("spring", "summer", "autumn", "winter"),
        day="{day} {month} {year}",
        day_in_same_year="{day} {month}",
        month="{month} {year}",
        season="{season} {year}",
        time="{date}, {time}",
        utc="{time} UTC",
        zone="{time} UTC{offset}",
        ce="{year} CE",
        bce="{year} BCE",
        decade="{year}s",
        years="between {start} and {end}",
        unknown_year="unknown year",
        day_within="a day in {date}",
        month_within="a month in {date}",
        uncertain="{date}?",
        approximate="c. {date}",
        uncertain_and_approximate="c. {date}?",
        approximate_within="{date} or thereabouts",
        uncertain_and_approximate_within="{date} or thereabouts?",
        lasting="{start} – {end}",
        lasting_numbers="{start}–{end}",
        start_unknown="until {end}, start unknown",
        start_open="until {end}",
        end_unknown="from {start}, end unknown",
        end_open="from {start}",
        within="between {start} and {end}",
        at_latest="{date} or earlier",
        at_earliest="{date} or later",
        choice_within="between {start} and {end}",
        choice_comma="{before}, {after}",
        choice_or="{before} or {after}",
    ),
)
