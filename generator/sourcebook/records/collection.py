"""What a collection says about itself: the plugin's options in mkdocs.yml.

In: the mapping below `sourcebook` in `plugins`. Out: one frozen model with every default filled in.
"""

from typing import Annotated

from pydantic import AfterValidator, Field

from sourcebook.diagnostics.codes import Code
from sourcebook.records.actor import RELATION_TYPES
from sourcebook.records.event import EVENT_TYPES
from sourcebook.records.fields import (
    Count,
    Edtf,
    Language,
    Line,
    Many,
    Model,
    Phrase,
    Text,
    Truth,
    WebAddress,
    refusal,
)

SCHEMA_VERSION = "1"


def inside(path: str) -> str:
    """A folder inside the project: relative, and without a way out."""
    if path.startswith(("/", "\\", "~")) or ":" in path or ".." in path.replace("\\", "/").split("/"):
        raise refusal(Code.BAD_OPTION, f"'{path}' leads out of the project", "give a folder inside it")
    return path


def known_schema(version: str) -> str:
    """The version of the format that this program reads."""
    if version != SCHEMA_VERSION:
        raise refusal(
            Code.BAD_OPTION,
            f"schema_version '{version}' is not known",
            f"this program reads '{SCHEMA_VERSION}'",
        )
    return version


Folder = Annotated[Line, AfterValidator(inside)]


class Collection(Model):
    """The options of the plugin."""

    content_dir: Folder = Field(
        "content", description="The folder of actors, events, claims, disputes and places."
    )
    seeds_dir: Folder = Field("seeds", description="The folder of the sources' records.")
    templates_dir: Folder = Field(
        "site_templates", description="A folder of templates that override the built-in ones."
    )
    source_texts: Line | None = Field(
        None,
        description="A folder with the documents' texts, kept out of git; quotes are checked where they lie.",
    )
    schema_version: Annotated[Line, AfterValidator(known_schema)] = Field(
        SCHEMA_VERSION, description="The version of the format that the records are written in."
    )
    title: Phrase | None = Field(None, description="The collection's title; `site_name` if left out.")
    version: Line | None = Field(
        None, description="The collection's own version, for whoever cites its data; `as_of` if left out."
    )
    licence: Phrase | None = Field(None, description="The licence of the collection.")
    licence_url: WebAddress | None = Field(None, description="The address of the licence's text.")
    contact: Line | None = Field(None, description="How to reach the editors.")
    corrections: WebAddress | None = Field(
        None, description="Where to send a correction: a web or mailto address."
    )
    as_of: Edtf | None = Field(None, description="The day up to which the collection is kept.")
    language: Language = Field("en", description="The language of texts that name none.")
    event_types: Many[Line] = Field((), description="Event types besides the format's own.")
    relation_types: Many[Line] = Field((), description="Relation types besides the format's own.")
    withheld_names: Line | None = Field(
        None, description="A git-ignored list of names that must not be published, one a line."
    )
    pagefind_from: Count = Field(
        2000,
        description="From how many records on the site is searched with Pagefind, where it is installed.",
    )
    fast: Truth = Field(
        True, description="Pages of records are made beside MkDocs where that gives the same; `false`: never."
    )
    workers: Count | None = Field(
        None,
        description="How many processes make the pages of records, on Linux; `1`: none besides MkDocs' own. "
        "Left out: one for each processor, from 300 pages on.",
    )
    data: Truth = Field(
        True,
        description="The data is published with the site, with feeds and a page that tells of it; "
        "`false`: it is not.",
    )
    cache: Truth = Field(
        True,
        description="A build makes only what has changed since the last one; `false`: it makes everything.",
    )
    about: Text | None = Field(None, description="What the collection is about, in a sentence.")

    def vocabularies(self) -> dict[str, frozenset[str]]:
        """The closed lists that the options may lengthen, by name."""
        return {
            "event_types": frozenset(EVENT_TYPES).union(self.event_types),
            "relation_types": frozenset(RELATION_TYPES).union(self.relation_types),
        }
