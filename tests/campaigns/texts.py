"""Hostile texts by the thousand through the real templates: what the tests try, and all the rest.

In: a number of claims. Out: how many pages were tried, how long it took, and what was found wrong.
First each hostile text stands once in each field of each kind of record, then claims by that number each
have a mixture of them.
"""

import sys
import time

from hostile_pages import claim_faults, page_faults
from hostile_records import accepts, can_be_read, hostile, hostile_by_form
from hostile_texts import hostile_texts
from sourcebook.records.fields import Phrase


def try_fields() -> int:
    """Every text in every field: as many collections as there are texts; how many faults there are."""
    started, shifts = time.monotonic(), len(hostile_by_form()["line"])
    wrong = [fault for shift in range(shifts) for fault in page_faults(hostile(shift))]
    print(
        f"{shifts} collections: {time.monotonic() - started:.1f} s, {len(wrong)} faults",
        *wrong[:20],
        sep="\n",
    )
    return len(wrong)


def try_claims(count: int) -> int:
    """So many claims; how many faults there are."""
    started = time.monotonic()
    possible = (t for t in hostile_texts(count * 2) if can_be_read(t, warned=True) and accepts(Phrase, t))
    texts = [text for text, _ in zip(possible, range(count), strict=False)]
    wrong = list(claim_faults(texts))
    print(
        f"{len(texts)} claims: {time.monotonic() - started:.1f} s, {len(wrong)} faults", *wrong[:20], sep="\n"
    )
    return len(wrong)


if __name__ == "__main__":
    sys.exit(bool(try_claims(int(sys.argv[1])) + try_fields()))
