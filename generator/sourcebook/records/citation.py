"""Citations: which place in which document states a fact.

In: the short form (`report#p4`, `report#p4-5`, `report#page=12`, `report`) or a mapping.
Out: one model. The rule it guards: quoted words stand in `quote` and nowhere else.
Locators are CSL's, quotes are W3C Web Annotation's TextQuoteSelector.
"""

import re
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field, model_validator

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.values import look_alike, typed
from sourcebook.markdown.ids import is_id
from sourcebook.records.fields import (
    Agent,
    Language,
    Line,
    Model,
    Passage,
    SourceId,
    Text,
    did_you_mean,
    refusal,
)

LOCATOR_LABELS = ("paragraph", "page", "section", "timestamp", "line", "sentence")
SHORT_FORM = re.compile(r"(?P<source>[^#]*)(#((?P<paragraph>p[0-9].*)|(?P<label>[a-z]+)=(?P<value>.+)))?")
RANGE = re.compile(r"([0-9]{1,6})(?:[-–]([0-9]{1,6}))?")
TWO_MARKS = re.compile(r"#p[0-9]+\s*[-–]\s*p")
ALMOST = re.compile(
    r"(?P<source>[a-z0-9-]+)(\s*+#|\s)\s*+p?\.?\s*+(?P<from>[0-9]+)(\s*+[-–]\s*+p?\s*+(?P<to>[0-9]+))?"
)


class Locator(Model):
    """The place in the document, in CSL's terms."""

    label: Literal["paragraph", "page", "section", "timestamp", "line", "sentence"] = Field(
        description="What is counted."
    )
    value: Line = Field(description="Its number or name; a range as 4-5.")

    @model_validator(mode="after")
    def _range_upwards(self) -> "Locator":
        if self.label in ("paragraph", "page", "line", "sentence"):
            found = RANGE.fullmatch(self.value)
            if self.label == "paragraph" and (not found or int(found[1]) < 1):
                message = f"'{self.value}' is not the number of a paragraph, or a range of them"
                raise refusal(Code.BAD_CITATION, message, "paragraphs are counted from 1, as in 4 or 4-5")
            if found and found[2] and int(found[2]) < int(found[1]):
                raise refusal(
                    Code.BAD_CITATION,
                    f"the range {self.value} runs downwards",
                    f"write {found[2]}-{found[1]}",
                )
        return self


class Quote(Model):
    """A TextQuoteSelector: the exact words, and what stands before and after them."""

    exact: Text = Field(description="The words, exactly as they stand in the document.")
    prefix: Text | None = Field(
        None, description="The words before, where the exact ones occur more than once."
    )
    suffix: Text | None = Field(
        None, description="The words after, where the exact ones occur more than once."
    )


class Translation(Model):
    """The quoted words in another language."""

    text: Text = Field(description="The translated words.")
    lang: Language = Field(description="The language translated into.")
    translator: Agent | None = Field(None, description="Who translated them.")


class Citation(Model):
    """Where a fact is written: `source#p4`, or a mapping with a quote and more."""

    source: SourceId = Field(description="The id of the source record.")
    locator: Locator | None = Field(None, description="The place in the document.")
    quote: Quote | None = Field(None, description="The words that state the fact.")
    lang: Language | None = Field(
        None, description="The language of the quote, where it is not the source's."
    )
    translation: Translation | None = Field(None, description="The quote in another language.")
    attributed_to: Agent | None = Field(None, description="Whom the document names for the fact.")
    origin: Agent | None = Field(None, description="Whoever the source has it from.")
    note: Passage | None = Field(None, description="The editors' note.")

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: Any) -> Any:
        return from_short_form(value) if isinstance(value, str) else value

    @property
    def paragraphs(self) -> range | None:
        """The numbers of the cited paragraphs, or None where the citation names none."""
        if self.locator is None or self.locator.label != "paragraph":
            return None
        return paragraphs(self.locator.value)


@lru_cache(maxsize=1024)
def paragraphs(value: str) -> range:
    """The paragraphs of a locator."""
    found = RANGE.fullmatch(value)
    assert found, "checked by the locator"
    return range(int(found[1]), int(found[2] or found[1]) + 1)


def from_short_form(text: str) -> dict[str, object]:
    """The mapping that a short citation stands for."""
    found = SHORT_FORM.fullmatch(text.strip())
    if not found or not is_id(found["source"]) or TWO_MARKS.search(text):
        message = f"{typed(text)} is not a citation{look_alike(text)}"
        raise refusal(Code.BAD_CITATION, message, short_form_hint(text.strip()))
    if found["label"] and found["label"] not in LOCATOR_LABELS:
        message = f"{typed(found['label'])} is not a kind of place in a document"
        raise refusal(Code.BAD_CITATION, message, did_you_mean(found["label"], LOCATOR_LABELS))
    citation: dict[str, object] = {"source": found["source"]}
    if found["paragraph"]:
        citation["locator"] = {"label": "paragraph", "value": found["paragraph"][1:]}
    elif found["label"]:
        citation["locator"] = {"label": found["label"], "value": found["value"]}
    return citation


def short_form_hint(text: str) -> str:
    """The remedy for a short citation that is none."""
    if found := ALMOST.fullmatch(text):
        end = f"-{found['to']}" if found["to"] else ""
        return f"write {found['source']}#p{found['from']}{end}"
    return "as in some-source, some-source#p4, some-source#p4-5, some-source#page=12"
