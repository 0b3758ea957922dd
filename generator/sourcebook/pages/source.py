"""The page of a source: what it is, and paragraph by paragraph what rests on it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sourcebook.graph.graph import Graph, Use
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer, record_path, words
from sourcebook.pages.frame import head, identifiers, names, tail
from sourcebook.pages.paging import ROWS_A_PAGE, rest, shown
from sourcebook.pages.parts import (
    ClaimRow,
    Fact,
    Head,
    Link,
    NameRow,
    Rich,
    Tail,
    WebLink,
    Words,
)
from sourcebook.records.claim import Claim
from sourcebook.records.fields import Agent, Phrase
from sourcebook.records.load import Entry
from sourcebook.records.source import Source

SHOWN = frozenset({("claim", "claimant")})

MOST_USES = 60
"""Of one paragraph."""


@dataclass(frozen=True, slots=True)
class UseRow:
    """A record that rests on the source: the kind in words, the link, the facts of it, the words quoted."""

    kind: str
    record: Link
    facts: str
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ParagraphBox:
    """One paragraph: its number, what it says in the editors' words, and what rests on it.

    Of many uses the first stand here; `more` counts the others in words, empty for none.
    """

    number: int
    gist: str
    uses: tuple[UseRow, ...]
    more: str
    remark: Rich | None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything that a source's template prints.

    `cited` counts paragraphs that something rests on, `unused` leads to the others, those in a row as one;
    `elsewhere` are uses that name no paragraph. Where not
    everything that rests on it stands here, `all_uses` leads to the rest, kind by kind.
    """

    head: Head
    summary: Rich | None
    description: Rich | None
    facts: tuple[Fact, ...]
    paragraphs: tuple[ParagraphBox, ...]
    cited: int
    unused: tuple[Link, ...]
    elsewhere: tuple[UseRow, ...]
    all_uses: tuple[Link, ...]
    own_voice: tuple[ClaimRow, ...]
    names: tuple[NameRow, ...]
    identifiers: tuple[Fact, ...]
    tail: Tail


def source_page(graph: Graph, entry: Entry) -> SourcePage:
    """The page of one source."""
    source = entry.record
    assert isinstance(source, Source)
    composer = Composer(graph, record_path("source", source.id))
    uses = graph.uses.get(source.id, ())
    paragraphs = tuple(paragraph_boxes(composer, source, uses))
    elsewhere = use_rows(composer, [use for use in uses if use.citation.paragraphs is None])
    return SourcePage(
        head=head(composer, entry, f"Source ({wording.plain_words(source.type)})"),
        summary=composer.stated(source, "summary"),
        description=composer.stated(source, "description"),
        facts=tuple(facts(composer, source)),
        paragraphs=paragraphs,
        cited=sum(1 for paragraph in paragraphs if paragraph.uses),
        unused=tuple(unused(paragraphs)),
        elsewhere=shown(elsewhere),
        all_uses=all_uses(composer, source, uses) if is_cut(paragraphs, elsewhere) else (),
        own_voice=composer.claim_rows(shown(graph.backlinks_from(source.id, Claim, "claimant"))),
        names=names(composer, source),
        identifiers=identifiers(source),
        tail=tail(composer, source, SHOWN),
    )


def facts(composer: Composer, source: Source) -> Iterator[Fact]:
    """The rows of the source's table, in the order of a bibliography; what is not known is left out."""
    yield from named_facts(composer, source)
    dates = (("Issued", source.issued, source.verbatim_date), ("Read", source.accessed, None))
    for name, date, verbatim in dates:
        if when := composer.when(date, verbatim):
            yield Fact(name, (when,))
    if source.language:
        yield Fact("Language", (Words(wording.language(source.language)),))
    for name, address in (("Address", source.url), ("Lasting copy", source.archive_url)):
        if address:
            yield Fact(name, (WebLink(Words(address), address),))
    if source.rights:
        yield Fact("Rights", (words(source.rights),))
    if source.source_reliability:
        reliability = source.source_reliability
        grade = f"{reliability.grade} ({wording.GRADES[reliability.grade]}), assessed by"
        yield Fact(
            "Reliability",
            (Words(grade), composer.agent(reliability.assessed_by)),
            remark=composer.rich(reliability.note),
        )
    if source.sha256:
        yield Fact("SHA-256 of the text", (Words(source.sha256),))


