"""The sources as a bibliography: CSL-JSON for citation managers, BibTeX for LaTeX.

In: the graph. Out: two texts. The rule it guards: a name is never taken apart, as nobody says which part is
which, and a date that the format has no word for is told in words.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import in_words, iso_dates
from sourcebook.exporting.documents import as_json
from sourcebook.graph.graph import Graph
from sourcebook.pages.cite_page import bibtex_entry, bibtex_text, csl_date
from sourcebook.records.fields import Agent
from sourcebook.records.source import Source

LabelOf: TypeAlias = Callable[[str], str]
"""How an actor is called, by its id."""

BIBTEX_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "classic": "book",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""The types of BibTeX, by those of CSL; any other source is `misc`, which every style knows."""
TOLD_TYPES = frozenset({"article-journal", "book", "chapter", "paper-conference", "report", "thesis"})
"""The types of CSL that those of BibTeX tell; any other is told by `entrysubtype`, a field of biblatex."""
CONTAINER_FIELDS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
PUBLISHER_FIELDS = {"techreport": "institution", "phdthesis": "school", "misc": "organization"}


def csl_json(graph: Graph) -> bytes:
    """Every source as an item of CSL 1.0.2, by date."""
    items = [as_json(csl_item(source, labels(graph))) for source in graph.of_kind(Source)]
    return b"[\n" + b",\n".join(items) + b"\n]\n"


def labels(graph: Graph) -> LabelOf:
    """How the actors of a graph are called."""
    return lambda id: graph.record(id).label.value


def csl_item(source: Source, label_of: LabelOf) -> Mapping[str, object]:
    """One source; what it does not state is left out."""
    item = {
        "id": source.id,
        "type": source.type,
        "title": source.title.value,
        "author": [{"literal": name} for name in names(label_of, source.author)],
        "publisher": "; ".join(names(label_of, filter(None, (source.publisher,)))),
        "container-title": source.container_title.value if source.container_title else "",
        "issued": date_in_parts(source.issued),
        "accessed": date_in_parts(source.accessed),
        "URL": source.url or "",
        "archive_location": source.archive_url or "",
        "language": source.language or "",
        "keyword": ", ".join(source.tags),
    }
    return {name: value for name, value in item.items() if value}


def date_in_parts(date: Date | None) -> dict[str, object]:
    """A date as CSL has it; empty for none."""
    return csl_date(iso_dates(date), in_words(date)) if date else {}


def names(label_of: LabelOf, agents: Iterable[Agent]) -> Iterator[str]:
    """Whoever is named, in words."""
    for agent in agents:
        if agent.actor:
            yield label_of(agent.actor)
        elif agent.text:
            yield agent.text.value


def bibtex(graph: Graph) -> bytes:
    """Every source as an entry, by date."""
    return (
        "\n\n".join(bibtex_source(source, labels(graph)) for source in graph.of_kind(Source)).encode() + b"\n"
    )


def bibtex_source(source: Source, label_of: LabelOf) -> str:
    """One source; `date` and `urldate` are biblatex's, with `year` for BibTeX itself."""
    kind = BIBTEX_TYPES.get(source.type, "misc")
    issued = iso_dates(source.issued) if source.issued else ()
    accessed = iso_dates(source.accessed) if source.accessed else ()
    publisher = " and ".join(names(label_of, filter(None, (source.publisher,))))
    container = source.container_title.value if source.container_title else ""
    fields = {
        "entrysubtype": "" if source.type in TOLD_TYPES else source.type,
        "title": braced(source.title.value),
        # In braces a name is one name, whatever "and" or comma it holds.
        "author": " and ".join(braced(name) for name in names(label_of, source.author)),
        CONTAINER_FIELDS.get(kind, "howpublished"): bibtex_text(container),
        PUBLISHER_FIELDS.get(kind, "publisher"): bibtex_text(publisher),
        "year": issued[0][:4] if issued else "",
        "date": "/".join(issued),
        "note": bibtex_text(in_words(source.issued)) if source.issued and not issued else "",
        "url": address_text(source.url),
        "urldate": "/".join(accessed),
        "langid": source.language or "",
        "keywords": ", ".join(source.tags),
    }
    return bibtex_entry(kind, source.id, fields)


def braced(text: str) -> str:
    """A text that styles leave as it is; nothing for nothing."""
    return f"{{{bibtex_text(text)}}}" if text else ""


def address_text(address: str | None) -> str:
    """A web address in which no brace is BibTeX's: the package `url` takes all else as it is."""
    return (address or "").replace("{", "%7B").replace("}", "%7D")
