"""The front matter of the pages that our templates write, read without a YAML parser.

In: the text of a Markdown file. Out: the values and the rest of the text. The rule it guards: only what the
templates' own filter writes is read here; any other front matter is answered with None.
"""

import json
import re
from typing import Any, NamedTuple

_STRING = r'("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")'
_FRONT_MATTER = re.compile(
    rf"---\ntitle: {_STRING}\ndescription: {_STRING}\n(?:search:\n  boost: (\d+(?:\.\d+)?)\n)?---\n\n*"
)
_OTHER_IN_YAML = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that YAML reads otherwise than JSON."""


class Titled(NamedTuple):
    """A page's values as MkDocs has them, and its Markdown."""

    meta: dict[str, Any]
    markdown: str


def titled(text: str) -> Titled | None:
    """The page's title, description and weight in the search, and its Markdown."""
    found = _FRONT_MATTER.match(text)
    if found is None or _OTHER_IN_YAML.search(found[1] + found[2]):
        return None
    meta: dict[str, Any] = {"title": json.loads(found[1]), "description": json.loads(found[2])}
    if found[3]:
        meta["search"] = {"boost": float(found[3]) if "." in found[3] else int(found[3])}
    return Titled(meta, text[found.end() :])
