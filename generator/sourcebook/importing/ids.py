"""Ids for what is brought.

In: the text that tells a record apart. Out: an id. The rule it guards: the same text always gives the same
id, and two texts that differ in what an id can hold do not share one.
"""

import hashlib

from sourcebook.markdown.ids import ID_LENGTH
from sourcebook.records.fields import RESERVED_IDS, slug

HASH_LENGTH = 8


def proposed_id(text: str) -> str:
    """The id for a text: its slug; one that is too long is cut, and ends with the beginning of a hash."""
    whole = slug(text)
    if whole in RESERVED_IDS:
        return f"{whole}-1"
    if whole and len(whole) < ID_LENGTH - HASH_LENGTH:
        return whole
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()[:HASH_LENGTH]
    return f"{whole[: ID_LENGTH - HASH_LENGTH - 1].strip('-')}-{digest}".strip("-")
