"""The collection as linked data: JSON-LD in the words of schema.org, CiTO, PROV and Web Annotation.

In: the graph. Out: a document and its context. The rule it guards: what a page tells machines is told here in
the same words; what is claimed stays a claim, and of somebody anonymous nothing is said.
"""

from collections.abc import Iterator
from typing import Any

from sourcebook.dates.words import iso_date, iso_dates
from sourcebook.exporting.documents import as_json
from sourcebook.exporting.setting import facts_changed, page_of
from sourcebook.exporting.shapes import Values
from sourcebook.graph.graph import Graph, citations
from sourcebook.graph.stances import Stance
from sourcebook.pages.data import version
from sourcebook.pages.linked_data import entity, filled
from sourcebook.records.actor import Actor
from sourcebook.records.citation import Citation
from sourcebook.records.claim import TIES, Claim, Quantity

CONTEXT_FILE = "context.jsonld"
SCHEMA_ORG = "https://schema.org/"
TIES_OF_CITO = (*TIES, "discusses")


def context() -> bytes:
    """The context: which word of which vocabulary each key means."""
    ids = {"@type": "@id"}
    terms: Values = {
        "@version": 1.1,
        "@vocab": SCHEMA_ORG,
        "cito": "http://purl.org/spar/cito/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{name: {"@id": f"{SCHEMA_ORG}{name}", **ids} for name in ("url", "sameAs", "archivedAt")},
        "status": {"@id": f"{SCHEMA_ORG}creativeWorkStatus"},
        "kind": {"@id": f"{SCHEMA_ORG}additionalType"},
        "obtainsSupportFrom": {"@id": "cito:obtainsSupportFrom", **ids},
        **{verb: {"@id": f"cito:{verb}", **ids} for verb in TIES_OF_CITO},
        "entity": {"@id": "prov:entity", **ids},
        "qualifiedDerivation": {"@id": "prov:qualifiedDerivation"},
        "Derivation": "prov:Derivation",
        "selector": {"@id": "oa:hasSelector"},
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
    }
    return as_json({"@context": terms}, indented=True) + b"\n"


def linked_data(graph: Graph) -> Iterator[bytes]:
    """The collection as a graph with a node a line, the collection itself first; in pieces."""
    yield b'{"@context":"' + CONTEXT_FILE.encode() + b'","@graph":[\n' + as_json(dataset(graph))
    for node in record_nodes(graph):
        yield b",\n" + as_json(node)
    yield b"\n]}\n"


def dataset(graph: Graph) -> Values:
    """The collection as a whole."""
    collection, site = graph.collection, graph.site
    return {
        "@type": "Dataset",
        **filled(
            {
                "@id": f"{site.address}data/#dataset",
                "name": site.name,
                "description": collection.about or "",
                "url": f"{site.address}data/",
                "license": collection.licence_url or (collection.licence.value if collection.licence else ""),
                "version": version(graph),
                "dateModified": facts_changed(graph),
                "inLanguage": collection.language,
            }
        ),
    }


def record_nodes(graph: Graph) -> Iterator[Values]:
    """Every record but anonymous actors, by kind, in the order of the index."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            record = graph.record(key)
            if node := entity(graph, record):
                cited = derivations(graph, key)
                node["kind"] = kind
                node |= filled({"keywords": list(record.tags), "qualifiedDerivation": cited})
                if isinstance(record, Claim):
                    node |= filled(claim_node(graph, record))
                yield node


def iri(graph: Graph, key: str) -> str:
    """What stands for a record in the graph; empty for an anonymous actor."""
    record = graph.record(key)
    return "" if isinstance(record, Actor) and record.anonymous else f"{page_of(graph, key)}#this"


def derivations(graph: Graph, key: str) -> list[Values]:
    """The places in documents that state a record's facts, each once."""
    found = dict.fromkeys(citation for _, citation in citations(graph.record(key)))
    return [derivation(graph, citation) for citation in found]


def derivation(graph: Graph, citation: Citation) -> Values:
    """One place in a document, with the words that state the fact."""
    locator, quote = citation.locator, citation.quote
    words: Values = {"@type": "TextQuoteSelector"}
    if quote:
        words |= filled({"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix})
    return {
        "@type": "Derivation",
        **filled(
            {
                "entity": iri(graph, citation.source),
                "pagination": f"{locator.label} {locator.value}" if locator else "",
                "selector": words if quote else {},
            }
        ),
    }


def claim_node(graph: Graph, claim: Claim) -> Values:
    """How a claim stands to others, its status, its figure."""
    ties: dict[str, Any] = {verb: [iri(graph, key) for key in getattr(claim, verb)] for verb in TIES}
    stances = graph.stances.get(claim.id, ())
    rests_on = [iri(graph, key) for key in claim.obtains_support_from]
    return {
        **ties,
        "obtainsSupportFrom": rests_on,
        "status": graph.standings[claim.id].status.value,
        "mainEntity": figure(graph, claim.quantity) if claim.quantity else {},
        "comment": [held(graph, claim.id, stance) for stance in stances if not stance.claim],
    }


def held(graph: Graph, claim: str, stance: Stance) -> Values:
    """A position that is held by no claim of its own, as a comment that stands so to the claim."""
    who = [{"@id": known} for key in stance.holders if key != "unknown" and (known := iri(graph, key))]
    date = iso_date(stance.date) if stance.date else ""
    return filled(
        {"@type": "Comment", "author": who, "dateCreated": date, stance.relation: iri(graph, claim)}
    )


def figure(graph: Graph, quantity: Quantity) -> Values:
    """A figure, as an observation of whoever gives it."""
    observed = [iri(graph, key) for key in (quantity.counted_group, quantity.of) if key]
    dates = iso_dates(quantity.as_of) if quantity.as_of else ()
    return filled(
        {
            "@type": "Observation",
            "measuredProperty": quantity.measure,
            "minValue": quantity.low,
            "value": quantity.best,
            "maxValue": quantity.high,
            "unitText": quantity.unit or "",
            "observationDate": "/".join(dates),
            "observationAbout": [{"@id": one} for one in observed if one],
        }
    )
