"""The state of a collection: what its editors may want to ask themselves.

In: the graph. Out: questions, each about one record and with a code. The rule it guards: a question follows
from the records by rule, has neutral words, and is never a verdict on a claim or on anybody in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Related
from sourcebook.graph.graph import Graph
from sourcebook.graph.references import Reference
from sourcebook.graph.sides import side_of, sides_of_claim
from sourcebook.graph.similar_names import similar_names
from sourcebook.graph.stances import Status, named_origins, origins
from sourcebook.records.actor import Actor
from sourcebook.records.citation import Citation
from sourcebook.records.claim import FOR, Claim
from sourcebook.records.event import Event
from sourcebook.records.fields import Agent
from sourcebook.records.source import Source

SPEAKING = frozenset(
    "claimant on_behalf_of positions evidence author publisher origin attributed_to assessed_by".split()
)
"""Fields in which an actor that is named says something, or gave it to somebody."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask about a record.

    `says` goes on where the record's name ends; `hint` is the question and what to do; `path` is the place
    in the record, with `at_key` that of its key; `others` are the other records that it is about.
    """

    code: Code
    record: str
    says: str
    hint: str
    path: tuple[str | int, ...] = ()
    at_key: bool = False
    others: tuple[str, ...] = ()


def questions(graph: Graph) -> tuple[Question, ...]:
    """Every question of a collection: by code, then by the place in the files."""
    found = [
        *(question for claim in graph.of_kind(Claim) for question in questions_on_claim(graph, claim)),
        *contested_without_dispute(graph),
        *missing_archives(graph),
        *names_alike(graph),
        *silent_actors(graph),
        *events_without_place(graph),
    ]
    order = list(Code)

    def place(question: Question) -> tuple[object, ...]:
        entry = graph.entries[question.record]
        position = entry.position(question.path, at_key=question.at_key)
        return order.index(question.code), position, question.record, question.others

    return tuple(sorted(found, key=place))


def in_reports(graph: Graph, asked: Iterable[Question]) -> Iterator[Diagnostic]:
    """Questions as messages with the place to which an editor would go."""
    for question in asked:
        yield Diagnostic(
            question.code,
            graph.entries[question.record].position(question.path, at_key=question.at_key),
            f"'{question.record}' {question.says}",
            question.hint,
            tuple(Related(graph.entries[other].position(), f"'{other}'") for other in question.others),
        )


def questions_on_claim(graph: Graph, claim: Claim) -> Iterator[Question]:
    """What the documents in which a claim is written give to ask."""
    written = {citation.source for citation in claim.sources}
    if len(written) == 1:
        yield on_sources(
            Code.SINGLE_SOURCE,
            claim,
            "is reported in one document",
            "is it told anywhere else? If so, cite that, too",
        )
    if origin := echoed(graph, claim):
        yield on_sources(
            Code.ECHO,
            claim,
            f"is told in several documents, which all have it from {origin}",
            "does anybody tell it who has it from elsewhere?",
        )
    if part := part_of_the_only_side(graph, claim):
        yield on_sources(
            Code.ONE_SIDED,
            claim,
            f"is reported by one side only, which {part}",
            "does a document of another side, or of nobody’s, report it?",
        )


def on_sources(code: Code, claim: Claim, says: str, hint: str) -> Question:
    """A question about the documents in which a claim is written."""
    return Question(code, claim.id, says, hint, ("sources",), at_key=True)


# Several outlets, one origin -----------------------------------------------------------------------


def echoed(graph: Graph, claim: Claim) -> str:
    """The one origin, in words, of all documents that report or support a claim, if they are several."""
    stances = graph.stances.get(claim.id, ())
    behind = [s for s in stances if s.relation in FOR and s.other_side and not s.withdrawn]
    citations = (*claim.sources, *(citation for stance in behind for citation in stance.sources))
    documents = {citation.source: source_of(graph, citation) for citation in citations}
    if len(documents) < 2:
        return ""
    found = origins(citations, documents, named_origins(citations, documents))
    if len(found) > 1:
        return ""
    named = (citation.origin or documents[citation.source].origin for citation in citations)
    return next(in_words(origin) for origin in named if origin)


def source_of(graph: Graph, citation: Citation) -> Source:
    """The source that is cited."""
    source = graph.record(citation.source)
    assert isinstance(source, Source)
    return source


def in_words(agent: Agent) -> str:
    """Whoever is named: the id of an actor, or the words."""
    if agent.actor:
        return f"'{agent.actor}'"
    assert agent.text
    return f"“{agent.text.value}”"


# Documents of one side -----------------------------------------------------------------------------


def part_of_the_only_side(graph: Graph, claim: Claim) -> str:
    """The part in the matter, in words, of the side by which every document is that reports a claim.

    Empty where the documents are of several sides, where it is not known whose one of them is, and where the
    side has no part in the matter, as an agency that reports on others.
    """
    sides: set[str] = set()
    for citation in claim.sources:
        own = sides_of_document(graph, citation)
        if not own:
            return ""
        sides |= own
    if len(sides) != 1:
        return ""
    return parts_in_matter(graph, claim).get(sides.pop(), "")


def sides_of_document(graph: Graph, citation: Citation) -> frozenset[str]:
    """The sides of whom the information comes from, else of those who made the document; none if unknown."""
    source = source_of(graph, citation)
    origin = citation.origin or source.origin
    makers_or_origin = (origin,) if origin else (*source.author, source.publisher)
    return frozenset(side_of(one.actor, graph.sides) for one in makers_or_origin if one and one.actor)


def parts_in_matter(graph: Graph, claim: Claim) -> Mapping[str, str]:
    """For each side that has a part in what a claim says, the part in words; the weightier comes last."""
    about = (name for name in claim.about if isinstance(graph.record(name), Actor))
    against = (graph.record(name) for name in (*claim.disputes, *claim.refutes))
    opposed = (
        side for other in against if isinstance(other, Claim) for side in sides_of_claim(other, graph.sides)
    )
    stances = graph.stances.get(claim.id, ())
    holders = (side for stance in stances if stance.relation != "discusses" for side in stance.sides)
    return {
        **{side_of(name, graph.sides): "the claim is about" for name in about},
        **dict.fromkeys(opposed, "the claim is against"),
        **dict.fromkeys(holders, "takes a position on it"),
        **dict.fromkeys(sides_of_claim(claim, graph.sides), "makes the claim"),
    }


# Single records ------------------------------------------------------------------------------------


def contested_without_dispute(graph: Graph) -> Iterator[Question]:
    """Contested claims that no dispute holds, by id."""
    contested = (name for name, standing in graph.standings.items() if standing.status is Status.CONTESTED)
    for name in sorted(contested):
        if name not in graph.disputes_of:
            yield Question(
                Code.CONTESTED_WITHOUT_DISPUTE,
                name,
                "is contested, and no dispute holds it",
                "write a dispute with the question and its sides",
            )


def missing_archives(graph: Graph) -> Iterator[Question]:
    """Sources on the web of which no lasting copy is recorded."""
    for source in graph.of_kind(Source):
        if source.url and not source.archive_url:
            yield Question(
                Code.MISSING_ARCHIVE,
                source.id,
                "has an address on the web and no lasting copy",
                "is there a copy in an archive? If so, add its address as `archive_url`",
                ("url",),
            )


def names_alike(graph: Graph) -> Iterator[Question]:
    """Records with names that are alike and of which none names the other."""
    for pair in similar_names(entry.record for entry in graph.entries.values()):
        first, second = pair.first, pair.second
        if not knows(graph, first.record, second.record):
            same = first.name == second.name
            names = f"“{first.name}”" if same else f"“{first.name}” and “{second.name}”"
            yield Question(
                Code.SIMILAR_NAMES,
                second.record,
                f"has the name of another record, {names}" if same else f"has a name like another’s: {names}",
                f"are the two one? If so, merge them; if not, name [[{first.record}]] in this one’s note",
                second.path,
                others=(first.record,),
            )


def knows(graph: Graph, one: str, other: str) -> bool:
    """Whether either of two records names the other, so that their editors have seen both."""
    return any(link.origin == other for link in graph.backlinks.get(one, ())) or any(
        link.origin == one for link in graph.backlinks.get(other, ())
    )


def silent_actors(graph: Graph) -> Iterator[Question]:
    """Actors of whom no word is recorded."""
    for actor in graph.of_kind(Actor):
        named = graph.backlinks.get(actor.id, ())
        if not any(is_spoken(graph, reference) for reference in named):
            about = len(graph.backlinks_from(actor.id, Claim, "about"))
            claims = f", and {about} claim{' is' if about == 1 else 's are'} about it" if about else ""
            yield Question(
                Code.SILENT_ACTOR,
                actor.id,
                f"says nothing here{claims}",
                "is there a statement of its own that could be cited?",
                ("name",),
            )


def is_spoken(graph: Graph, reference: Reference) -> bool:
    """Whether somebody says something where a record names them: makes a claim, wrote a document, spoke."""
    if not SPEAKING.isdisjoint(map(str, reference.path)):
        return True
    record = graph.record(reference.origin)
    if isinstance(record, Event) and reference.field == "participants" and reference.path[-1] == "actor":
        return record.participants[int(reference.path[1])].role == "speaker"
    return False


def events_without_place(graph: Graph) -> Iterator[Question]:
    """Events that are tied to no place."""
    for event in graph.of_kind(Event):
        if not event.location and not event.where_description:
            hint = "does the source say where? If so, add `location`, or `where_description` with its words"
            yield Question(Code.EVENT_WITHOUT_PLACE, event.id, "has no place", hint, ("title",))
        elif not event.location:
            hint = "is it a place that can be recorded? If so, add `location`"
            yield Question(
                Code.EVENT_WITHOUT_PLACE,
                event.id,
                "has its place in words only",
                hint,
                ("where_description",),
            )
