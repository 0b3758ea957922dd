"""The characters of an input file: decoding them, and finding those that a text must not hold.

In: bytes or text. Out: text with LF line ends, or diagnostics with positions.
The rule it guards: readers see what is written, and nothing that is not seen has an effect.
"""

import re
from collections.abc import Iterator
from itertools import islice

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position
from sourcebook.diagnostics.values import named

INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Characters that are kept with a warning: usually left over from copying."""

# The permitted characters are listed, not the others: a search for "none of these" is ten times as
# fast as one for any of the noncharacters, of which each of the seventeen planes has two.
_PERMITTED = (
    "\t\n -~\u00a0-\u00ac\u00ae-\u200a\u200c-\u2027\u202f-\u205f\u2061-\u2065\u206a-\ud7ff"
    "\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufff8\ufffc\ufffd"
    + "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
    + "\U000e0080-\U000efffd\U000f0000-\U000ffffd\U00100000-\U0010fffd"
)
_SUSPECT = re.compile(f"[^{_PERMITTED}]")
_FORBIDDEN = re.compile(f"[^{_PERMITTED}{INVISIBLE}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def decoded(data: bytes, file: str) -> str | Diagnostic:
    """Return the text, without byte-order marks at its start and with LF for CRLF; or why it is not UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return _not_utf8(data, error.start, place_in(_normal(before), len(_normal(before))), file)
    return _normal(text)


def _normal(text: str) -> str:
    return text.lstrip("\ufeff").replace("\r\n", "\n")


def _not_utf8(data: bytes, index: int, place: tuple[int, int], file: str) -> Diagnostic:
    hint = "save the file as UTF-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint += "; it begins like UTF-16"
    elif character := data[index : index + 1].decode("cp1252", "ignore"):
        hint += f"; in Windows-1252 the byte would be '{character}'"
    return Diagnostic(
        Code.NOT_UTF8, Position(file, *place), f"the byte 0x{data[index]:02X} is not UTF-8 text", hint
    )


def place_in(text: str, index: int) -> tuple[int, int]:
    """Line and column of the character at an index, both from 1."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def is_suspect(text: str) -> bool:
    """Whether the text holds a character that is forbidden or warned about."""
    return _SUSPECT.search(text) is not None


def without_forbidden(text: str) -> str:
    """Replace each forbidden character by U+FFFD, so that all places stay where they are."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def suspect_characters(text: str, file: str, most: int) -> tuple[Diagnostic, ...]:
    """Report the first `most` forbidden characters in their order, then the first `most` invisible ones."""
    if not is_suspect(text):
        return ()
    found = (*_found(_FORBIDDEN, text, file, most), *_found(_INVISIBLE, text, file, most))
    return tuple(about_character(character, position) for character, position in found)


def _found(pattern: re.Pattern[str], text: str, file: str, most: int) -> Iterator[tuple[str, Position]]:
    for match in islice(pattern.finditer(text), most):
        yield match.group(), Position(file, *place_in(text, match.start()))


def code_of(character: str) -> Code | None:
    """Return the code under which a character is reported; None for one that is not."""
    if character in INVISIBLE:
        return Code.INVISIBLE_CHARACTER
    return Code.FORBIDDEN_CHARACTER if is_suspect(character) else None


def about_character(character: str, position: Position) -> Diagnostic:
    """Say what is wrong with a character for which `is_suspect` holds."""
    if character in INVISIBLE:
        message = f"invisible character {named(character)}"
        return Diagnostic(Code.INVISIBLE_CHARACTER, position, message, "remove it unless it is meant")
    hint = "end lines with LF or CRLF" if character == "\r" else "remove it"
    return Diagnostic(Code.FORBIDDEN_CHARACTER, position, f"forbidden character {named(character)}", hint)
