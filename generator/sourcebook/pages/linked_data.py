"""What a record is in the words of schema.org, for machines that read its page.

In: the graph and a record. Out: nested plain values, empty ones left out. The rule it guards: nothing is
said that the page does not say; of somebody anonymous nothing is said at all, and no party's view of a
place or of an event is told as a fact: what is claimed stays a claim.
"""

from collections.abc import Iterable, Mapping

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import iso_date, iso_dates
from sourcebook.graph.graph import Graph
from sourcebook.pages.composer import Composer, record_path
from sourcebook.pages.identity import page_address
from sourcebook.records.actor import Actor
from sourcebook.records.base import Record
from sourcebook.records.claim import Claim, Review
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.fields import Agent
from sourcebook.records.place import Place
from sourcebook.records.source import Source

Node = dict[str, object]
"""A thing of schema.org: its `@type` and properties."""

ACTOR_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "public_body": "GovernmentOrganization",
    "company": "Corporation",
    "state": "GovernmentOrganization",
    "armed_force": "Organization",
    "armed_group": "Organization",
    "coalition": "Organization",
    "media": "NewsMediaOrganization",
    "legal_entity": "Organization",
}
"""What actors are; a group or a population is neither a person nor an organization, hence a `Thing`."""
SOURCE_TYPES = {
    "article": "Article",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "chapter": "Chapter",
    "collection": "Collection",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "periodical": "Periodical",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "review": "Review",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}
"""What sources are, by their type in CSL; any other is a `CreativeWork`."""


def entity(graph: Graph, record: Record) -> Node:
    """A record with all that schema.org has words for; empty for an anonymous actor."""
    known = named(graph, record)
    if not known:
        return {}
    return filled(
        {
            **known,
            "alternateName": other_names(record),
            "description": Composer(graph, "").text_of(record.summary),
            "sameAs": same_as(record),
            **particulars(graph, record),
        }
    )


def named(graph: Graph, record: Record) -> Node:
    """A record as others name it: type, id, name, page; empty for an anonymous actor."""
    if isinstance(record, Actor) and record.anonymous:
        return {}
    address = page_address(graph.site, record_path(graph.kind(record.id), record.id))
    return filled(
        {
            "@type": type_of(record),
            "@id": f"{address}#this" if address else "",
            "name": record.label.value,
            "url": record.url or address if isinstance(record, Source) else address,
        }
    )


def type_of(record: Record) -> str:
    """The type of schema.org for a record."""
    match record:
        case Actor():
            return ACTOR_TYPES.get(record.type, "Thing")
        case Source():
            return SOURCE_TYPES.get(record.type, "CreativeWork")
        case Dispute():
            return "Question"
        case _:
            return type(record).__name__


def particulars(graph: Graph, record: Record) -> Mapping[str, object]:
    """What only records of one kind have."""
    match record:
        case Claim():
            return claim(graph, record)
        case Event():
            return event(graph, record)
        case Place():
            return place(graph, record)
        case Source():
            return source(graph, record)
        case Dispute():
            answers = [{"@type": "Answer", "text": side.answer.value} for side in record.sides]
            return {"suggestedAnswer": answers}
        case _:
            return {}


def claim(graph: Graph, record: Claim) -> Mapping[str, object]:
    """Who says it, for whom and when, where it was said, and the documents it was read in."""
    said_in = graph.record(record.appearance) if record.appearance else None
    return {
        "text": record.text.value,
        "inLanguage": record.text.lang or graph.collection.language,
        "author": claimants(graph, record),
        "sourceOrganization": things(graph, (record.on_behalf_of,) if record.on_behalf_of else ()),
        "datePublished": day(record.claim_date),
        "appearance": named(graph, said_in) if isinstance(said_in, Source) else {},
        "recordedAt": named(graph, said_in) if isinstance(said_in, Event) else {},
        "about": things(graph, record.about),
        "isBasedOn": cited(graph, record),
        "review": [claim_review(graph, record, review) for review in record.reviews],
    }


