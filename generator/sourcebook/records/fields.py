"""The types of fields: what an editor may write in each, and what the program then holds.

In: plain values as they stand in YAML (texts, lists, mappings). Out: validated values.
The rule it guards: a text gets its type from the field it fills, and every refusal carries
the diagnostic code, the reason and the remedy.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError
from rapidfuzz import process

from sourcebook.dates.edtf import Date, DateError, parse_date
from sourcebook.diagnostics.codes import Code
from sourcebook.markdown.inert import web_address
from sourcebook.markdown.prose import Prose, parse_prose

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 80
RESERVED_IDS = frozenset(
    "index unknown data feed search assets sitemap con prn aux nul".split()
    + [f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)]
)
# RFC 5646 in its everyday part: language, script, region, variants, private use.
LANGUAGE_PATTERN = re.compile(
    r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([0-9a-z]{5,8}|[0-9][0-9a-z]{3}))*(-x(-[0-9a-z]{1,8})+)?"
)
NUMBER_PATTERN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as a reference: the kinds of record that it may name, and words it takes besides."""

    kinds: frozenset[str]
    besides: frozenset[str] = frozenset()


def refusal(code: Code, message: str, hint: str = "") -> PydanticCustomError:
    """The error that a validator raises: it reaches the editor as a diagnostic of this code."""
    # The words travel as values, so that braces in them are not taken for a template.
    return PydanticCustomError("refusal", "{message}", {"code": code.slug, "message": message, "hint": hint})


def nearest(word: str, choices: object) -> str | None:
    """The choice most like a word, or None if none is near."""
    found = process.extractOne(word, sorted(choices), score_cutoff=60)  # type: ignore[call-overload]
    return str(found[0]) if found else None


def did_you_mean(word: str, choices: object) -> str:
    """A hint naming the nearest choice, or else all of them where they are few."""
    found = nearest(word, choices)
    if found:
        return f"did you mean '{found}'?"
    listed = sorted(choices)  # type: ignore[call-overload]
    return "one of: " + ", ".join(listed) if len(listed) <= 40 else ""


def kind_of_value(value: object) -> str:
    """How an editor would call the value: a text, a list or a mapping."""
    names: dict[type, str] = {str: "a text", list: "a list", dict: "a mapping"}
    return names.get(type(value), "a value")


def a_text(value: object) -> str:
    """The text itself, trimmed; a list or mapping in its place is refused."""
    if not isinstance(value, str):
        raise refusal(Code.WRONG_TYPE, f"a text is needed here, and this is {kind_of_value(value)}")
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
    return text


def folded_lines(value: object) -> str:
    """A plain text: line breaks and runs of white space around them become one space."""
    return re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", a_text(value))


def an_id(value: object) -> str:
    """An id by the rule of the format."""
    text = a_text(value)
    if not ID_PATTERN.fullmatch(text) or len(text) > ID_LENGTH:
        suggestion = slug(text)
        hint = f"write '{suggestion}'" if suggestion and suggestion != text else ""
        raise refusal(Code.BAD_ID, f"'{text}' is not an id: a-z, 0-9 and single hyphens, at most 80", hint)
    return text


def own_id(value: object) -> str:
    """The id of a record, which must not be one of the reserved names."""
    text = an_id(value)
    if text in RESERVED_IDS:
        raise refusal(Code.RESERVED_ID, f"the id '{text}' is reserved", f"for instance '{text}-1'")
    return text


def slug(text: str) -> str:
    """The nearest id to a text: without diacritics, in lower case, hyphens for the rest; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_LENGTH].strip("-")


def a_date(value: object) -> Date:
    """An EDTF date; a one-of-a-set that YAML reads as a list is taken as it was written."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "[" + ",".join(value) + "]"
    if not isinstance(value, str):
        raise refusal(Code.BAD_DATE, f"a date is needed here, and this is {kind_of_value(value)}")
    try:
        return parse_date(value)
    except DateError as error:
        code = Code.END_BEFORE_START if error.reversed else Code.BAD_DATE
        raise refusal(code, error.message, error.hint) from None


