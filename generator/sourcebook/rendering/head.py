"""The elements of a page's head that tell machines what the page is.

In: the head's data. Out: HTML. The rule it guards: no text of the facts ends an element or an attribute.
"""

import html
import re

import orjson

from sourcebook.pages.head_data import HeadData

SCRIPT_MARK = re.compile("[<>&\u2028\u2029]")
"""Characters that could end or open an element in a script, as JSON writes them otherwise."""


def head_html(head: HeadData, present: str = "") -> str:
    """Description, canonical address, Open Graph and JSON-LD, a line each.

    `present` is the head as the theme wrote it: what stands there is not written again.
    """
    properties = {
        "og:type": head.kind,
        "og:title": head.title,
        "og:description": head.description,
        "og:site_name": head.site,
        "og:url": head.address,
    }
    lines = [meta("property", name, value) for name, value in properties.items() if value]
    if head.description and 'name="description"' not in present:
        lines.append(meta("name", "description", head.description))
    if head.address and 'rel="canonical"' not in present:
        lines.append(f'<link rel="canonical" href="{html.escape(head.address)}">')
    for other in head.alternates:
        title, address = html.escape(other.title), html.escape(other.address)
        # The space is no mistake: Material takes whatever has the bare word for the site in another language,
        # and asks for a sitemap beside it. To everybody else the attribute is a list of words.
        lines.append(f'<link rel="alternate " type="{other.type}" title="{title}" href="{address}">')
    lines.append(f'<script type="application/ld+json">{script_json(head.data)}</script>')
    return "\n".join(lines) + "\n"


def meta(key: str, name: str, value: str) -> str:
    """A `<meta>` of one line."""
    return f'<meta {key}="{name}" content="{html.escape(" ".join(value.split()))}">'


def script_json(data: object) -> str:
    """A value as JSON that nothing in it can end the script element of."""
    return SCRIPT_MARK.sub(as_escape, orjson.dumps(data).decode())


def as_escape(mark: re.Match[str]) -> str:
    """A character as JSON writes it otherwise."""
    return f"\\u{ord(mark[0]):04x}"
