"""Text written so that Markdown shows it character for character.

In: plain text, as its author typed it. Out: Markdown, an HTML attribute's value, a link, an address.
The rule it guards: no author's character is structure, in Python-Markdown (with the usual extensions),
in Zensical and in CommonMark engines; a link leads nowhere but to http, https or mailto.

What is encoded becomes a decimal reference (`&#42;`), as every engine turns those back into the character
after it has looked for structure.
"""

import html
import re
from urllib.parse import quote

# Control characters and line ends, which would end a line or be dropped by an engine.
_UNSEEN = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+"

_MARKUP = r"[\\`*_{}\[\]<>|~^=$&@]"

_IN_CONTEXT = (
    r":(?=//|[\w+\-]+:)"  # an address, which engines turn into a link, and :emoji:
    r"|(?<=[wW]{3})\."  # www.
    r"|\+(?=\+)"  # ++key++
    r"|!\Z"  # would make an image of a link that follows
    r"|\#\Z"  # closes a heading
)

_AT_START = (
    r"\A[-+#:.)]"  # list, heading, definition, container
    r"|\A!(?=!!)|\A\?(?=\?\?)|\A/(?=//)"  # admonition, details, block
)

_WITHIN = re.compile(f"{_UNSEEN}|{_MARKUP}|{_IN_CONTEXT}")
_FROM_START = re.compile(f"{_UNSEEN}|{_MARKUP}|{_AT_START}|{_IN_CONTEXT}")
_NUMBER = re.compile(r"(\d+)([.)])")
_IN_ATTRIBUTE = re.compile(f"{_UNSEEN}|[\"']|{_MARKUP}|{_IN_CONTEXT}")


def _reference(match: re.Match[str]) -> str:
    """The decimal reference of what was found, or the space that stands for unseen characters."""
    found = match[0]
    return f"&#{ord(found)};" if " " <= found <= "~" else " "


def inert(text: str) -> str:
    """The Markdown that shows `text` and nothing else, wherever a line of a template prints it.

    White space at the edges is dropped; each run of control characters and line ends is a space. Anything
    else, other Unicode spaces too, is shown as it is. The empty text stays empty.
    """
    return inert_start(text.strip())


def inert_start(text: str) -> str:
    """As `inert`, for a first piece of a line that other Markdown follows: its edge spaces stay."""
    safe = _FROM_START.sub(_reference, text)
    if safe[:1].isdigit() and (marker := _NUMBER.match(safe)):
        return f"{marker[1]}&#{ord(marker[2])};{safe[marker.end() :]}"
    return safe


def inert_within(text: str) -> str:
    """As `inert`, for a piece that never begins a line: its edge spaces stay, and so do leading markers."""
    return _WITHIN.sub(_reference, text)


def attribute(text: str) -> str:
    """The value of a double-quoted attribute of raw HTML, which neither HTML nor Markdown misreads."""
    return _IN_ATTRIBUTE.sub(_reference, text)


_MARKDOWN_MARK = re.compile(r"<[^>]*>|\]\([^)]*\)|[\[*]")


def plain_text(markdown_inline: str) -> str:
    """What a reader sees of inline Markdown that was made of inert text, links, emphasis and raw tags."""
    return html.unescape(_MARKDOWN_MARK.sub("", markdown_inline))


# What may stand in a link's target as it is. Letters of other scripts stay readable.
_UNSAFE_IN_TARGET = re.compile(r"[^\w\-.~:/?#@!&+,;=%]|%(?![0-9A-Fa-f]{2})")


def _percent(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="replace")


def link(label_markdown: str, target: str) -> str:
    """`[label](target)`, where nothing in the target can end the link or be Markdown.

    The label is Markdown already. Characters that no address may hold are percent-encoded; escapes that
    stand in the target are kept.
    """
    safe = _UNSAFE_IN_TARGET.sub(_percent, target)
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
