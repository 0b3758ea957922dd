"""What the page of every record begins and ends with.

In: an entry and the composer of its page. Out: head and tail. The rule it guards: every record is found
by every name and spelling, and shows every place that names it.
"""

from collections.abc import Iterator
from urllib.parse import quote

from anyascii import anyascii

from sourcebook.graph.graph import Graph, titles_beginning
from sourcebook.graph.references import Reference
from sourcebook.pages import wording
from sourcebook.pages.cite_page import page_citation
from sourcebook.pages.composer import Composer, record_path, shortened, words
from sourcebook.pages.identity import identity
from sourcebook.pages.parts import (
    About,
    Fact,
    Head,
    Link,
    Mention,
    NameRow,
    RecordFile,
    RevisionRow,
    Tail,
    WebLink,
    Words,
)
from sourcebook.records.base import Record
from sourcebook.records.fields import Passage
from sourcebook.records.load import Entry

DESCRIPTION_LENGTH = 300
SEARCH_BOOSTS = {"actor": 3, "place": 3, "event": 2, "dispute": 1, "source": 1, "claim": 1}
"""Whoever searches for a name wants its page first, before the many that speak of it."""


def head(composer: Composer, entry: Entry, kind_words: str) -> Head:
    """The head of a record's page."""
    record, kind = entry.record, entry.kind
    description = composer.text_of(record.summary) or composer.text_of(record.description)
    return Head(
        kind=kind,
        key=record.id,
        path=record_path(kind, record.id),
        title=words(record.label),
        kind_words=kind_words,
        description=shortened(description or f"{kind_words}: {record.label.value}", DESCRIPTION_LENGTH),
        breadcrumb=Link(Words(wording.KINDS_PLURAL[kind]), "index.md"),
        names=all_names(record),
        search_words=search_words(record),
        search_boost=search_boost(composer.graph, kind, record.label.value),
    )


def record_file(composer: Composer, path: str) -> RecordFile:
    """The file with the record's facts, with a link for editing it where the project says where that is."""
    base = composer.graph.edit_base
    return RecordFile(path, WebLink(Words("Suggest an edit"), base + quote(path)) if base else None)


def about(composer: Composer) -> About:
    """What every page says of the collection."""
    collection = composer.graph.collection
    licence: WebLink | Words | None = words(collection.licence) if collection.licence else None
    if isinstance(licence, Words) and collection.licence_url:
        licence = WebLink(licence, collection.licence_url)
    corrections = collection.corrections
    return About(
        as_of=composer.when(collection.as_of),
        licence=licence,
        corrections=WebLink(Words("Report a mistake"), corrections) if corrections else None,
        contact=Words(collection.contact) if collection.contact else None,
    )


def tail(composer: Composer, record: Record, shown: frozenset[tuple[str, str]] = frozenset()) -> Tail:
    """The tail of a record's page; `shown` are backlinks, by kind and field, that the page has shown already.

    It must be made last, when every fact of the page has been cited.
    """
    revisions = tuple(
        RevisionRow(date, revision.change, revision.reason or "", composer.rich(revision.note))
        for revision in record.revisions
        if (date := composer.when(revision.date))
    )
    note = composer.rich(record.note)
    mentions = tuple(all_mentions(composer, record.id, shown))
    file = record_file(composer, composer.graph.entries[record.id].file)
    citation = page_citation(identity(composer.graph, record, composer.path))
    return Tail(note, mentions, revisions, composer.notes(), record.tags, citation, file, about(composer))


def all_names(record: Record) -> tuple[str, ...]:
    """The title of a record and every other name and alias, each once."""
    names = (record.label.value, *(n.value for n in record.names), *(a.value for a in record.aliases))
    return tuple(dict.fromkeys(names))


def search_words(record: Record) -> tuple[str, ...]:
    """Names, aliases and former ids, each also transliterated and without diacritics, each once."""
    names = all_names(record)
    spellings = dict.fromkeys([*names, *(anyascii(name) for name in names), record.id, *record.former_ids])
    spellings.pop(record.label.value, None)
    return tuple(spellings)


def search_boost(graph: Graph, kind: str, title: str) -> int:
    """How much more a page counts in a search than one that only speaks of it.

    A title of one word counts the more, the more words of other titles begin with it: else `Armenia` would
    find every page on something Armenian before that of Armenia.
    """
    if " " in title:
        return SEARCH_BOOSTS[kind]
    return SEARCH_BOOSTS[kind] + titles_beginning(graph, title).bit_length()


def names(composer: Composer, record: Record) -> tuple[NameRow, ...]:
    """The names of a record, in the order of its file, then its aliases."""
    own = tuple(
        NameRow(
            Words(name.value, composer.foreign(name.lang)),
            wording.language(name.lang),
            composer.links(name.used_by),
            composer.cite_item(record, "names", name.sources),
            composer.rich(name.note),
        )
        for name in record.names
    )
    aliases = tuple(
        NameRow(words(alias), wording.language(alias.lang), (), composer.cite(()), None)
        for alias in record.aliases
    )
    return own + aliases


def identifiers(record: Record) -> tuple[Fact, ...]:
    """Where else the same thing is found: identifiers and pages."""
    rows = [Fact(f"{scheme} id", (Words(value),)) for scheme, value in record.identifiers.items()]
    if record.wikidata_id:
        address = f"https://www.wikidata.org/wiki/{record.wikidata_id}"
        rows.append(Fact("Wikidata", (WebLink(Words(record.wikidata_id), address),)))
    if record.same_as:
        rows.append(Fact("See also", tuple(WebLink(Words(a), a) for a in record.same_as)))
    return tuple(rows)


def all_mentions(composer: Composer, key: str, shown: frozenset[tuple[str, str]]) -> Iterator[Mention]:
    """The backlinks of a record that its page has not shown: by record, each way of naming once."""
    seen: set[tuple[str, str]] = set()
    for reference in composer.graph.backlinks.get(key, ()):
        origin = composer.graph.entries[reference.origin]
        how = how_named(reference)
        hidden = reference.prose is None and (origin.kind, reference.field) in shown
        if not hidden and (reference.origin, how) not in seen:
            seen.add((reference.origin, how))
            yield Mention(how, composer.link(reference.origin), sentence(composer, reference, key))


def how_named(reference: Reference) -> str:
    """In words how a record is named by another: the innermost named field that has words for it."""
    if reference.prose is not None:
        return "names it in its text"
    named = [step for step in reversed(reference.path) if isinstance(step, str)]
    return next((wording.MENTIONS[step] for step in named if step in wording.MENTIONS), "names it")


def sentence(composer: Composer, reference: Reference, key: str) -> Words | None:
    """The sentence that names a record: from the prose, else the origin's summary; None without either."""
    origin = composer.graph.record(reference.origin)
    if reference.prose is not None:
        return composer.sentence_in(reference.prose, key)
    summary: Passage | None = origin.summary
    return Words(shortened(composer.text_of(summary), 240), summary.lang) if summary else None
