"""The plain values that pages are made of.

In: nothing. Out: frozen dataclasses of texts, numbers and other parts; a page of them dumps to JSON.
The rule it guards: a template decides how something looks, never what is said.
"""

from dataclasses import dataclass

from sourcebook.markdown.prose import Prose
from sourcebook.pages.cite_page import PageCitation


@dataclass(frozen=True, slots=True)
class Words:
    """A plain text on one line; `lang` is its BCP 47 tag where it is not the collection's language."""

    value: str
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page: its label, its address relative to the page, and the kind of record there."""

    label: Words
    target: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class WebLink:
    """A link to somewhere else on the web; the address was checked when the record was read."""

    label: Words
    address: str


@dataclass(frozen=True, slots=True)
class Cites:
    """The numbers of the page's notes that state a fact, rising."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rich:
    """Prose, with the link for each record that it names, and the notes that state it."""

    prose: Prose
    links: tuple[tuple[str, Link], ...] = ()
    lang: str | None = None
    cites: Cites = Cites(())


@dataclass(frozen=True, slots=True)
class When:
    """A date: in words, in few words for tables, as EDTF, and in the source's own words where given.

    `iso` is the date as ISO 8601 has it, empty where it is an interval or cannot be said so.
    """

    words: str
    short: str
    edtf: str
    verbatim: str = ""
    iso: str = ""


@dataclass(frozen=True, slots=True)
class CitedNote:
    """A numbered note: where a fact is written.

    `place` is the locator in words; `words` are the quoted ones; `named` lists who is named as giving the
    fact, translating it or having it first, each with a word for the part.
    """

    number: int
    source: Link
    place: str
    words: Words | None
    translation: Words | None
    named: tuple[tuple[str, "Link | Words"], ...]
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a page's table of facts: what it is, and the values, with their notes."""

    name: str
    values: tuple["Link | WebLink | Words | When", ...]
    cites: Cites = Cites(())
    remark: Rich | None = None


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name: its language, who uses it, and the notes."""

    name: Words
    language: str
    used_by: tuple[Link, ...]
    cites: Cites
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in a list: who says it, for whom, when, how it stands."""

    claim: Link
    claimants: tuple["Link | Words", ...]
    on_behalf_of: Link | None
    date: When | None
    status: str
    counts: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event in a list; `how` says what ties it to the page, empty where the heading does."""

    event: Link
    date: When
    place: Link | None
    how: str
    according_to: Link | None
    cites: Cites


@dataclass(frozen=True, slots=True)
class StanceRow:
    """A position on a claim: the neutral words for it, who holds it, and by which claim of their own.

    `standing` says what keeps the position from counting, empty where it counts; `notes` are those of its
    sources.
    """

    how: str
    holders: tuple["Link | Words", ...]
    claim: Link | None
    date: When | None
    standing: str
    cites: Cites
    notes: tuple[CitedNote, ...]
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure beside others of its measure: in words, for when, and by whom it is given."""

    figure: str
    measure: str
    as_of: When | None
    claimants: tuple["Link | Words", ...]
    claim: Link
    current: bool
    cites: Cites
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor beside the page's subject: the part it has, and by whose claim where one would contest it."""

    how: str
    actor: Link
    according_to: Link | None
    when: str
    cites: Cites
    remark: Rich | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A backlink: how the record is named there, the link, and the sentence in which it is named."""

    how: str
    record: Link
    sentence: Words | None


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """A change that readers should know of."""

    date: When
    change: str
    reason: str
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class Changed:
    """When the facts of a page last changed: whether that is a day, and whether it may have been earlier."""

    date: When
    is_day: bool
    or_earlier: bool


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A record that has much in common with the page's: its kind, and what both name or have as a keyword."""

    record: Link
    kind: str
    shared: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DataLink:
    """A link to a data file: its words, and the file's path on the site."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class RecordFile:
    """The YAML file with the facts of a page: its path, and the link by which it is edited, or none."""

    path: str
    edit: WebLink | None


@dataclass(frozen=True, slots=True)
class About:
    """What the collection says of itself: up to when it is kept, its licence, whom to tell of a mistake."""

    as_of: When | None
    licence: WebLink | Words | None
    corrections: WebLink | None
    contact: Words | None


@dataclass(frozen=True, slots=True)
class Head:
    """What every record's page has.

    `path` is the Markdown file's, `key` the record's id, `kind_words` the kind for readers.
    `aliases` are spellings that are no names of their own; `search_words` are all further names and
    spellings under which it is found; `data` are the files of its data, none where they are not published.
    """

    kind: str
    key: str
    path: str
    title: Words
    kind_words: str
    description: str
    breadcrumb: Link
    aliases: tuple[Words, ...]
    search_words: tuple[str, ...]
    data: tuple[DataLink, ...]


@dataclass(frozen=True, slots=True)
class Tail:
    """What every record's page ends with: remarks, backlinks, changes, notes, where the facts are kept.

    Of very many backlinks the first stand here; `more_mentions` counts the others in words, empty for none.
    """

    note: Rich | None
    mentions: tuple[Mention, ...]
    more_mentions: str
    revisions: tuple[RevisionRow, ...]
    notes: tuple[CitedNote, ...]
    tags: tuple[Link, ...]
    related: tuple[RelatedRow, ...]
    changed: Changed | None
    citation: PageCitation
    file: RecordFile
    about: About
