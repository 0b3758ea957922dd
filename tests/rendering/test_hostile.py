"""Hostile texts in every field of every kind of record, through the real templates."""

import pytest

from hostile_pages import claim_faults, page_faults
from hostile_records import accepts, can_be_read, hostile
from hostile_texts import hostile_texts
from sourcebook.records.fields import Phrase


@pytest.mark.parametrize("shift", range(0, 200, 50))
def test_no_text_is_markup_and_each_is_shown_as_typed(shift):
    """Front matter, converter, elements and visible text are right, whatever stands in whichever field."""
    assert list(page_faults(hostile(shift))) == []


def test_many_claims_with_one_template():
    """Mixtures of hostile texts, each as the title and an alias of a claim, make pages that are alike."""
    texts = (text for text in hostile_texts(250) if can_be_read(text, warned=True) and accepts(Phrase, text))
    assert list(claim_faults(texts)) == []