def a_number(value: object) -> Decimal:
    """A number in plain digits, kept with the decimals that were written."""
    text = a_text(value)
    try:
        if NUMBER_PATTERN.fullmatch(text):
            return Decimal(text)
    except InvalidOperation:
        pass
    digits = re.sub(r"[\s,_'’]", "", text)
    hint = f"write {digits}" if NUMBER_PATTERN.fullmatch(digits) else "plain digits, as in 4850 or 1.5"
    raise refusal(Code.BAD_NUMBER, f"'{text}' is not a number in plain digits", hint)


def a_count(value: object) -> int:
    """A whole number from 1."""
    number = a_number(value)
    if number != number.to_integral_value() or number < 1:
        raise refusal(Code.BAD_NUMBER, f"'{value}' is not a whole number from 1")
    return int(number)


def a_truth(value: object) -> bool:
    """`true` or `false`, and nothing that only looks like them."""
    text = a_text(value)
    if text not in ("true", "false"):
        hint = {"yes": "write true", "no": "write false"}.get(text.casefold(), "write true or false")
        raise refusal(Code.BAD_VALUE, f"'{text}' is neither true nor false", hint)
    return text == "true"


def a_web_address(value: object) -> str:
    """An http, https or mailto address."""
    text = one_line(value)
    if web_address(text) is None:
        raise refusal(
            Code.BAD_ADDRESS,
            f"'{text}' is not a web address",
            "it begins with https:// (or http://, mailto:)",
        )
    return text


def a_language(value: object) -> str:
    """A BCP 47 language tag in its canonical casing."""
    text = a_text(value)
    if not LANGUAGE_PATTERN.fullmatch(text):
        raise refusal(Code.BAD_LANGUAGE, f"'{text}' is not a language tag", "as in en, hy, ru or az-Cyrl")
    return text


def matching(pattern: str, what: str) -> Callable[[object], str]:
    """A validator for texts of one form; `what` tells an editor the form."""
    form = re.compile(pattern)

    def check(value: object) -> str:
        text = a_text(value)
        if not form.fullmatch(text):
            raise refusal(Code.BAD_VALUE, f"'{text}' is not {what}")
        return text

    return check


def in_range(low: int, high: int, what: str) -> Callable[[object], Decimal]:
    """A validator for numbers between two bounds, both included."""

    def check(value: object) -> Decimal:
        number = a_number(value)
        if not low <= number <= high:
            raise refusal(Code.BAD_VALUE, f"{what} lies between {low} and {high}, and this is {number}")
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
            raise refusal(
                Code.UNKNOWN_VALUE, f"'{text}' is not one of the allowed values", did_you_mean(text, allowed)
            )
        return text

    return check


def some_prose(value: object) -> Prose:
    """Prose in its closed subset; links that cannot be published are refused, all at once."""
    prose = parse_prose(a_text(value))
    if prose.problems:
        raise refusal(Code.BAD_PROSE, "; ".join(prose.problems))
    return prose


class Model(BaseModel):
    """A mapping in YAML: frozen, and with no key that the format does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


Id = Annotated[str, BeforeValidator(own_id)]
Slug = Annotated[str, BeforeValidator(an_id)]
Line = Annotated[str, BeforeValidator(one_line)]
Text = Annotated[str, BeforeValidator(folded_lines)]
Edtf = Annotated[Date, BeforeValidator(a_date)]
Number = Annotated[Decimal, BeforeValidator(a_number)]
Count = Annotated[int, BeforeValidator(a_count)]
Truth = Annotated[bool, BeforeValidator(a_truth)]
WebAddress = Annotated[str, BeforeValidator(a_web_address)]
Language = Annotated[str, BeforeValidator(a_language)]
Sha256 = Annotated[str, BeforeValidator(matching("[0-9a-f]{64}", "a SHA-256 in 64 hexadecimal digits"))]
Country = Annotated[str, BeforeValidator(matching("[A-Z]{2}", "an ISO 3166-1 alpha-2 code such as AM"))]
Wikidata = Annotated[str, BeforeValidator(matching("Q[1-9][0-9]*", "a Wikidata id such as Q42"))]

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
        if isinstance(value, str) or (isinstance(value, dict) and "value" in value):
            return {"text": value}
        return value

    @model_validator(mode="after")
    def _one_of_two(self) -> "Agent":
        if (self.text is None) == (self.actor is None):
            raise refusal(Code.BAD_VALUE, "a text or an actor is needed here", "as in {actor: some-id}")
        return self