def claimants(graph: Graph, record: Claim) -> list[object]:
    """Who makes a claim: actors, or for a document's own voice whoever wrote or published it."""
    found: list[object] = []
    for key in record.claimant:
        one = graph.record(key) if key != "unknown" else None
        if isinstance(one, Source):
            found += [agent(graph, who) for who in one.author or filter(None, (one.publisher,))]
        elif one:
            found.append(named(graph, one))
    return found


def claim_review(graph: Graph, record: Claim, review: Review) -> Node:
    """A fact-checker's review, under the reviewer's name and in the reviewer's words."""
    rating = review.rating_text
    return filled(
        {
            "@type": "ClaimReview",
            "claimReviewed": record.text.value,
            "author": agent(graph, review.author),
            "datePublished": day(review.date),
            "url": review.url,
            "reviewRating": {"@type": "Rating", "alternateName": rating.value} if rating else {},
        }
    )


def event(graph: Graph, record: Event) -> Mapping[str, object]:
    """When and where, what it is part of, and who says so."""
    dates = iso_dates(record.date)
    return {
        "startDate": dates[0] if dates else "",
        "endDate": dates[1] if len(dates) > 1 else "",
        "location": things(graph, (record.location,) if record.location else ()),
        "organizer": things(graph, (one.actor for one in record.participants if one.role == "organizer")),
        "superEvent": things(graph, record.part_of),
        "subjectOf": [*things(graph, record.reported_by), *cited(graph, record)],
    }


def place(graph: Graph, record: Place) -> Mapping[str, object]:
    """Where it lies, physically; a point only where one is given."""
    geo = {}
    if record.latitude is not None and record.longitude is not None:
        latitude, longitude = float(record.latitude), float(record.longitude)
        geo = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return {"geo": geo, "containedInPlace": things(graph, record.contained_in)}


def source(graph: Graph, record: Source) -> Mapping[str, object]:
    """The document as a bibliography has it."""
    title = record.container_title
    return {
        "author": [agent(graph, who) for who in record.author],
        "publisher": agent(graph, record.publisher) if record.publisher else {},
        "isPartOf": {"@type": "CreativeWork", "name": title.value} if title else {},
        "datePublished": day(record.issued),
        "inLanguage": record.language or "",
        "archivedAt": record.archive_url or "",
        "copyrightNotice": record.rights.value if record.rights else "",
    }


def agent(graph: Graph, who: Agent) -> object:
    """Somebody named in words, as these words; an actor as a thing."""
    if who.actor:
        return named(graph, graph.record(who.actor))
    return who.text.value if who.text else ""


def things(graph: Graph, keys: Iterable[str]) -> list[Node]:
    """Records as others name them, in the order given, anonymous actors left out."""
    return [node for key in keys if (node := named(graph, graph.record(key)))]


def cited(graph: Graph, record: Record) -> list[Node]:
    """The documents that state the record's facts, each once, in the order of the record."""
    return things(graph, dict.fromkeys(citation.source for citation in record.sources))


def day(date: Date | None) -> str:
    """A date as ISO 8601 has it; empty for none, and for what is not one plain date."""
    return iso_date(date) if date else ""


def other_names(record: Record) -> list[str]:
    """Every name but the title, each once."""
    names = [*(name.value for name in record.names), *(alias.value for alias in record.aliases)]
    return [name for name in dict.fromkeys(names) if name != record.label.value]


def same_as(record: Record) -> list[str]:
    """Pages elsewhere about the same thing."""
    wikidata = [f"https://www.wikidata.org/wiki/{record.wikidata_id}"] if record.wikidata_id else []
    geonames = getattr(record, "geonames_id", None)
    return [*record.same_as, *wikidata, *([f"https://www.geonames.org/{geonames}"] if geonames else [])]


def filled(node: Mapping[str, object]) -> Node:
    """A node without its empty values; of a list with one item the item."""
    found: Node = {}
    for name, value in node.items():
        if isinstance(value, list):
            kept = [item for item in value if item]
            value = kept[0] if len(kept) == 1 else kept
        if value or value == 0:
            found[name] = value
    return found
