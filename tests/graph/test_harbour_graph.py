"""The harbour collection as a whole: clean and complete; order, backlinks, figures and coverage."""

import json
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from harbour import all_harbour_records
from sourcebook.graph.graph import citations
from sourcebook.records.actor import RELATION_TYPES, Actor, Relation
from sourcebook.records.citation import Citation
from sourcebook.records.claim import Claim
from sourcebook.records.event import EVENT_TYPES, Event
from sourcebook.records.place import GEOMETRIES, Place

NOT_WHOLE = {("Source", "type"), ("Reliability", "grade")}
"""Closed lists that the collection does not exercise whole."""


@pytest.fixture(scope="session")
def models():
    """Every record and every item in one, drafts too."""
    return [model for record in all_harbour_records() for model in models_in(record)]


def models_in(value: object) -> Iterator[BaseModel]:
    """Every model that a value holds, itself first."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from models_in(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from models_in(item)


def bases(model: BaseModel) -> list[type[BaseModel]]:
    """The classes of a model."""
    return [base for base in type(model).__mro__ if issubclass(base, BaseModel)]


def own_fields(cls: type[BaseModel]) -> set[str]:
    """The fields that a class brings itself."""
    return set(vars(cls).get("__annotations__", {})) & set(cls.model_fields)


def literals(annotation: object) -> tuple[str, ...]:
    """The values of a closed list in a type; none for another type."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := literals(part))), ())


def ids(records) -> list[str]:
    """The ids of records, in order."""
    return [record.id for record in records]


def test_the_collection_is_clean(harbour):
    """The check finds nothing, not even a warning, and skips no quote or fingerprint."""
    assert harbour.diagnostics == ()
    assert (harbour.tally.fingerprints, harbour.tally.quotes) == (16, 6)
    assert (harbour.tally.skipped_fingerprints, harbour.tally.skipped_quotes) == (0, 0)


def test_every_field_is_exercised(models):
    """Each field is given somewhere, in the model that brings it or in one made of it."""
    known = {(cls, name) for model in models for cls in bases(model) for name in own_fields(cls)}
    given = {(cls, name) for m in models for cls in bases(m) for name in m.model_fields_set & own_fields(cls)}
    assert known - given == set()


def test_every_value_of_the_closed_lists_is_exercised(models):
    """Each type of actor, role, tie, claim type, qualifier and locator occurs, wherever it may stand."""
    lists = [
        (cls, name, literals(field.annotation))
        for cls in {type(model) for model in models}
        for name, field in cls.model_fields.items()
        if literals(field.annotation) and (cls.__name__, name) not in NOT_WHOLE
    ]
    for cls, name, values in lists:
        given = {getattr(model, name) for model in models if isinstance(model, cls)}
        assert set(values) <= given, (cls, name)


def test_every_value_of_the_longer_lists_is_exercised(models):
    """Each type of event, relation and geometry occurs, those of the options too."""
    assert {m.type for m in models if isinstance(m, Event)} == {*EVENT_TYPES, "regatta"}
    assert {m.type for m in models if isinstance(m, Relation)} == {*RELATION_TYPES, "twinned_with"}
    shapes = {json.loads(m.geometry)["type"] for m in models if isinstance(m, Place) and m.geometry}
    assert shapes == set(GEOMETRIES)


def test_drafts_are_in_no_list(graph):
    """Drafts are read and checked, and nothing of the graph knows them."""
    drafts = {record.id for record in all_harbour_records() if record.draft}
    assert drafts == {"retired-docker", "next-regatta", "rumour-of-a-lockout", "old-almanac"}
    listed = {name for names in graph.by_kind.values() for name in names}
    linked = {reference.origin for links in graph.backlinks.values() for reference in links}
    assert not drafts & (listed | linked | set(graph.backlinks) | set(graph.uses))


def test_events_stand_by_date(graph):
    """By the earliest bound, then the latest; one whose start is open or unknown sorts by its end."""
    assert list(graph.by_kind["event"]) == [
        "e-far",  # Y-12000
        "e-bce",  # -0218
        "e-battle",  # 1701
        "e-riot",
        "e-siege",
        "e-flight",
        "e-truce",
        "e-trial",
        "e-decade",  # 198X
        "e-open-start",  # ../1993
        "e-year",  # 1994
        "e-perhaps",  # 1994?
        "e-perhaps-about",  # 1994-05%
        "e-unknown-start",  # /1994
        "e-about",  # 2020~
        "e-unknown-end",  # 2020-11/
        "e-open-end",  # 2021-01/..
        "e-wires",  # 2029
        "e-some-day",  # 2030-08-XX
        "e-within",  # [2030-09-18..2030-09-24]
        "e-latest",  # [..2030-09-25]
        "e-earliest",  # [2030-09-26..]
        "e-one-of",  # [2030-10-01,2030-10-03]
        "e-month",  # 2030-11
        "e-season",  # 2030-24: from December
        "e-day",  # 2030-12-24
        "e-time",  # 2030-12-24T23:59:59
        "dispute-of-2031",  # 2031-21/2031-22
        "blows-event",  # 2031-03-04
        "strike",  # 2031-03-04/2031-03-08
        "gates-shut-event",  # [2031-03-04T09:00..2031-03-04T12:00]
        "speech-event",  # 2031-03-08T18:00+01:00
        "regatta",  # [2031-03-15,2031-03-16]
    ]


