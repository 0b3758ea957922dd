"""The types of fields: what an editor may write in each, and what the program then holds.

In: plain values as they stand in YAML (texts, lists, mappings). Out: validated values.
The rule it guards: a text gets its type from the field it fills, and every refusal carries
the diagnostic code, the reason and the remedy.
"""

import re
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from anyascii import anyascii
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz, process

from sourcebook.dates.edtf import Date, DateError, parse_date
from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.values import look_alike, typed
from sourcebook.markdown.ids import ID_FORM, ID_LENGTH, is_id
from sourcebook.markdown.inert import address_hint, web_address
from sourcebook.markdown.prose import Problem, Prose, parse_prose

RESERVED_IDS = frozenset(
    "index unknown data feed search assets sitemap con prn aux nul".split()
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
)
# RFC 5646 in its everyday part: language, script, region, variants, private use.
LANGUAGE_PATTERN = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([0-9a-z]{5,8}|[0-9][0-9a-z]{3}))*(-x(-[0-9a-z]{1,8})+)?"
)
NUMBER_PATTERN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
# 2,461 or 2 461 or 2'461: marks between groups of three digits and nowhere else.
GROUPED_NUMBER = re.compile(r"[+-]?[0-9]{1,3}([ ,_'’\u00a0\u202f])[0-9]{3}(\1[0-9]{3})*(\.[0-9]+)?")
# Beyond what anybody counts or measures, and short enough for exact arithmetic.
LONGEST_NUMBER = 24
COUNT_PATTERN = re.compile("[1-9][0-9]{0,6}")
DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+")
TRUTHS = {
    **dict.fromkeys(("true", "yes", "on", "y", "1"), "write true"),
    **dict.fromkeys(("false", "no", "off", "n", "0"), "write false"),
}
VERY_NEAR, NEAR = 80, 65
"""How alike two words are, of 100, to be taken for one misspelt, and for one that may be meant."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as a reference: the kinds of record that it may name, and words it takes besides."""

    kinds: frozenset[str]
    besides: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unquoted:
    """Marks a field whose number, date or truth needs no quotation marks, as nothing else fits there."""


Mark = TypeVar("Mark", Ref, Unquoted)


def mark_of(field: FieldInfo, kind: type[Mark]) -> Mark | None:
    """The mark of a kind on a field or inside its type; None where there is none."""
    own = next((mark for mark in field.metadata if isinstance(mark, kind)), None)
    return own or mark_inside(field.annotation, kind)


def mark_inside(annotation: object, kind: type[Mark]) -> Mark | None:
    """The first mark of a kind inside a type annotation, or None."""
    for argument in typing.get_args(annotation):
        if isinstance(argument, kind):
            return argument
        if found := mark_inside(argument, kind):
            return found
    return None


def models_in(hint: object) -> list[type[BaseModel]]:
    """Every model inside a type."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return [hint]
    return [model for argument in typing.get_args(hint) for model in models_in(argument)]


def refusal(code: Code, message: str, hint: str = "", parts: Iterable[Problem] = ()) -> PydanticCustomError:
    """The error that a validator raises: a diagnostic of this code for the editor, or one for each part."""
    # The words travel as values, so that braces in them are not taken for a template.
    words = {"code": code.slug, "message": message, "hint": hint, "parts": tuple(parts)}
    return PydanticCustomError("refusal", "{message}", words)


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that may have been meant, or None: one misspelt, one of which it is a part, one alike."""
    ordered = sorted(choices)
    if found := most_alike(word, ordered, VERY_NEAR) or most_alike(word, ordered, VERY_NEAR, by_words):
        return found
    parts = set(re.split("[-_]", word))
    sharing = [
        choice
        for choice in ordered
        if choice in parts or word in re.split("[-_]", choice) or choice.startswith(word[:3] and word)
    ]
    return most_alike(word, sharing, 0) or most_alike(word, ordered, NEAR)


def most_alike(
    word: str, choices: Iterable[str], least: int, scorer: Callable[..., float] = fuzz.ratio
) -> str | None:
    """The choice that shares most characters with a word, in order; None if it shares too few."""
    found = process.extractOne(word.casefold(), list(choices), scorer=scorer, score_cutoff=least)
    return str(found[0]) if found else None


