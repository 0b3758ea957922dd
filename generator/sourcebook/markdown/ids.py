"""The rule for ids: what a record's address is made of, and what a link to it names.

In: a text. Out: whether it is an id. The rule it guards: an id is the same in an address, in a file's name
and in a text, on every system.
"""

import re

ID_PATTERN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 80
ID_FORM = f"a-z, 0-9 and single hyphens, at most {ID_LENGTH} characters"
"""The rule in words, for messages."""


def is_id(text: str) -> bool:
    """Whether a text is an id by the rule of the format."""
    return len(text) <= ID_LENGTH and ID_PATTERN.fullmatch(text) is not None
