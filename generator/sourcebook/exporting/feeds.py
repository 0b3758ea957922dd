"""Feeds of what changed: Atom (RFC 4287) and JSON Feed 1.1, of the whole and of each actor.

In: the graph. Out: texts by path. The rule it guards: the same history gives the same feeds, with no clock; a
day that is only the latest possible one is no news.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import in_words
from sourcebook.exporting.documents import as_json
from sourcebook.exporting.setting import facts_changed, last_day, page_of
from sourcebook.graph.graph import Graph
from sourcebook.pages import wording
from sourcebook.pages.changes import last_changes, told_changes
from sourcebook.pages.data import ATOM, JSON_FEED, feed_path

MOST_ENTRIES, MOST_ENTRIES_OF_AN_ACTOR = 100, 30
WHEN_NOTHING_IS_KNOWN = "1970-01-01"
"""The day of a feed that has none: Atom demands one."""
BRIEF = 160


@dataclass(frozen=True, slots=True)
class News:
    """A change: of which record, when, what is told of it, and the part of its id behind the page's."""

    record: str
    day: str
    told: str
    mark: str


def feeds(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Every feed by its path on the site: those of the whole, then those of the actors by id."""
    news = all_news(graph)
    title = graph.site.name or "What changed"
    day = facts_changed(graph) or WHEN_NOTHING_IS_KNOWN
    yield from Feed(graph, title, "", news[:MOST_ENTRIES], day).both()
    of_actors = news_of_actors(graph, news)
    for key in sorted(graph.by_kind["actor"]):
        name = f"{graph.record(key).label.value} – {title}"
        yield from Feed(graph, name, key, tuple(of_actors.get(key, ())), day).both()


def all_news(graph: Graph) -> tuple[News, ...]:
    """What changed, newest first; of one day first what the editors tell of."""
    told = [
        News(
            one.record,
            last_day(one.revision.date),
            " ".join(filter(None, (one.revision.change, one.revision.reason))),
            f"revision-{one.revision.date.edtf}",
        )
        for one in told_changes(graph)
    ]
    known = {(one.record, one.day) for one in told}
    noticed = [
        News(change.record, day, facts_changed_on(change.date), f"changed-{day}")
        for change in last_changes(graph)
        if change.times and not change.or_earlier and (day := last_day(change.date))
        if (change.record, day) not in known
    ]
    # Sorting is stable: what is of one day keeps the order of the views.
    return tuple(sorted((one for one in (*told, *noticed) if one.day), key=lambda one: one.day, reverse=True))


def facts_changed_on(date: Date) -> str:
    """What is told of a change that nobody tells of."""
    return f"Its facts changed on {in_words(date)}."


def news_of_actors(graph: Graph, news: Iterable[News]) -> Mapping[str, list[News]]:
    """For each actor the news of its record and of those that name it, newest first."""
    actors_of: dict[str, list[str]] = defaultdict(list)
    for key in graph.by_kind["actor"]:
        for record in {key, *(reference.origin for reference in graph.backlinks.get(key, ()))}:
            actors_of[record].append(key)
    found: dict[str, list[News]] = defaultdict(list)
    for one in news:
        for actor in actors_of.get(one.record, ()):
            if len(found[actor]) < MOST_ENTRIES_OF_AN_ACTOR:
                found[actor].append(one)
    return found


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title, the actor it is of (empty for the whole), its news, and the collection's day."""

    graph: Graph
    title: str
    actor: str
    news: tuple[News, ...]
    collection_day: str

    def both(self) -> Iterator[tuple[str, bytes]]:
        """The same news in both forms."""
        yield feed_path(self.actor, ATOM), self.atom()
        yield feed_path(self.actor, JSON_FEED), self.json_feed()

    @property
    def base(self) -> str:
        """The site's address as seen from the feed."""
        address = self.graph.site.address
        return address if self.published or self.actor else address.removeprefix("../")

    @property
    def published(self) -> bool:
        """Whether the project says where the site is published."""
        return not self.graph.site.address.startswith("../")

    @property
    def home(self) -> str:
        """The page that the feed is of."""
        return page_of(self.graph, self.actor) if self.actor else f"{self.base}whats-new/"

    def address(self, record: str) -> str:
        """The page of a record, as seen from the feed."""
        page = page_of(self.graph, record)
        return page if self.published or self.actor else page.removeprefix("../")

    def id_of(self, record: str, mark: str) -> str:
        """An id that stays: the page's address with what is new, or one made of both where there is none."""
        if self.published:
            return f"{page_of(self.graph, record) if record else self.base}#{mark}"
        return uuid5(NAMESPACE_URL, f"sourcebook:{self.graph.site.name}:{record}:{mark}").urn

    @property
    def day(self) -> str:
        """The day of the feed: that of its newest entry, else that of the collection."""
        return self.news[0].day if self.news else self.collection_day

    def headline(self, one: News) -> str:
        """The title of an entry: what the record is called."""
        label = self.graph.record(one.record).label.value
        return label if len(label) <= BRIEF else label[:BRIEF].rsplit(" ", 1)[0] + "…"

    def atom(self) -> bytes:
        """The feed as Atom."""
        licence, language = self.graph.collection.licence, quoteattr(self.graph.collection.language)
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={language}>',
            f"<id>{escape(self.id_of(self.actor, 'feed'))}</id>",
            f"<title>{escape(self.title)}</title>",
            f"<updated>{self.day}T00:00:00Z</updated>",
            f"<author><name>{escape(self.graph.site.name or self.title)}</name></author>",
            f'<link rel="self" href={quoteattr(self.base + feed_path(self.actor, ATOM))}/>',
            f'<link rel="alternate" href={quoteattr(self.home)}/>',
            *([f"<rights>{escape(licence.value)}</rights>"] if licence else ()),
            *map(self.atom_entry, self.news),
            "</feed>\n",
        ]
        return "\n".join(lines).encode()

    def atom_entry(self, one: News) -> str:
        """One change in Atom."""
        return (
            f"<entry><id>{escape(self.id_of(one.record, one.mark))}</id>"
            f"<title>{escape(self.headline(one))}</title>"
            f"<updated>{one.day}T00:00:00Z</updated>"
            f"<link href={quoteattr(self.address(one.record))}/>"
            f"<category term={quoteattr(wording.KINDS[self.graph.kind(one.record)])}/>"
            f"<summary>{escape(one.told)}</summary></entry>"
        )

    def json_feed(self) -> bytes:
        """The feed as JSON Feed; addresses only where the project names the site's."""
        addresses = {
            "home_page_url": self.home,
            "feed_url": self.base + feed_path(self.actor, JSON_FEED),
        }
        values = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            **(addresses if self.published else {}),
            "language": self.graph.collection.language,
            "items": [
                {
                    "id": self.id_of(one.record, one.mark),
                    **({"url": self.address(one.record)} if self.published else {}),
                    "title": self.headline(one),
                    "content_text": one.told,
                    "date_modified": f"{one.day}T00:00:00Z",
                    "tags": [wording.KINDS[self.graph.kind(one.record)]],
                }
                for one in self.news
            ],
        }
        return as_json(values) + b"\n"