def by_words(one: str, other: str, *, score_cutoff: float | None = None) -> float:
    """How alike two ids are, of 100, in whatever order their words: `ministry-of-x`, `x-ministry`."""
    return fuzz.token_sort_ratio(
        one.replace("-", " "), other.replace("-", " "), score_cutoff=score_cutoff or 0
    )


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint naming the nearest choice, or else all of them."""
    ordered = sorted(choices)
    found = nearest(word, ordered)
    return f"did you mean '{found}'?" if found else "one of: " + ", ".join(ordered)


def kind_of_value(value: object) -> str:
    """How an editor would call the value: a text, a list or a mapping."""
    names: dict[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
    return names.get(type(value), "a value")


MOST_MARKS = 10_000
"""So many signs of links and emphasis a text has at most: each is tried, and nobody writes as many."""
MOST_PROBLEMS = 20
"""So many mistakes of one text are told each by itself."""
LONGEST_LINE = 2_000
"""So many characters a name, a title or an answer has at most: ten times what a page can show well."""


def a_text(value: object) -> str:
    """The text itself, trimmed; a list or mapping in its place is refused."""
    if not isinstance(value, str):
        raise refusal(
            Code.WRONG_TYPE,
            f"a text is needed here, and this is {kind_of_value(value)}",
            "write one text; one that begins with a bracket or a brace stands in quotation marks",
        )
    return value.strip()


def one_line(value: object) -> str:
    """A text shown on one line: a line break in it is refused."""
    text = a_text(value)
    if "\n" in text or "\r" in text:
        raise refusal(
            Code.BAD_TEXT,
            "a line break in a text that is shown on one line",
            "write it on one line, in quotation marks if it is long",
        )
    if len(text) > LONGEST_LINE:
        raise refusal(
            Code.BAD_TEXT,
            f"a text shown on one line has {len(text):,} characters; at most are {LONGEST_LINE:,}",
            "say it shorter here, and the rest in `description` or `note`",
        )
    return text


def folded_lines(value: object) -> str:
    """A plain text: line breaks and runs of white space around them become one space."""
    return " ".join(line.strip(" \t") for line in re.split(r"[\r\n]+", a_text(value)))


def an_id(value: object) -> str:
    """An id by the rule of the format."""
    text = a_text(value)
    if not is_id(text):
        message = f"{typed(text)} is not an id: {ID_FORM}{look_alike(text)}"
        raise refusal(Code.BAD_ID, message, slug_hint(text))
    return text


def a_tag(value: object) -> str:
    """A keyword, of the form of an id."""
    text = a_text(value)
    if not is_id(text):
        message = f"{typed(text)} is not a tag: a-z, 0-9 and single hyphens{look_alike(text)}"
        raise refusal(Code.BAD_VALUE, message, slug_hint(text))
    return text


def slug_hint(text: str) -> str:
    """The remedy for what is no id: the nearest one."""
    return f"write '{slug(text)}'" if slug(text) else "as in harbour-master"


def own_id(value: object) -> str:
    """The id of a record, which must not be one of the reserved names."""
    text = an_id(value)
    if text in RESERVED_IDS:
        raise refusal(Code.RESERVED_ID, f"the id {typed(text)} is reserved", f"for instance '{text}-1'")
    return text


def slug(text: str) -> str:
    """The nearest id to a text: in Latin letters of lower case, hyphens for the rest; may be empty."""
    whole = re.sub(r"[^a-z0-9]+", "-", anyascii(text).casefold()).strip("-")
    if len(whole) <= ID_LENGTH:
        return whole
    return whole[: ID_LENGTH + 1].rpartition("-")[0] or whole[:ID_LENGTH]


def a_date(value: object) -> Date:
    """An EDTF date; a one-of-a-set that YAML reads as a list is taken as it was written."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "[" + ",".join(value) + "]"
    if not isinstance(value, str):
        message = f"a date is needed here, and this is {kind_of_value(value)}"
        raise refusal(Code.BAD_DATE, message, "write it as one text, as in 2031-03-04")
    try:
        return parse_date(value)
    except DateError as error:
        code = Code.END_BEFORE_START if error.reversed else Code.BAD_DATE
        raise refusal(code, error.message, error.hint) from None


def a_number(value: object) -> Decimal:
    """A number in plain digits, kept with the decimals that were written."""
    text = a_text(value)
    if len(text) <= LONGEST_NUMBER and NUMBER_PATTERN.fullmatch(text):
        return Decimal(text)
    raise refusal(Code.BAD_NUMBER, f"{typed(text)} is not a number in plain digits", number_hint(text))