BACKLINKS = {
    "events that it led to": ("strike", Event, ("follows",), []),
    "events that it is part of": (
        "dispute-of-2031",
        Event,
        ("part_of",),
        ["blows-event", "gates-shut-event"],
    ),
    "events that it came after": ("gates-shut-event", Event, ("follows",), ["strike"]),
    "places that lie in it": ("marrowbay", Place, ("contained_in",), ["eastern-quay"]),
    "divisions, by name": ("town", Actor, ("parent",), ["coast-guard", "harbour-board"]),
    "who represents it": ("town", Actor, ("relations",), ["mayor"]),
    "what happened there": ("eastern-quay", Event, ("location",), ["strike", "gates-shut-event"]),
    "claims about it, by date, then by label": (
        "gates-shut-event",
        Claim,
        ("about",),
        ["gates-shut", "gates-open"],
    ),
    "what was said there": ("speech-event", Claim, ("appearance",), ["no-place-lost", "board-mistaken"]),
}


@pytest.mark.parametrize(("name", "model", "fields", "origins"), BACKLINKS.values(), ids=BACKLINKS)
def test_backlinks(graph, name, model, fields, origins):
    """A record knows those that name it in a field, each once, in the order of their kind."""
    assert ids(graph.backlinks_from(name, model, *fields)) == origins


def test_backlinks_from_prose_know_their_prose(graph):
    """A link in prose is a backlink of its field, with the prose from which the sentence is taken."""
    from_prose = {(r.origin, r.field) for r in graph.backlinks["eastern-quay"] if r.prose}
    assert from_prose == {("strike", "summary")}


FIGURES = {
    # one measure of one event or group: the claims by the time that their figure is for
    ("strike", "strikers"): ("radio-count", "owners-count", "union-count"),
    ("strike", "duration"): ("days-lost",),
    ("strikers", "strikers"): ("union-count",),
    ("strikers", "members"): ("group-size",),
}


def test_figures_side_by_side(graph):
    """Figures of one measure for one event or group stand together, and no others."""
    assert graph.figures == FIGURES


def test_figures_keep_what_was_written(graph):
    """A figure keeps its decimals and is neither rounded nor averaged."""
    figures = {
        name: tuple(map(str, graph.record(name).quantity.figures)) for name in FIGURES[("strike", "strikers")]
    }
    assert figures == {
        "radio-count": ("300", "320.5", "340"),
        "owners-count": ("250",),
        "union-count": ("420",),
    }


COVERAGE = {
    # source: paragraphs that something rests on
    "tidewater-dispatch": {1, 2, 3, 4, 5},
    "courier-article": {2, 3},
    "radio-report": {1, 2, 3, 4},
    "mayor-speech": {1, 2, 3},
    "letter": {1, 2},
}


@pytest.mark.parametrize("source", COVERAGE)
def test_coverage(graph, source):
    """Every fact that cites a paragraph is known from it; a range counts for each of its paragraphs."""
    cited = {number for use in graph.uses[source] for number in use.citation.paragraphs or ()}
    assert cited == COVERAGE[source]


def test_uses_stand_by_paragraph(graph):
    """What rests on a source is told by paragraph, what rests on the whole of it last."""
    first = [
        min(use.citation.paragraphs, default=0) if use.citation.paragraphs else 99
        for use in graph.uses["radio-report"]
    ]
    assert first == sorted(first)


def test_uses_know_the_item_that_they_cover(graph):
    """A citation of an item, of a field, or of the record is told apart."""
    paths = {
        use.path
        for use in graph.uses["tidewater-dispatch"]
        if use.record in ("strike", "work-stopped", "union-count")
    }
    assert paths == {(), ("date",), ("participants", 0), ("claim_date",), ("quantity", 0)}


def test_disputes_hold_their_claims_and_their_common_ground(graph):
    """A claim knows the disputes of which it is a side's, or on common ground."""
    assert graph.disputes_of["gates-open"] == ("gates",)
    assert graph.disputes_of["work-stopped"] == ("gates", "how-many")
    assert "smoke-seen" not in graph.disputes_of


def test_every_citation_is_found():
    """Those of a record, of its fields and of the items in them: each that a record holds, and no other."""
    for record in all_harbour_records():
        held = [model for model in models_in(record) if isinstance(model, Citation)]
        found = [citation for _, citation in citations(record)]
        assert sorted(map(repr, found)) == sorted(map(repr, held))
