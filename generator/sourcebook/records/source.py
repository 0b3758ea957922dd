"""Sources: the documents that facts were drawn from, in CSL's terms."""

from typing import Literal

from pydantic import Field

from sourcebook.records.base import Item, Record
from sourcebook.records.fields import (
    Agent,
    Count,
    Edtf,
    Language,
    Many,
    Model,
    Passage,
    Phrase,
    Sha256,
    Text,
    WebAddress,
)

# The types of CSL 1.0.2.
SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]


class Reliability(Model):
    """A grade on the Admiralty scale, under the name of who gave it."""

    grade: Literal["A", "B", "C", "D", "E", "F"] = Field(description="A (reliable) to F (cannot be judged).")
    assessed_by: Agent = Field(description="Who gave the grade.")
    note: Passage | None = Field(None, description="Why.")


class Paragraph(Item):
    """One paragraph of the document: its fingerprint, and what it says in the editors' words."""

    number: Count = Field(description="Its number, from 1.")
    sha256: Sha256 | None = Field(None, description="The fingerprint of the folded text.")
    gist: Text | None = Field(None, description="What it says, in the editors' own words.")


class Source(Record):
    """A document that facts rest on."""

    title: Phrase = Field(description="Its title, or a description where it has none.")
    type: SourceType = Field(description="What kind of document (CSL); `document` where it is not known.")
    author: Many[Agent] = Field((), description="Who wrote it.")
    publisher: Agent | None = Field(None, description="Who published it.")
    container_title: Phrase | None = Field(None, description="The newspaper, book or site it appeared in.")
    issued: Edtf | None = Field(None, description="When it was published.")
    verbatim_date: Text | None = Field(None, description="The document's own words for its date.")
    accessed: Edtf | None = Field(None, description="When it was read.")
    url: WebAddress | None = Field(None, description="Its address.")
    archive_url: WebAddress | None = Field(None, description="The address of a lasting copy.")
    language: Language | None = Field(None, description="Its language.")
    rights: Phrase | None = Field(None, description="Who holds the rights, under which licence.")
    origin: Agent | None = Field(None, description="Whoever its information comes from.")
    source_reliability: Reliability | None = Field(
        None, description="Its reliability, as somebody assessed it."
    )
    sha256: Sha256 | None = Field(None, description="The fingerprint of the document's text.")
    paragraphs: Many[Paragraph] = Field((), description="Its paragraphs.")

    @property
    def label(self) -> Phrase:
        """The title."""
        return self.title
