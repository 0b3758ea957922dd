"""Disputes: a question, and the sides with their answers next to each other."""

from typing import Annotated

from pydantic import Field

from sourcebook.records.base import Item, Record
from sourcebook.records.fields import ClaimId, Many, Phrase


class Side(Item):
    """One answer to the question, and the claims that give it."""

    answer: Phrase = Field(description="The answer, in a few words.")
    claims: Many[ClaimId] = Field(description="The claims that give it.")


class Dispute(Record):
    """A question that parties answer differently."""

    question: Phrase = Field(description="The question.")
    sides: Annotated[Many[Side], Field(min_length=2)] = Field(description="The answers, two or more.")
    common_ground: Many[ClaimId] = Field((), description="Claims that no side disputes.")

    @property
    def label(self) -> Phrase:
        """The question."""
        return self.question
