"""Claims: who says what, and what others say of it.

Ties between claims are CiTO's verbs; figures follow UCDP's low, best, high.
"""

from typing import Literal

from pydantic import Field, model_validator

from sourcebook.diagnostics.codes import Code
from sourcebook.records.base import CitedItem, Item, Record
from sourcebook.records.citation import Citation
from sourcebook.records.fields import (
    ActorId,
    ActorOrSourceId,
    Agent,
    AnyId,
    ClaimantId,
    ClaimId,
    ClaimOrEventId,
    Edtf,
    EventId,
    EventOrSourceId,
    Line,
    Many,
    Number,
    Phrase,
    Statement,
    Text,
    WebAddress,
    refusal,
)

TIES = ("supports", "confirms", "disputes", "refutes", "qualifies", "corrects")
AGAINST = frozenset({"disputes", "refutes"})
FOR = frozenset({"supports", "confirms"})
NEVER_CORROBORATED = frozenset({"promise", "position"})

Tie = Literal["supports", "confirms", "disputes", "refutes", "qualifies", "corrects"]


class Quantity(CitedItem):
    """A figure that a claim gives."""

    measure: Line = Field(description="What is counted: displaced, killed, population …; open.")
    low: Number | None = Field(None, description="The lowest figure given.")
    best: Number | None = Field(None, description="The figure given.")
    high: Number | None = Field(None, description="The highest figure given.")
    unit: Line | None = Field(None, description="What the number is of; open.")
    qualifier: Literal["exact", "about", "at_least", "at_most"] | None = Field(
        None, description="How the claimant qualifies it."
    )
    as_of: Edtf | None = Field(None, description="The time the figure is for.")
    verbatim_date: Text | None = Field(None, description="The source's few words for that time.")
    counted_group: ActorId | None = Field(None, description="Whom it counts.")
    of: EventId | None = Field(None, description="The event it belongs to.")

    @model_validator(mode="after")
    def _has_a_figure(self) -> "Quantity":
        if self.low is None and self.best is None and self.high is None:
            raise refusal(Code.MISSING_FIELD, "a quantity needs a figure", "add `best`, or `low` and `high`")
        return self

    @property
    def figures(self) -> tuple[Number, ...]:
        """The figures that are given, in the order low, best, high."""
        return tuple(number for number in (self.low, self.best, self.high) if number is not None)


class Withdrawal(Item):
    """That the claimant took the claim back."""

    date: Edtf = Field(description="When.")
    verbatim_date: Text | None = Field(None, description="The source's few words for the date.")
    reason: Text | None = Field(None, description="Why.")


class Review(Item):
    """A fact-checker's review, under the reviewer's name."""

    author: Agent = Field(description="Who reviewed it.")
    url: WebAddress = Field(description="Where.")
    date: Edtf | None = Field(None, description="When.")
    verbatim_date: Text | None = Field(None, description="The review's own words for the date.")
    rating_text: Phrase | None = Field(None, description="The reviewer's own words for the result.")


class Evidence(CitedItem):
    """Something that bears on the claim and is no claim of its own."""

    relation: Literal["supports", "confirms", "disputes", "refutes", "qualifies", "corrects", "discusses"] = (
        Field(description="How it bears on the claim.")
    )
    by: ActorOrSourceId | None = Field(None, description="Whose it is; the cited source if left out.")


class ActorPosition(CitedItem):
    """An actor's position on the claim, where the actor has no claim of its own."""

    actor: ActorId = Field(description="The actor.")
    relation: Tie = Field(description="The position.")
    date: Edtf | None = Field(None, description="When it was taken.")
    verbatim_date: Text | None = Field(None, description="The source's few words for the date.")


class Claim(Record):
    """A statement, with whoever makes it."""

    text: Statement = Field(description="What is said, in the editors' words.")
    claimant: Many[ClaimantId] = Field(
        description="Who says it: actors, the source itself, or `unknown`. The reporter is in `sources`."
    )
    on_behalf_of: ActorId | None = Field(None, description="For whom the claimant speaks.")
    claim_date: Edtf | None = Field(None, description="When it was said.")
    verbatim_date: Text | None = Field(None, description="The source's few words for the date.")
    appearance: EventOrSourceId | None = Field(None, description="Where it was said.")
    about: Many[AnyId] = Field((), description="What it is about.")
    claim_type: (
        Literal["factual", "numerical", "causal", "position", "promise", "accusation", "denial"] | None
    ) = Field(None, description="What kind of claim.")
    quantity: Quantity | None = Field(None, description="The figure it gives.")
    obtains_support_from: Many[ClaimOrEventId] = Field((), description="What the claimant rests it on.")
    withdrawn: Withdrawal | None = Field(None, description="That the claimant took it back.")
    reviews: Many[Review] = Field((), description="Fact-checkers' reviews.")
    supports: Many[ClaimId] = Field((), description="Claims that it speaks for.")
    confirms: Many[ClaimId] = Field((), description="Claims that it says are true.")
    disputes: Many[ClaimId] = Field((), description="Claims that it speaks against.")
    refutes: Many[ClaimId] = Field((), description="Claims that it says are false.")
    qualifies: Many[ClaimId] = Field((), description="Claims that it limits.")
    corrects: Many[ClaimId] = Field((), description="Claims that it puts right.")
    evidence: Many[Evidence] = Field((), description="What bears on it and is no claim of its own.")
    positions: Many[ActorPosition] = Field(
        (), description="Positions of actors without a claim of their own."
    )

    sources: Many[Citation] = Field(description="Where the claim is written.")

    @property
    def label(self) -> Phrase:
        """The statement itself."""
        return self.text
