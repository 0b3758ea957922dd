"""What the page of every record begins and ends with.

In: an entry and the composer of its page. Out: head and tail. The rule it guards: every record is found
by every name and spelling, and shows every place that names it.
"""

from collections.abc import Iterator
from urllib.parse import quote

from anyascii import anyascii

from sourcebook.graph.references import Reference
from sourcebook.pages import wording
from sourcebook.pages.changes import last_change
from sourcebook.pages.cite_page import page_citation
from sourcebook.pages.composer import Composer, record_path, shortened, words
from sourcebook.pages.data import data_links
from sourcebook.pages.identity import identity
from sourcebook.pages.parts import (
    About,
    Changed,
    Fact,
    Head,
    Link,
    Mention,
    NameRow,
    RecordFile,
    RelatedRow,
    RevisionRow,
    Tail,
    WebLink,
    Words,
)
from sourcebook.pages.tags import tag_link, tag_links
from sourcebook.records.base import Record
from sourcebook.records.fields import Passage
from sourcebook.records.load import Entry

DESCRIPTION_LENGTH = 300
MOST_MENTIONS = 300


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
        aliases=tuple(words(alias) for alias in record.aliases),
        search_words=search_words(record),
        data=data_links(kind, record.id) if composer.graph.site.has_data else (),
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
    unsaid = len(mentions) - MOST_MENTIONS
    file = record_file(composer, composer.graph.entries[record.id].file)
    return Tail(
        note=note,
        mentions=mentions[:MOST_MENTIONS],
        more_mentions=wording.several(unsaid, "more record") if unsaid > 0 else "",
        revisions=revisions,
        notes=composer.notes(),
        tags=tag_links(composer, record),
        related=related_rows(composer, record),
        changed=changed(composer, record),
        citation=page_citation(identity(composer.graph, record, composer.path)),
        file=file,
        about=about(composer),
    )


def related_rows(composer: Composer, record: Record) -> tuple[RelatedRow, ...]:
    """The records that have much in common with a record, nearest first."""
    graph = composer.graph
    return tuple(
        RelatedRow(
            composer.link(near.record),
            wording.KINDS[graph.kind(near.record)],
            tuple(shared_thing(composer, kind, name) for kind, name in near.shared),
        )
        for near in graph.related.get(record.id, ())
    )


def shared_thing(composer: Composer, kind: str, name: str) -> Link:
    """What two records have in common: a record, or a keyword."""
    return tag_link(composer, name) if kind == "tag" else composer.link(name)


def changed(composer: Composer, record: Record) -> Changed | None:
    """When a record last changed; None where that is not known."""
    change = last_change(composer.graph, record)
    date = composer.when(change.date) if change else None
    return Changed(date, change.date.is_exact_day, change.or_earlier) if change and date else None


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


def names(composer: Composer, record: Record) -> tuple[NameRow, ...]:
    """The names of a record, in the order of its file."""
    return tuple(
        NameRow(
            Words(name.value, composer.foreign(name.lang)),
            wording.language(name.lang),
            composer.links(name.used_by),
            composer.cite_item(record, "names", name.sources),
            composer.rich(name.note),
        )
        for name in record.names
    )


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
        # What rests on a source stands on its page, paragraph by paragraph.
        cites = reference.path[-1] == "source"
        hidden = reference.prose is None and (cites or (origin.kind, reference.field) in shown)
        if hidden:
            continue
        how = how_named(reference)
        if (reference.origin, how) not in seen:
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
