"""The reference of templates and pages, written from both.

In: the built-in templates, the dataclasses of pages. Out: Markdown. The rule it guards: whoever overrides a
block finds every block and everything that `page` holds.
"""

import inspect
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from sourcebook.pages.actor import ActorPage
from sourcebook.pages.all_pages import ViewPage
from sourcebook.pages.claim import ClaimPage
from sourcebook.pages.dispute import DisputePage
from sourcebook.pages.event import EventPage
from sourcebook.pages.fragments import Fragment
from sourcebook.pages.index import IndexPage
from sourcebook.pages.place import PlacePage
from sourcebook.pages.source import SourcePage
from sourcebook.rendering.templates import ORIGINALS, make_environment
from sourcebook.site.reference_tables import anchor, classes_in, table

PAGES = (
    *(ActorPage, EventPage, ClaimPage, DisputePage, PlacePage, SourcePage, IndexPage),
    *get_args(ViewPage),
    *get_args(Fragment),
)


def templates_markdown() -> str:
    """Every template with its blocks in the order of the file; one without blocks holds macros."""
    environment = make_environment()
    blocks = {
        path.name: environment.get_template(path.name).blocks for path in sorted(ORIGINALS.glob("*.md"))
    }
    rows = ((f"`{name}`", ", ".join(f"`{block}`" for block in found)) for name, found in blocks.items())
    return table(("Template", "Blocks"), rows)


def pages_markdown() -> str:
    """What `page` holds in the template of each kind, and what its parts hold."""
    told = dict.fromkeys(PAGES)
    for page in PAGES:
        told |= dict.fromkeys(parts_in(page))
    return "\n".join(part_section(part) for part in told)


def parts_in(part: type[Any]) -> Iterator[type[Any]]:
    """The dataclasses in a page or a part, each before those in it."""
    for hint in get_type_hints(part).values():
        for found in classes_in(hint):
            if is_dataclass(found) and found.__module__.startswith("sourcebook.pages"):
                yield found
                yield from parts_in(found)


def part_section(part: type[Any]) -> str:
    """The heading of a page or a part, what it is, and its fields."""
    found = get_type_hints(part)
    rows = ((f"`{field.name}`", holds(found[field.name])) for field in fields(part))
    body = table(("Name", "Holds"), rows)
    return f"### {part.__name__}\n\n{inspect.cleandoc(part.__doc__ or '')}\n\n{body}"


def holds(hint: Any) -> str:
    """What a field of a page holds, in words."""
    arguments = get_args(hint)
    if hint is type(None):
        return "nothing"
    if get_origin(hint) in (Union, types.UnionType):
        return " or ".join(map(holds, arguments))
    if get_origin(hint) is tuple and arguments[-1] is ...:
        return f"list: {holds(arguments[0])}"
    if arguments:
        return f"({', '.join(map(holds, arguments))})"
    if inspect.isclass(hint) and is_dataclass(hint) and hint.__module__.startswith("sourcebook.pages"):
        return f"[{hint.__name__}](#{anchor(hint.__name__)})"
    names: dict[type, str] = {str: "text", int: "number", bool: "true or false"}
    return names.get(hint, str(hint.__name__))