def number_hint(text: str) -> str:
    """How a text that is no number in plain digits would be one."""
    if GROUPED_NUMBER.fullmatch(text):
        return "write " + re.sub(r"[^0-9.+-]", "", text)
    if "°" in text:
        return "write decimal degrees, as in 39.82, negative for south and west"
    if DECIMAL_COMMA.fullmatch(text):
        return f"write {text.replace(',', '.')}"
    return "write the digits alone, as in 4850 or 1.5"


def a_count(value: object) -> int:
    """A whole number from 1."""
    text = a_text(value)
    if not COUNT_PATTERN.fullmatch(text):
        message = f"{typed(text)} is not a whole number from 1"
        raise refusal(Code.BAD_NUMBER, message, "count 1, 2, 3 and so on")
    return int(text)


def a_truth(value: object) -> bool:
    """`true` or `false`, and nothing that only looks like them."""
    text = a_text(value)
    if text not in ("true", "false"):
        hint = TRUTHS.get(text.casefold(), "write true or false")
        raise refusal(Code.BAD_VALUE, f"{typed(text)} is neither true nor false", hint)
    return text == "true"


def a_web_address(value: object) -> str:
    """An http, https or mailto address."""
    text = one_line(value)
    if web_address(text) is None:
        raise refusal(Code.BAD_ADDRESS, f"{typed(text)} is not a web address", address_hint(text))
    return text


def a_language(value: object) -> str:
    """A BCP 47 language tag in its canonical casing."""
    text = a_text(value)
    if not LANGUAGE_PATTERN.fullmatch(text):
        likely = in_customary_case(text)
        hint = f"write {likely}" if LANGUAGE_PATTERN.fullmatch(likely) else "as in en, hy, ru or az-Cyrl"
        raise refusal(Code.BAD_LANGUAGE, f"{typed(text)} is not a language tag", hint)
    return text


def in_customary_case(tag: str) -> str:
    """A language tag with hyphens and in the casing of RFC 5646, 2.1.1: scripts Xxxx, regions XX."""
    first, *rest = tag.replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join((first.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)))


def matching(pattern: str, what: str, hint: str) -> Callable[[object], str]:
    """A validator for texts of one form; `what` tells an editor the form, `hint` how to write it."""
    form = re.compile(pattern)

    def check(value: object) -> str:
        text = a_text(value)
        if not form.fullmatch(text):
            raise refusal(Code.BAD_VALUE, f"{typed(text)} is not {what}", hint)
        return text

    return check


def in_range(low: int, high: int | None, what: str) -> Callable[[Decimal], Decimal]:
    """A validator for numbers between two bounds, both included; None for no upper bound."""

    def check(number: Decimal) -> Decimal:
        if number < low or (high is not None and number > high):
            message = f"{what} is not {number}"
            bounds = f"lies between {low} and {high}" if high is not None else f"is {low} or more"
            raise refusal(Code.BAD_VALUE, message, f"{what} {bounds}")
        return number

    return check


def as_list(value: object) -> object:
    """A list; one item may stand alone."""
    return value if isinstance(value, list) else [value]


def listed(vocabulary: str) -> Callable[[object, ValidationInfo], str]:
    """A validator for a closed list that an option may lengthen; `vocabulary` is its name in the context."""

    def check(value: object, info: ValidationInfo) -> str:
        text = a_text(value)
        assert info.context, "records are validated with the vocabularies of their collection"
        allowed = info.context[vocabulary]
        if text not in allowed:
            message = f"{typed(text)} is not one of the allowed values{look_alike(text)}"
            raise refusal(Code.UNKNOWN_VALUE, message, did_you_mean(text, allowed))
        return text

    return check


def some_prose(value: object) -> Prose:
    """Prose in its closed subset; links that cannot be published are refused, all at once."""
    text = a_text(value)
    if sum(map(text.count, "[*_")) > MOST_MARKS:
        message = f"the text has more than {MOST_MARKS:,} signs that may begin a link or emphasis"
        raise refusal(Code.TOO_LARGE, message, "split it, or check whether it is what it seems")
    prose = parse_prose(text)
    if prose.problems:
        parts = told_problems(prose.problems)
        raise refusal(Code.BAD_PROSE, "; ".join(part.message for part in parts), parts=parts)
    return prose


