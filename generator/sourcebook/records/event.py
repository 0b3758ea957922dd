"""Events: what happened, when, where, and who took part."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sourcebook.records.base import CitedItem, Record
from sourcebook.records.citation import Citation
from sourcebook.records.fields import (
    ActorId,
    ClaimId,
    Edtf,
    EventId,
    Line,
    Many,
    Phrase,
    PlaceId,
    Text,
    Truth,
    Unquoted,
    listed,
    matching,
)

EVENT_TYPES = (
    # ACLED's
    "battle",
    "explosion",
    "protest",
    "riot",
    "strategic_development",
    "violence_against_civilians",
    # others
    "displacement",
    "agreement",
    "statement",
    "visit",
    "road_closure",
    "deployment",
    "aid",
    "celebration",
    "armistice",
    "war",
    "recognition",
    "election",
    "legislation",
    "legal_proceedings",
    "arrest",
    "investigation",
    "economic",
    "cyber_incident",
    "accident",
    "disaster",
    "other",
)
PRECISION_HINT = "from 1 for the exact place to 6 for the country only; 7 is at sea or in the air"
CONTESTABLE_ROLES = frozenset({"perpetrator", "victim"})


class Participant(CitedItem):
    """An actor's part in an event."""

    actor: ActorId = Field(description="The actor.")
    role: Literal[
        "agent",
        "organizer",
        "target",
        "affected",
        "witness",
        "mediator",
        "intervening_party",
        "speaker",
        "host",
        "guest",
        "perpetrator",
        "victim",
    ] = Field(description="The part; `perpetrator` and `victim` need the claim that says so.")
    claim: ClaimId | None = Field(None, description="The claim that states it.")


class Event(Record):
    """Something that happened, or that somebody says happened."""

    title: Phrase = Field(description="What happened, neutrally, in a few words.")
    type: Annotated[str, BeforeValidator(listed("event_types"))] = Field(description="What kind of event.")
    sub_type: Line | None = Field(None, description="A finer type; open.")
    date: Edtf = Field(description="When, as precisely as the source and no more (EDTF).")
    verbatim_date: Text | None = Field(None, description="The source's few words for the date.")
    location: PlaceId | None = Field(None, description="Where.")
    where_prec: (
        Annotated[
            str,
            BeforeValidator(
                matching(
                    "[1-7]",
                    "a UCDP precision from 1 to 7",
                    PRECISION_HINT,
                )
            ),
            Unquoted(),
        ]
        | None
    ) = Field(None, description="How precisely the place is known (UCDP, 1 exact to 7).")
    where_description: Phrase | None = Field(None, description="The source's words for the place.")
    participants: Many[Participant] = Field((), description="Who took part, and how.")
    part_of: Many[EventId] = Field((), description="Larger events it belongs to.")
    follows: Many[EventId] = Field((), description="Events it came after.")
    leads_to: Many[EventId] = Field((), description="Events it led to.")
    reported_by: Many[ClaimId] = Field((), description="Claims by which alone it is known.")
    graphic: Truth = Field(False, description="Whether a content warning stands before it.")
    sources: Many[Citation] = Field(description="Where the event is written.")

    @property
    def label(self) -> Phrase:
        """The title."""
        return self.title
