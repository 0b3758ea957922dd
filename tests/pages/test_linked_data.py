"""What pages say of records in the words of schema.org."""

import json

import pytest

from pier_project import ADDRESS, graph_of, write_project
from sourcebook.pages.linked_data import entity


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """The small project's graph, published at an address."""
    return graph_of(write_project(tmp_path_factory.mktemp("published")))


def test_a_claim_tells_claimant_documents_and_subject(graph):
    """A claim is a `Claim` with who says it, when, where it was said, what it rests on and is about."""
    document = {
        "@type": "NewsArticle",
        "@id": f"{ADDRESS}sources/courier/#this",
        "name": "North pier closed",
        "url": "https://courier.example.org/pier",
    }
    text = "The planks were “rotten” & </script> soft."
    assert entity(graph, graph.record("pier-was-rotten")) == {
        "@type": "Claim",
        "@id": f"{ADDRESS}claims/pier-was-rotten/#this",
        "name": text,
        "url": f"{ADDRESS}claims/pier-was-rotten/",
        "text": text,
        "inLanguage": "en",
        "author": {
            "@type": "GovernmentOrganization",
            "@id": f"{ADDRESS}actors/port-authority/#this",
            "name": "Orrin Bay Port Authority",
            "url": f"{ADDRESS}actors/port-authority/",
        },
        "datePublished": "2031-04-10",
        "appearance": document,
        "isBasedOn": document,
        "about": {
            "@type": "Event",
            "@id": f"{ADDRESS}events/closure/#this",
            "name": "Closure of the pier",
            "url": f"{ADDRESS}events/closure/",
        },
    }


def test_of_somebody_anonymous_nothing_is_said(graph):
    """An anonymous actor is no thing of its own, and no claim names it as its author."""
    assert entity(graph, graph.record("a-ferryman")) == {}
    assert "author" not in entity(graph, graph.record("pier-was-sound"))


def test_a_review_is_told_only_where_there_is_one(graph):
    """A `ClaimReview` is the reviewer's, in the reviewer's words; a claim without a review has none."""
    assert "review" not in entity(graph, graph.record("pier-was-rotten"))
    assert entity(graph, graph.record("pier-was-sound"))["review"] == {
        "@type": "ClaimReview",
        "claimReviewed": "The pier was sound.",
        "author": "Pier Facts",
        "datePublished": "2031-04-11",
        "url": "https://facts.example.org/pier",
        "reviewRating": {"@type": "Rating", "alternateName": "Not borne out"},
    }


def test_a_point_only_where_there_are_coordinates(graph):
    """A place with coordinates has `geo`, one without has none."""
    assert entity(graph, graph.record("north-pier"))["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 51.5,
        "longitude": -0.25,
    }
    assert "geo" not in entity(graph, graph.record("the-bay"))


def test_a_date_is_never_more_precise_than_it_is(graph):
    """A month stays a month, and an interval is no day on which something was said."""
    assert entity(graph, graph.record("closure"))["startDate"] == "2031-04"
    assert "datePublished" not in entity(graph, graph.record("pier-was-sound"))


def test_kinds_have_their_types(graph):
    """Every kind of record has its type, with the address of its document or its other pages."""
    source = entity(graph, graph.record("courier"))
    assert (source["@type"], source["isPartOf"]) == (
        "NewsArticle",
        {"@type": "CreativeWork", "name": "The Bay Courier"},
    )
    assert entity(graph, graph.record("port-authority"))["sameAs"] == "https://www.wikidata.org/wiki/Q42"
    dispute = entity(graph, graph.record("state-of-the-pier"))
    assert dispute["@type"] == "Question"
    assert [answer["text"] for answer in dispute["suggestedAnswer"]] == ["Yes", "No"]


def test_no_address_is_made_up(tmp_path):
    """Without an address of the site no record has one."""
    graph = graph_of(write_project(tmp_path, published=False))
    nodes = json.dumps([entity(graph, graph.record(key)) for key in graph.entries])
    assert "@id" not in nodes and "example.org/bay" not in nodes
