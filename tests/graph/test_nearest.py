"""Which id is proposed for one that no record has."""

import pytest

from sourcebook.records.fields import nearest

ACTORS = ["orrin", "orrin-government", "ferry-union", "ilva-brand"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("goverment-of-orrin", "orrin-government"),
        ("orrin-goverment", "orrin-government"),
        ("brand-ilva", "ilva-brand"),
        ("union", "ferry-union"),
        ("fery-unoin", "ferry-union"),
        ("lighthouse", None),
    ],
)
def test_the_nearest(typed, meant):
    """One whose words are the same comes before one that shares a word: that may be another side."""
    assert nearest(typed, ACTORS) == meant