def named_facts(composer: Composer, source: Source) -> Iterator[Fact]:
    """Who wrote, published and first had it."""
    named: tuple[tuple[str, tuple[Agent | Phrase, ...]], ...] = (
        ("By", source.author),
        ("Published by", (source.publisher,) if source.publisher else ()),
        ("In", (source.container_title,) if source.container_title else ()),
        ("Has it from", (source.origin,) if source.origin else ()),
    )
    for name, values in named:
        if values:
            yield Fact(
                name,
                tuple(
                    composer.agent(value) if isinstance(value, Agent) else words(value) for value in values
                ),
            )


def paragraph_boxes(composer: Composer, source: Source, uses: tuple[Use, ...]) -> Iterator[ParagraphBox]:
    """Every known paragraph and every cited one, by number."""
    known = {paragraph.number: paragraph for paragraph in source.paragraphs}
    for number, found in uses_by_paragraph(source, uses).items():
        paragraph = known.get(number)
        rows = use_rows(composer, found)
        yield ParagraphBox(
            number,
            (paragraph.gist or "") if paragraph else "",
            rows[:MOST_USES],
            wording.several(len(rows) - MOST_USES, "more record") if len(rows) > MOST_USES else "",
            composer.rich(paragraph.note) if paragraph else None,
        )


def unused(paragraphs: tuple[ParagraphBox, ...]) -> Iterator[Link]:
    """Links to the paragraphs that nothing rests on: to the first of those that follow one another."""
    rows = groupby(enumerate(paragraphs), key=lambda place: (bool(place[1].uses), place[1].number - place[0]))
    for (used, _), row in rows:
        if not used:
            numbers = [paragraph.number for _, paragraph in row]
            words_ = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
            yield Link(Words(words_), f"#p{numbers[0]}")


def is_cut(paragraphs: tuple[ParagraphBox, ...], elsewhere: tuple[UseRow, ...]) -> bool:
    """Whether some of what rests on a source does not stand on its page."""
    return len(elsewhere) > ROWS_A_PAGE or any(paragraph.more for paragraph in paragraphs)


def all_uses(composer: Composer, source: Source, uses: Iterable[Use]) -> tuple[Link, ...]:
    """Links to the index of each kind of which records rest on a source, narrowed to these."""
    kinds = Counter(composer.graph.kind(name) for name in dict.fromkeys(use.record for use in uses))
    found = (rest(composer, kind, kinds[kind], ("source", source.title.value), 0) for kind in wording.KINDS)
    return tuple(link for link in found if link)


def uses_by_paragraph(source: Source, uses: Iterable[Use]) -> dict[int, list[Use]]:
    """What rests on each known paragraph and on each cited one, by number."""
    by_number: dict[int, list[Use]] = {paragraph.number: [] for paragraph in source.paragraphs}
    for use in uses:
        for number in use.citation.paragraphs or ():
            by_number.setdefault(number, []).append(use)
    return dict(sorted(by_number.items()))


def use_rows(composer: Composer, uses: list[Use]) -> tuple[UseRow, ...]:
    """What rests on one place: each record once, in the order of kinds, then by id."""
    by_record: dict[str, list[Use]] = {}
    for use in uses:
        by_record.setdefault(use.record, []).append(use)
    kinds = list(wording.KINDS)
    ordered = sorted(by_record, key=lambda key: (kinds.index(composer.graph.kind(key)), key))
    return tuple(use_row(composer, key, by_record[key]) for key in ordered)


def use_row(composer: Composer, key: str, uses: list[Use]) -> UseRow:
    """One record that rests on a place in the source."""
    fields = dict.fromkeys(wording.plain_words(str(use.path[0])) for use in uses if use.path)
    quotes = dict.fromkeys(use.citation.quote.exact for use in uses if use.citation.quote)
    return UseRow(
        wording.KINDS[composer.graph.kind(key)],
        composer.link(key),
        ", ".join(fields),
        tuple(Words(quote) for quote in quotes),
    )
