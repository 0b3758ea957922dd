"""What every record and every item of a list has."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from sourcebook.records.citation import Citation
from sourcebook.records.fields import (
    ActorOrSourceId,
    Edtf,
    Id,
    Language,
    Line,
    Many,
    Model,
    Passage,
    Phrase,
    Tag,
    Text,
    Truth,
    WebAddress,
    Wikidata,
    matching,
)

IdentifierScheme = Annotated[
    str,
    BeforeValidator(
        matching("[a-z][a-z0-9_-]*", "a scheme's short name such as ucdp", "write it in small letters")
    ),
]


class Item(Model):
    """An item of a list in a record."""

    note: Passage | None = Field(None, description="The editors' note on this item.")


class CitedItem(Item):
    """An item of a list that is a fact of its own, with sources of its own where it needs them."""

    sources: Many[Citation] = Field((), description="Where this item is written.")


class Span(CitedItem):
    """An item that holds for some time."""

    start_date: Edtf | None = Field(None, description="When it began.")
    end_date: Edtf | None = Field(None, description="When it ended.")
    verbatim_date: Text | None = Field(None, description="The source's few words for the dates.")


class Name(CitedItem):
    """A name, in a language or script, and who uses it."""

    value: Line = Field(description="The name.")
    lang: Language | None = Field(None, description="Its language and script.")
    used_by: Many[ActorOrSourceId] = Field((), description="Who calls it so: ids of actors or sources.")


class Revision(Item):
    """A change of a record that readers should know of."""

    date: Edtf = Field(description="When it was made.")
    change: Text = Field(description="What was changed.")
    reason: Text | None = Field(None, description="Why.")


class Record(Model):
    """What every record has."""

    id: Id = Field(description="The record's name in addresses and references; the file's stem if left out.")
    aliases: Many[Phrase] = Field((), description="Other spellings by which it is searched for.")
    names: Many[Name] = Field((), description="Its names per language, script and side.")
    summary: Passage | None = Field(None, description="What it is, in a sentence or two.")
    description: Passage | None = Field(None, description="More, in prose.")
    note: Passage | None = Field(None, description="The editors' note on how it was recorded.")
    tags: Many[Tag] = Field((), description="Keywords.")
    same_as: Many[WebAddress] = Field((), description="Addresses of pages about the same thing.")
    wikidata_id: Wikidata | None = Field(None, description="Its Wikidata id.")
    identifiers: dict[IdentifierScheme, Line] = Field(
        {}, description="Its ids in other collections, by scheme."
    )
    former_ids: Many[Id] = Field((), description="Ids it once had; their addresses redirect.")
    draft: Truth = Field(False, description="Left out of the site, not out of the check.")
    revisions: Many[Revision] = Field((), description="Changes that readers should know of.")
    sources: Many[Citation] = Field((), description="Where the record's facts are written.")
    field_sources: dict[str, Many[Citation]] = Field({}, description="Where a single field is written.")

    @property
    def label(self) -> Phrase:
        """What the record is called on its page and in links to it."""
        raise NotImplementedError