def told_problems(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """As many of them as anybody reads, and how many there are."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    message = f"the text has {len(problems):,} such mistakes, of which the first {MOST_PROBLEMS} are told"
    return *problems[:MOST_PROBLEMS], Problem(message, "mend those first, and check again")


class Model(BaseModel):
    """A mapping in YAML: frozen, and with no key that the format does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


Id = Annotated[str, BeforeValidator(own_id)]
Slug = Annotated[str, BeforeValidator(an_id)]
Tag = Annotated[str, BeforeValidator(a_tag)]
Line = Annotated[str, BeforeValidator(one_line)]
Text = Annotated[str, BeforeValidator(folded_lines)]
Edtf = Annotated[Date, BeforeValidator(a_date), Unquoted()]
Number = Annotated[Decimal, BeforeValidator(a_number), Unquoted()]
Count = Annotated[int, BeforeValidator(a_count), Unquoted()]
Truth = Annotated[bool, BeforeValidator(a_truth), Unquoted()]
WebAddress = Annotated[str, BeforeValidator(a_web_address)]
Language = Annotated[str, BeforeValidator(a_language)]
Sha256 = Annotated[
    str,
    BeforeValidator(
        matching("[0-9a-f]{64}", "a SHA-256 in 64 hexadecimal digits", "digits from 0 to 9 and a to f")
    ),
]
Country = Annotated[
    str,
    BeforeValidator(
        matching("[A-Z]{2}", "an ISO 3166-1 alpha-2 code such as AM", "write two capital letters")
    ),
]
Wikidata = Annotated[
    str,
    BeforeValidator(
        matching("Q[1-9][0-9]*", "a Wikidata id such as Q42", "write the Q and its digits alone")
    ),
]

ActorId = Annotated[Slug, Ref(frozenset({"actor"}))]
EventId = Annotated[Slug, Ref(frozenset({"event"}))]
ClaimId = Annotated[Slug, Ref(frozenset({"claim"}))]
PlaceId = Annotated[Slug, Ref(frozenset({"place"}))]
SourceId = Annotated[Slug, Ref(frozenset({"source"}))]
ClaimantId = Annotated[Slug, Ref(frozenset({"actor", "source"}), frozenset({"unknown"}))]
ActorOrSourceId = Annotated[Slug, Ref(frozenset({"actor", "source"}))]
EventOrSourceId = Annotated[Slug, Ref(frozenset({"event", "source"}))]
ClaimOrEventId = Annotated[Slug, Ref(frozenset({"claim", "event"}))]
AnyId = Annotated[Slug, Ref(frozenset({"actor", "event", "claim", "dispute", "place", "source"}))]

Item_ = TypeVar("Item_")
Many = Annotated[tuple[Item_, ...], BeforeValidator(as_list)]


class Phrase(Model):
    """A text on one line, and its language where it is not the collection's: a text, or `{value, lang}`."""

    value: Line = Field(description="The text, character for character.")
    lang: Language | None = Field(None, description="Its language, as a BCP 47 tag.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str) else value


class Statement(Phrase):
    """A plain text that may be long: line breaks in it are spaces. A text, or `{value, lang}`."""

    value: Text = Field(description="The text, character for character.")


class Passage(Model):
    """Prose: paragraphs, lists, emphasis, links and `[[id]]`. A text, or `{value, lang}`."""

    value: Annotated[Prose, BeforeValidator(some_prose)] = Field(description="The prose.")
    lang: Language | None = Field(None, description="Its language, as a BCP 47 tag.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str) else value


class Agent(Model):
    """Whoever is named in words, or an actor of the collection: a text, `{value, lang}` or `{actor: id}`."""

    text: Phrase | None = Field(None, description="The name in words.")
    actor: ActorId | None = Field(None, description="The id of an actor.")

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, str) or (isinstance(value, dict) and not {"value", "lang"}.isdisjoint(value)):
            return {"text": value}
        if isinstance(value, dict) and "actor" not in value:
            key = nearest(next(iter(value), ""), ("actor", "value"))
            hint = f"did you mean '{key}'?" if key else "write the name alone, or {actor: some-id}"
            raise refusal(Code.BAD_VALUE, "a name in words or an actor is needed here", hint)
        return value

    @model_validator(mode="after")
    def _one_of_two(self) -> "Agent":
        if self.text and self.actor:
            raise refusal(
                Code.BAD_VALUE, "here are a name in words and an actor", "write {actor: some-id} alone"
            )
        return self
