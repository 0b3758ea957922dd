"""The facts against the documents' own texts, where these are at hand.

In: entries and source texts. Out: diagnostics, and a tally of what was looked at and what was skipped.
The rule it guards: quoted words stand in the cited paragraph, and the paragraphs are those of the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic
from sourcebook.graph.references import Reference, references
from sourcebook.graph.values import value_at
from sourcebook.reading.source_texts import SourceText, find_text, fingerprint, folded
from sourcebook.records.citation import Citation, Quote
from sourcebook.records.load import Entry
from sourcebook.records.source import Source


@dataclass
class Tally:
    """How many fingerprints and quotes were compared with a text, and how many could not be."""

    fingerprints: int = 0
    quotes: int = 0
    skipped_fingerprints: int = 0
    skipped_quotes: int = 0
    problems: list[Diagnostic] = field(default_factory=list)

    def __str__(self) -> str:
        """The tally in a line."""
        all_prints = self.fingerprints + self.skipped_fingerprints
        all_quotes = self.quotes + self.skipped_quotes
        if not self.fingerprints and not self.quotes and all_prints + all_quotes:
            return (
                f"no document’s text is at hand: {all_prints} fingerprints and {all_quotes} quotes "
                "were not compared"
            )
        missing = "; the texts of the others are not at hand"
        return (
            f"fingerprints {self.fingerprints} of {all_prints}, "
            f"quotes {self.quotes} of {all_quotes} compared with the documents’ texts"
            f"{missing if self.skipped_fingerprints + self.skipped_quotes else ''}"
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """A source, the name of the file with its text (None where it is not at hand), and what was compared."""

    source: str
    text: str | None
    tally: Tally


def check_documents(entries: Mapping[str, Entry], texts: Iterable[SourceText]) -> Tally:
    """Compare every fingerprint and quote with the texts at hand."""
    whole = Tally()
    for compared in compare_documents(entries, texts):
        tally = compared.tally
        whole.fingerprints += tally.fingerprints
        whole.quotes += tally.quotes
        whole.skipped_fingerprints += tally.skipped_fingerprints
        whole.skipped_quotes += tally.skipped_quotes
        whole.problems += tally.problems
    return whole


def compare_documents(entries: Mapping[str, Entry], texts: Iterable[SourceText]) -> tuple[Compared, ...]:
    """For each source what came of comparing its fingerprints, and the quotes from it, with its text."""
    at_hand = tuple(texts)
    found: dict[str, SourceText | None] = {}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for entry in entries.values():
        if isinstance(entry.record, Source):
            name = entry.record.id
            found[name] = find_text(at_hand, name, entry.record.sha256)
            compare_fingerprints(tallies[name], entry, entry.record, found[name])
    for entry in entries.values():
        for reference, citation in quoting(entry):
            compare_quote(tallies[citation.source], entry, reference, citation, found.get(citation.source))
    return tuple(
        Compared(name, text.name if (text := found.get(name)) else None, tally)
        for name, tally in tallies.items()
    )


def compare_fingerprints(tally: Tally, entry: Entry, source: Source, text: SourceText | None) -> None:
    """A source's fingerprints against its text; without the text they are counted as skipped."""
    known = [number for number, paragraph in enumerate(source.paragraphs) if paragraph.sha256]
    if text is None:
        tally.skipped_fingerprints += len(known)
        return
    tally.fingerprints += len(known)
    tally.problems += fingerprint_problems(entry, source, text, known)


def fingerprint_problems(
    entry: Entry, source: Source, text: SourceText, known: list[int]
) -> Iterator[Diagnostic]:
    """Where the record describes another text than the one at hand."""
    if source.sha256 and source.sha256 != text.sha256:
        yield Diagnostic(
            Code.FINGERPRINT_MISMATCH,
            entry.position(("sha256",)),
            "the text at hand has another SHA-256",
            f"put the text there that the record describes, or write {text.sha256}",
        )
    if source.paragraphs and len(source.paragraphs) != len(text.paragraphs):
        yield Diagnostic(
            Code.FINGERPRINT_MISMATCH,
            entry.position(("paragraphs",), at_key=True),
            f"the record has {len(source.paragraphs)} paragraphs, the text {len(text.paragraphs)}",
            "list each paragraph of the text; blank lines separate them",
        )
    for index in known:
        paragraph = source.paragraphs[index]
        found = fingerprint_at(text, paragraph.number)
        if found != paragraph.sha256:
            message = f"paragraph {paragraph.number} of the text at hand is another one"
            hint = f"put the text there that the record describes, or write {found}"
            if found is None:
                message = f"the text at hand has no paragraph {paragraph.number}"
                hint = f"its last paragraph is {len(text.paragraphs)}"
            position = entry.position(("paragraphs", index, "sha256"))
            yield Diagnostic(Code.FINGERPRINT_MISMATCH, position, message, hint)


def fingerprint_at(text: SourceText, number: int) -> str | None:
    """The fingerprint of a paragraph by its number from 1; None where the text has none of that number."""
    return fingerprint(text.paragraphs[number - 1]) if number <= len(text.paragraphs) else None


def quoting(entry: Entry) -> Iterator[tuple[Reference, Citation]]:
    """The citations of a record that quote words."""
    for reference in references(entry.record):
        if reference.path[-1] == "source":
            citation = value_at(entry.record, reference.path[:-1])
            if isinstance(citation, Citation) and citation.quote:
                yield reference, citation


def compare_quote(
    tally: Tally, entry: Entry, reference: Reference, citation: Citation, text: SourceText | None
) -> None:
    """A quote against the cited paragraphs; without the text it is counted as skipped."""
    assert citation.quote
    if text is None:
        tally.skipped_quotes += 1
        return
    tally.quotes += 1
    quote = (*reference.path[:-1], "quote")
    passage = cited_text(citation, text)
    if folded(citation.quote.exact) not in passage:
        place = entry.position((*quote, "exact"))
        tally.problems.append(Diagnostic(Code.QUOTE_NOT_FOUND, place, *where_it_is(citation, text)))
    elif not stands_between(citation.quote, passage):
        place = entry.position(quote, at_key=True)
        message = "the words before or after the quote are others in the document"
        hint = "`prefix` and `suffix` are the words right before and right after `exact`"
        tally.problems.append(Diagnostic(Code.QUOTE_NOT_FOUND, place, message, hint))


def cited_text(citation: Citation, text: SourceText) -> str:
    """The text of the cited paragraphs, folded; of all where the citation names none."""
    cited = citation.paragraphs
    if cited is None:
        return folded(" ".join(text.paragraphs))
    return folded(" ".join(text.paragraphs[cited.start - 1 : cited.stop - 1]))


def stands_between(quote: Quote, passage: str) -> bool:
    """Whether a folded passage has the quoted words with those before and after them, but for spaces."""
    wanted = folded("".join(filter(None, (quote.prefix, quote.exact, quote.suffix))))
    return wanted.replace(" ", "") in passage.replace(" ", "")


def where_it_is(citation: Citation, text: SourceText) -> tuple[str, str]:
    """The message and the remedy for a quote that is not where the citation says."""
    assert citation.quote
    exact = folded(citation.quote.exact)
    place = "cited paragraph" if citation.paragraphs is not None else "document’s text"
    for number, paragraph in enumerate(text.paragraphs, 1):
        if exact in folded(paragraph):
            return f"the quoted words are not in the {place}", f"cite paragraph {number}, where they stand"
    return f"the quoted words are not in the {place}", "copy them exactly as they stand there"
