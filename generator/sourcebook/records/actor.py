"""Actors: who."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sourcebook.records.base import Record, Span
from sourcebook.records.fields import ActorId, ClaimId, Country, Many, Phrase, Truth, listed

ActorType = Literal[
    "person",
    "organization",
    "public_body",
    "company",
    "state",
    "armed_force",
    "armed_group",
    "coalition",
    "group",
    "population",
    "media",
    "legal_entity",
]
RELATION_TYPES = ("ally_of", "backs", "opposes", "part_of", "represents", "controls", "hosts")


class Post(Span):
    """An office that a person holds or held."""

    post: Phrase = Field(description="The office.")
    organization: ActorId | None = Field(None, description="Where it is held.")


class Membership(Span):
    """Belonging to an organization."""

    organization: ActorId = Field(description="The organization.")
    role: Phrase | None = Field(None, description="The role in it.")


class Relation(Span):
    """A tie to another actor, with a named inverse on the other's page."""

    type: Annotated[str, BeforeValidator(listed("relation_types"))] = Field(description="What ties them.")
    target: ActorId = Field(description="The other actor.")
    claim: ClaimId | None = Field(
        None, description="The claim that states it, where a party would contest it."
    )


class Actor(Record):
    """Somebody who acts, speaks or is affected."""

    name: Phrase = Field(description="The name, or a description of somebody anonymous.")
    type: ActorType = Field(description="What kind of actor.")
    anonymous: Truth = Field(False, description="Whether `name` is a description, not a name.")
    country: Country | None = Field(None, description="ISO 3166-1 alpha-2 code.")
    parent: ActorId | None = Field(None, description="The actor it is a division of.")
    posts: Many[Post] = Field((), description="Offices held.")
    memberships: Many[Membership] = Field((), description="Organizations belonged to.")
    relations: Many[Relation] = Field((), description="Ties to other actors.")

    @property
    def label(self) -> Phrase:
        """The name."""
        return self.name
