"""The view of keywords: every tag with the records that have it.

In: the graph. Out: a list for each tag, by name. The rule it guards: the keywords on a record's page lead
here, each to its own list.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, relative_path
from sourcebook.pages.paging import rest, shown
from sourcebook.pages.parts import Link, Words
from sourcebook.pages.view import View
from sourcebook.records.base import Record

VIEW = View(
    "tags",
    "Keywords",
    "Every keyword, with the records that have it.",
    "A keyword groups records that are worth reading together; it says nothing of what they state.",
)
MOST_RECORDS = 50
"""Of one kind with one tag: more are found in the kind's index, narrowed to the tag."""


@dataclass(frozen=True, slots=True)
class TaggedKind:
    """Records of one kind that have a tag, in the order of their index, under the kind's name.

    Of many the first stand here, and `all` leads to all of them.
    """

    heading: str
    records: tuple[Link, ...]
    all: Link | None


@dataclass(frozen=True, slots=True)
class TagSection:
    """One tag: its words, its anchor, how many records have it, and which."""

    tag: str
    anchor: str
    count: str
    kinds: tuple[TaggedKind, ...]


@dataclass(frozen=True, slots=True)
class TagsPage:
    """Everything that the template of keywords prints; the tags by name."""

    view: View
    contents: tuple[Link, ...]
    tags: tuple[TagSection, ...]


def tags_page(graph: Graph) -> TagsPage:
    """The view of keywords."""
    composer = Composer(graph, VIEW.path)
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, keys in graph.by_kind.items():
        for key in keys:
            for tag in dict.fromkeys(graph.record(key).tags):
                found[tag][kind].append(key)
    sections = tuple(tag_section(composer, tag, found[tag]) for tag in sorted(found))
    contents = tuple(Link(Words(section.tag), f"#{section.anchor}") for section in sections)
    return TagsPage(VIEW, contents, sections)


def tag_section(composer: Composer, tag: str, kinds: dict[str, list[str]]) -> TagSection:
    """The list of one tag."""
    return TagSection(
        tag=wording.plain_words(tag),
        anchor=anchor(tag),
        count=wording.several(sum(map(len, kinds.values())), "record"),
        kinds=tuple(
            TaggedKind(
                wording.KINDS_PLURAL[kind],
                composer.links(shown(keys, MOST_RECORDS)),
                rest(composer, kind, len(keys), ("tag", tag), MOST_RECORDS),
            )
            for kind, keys in kinds.items()
        ),
    )


def anchor(tag: str) -> str:
    """The id of a tag's list on the page."""
    return f"tag-{tag}"


def tag_links(composer: Composer, record: Record) -> tuple[Link, ...]:
    """The keywords of a record, each leading to its list."""
    return tuple(tag_link(composer, tag) for tag in dict.fromkeys(record.tags))


def tag_link(composer: Composer, tag: str) -> Link:
    """A keyword, leading to its list."""
    return link_from(composer.folder, tag)


@lru_cache(maxsize=1024)
def link_from(folder: str, tag: str) -> Link:
    """The same, from the pages of a folder."""
    return Link(Words(wording.plain_words(tag)), f"{relative_path(VIEW.path, folder)}#{anchor(tag)}")
