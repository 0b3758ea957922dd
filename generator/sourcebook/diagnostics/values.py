"""How a message shows what stands in the input.

In: a value or a character, as it was typed. Out: words for a message. The rule it guards: a message stays one
line that can be read, whatever stands in the file, and tells apart what looks alike.
"""

import unicodedata

LONGEST = 80
"""So many characters of a value a message shows: as many as the longest id has."""


def typed(text: str) -> str:
    """The text on one line, in quotation marks, cut to its beginning where it is long."""
    one_line = " ".join(text.split())
    return f"'{one_line}'" if len(one_line) <= LONGEST else f"'{one_line[: LONGEST - 1]}…'"


def named(character: str) -> str:
    """Number and Unicode name of a character: `U+200B (zero width space)`."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def look_alike(text: str) -> str:
    """The end of a sentence that names a letter which is not English among letters that are; or nothing."""
    letters = [character for character in text if character.isalpha()]
    others = [letter for letter in letters if not letter.isascii()]
    return f"; '{others[0]}' is {named(others[0])}" if others and len(others) < len(letters) else ""
