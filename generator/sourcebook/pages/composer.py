"""Writing the parts of one page: links from where it lies, dates in words, notes numbered as they come.

In: the graph and the path of a page. Out: parts. The rule it guards: notes are numbered in the order in
which the page's facts cite them, and every link is relative, so that a site can lie anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import in_words, iso_date, short_words
from sourcebook.graph.graph import Graph
from sourcebook.markdown.prose import Prose, prose_text, sentences_naming
from sourcebook.pages import wording
from sourcebook.pages.parts import (
    CitedNote,
    Cites,
    ClaimRow,
    EventRow,
    FigureRow,
    Link,
    Rich,
    When,
    Words,
)
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.claim import Claim
from sourcebook.records.event import Event
from sourcebook.records.fields import Agent, Passage, Phrase

LONGEST_LABEL = 120
UNCITED = Cites(())
KEPT = 16384
"""How many links, and how many dates, are kept as they were told: many pages have the same."""


def record_path(kind: str, key: str) -> str:
    """The path of a record's Markdown file in the docs folder."""
    return f"{FOLDERS[kind]}/{key}.md"


@dataclass
class Composer:
    """The page under way: where it lies, and the notes so far; `folder` ends with a slash, or is empty."""

    graph: Graph
    path: str
    _numbers: dict[Citation, int] = field(default_factory=dict)
    _cites: dict[int, tuple[tuple[Citation, ...], Cites]] = field(default_factory=dict)
    _notes: dict[int, CitedNote] = field(default_factory=dict)

    def __post_init__(self) -> None:
        head, slash, _ = self.path.rpartition("/")
        self.folder = head + slash

    def target(self, path: str, anchor: str = "") -> str:
        """The relative address of another Markdown file, from this page."""
        relative = relative_path(path, self.path)
        return f"{relative}#{anchor}" if anchor else relative

    def link(self, key: str, anchor: str = "") -> Link:
        """A link to a record's page, under its label."""
        entry = self.graph.entries[key]
        label = entry.record.label
        return record_link(label.value, label.lang, entry.kind, key, anchor, self.folder)

    def links(self, keys: Iterable[str]) -> tuple[Link, ...]:
        """Links to several records, in the order given."""
        return tuple(self.link(key) for key in keys)

    def when(self, date: Date | None, verbatim: str | None = None) -> When | None:
        """A date for readers; None for none."""
        if date is None:
            return None
        return in_all_words(date, verbatim or "")

    def span(self, start: Date | None, end: Date | None, verbatim: str | None = None) -> str:
        """From when to when, in words; empty where neither is known."""
        parts = [f"from {in_words(start)}" if start else "", f"to {in_words(end)}" if end else ""]
        quoted = f"“{verbatim}”" if verbatim else ""
        return " ".join(part for part in (*parts, f"({quoted})" if quoted else "") if part)

    def rich(self, passage: Passage | None, cites: Cites = UNCITED) -> Rich | None:
        """Prose, with links to the records that it names, and the notes that state it; None for none."""
        if passage is None:
            return None
        links = tuple([(key, self.link(key)) for key in passage.value.references])
        return Rich(passage.value, links, passage.lang, cites)

    def stated(self, record: Record, name: str) -> Rich | None:
        """A prose field that states facts, with the numbers of its notes; None for none."""
        passage = getattr(record, name)
        return self.rich(passage, self.cite_field(record, name)) if passage else None

    def agent(self, agent: Agent) -> Link | Words:
        """Somebody named in words, or a link to the actor."""
        if agent.actor:
            return self.link(agent.actor)
        assert agent.text
        return words(agent.text)

    def claimants(self, claim: Claim) -> tuple[Link | Words, ...]:
        """Who makes a claim; somebody unknown in words."""
        return tuple(map(self.speaker, claim.claimant))

    def speaker(self, key: str) -> Link | Words:
        """Somebody who speaks or holds a position; somebody unknown in words."""
        return Words("someone whom the source does not name") if key == "unknown" else self.link(key)

    def cite(self, citations: tuple[Citation, ...]) -> Cites:
        """The numbers of citations on this page; new ones get the next numbers."""
        # One field after the other rests on the same sources, and a hash of a citation is slow.
        known = self._cites.get(id(citations))
        if known is None:
            numbers = {self._numbers.setdefault(citation, len(self._numbers) + 1) for citation in citations}
            known = self._cites[id(citations)] = citations, Cites(tuple(sorted(numbers)))
        return known[1]

    def cite_field(self, record: Record, name: str) -> Cites:
        """The numbers for one field: its own sources, else the record's."""
        return self.cite(record.field_sources.get(name) or record.sources)

    def cite_item(self, record: Record, name: str, own: tuple[Citation, ...]) -> Cites:
        """The numbers for an item of a list: its own sources, else its field's, else the record's."""
        return self.cite(own) if own else self.cite_field(record, name)

    def notes_of(self, citations: Iterable[Citation]) -> tuple[CitedNote, ...]:
        """The notes of citations that the page has numbered, in their order."""
        return tuple(self._note(self._numbers[citation], citation) for citation in citations)

    def notes(self) -> tuple[CitedNote, ...]:
        """The notes of the page, numbered from 1; to be asked for last."""
        return tuple(self._note(number, citation) for citation, number in self._numbers.items())

    def _note(self, number: int, citation: Citation) -> CitedNote:
        # Under a statement and at the end of its page stands the same.
        found = self._notes.get(number)
        if found is None:
            found = self._notes[number] = self._new_note(number, citation)
        return found

    def _new_note(self, number: int, citation: Citation) -> CitedNote:
        source = self.graph.record(citation.source)
        cited = citation.paragraphs
        language = citation.lang or getattr(source, "language", None)
        translation = citation.translation
        return CitedNote(
            number=number,
            source=self.link(citation.source, f"p{cited.start}" if cited else ""),
            place=wording.locator(citation.locator.label, citation.locator.value) if citation.locator else "",
            words=Words(citation.quote.exact, self.foreign(language)) if citation.quote else None,
            translation=Words(translation.text, self.foreign(translation.lang)) if translation else None,
            named=tuple(self._named(citation)),
            remark=self.rich(citation.note),
        )

    def _named(self, citation: Citation) -> Iterable[tuple[str, Link | Words]]:
        if citation.attributed_to:
            yield "attributed there to", self.agent(citation.attributed_to)
        if citation.origin:
            yield "which has it from", self.agent(citation.origin)
        if citation.translation and citation.translation.translator:
            yield "translated by", self.agent(citation.translation.translator)

    def foreign(self, language: str | None) -> str | None:
        """A language tag where it is not the collection's own language."""
        return None if language == self.graph.collection.language else language

    def claim_row(self, claim: Claim) -> ClaimRow:
        """A claim as a row of a list."""
        standing = self.graph.standings[claim.id]
        return ClaimRow(
            claim=self.link(claim.id),
            claimants=self.claimants(claim),
            on_behalf_of=self.link(claim.on_behalf_of) if claim.on_behalf_of else None,
            date=self.when(claim.claim_date, claim.verbatim_date),
            status=wording.STATUSES[standing.status],
            counts=wording.counts(standing),
            cites=self.cite(claim.sources),
        )

    def claim_rows(self, claims: Iterable[Claim]) -> tuple[ClaimRow, ...]:
        """Claims as rows, in the order given."""
        return tuple(self.claim_row(claim) for claim in claims)

    def event_row(self, event: Event, how: str = "", according_to: str | None = None) -> EventRow:
        """An event as a row of a list."""
        date = self.when(event.date, event.verbatim_date)
        assert date
        return EventRow(
            event=self.link(event.id),
            date=date,
            place=self.link(event.location) if event.location else None,
            how=how,
            according_to=self.link(according_to) if according_to else None,
            cites=self.cite(event.sources),
        )

    def event_rows(self, events: Iterable[Event], how: str = "") -> tuple[EventRow, ...]:
        """Events as rows, in the order given."""
        return tuple(self.event_row(event, how) for event in events)

    def figure_row(self, claim: Claim, current: str = "") -> FigureRow:
        """A claim's figure as a row; `current` is the id of the page's own claim, if it is one's page."""
        figure = claim.quantity
        assert figure
        return FigureRow(
            figure=wording.quantity(figure),
            measure=wording.plain_words(figure.measure),
            as_of=self.when(figure.as_of, figure.verbatim_date),
            claimants=self.claimants(claim),
            claim=self.link(claim.id),
            current=claim.id == current,
            cites=self.cite(figure.sources or claim.sources),
            remark=self.rich(figure.note),
        )

    def figures_of(self, subject: str) -> tuple[FigureRow, ...]:
        """Every figure for an event or group, by measure, then by the time it is for."""
        measures = self.graph.measures.get(subject, ())
        keys = (key for measure in measures for key in self.graph.figures[subject, measure])
        return tuple(self.figure_row(claim) for claim in self.claims(keys))

    def claims(self, keys: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of ids, in the order given."""
        found = tuple(self.graph.record(key) for key in keys)
        return tuple(record for record in found if isinstance(record, Claim))

    def sentence_in(self, prose: Prose, key: str) -> Words:
        """The sentence of a prose in which a record is named."""
        return Words(sentences_naming(prose, key, self.plain_label))

    def text_of(self, passage: Passage | None) -> str:
        """A passage as plain text on one line; empty for none."""
        return prose_text(passage.value, self.plain_label) if passage else ""

    def plain_label(self, key: str) -> str:
        """What a record is called."""
        return self.graph.record(key).label.value


def relative_path(path: str, origin: str) -> str:
    """The way from the folder of one file to another file; both are paths in the same tree, without dots."""
    folders = origin.split("/")[:-1]
    steps = path.split("/")
    shared = 0
    while shared < len(folders) and shared < len(steps) and folders[shared] == steps[shared]:
        shared += 1
    return "/".join([".."] * (len(folders) - shared) + steps[shared:])


@lru_cache(maxsize=KEPT)
def record_link(label: str, lang: str | None, kind: str, key: str, anchor: str, folder: str) -> Link:
    """A link to a record's page, under its label, from the pages of a folder, which ends with a slash."""
    relative = relative_path(record_path(kind, key), folder)
    return Link(Words(label, lang), f"{relative}#{anchor}" if anchor else relative, kind)


@lru_cache(maxsize=KEPT)
def in_all_words(date: Date, verbatim: str) -> When:
    """A date for readers."""
    return When(in_words(date), short_words(date), date.edtf, verbatim, iso_date(date))


def words(phrase: Phrase) -> Words:
    """A text with its language."""
    return Words(phrase.value, phrase.lang)


def shortened(text: str, length: int = LONGEST_LABEL) -> str:
    """A text cut at a word, with an ellipsis, if it is longer than a length in characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
