"""The words that pages print for the format's values, in English.

In: values of closed lists. Out: words for readers. The rule it guards: labels are neutral, and one value
has one wording everywhere.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from sourcebook.graph.stances import Standing
from sourcebook.records.citation import RANGE
from sourcebook.records.claim import Quantity

KINDS = {
    "actor": "Actor",
    "event": "Event",
    "claim": "Claim",
    "dispute": "Dispute",
    "place": "Place",
    "source": "Source",
}
KINDS_PLURAL = {
    "actor": "Actors",
    "event": "Events",
    "claim": "Claims",
    "dispute": "Disputes",
    "place": "Places",
    "source": "Sources",
}
# What somebody else says of a claim, from that claim's page: subject is the other.
TIES = {
    "supports": "supports it",
    "confirms": "says it is true",
    "disputes": "disputes it",
    "refutes": "says it is false",
    "qualifies": "qualifies it",
    "corrects": "corrects it",
    "discusses": "discusses it",
}
# The same, from the page of the claim that says it.
OWN_TIES = {
    "supports": "Supports",
    "confirms": "Says this is true",
    "disputes": "Disputes",
    "refutes": "Says this is false",
    "qualifies": "Qualifies",
    "corrects": "Corrects",
}
# How a claim of another stands to one's own that it disputes, or that disputes it.
AGAINST = {
    "disputes": ("disputes", "is disputed by"),
    "refutes": ("says it is false", "is said to be false by"),
}
STATUSES = {
    "withdrawn": "withdrawn",
    "contested": "contested",
    "corroborated": "corroborated",
    "reported": "reported",
}
ROLES = {
    "agent": "took the action",
    "organizer": "organized it",
    "target": "was its target",
    "affected": "was affected",
    "witness": "witnessed it",
    "mediator": "mediated",
    "intervening_party": "intervened",
    "speaker": "spoke",
    "host": "was host",
    "guest": "was guest",
    "perpetrator": "is said to have done it",
    "victim": "is said to be a victim",
}
RELATIONS = {
    "ally_of": ("is an ally of", "is an ally of"),
    "backs": ("backs", "is backed by"),
    "opposes": ("opposes", "is opposed by"),
    "part_of": ("is part of", "has as a part"),
    "represents": ("represents", "is represented by"),
    "controls": ("controls", "is controlled by"),
    "hosts": ("hosts", "is hosted by"),
}
# What the state of the collection gives to ask, by diagnostic code.
QUESTIONS = {
    "contested-without-dispute": "Contested, and in no dispute",
    "single-source": "Reported in one document",
    "echo": "Told in several documents, from one origin",
    "one-sided": "Reported by one side only",
    "missing-archive": "On the web, without a lasting copy",
    "similar-names": "Names that are alike",
    "silent-actor": "Without a word of their own",
    "event-without-place": "Without a place",
}
# How a record that names another one is tied to it: read "<this page> … <the other>".
MENTIONS = {
    "about": "it is about this",
    "accessed": "",
    "actor": "names this",
    "appearance": "it was said here",
    "attributed_to": "a fact is attributed to this",
    "by": "evidence by this",
    "claim": "rests on this claim",
    "claimant": "says it",
    "claims": "holds this claim",
    "common_ground": "undisputed there",
    "contained_in": "lies in it",
    "counted_group": "counts it",
    "follows": "came after it",
    "leads_to": "led to it",
    "location": "happened here",
    "obtains_support_from": "rests on it",
    "of": "gives a figure for it",
    "on_behalf_of": "is said for it",
    "organization": "belongs to it",
    "origin": "has its information from it",
    "parent": "is a division of it",
    "part_of": "is part of it",
    "participants": "took part in",
    "positions": "takes a position there",
    "publisher": "was published by it",
    "author": "was written by it",
    "reported_by": "is known from it",
    "used_by": "uses a name there",
    "assessed_by": "graded it",
    "translator": "translated a quote",
}
QUALIFIERS = {"exact": "exactly ", "about": "about ", "at_least": "at least ", "at_most": "at most "}
CLAIM_TYPES = {"numerical": "figure"}
GRADES = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
LOCATORS = {
    "paragraph": ("paragraph", "paragraphs"),
    "page": ("page", "pages"),
    "section": ("section", "sections"),
    "timestamp": ("at", "at"),
    "line": ("line", "lines"),
    "sentence": ("sentence", "sentences"),
}
KEPT = 1024
"""How many values are kept as they were told: a site says the same ones on many pages."""
LISTED_VALUE = re.compile("[a-z0-9]+(?:[_-][a-z0-9]+)*")


@lru_cache(maxsize=KEPT)
def plain_words(value: str) -> str:
    """A value of a list as words: `public_body` becomes `public body`; any other text stays as it is."""
    return value.replace("_", " ").replace("-", " ") if LISTED_VALUE.fullmatch(value) else value


def capitalized(text: str) -> str:
    """A text with a capital letter at its start; the others stay as they are."""
    return text[:1].upper() + text[1:]


@cache
def language(tag: str | None) -> str:
    """The English name of a language (Unicode CLDR), its tag where CLDR has none; empty for no tag."""
    if not tag:
        return ""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def country(code: str) -> str:
    """The English name of a country (Unicode CLDR) with its ISO 3166-1 code; the code alone without one."""
    name = Locale("en").territories.get(code)
    return f"{name} ({code})" if name else code


def number(value: Decimal) -> str:
    """A number with its thousands grouped, and with the decimals it was given."""
    return f"{value:,}"


def quantity(figure: Quantity) -> str:
    """A figure in words, never rounded and never averaged."""
    ends = [number(end) for end in (figure.low, figure.high) if end is not None]
    span = " to ".join(ends) if len(ends) == 2 else ""
    qualifier = QUALIFIERS.get(figure.qualifier or "", "")
    if figure.best is not None:
        words = number(figure.best) + (f" ({span})" if span else "")
    elif span:
        words = span
    else:
        words = ends[0]
        qualifier = qualifier or ("at least " if figure.low is not None else "at most ")
    unit = f" {plain_words(figure.unit)}" if figure.unit else ""
    return f"{qualifier}{words}{unit}"


def several(number: int, noun: str) -> str:
    """A number of things: `1 claim`, `2 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@lru_cache(maxsize=KEPT)
def locator(label: str, value: str) -> str:
    """A citation's place in words: `paragraph 4`, `paragraphs 4–5`; what is no range of numbers as it is."""
    one, many = LOCATORS[label]
    found = RANGE.fullmatch(value) if label != "timestamp" else None
    return f"{many} {found[1]}–{found[2]}" if found and found[2] else f"{one} {value}"


def counts(standing: Standing) -> str:
    """The numbers behind a claim's status; whom it disputes itself only where it does."""
    disputes = f"disputes {plural(standing.disputes, 'other side')}, " if standing.disputes else ""
    return (
        f"{disputes}disputed by {plural(standing.disputed_by, 'side')}, "
        f"supported by {standing.supported_by}, reported in {plural(standing.sources, 'source')}"
    )


def plural(number: int, word: str) -> str:
    """A number of things in words: `1 source`, `2 sources`."""
    return f"{number} {word}{'' if number == 1 else 's'}"
