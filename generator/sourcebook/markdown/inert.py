"""Text written so that Markdown shows it character for character.

In: plain text, as its author typed it. Out: Markdown, an HTML attribute's value, a link, an address.
The rule it guards: no author's character is structure, in Python-Markdown (with the usual extensions),
in Zensical and in CommonMark engines; a link leads nowhere but to http, https or mailto.

What is encoded becomes a decimal reference (`&#42;`), as every engine turns those back into the character
after it has looked for structure.
"""

import html
import re
from functools import lru_cache
from urllib.parse import quote

KEPT = 8192
"""How many texts are kept as they were written: a site says the same names on many pages."""

# Markup in every place, and control characters and line ends, which would end a line or be dropped. One class
# of characters and nothing else, as that is what a regular expression finds fastest.
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
_MARKUP = r"\\`*_{}\[\]<>|~^=$&@"
_ALWAYS = re.compile(f"[{_UNSEEN}{_MARKUP}]")
_ALWAYS_IN_ATTRIBUTE = re.compile(f"[{_UNSEEN}{_MARKUP}\"']")

# What is markup in a context only.
_COLON = re.compile(r":(?=//|[\w+\-]+:)")  # an address, which engines turn into a link, and :emoji:
_WWW = re.compile(r"(?<=[wW]{3})\.")  # the same
_NUMBER = re.compile(r"(\d+)([.)])")
_LIST_HEADING_DEFINITION = tuple("-+#:.)")
_ADMONITION_DETAILS_BLOCK = ("!!!", "???", "///")
_IMAGE_OR_HEADING_END = ("!", "#")  # an image if a link follows

# All white space and control characters, for the edges of a text.
_EDGE = "".join(
    character
    for character in map(chr, range(0x3001))
    if character.isspace() or character < " " or "\x7f" <= character <= "\x9f"
)


def _reference(match: re.Match[str]) -> str:
    found = match[0]
    return f"&#{ord(found)};" if " " < found <= "~" else " "


@lru_cache(maxsize=KEPT)
def inert(text: str) -> str:
    """The Markdown that shows `text` and nothing else, wherever a line of a template prints it.

    White space at the edges is dropped; each control character and line end is a space. Anything else, other
    Unicode spaces too, is shown as it is. The empty text stays empty.
    """
    return inert_start(text.strip(_EDGE))


def inert_start(text: str) -> str:
    """As `inert`, for a first piece of a line that other Markdown follows: its edge spaces stay."""
    safe = inert_within(text)
    if safe.startswith(_LIST_HEADING_DEFINITION) or safe.startswith(_ADMONITION_DETAILS_BLOCK):
        return f"&#{ord(safe[0])};{safe[1:]}"
    if safe[:1].isdigit() and (marker := _NUMBER.match(safe)):
        return f"{marker[1]}&#{ord(marker[2])};{safe[marker.end() :]}"
    return safe


def inert_within(text: str) -> str:
    """As `inert`, for a piece that never begins a line: its edge spaces stay, and so do leading markers."""
    return _inert_in_context(_ALWAYS.sub(_reference, text))


def _inert_in_context(safe: str) -> str:
    if ":" in safe:
        safe = _COLON.sub("&#58;", safe)
    if "w." in safe or "W." in safe:
        safe = _WWW.sub("&#46;", safe)
    if "++" in safe:  # a key
        safe = safe.replace("++", "&#43;&#43;")
    if safe.endswith(_IMAGE_OR_HEADING_END):
        return f"{safe[:-1]}&#{ord(safe[-1])};"
    return safe


@lru_cache(maxsize=KEPT)
def attribute(text: str) -> str:
    """The value of a double-quoted attribute of raw HTML, which neither HTML nor Markdown misreads.

    White space at the edges is dropped, as for `inert`.
    """
    return _inert_in_context(_ALWAYS_IN_ATTRIBUTE.sub(_reference, text.strip(_EDGE)))


_MARKDOWN_MARK = re.compile(r"<[^>]*>|\]\([^)]*\)|[\[*]")


def plain_text(markdown_inline: str) -> str:
    """What a reader sees of inline Markdown that was made of inert text, links, emphasis and raw tags."""
    return html.unescape(_MARKDOWN_MARK.sub("", markdown_inline))


# What may stand in a link's target as it is. Letters of other scripts stay readable.
_UNSAFE_IN_TARGET = re.compile(r"[^\w\-.~:/?#@!&+,;=%]|%(?![0-9A-Fa-f]{2})")
_OTHER_SCHEME = re.compile(r"(?ai)\A(?!https?:|mailto:)([a-z][a-z0-9+.-]*):")


def _percent(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="replace")


@lru_cache(maxsize=KEPT)
def link(label_markdown: str, target: str) -> str:
    """`[label](target)`, where nothing in the target can end the link or be Markdown.

    The label is Markdown already. Characters that no address may hold are percent-encoded; escapes that
    stand in the target are kept. What begins like an address and is neither of the web nor of mail becomes a
    file of that name: engines disagree on what else they let a link do, such as `javascript:`.
    """
    safe = _OTHER_SCHEME.sub(r"\1%3A", _UNSAFE_IN_TARGET.sub(_percent, target))
    return f"[{label_markdown}]({safe.replace('&', '&amp;').replace('++', '&#43;&#43;')})"


# Spaces, controls, and what is invisible or turns the reading direction.
_NOT_IN_ADDRESS = (
    r"\s\\\"<>\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_WEB_ADDRESS = re.compile(
    rf"""(?xi)
    https?://
    [^{_NOT_IN_ADDRESS}\#/?@:\[\]%^|`{{}}()'*,;!$&=+~]+ (?: :\d{{1,5}} )?   # a host, and no user before it
    (?: [/?\#] [^{_NOT_IN_ADDRESS}]* )?
    | mailto: [^{_NOT_IN_ADDRESS}@?:/]+ @ [^{_NOT_IN_ADDRESS}@?:/]+ (?: \?[^{_NOT_IN_ADDRESS}]* )?
    """
)


def web_address(text: str) -> str | None:
    """The address as it is if a reader may be led there, else None.

    Allowed are http and https with a host and without a user name (which disguises the host), and mailto;
    no white space, no control, invisible or direction-turning character, no backslash (RFC 3986).
    """
    return text if _WEB_ADDRESS.fullmatch(text) else None


# A host, and no file that lies beside a page.
_HOST_FIRST = re.compile(r"(?i)(?![^/]+\.(?:x?html?|pdf|docx?|txt)\Z)(//)?\w[\w-]*(\.\w[\w-]*)+([/?#]\S*)?")


def address_hint(text: str) -> str:
    """How a text that is no web address would be one."""
    if _HOST_FIRST.fullmatch(text):
        return f"write https://{text.removeprefix('//')}"
    if user := re.match(r"(?i)(https?://)[^/?#]*@", text):
        return f"write {user[1]}{text[user.end() :]}, as the name of a user disguises where a link leads"
    if re.match(r"(?i)(https?://|mailto:)", text):
        return "write spaces and quotation marks as %20 and %22"
    return "write a whole address that begins with https://, http:// or mailto:"
