"""The rules that the records must keep among each other.

In: all entries, drafts included. Out: diagnostics. The rule it guards: no reference without its record,
no circle, no dispute within one side.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.diagnostics.values import typed
from sourcebook.graph.references import Reference, references
from sourcebook.graph.values import value_at
from sourcebook.reading.files import stem
from sourcebook.reading.raw_records import RawRecord
from sourcebook.records.citation import Citation
from sourcebook.records.claim import AGAINST, Claim
from sourcebook.records.dispute import Dispute
from sourcebook.records.fields import nearest
from sourcebook.records.load import Entry
from sourcebook.records.rules import WIDEST_CITATION
from sourcebook.records.source import Source

CHAINS = ("part_of", "contained_in", "parent", "follows")
SELF_FREE = frozenset(
    "part_of contained_in parent follows leads_to supports confirms disputes refutes qualifies corrects "
    "obtains_support_from about relations organization memberships".split()
)
"""Fields in which a record that names itself says nothing."""


def duplicate_ids(raw_records: Iterable[RawRecord]) -> Iterator[Diagnostic]:
    """Each record whose id another one before it has."""
    first: dict[str, RawRecord] = {}
    for raw in raw_records:
        known = first.setdefault(raw.id, raw)
        if known is not raw:
            yield Diagnostic(
                Code.DUPLICATE_ID,
                Position(raw.file, raw.id_line, raw.id_column),
                f"the id {typed(raw.id)} is taken by {a_kind(known.kind)}",
                "give one of the two another id",
                (
                    Related(
                        Position(known.file, known.id_line, known.id_column), "the first record of this id"
                    ),
                ),
            )


def taken_former_ids(entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    """Former ids that are the id, or a former id, of another record: two pages would share an address."""
    owners = {name: (name, entry.position()) for name, entry in entries.items()}
    for entry in entries.values():
        for number, former in enumerate(entry.record.former_ids):
            position = entry.position(("former_ids", number))
            owner, place = owners.setdefault(former, (entry.record.id, position))
            if former == entry.record.id:
                message = f"the former id '{former}' is the record's present one"
                yield Diagnostic(Code.DUPLICATE_ID, position, message, "remove it")
            elif place != position:
                what = "the id" if owner == former else "a former id"
                message = f"the former id '{former}' is {what} of another record"
                hint = "remove it here or there: an old address leads to one record"
                related = Related(place, f"the record '{owner}'")
                yield Diagnostic(Code.DUPLICATE_ID, position, message, hint, (related,))


def check_links(
    entries: Mapping[str, Entry], taken: Mapping[str, tuple[str, str]], unread: Collection[str] = ()
) -> Iterator[Diagnostic]:
    """What is wrong between records.

    `taken` maps each id that stands in a file to its kind and file; `unread` are files that could not be
    read: to name a record that has such a file's name is no second mistake.
    """
    lost = {stem(file) for file in unread}
    for entry in entries.values():
        yield from links_of(entry, entries, taken, lost)
    yield from taken_former_ids(entries)
    for field in CHAINS:
        yield from circles(entries, field)


def links_of(
    entry: Entry,
    entries: Mapping[str, Entry],
    taken: Mapping[str, tuple[str, str]],
    lost: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """What is wrong between one record and those that it names; of `lost` ones nothing is said."""
    for reference in references(entry.record):
        if reference.target in taken or reference.target not in lost:
            yield from check_reference(entry, reference, entries, taken)
    if isinstance(entry.record, Claim):
        yield from own_claim_disputed(entry, entry.record, entries)
    if isinstance(entry.record, Dispute):
        yield from disputed_within_side(entry, entry.record, entries)


def check_reference(
    entry: Entry, reference: Reference, entries: Mapping[str, Entry], taken: Mapping[str, tuple[str, str]]
) -> Iterator[Diagnostic]:
    """What is wrong with one reference: nothing, or one thing."""
    kinds = reference.ref.kinds
    if reference.target not in taken:
        yield unknown_reference(entry.position(reference.path), reference, taken)
        return
    kind, file = taken[reference.target]
    if kind not in kinds:
        wanted = " or ".join(a_kind(wanted_kind) for wanted_kind in sorted(kinds))
        yield Diagnostic(
            Code.WRONG_KIND,
            entry.position(reference.path),
            f"'{reference.target}' is {a_kind(kind)}, and this field takes {wanted}",
            f"write the id of {wanted}; '{reference.target}' stands in {file}",
        )
    elif reference.target == reference.origin and SELF_FREE.intersection(map(str, reference.path)):
        yield Diagnostic(
            Code.SELF_REFERENCE,
            entry.position(reference.path),
            f"'{reference.origin}' refers to itself in '{reference.field}'",
            "name another record, or remove it",
        )
    elif not entry.record.draft and reference.target in entries and entries[reference.target].record.draft:
        yield Diagnostic(
            Code.DRAFT_REFERENCE,
            entry.position(reference.path),
            f"'{reference.target}' is a draft and has no page",
            "publish it, or make this record a draft too",
        )
    elif kind == "source":
        yield from check_citation(entry, reference, entries)


def unknown_reference(
    position: Position, reference: Reference, taken: Mapping[str, tuple[str, str]]
) -> Diagnostic:
    """The message for an id that no record has, with the nearest one of a fitting kind."""
    fitting = [name for name, (kind, _) in taken.items() if kind in reference.ref.kinds]
    kinds = " or ".join(sorted(reference.ref.kinds)) if len(reference.ref.kinds) < 3 else "record"
    found = nearest(reference.target, [*fitting, *reference.ref.besides])
    hint = f"mend the id, or write a record with the id {typed(reference.target)}"
    if found:
        hint = f"did you mean '{found}'?" + (f" ({taken[found][1]})" if found in taken else "")
    return Diagnostic(Code.UNKNOWN_REFERENCE, position, f"no {kinds} with id {typed(reference.target)}", hint)


def check_citation(entry: Entry, reference: Reference, entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    """The paragraphs of a citation against the number of paragraphs that its source has."""
    if reference.path[-1] != "source" or reference.target not in entries:
        return
    citation = value_at(entry.record, reference.path[:-1])
    assert isinstance(citation, Citation)
    cited = citation.paragraphs
    source = entries[reference.target].record
    assert isinstance(source, Source)
    if cited is None:
        return
    place = (*reference.path[:-1], "locator", "value")
    last = max((paragraph.number for paragraph in source.paragraphs), default=None)
    if last is not None and cited[-1] > last:
        yield Diagnostic(
            Code.PARAGRAPH_BEYOND,
            entry.position(place),
            f"'{reference.target}' has no paragraph {cited[-1]}",
            f"its last paragraph is {last}",
        )
    if len(cited) > WIDEST_CITATION:
        yield Diagnostic(
            Code.WIDE_CITATION,
            entry.position(place),
            f"one fact cites {len(cited)} paragraphs",
            "cite the paragraph that states it",
        )


def own_claim_disputed(entry: Entry, claim: Claim, entries: Mapping[str, Entry]) -> Iterator[Diagnostic]:
    """Ties of a claim against a claim of just the same claimants, and what else they hold against it."""
    for verb in sorted(AGAINST):
        for number, target in enumerate(getattr(claim, verb)):
            other = entries[target].record if target in entries and target != claim.id else None
            if isinstance(other, Claim) and speaker(other) == speaker(claim):
                yield Diagnostic(
                    Code.OWN_SIDE_DISPUTE,
                    entry.position((verb, number)),
                    f"'{claim.id}' {verb} '{target}', a claim of the same claimant",
                    OWN_CLAIM_HINT,
                )
    for path, holder, relation in held_in_record(claim):
        if relation in AGAINST and holder in (*claim.claimant, claim.on_behalf_of):
            message = f"'{holder}' {relation} its own claim"
            yield Diagnostic(Code.OWN_SIDE_DISPUTE, entry.position(path), message, OWN_CLAIM_HINT)


OWN_CLAIM_HINT = "use `corrects` on the newer claim, or `withdrawn` on the older one"


def held_in_record(claim: Claim) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Positions and evidence in a claim's record: where they stand, whose they are, and the verb."""
    for number, position in enumerate(claim.positions):
        yield ("positions", number), position.actor, position.relation
    for number, evidence in enumerate(claim.evidence):
        if evidence.by:
            yield ("evidence", number), evidence.by, evidence.relation


def speaker(claim: Claim) -> object:
    """Who speaks, for comparison; somebody unknown, or left out, is like nobody else."""
    if "unknown" in claim.claimant or not claim.claimant:
        return claim.id
    return frozenset(claim.claimant), claim.on_behalf_of


def disputed_within_side(
    entry: Entry, dispute: Dispute, entries: Mapping[str, Entry]
) -> Iterator[Diagnostic]:
    """Claims of one side that dispute or refute each other."""
    for side_number, side in enumerate(dispute.sides):
        for number, name in enumerate(side.claims):
            claim = entries[name].record if name in entries else None
            against = claim.disputes + claim.refutes if isinstance(claim, Claim) else ()
            for target in sorted(set(against).intersection(side.claims)):
                verb = speaks_against(entries[name], target)
                yield Diagnostic(
                    Code.DISPUTE_WITHIN_SIDE,
                    entry.position(("sides", side_number, "claims", number)),
                    f"'{name}' {verb} '{target}', which stands on the same side",
                    "put the two claims on different sides",
                )


def speaks_against(entry: Entry, target: str) -> str:
    """The verb by which a claim speaks against another."""
    return next(verb for verb in sorted(AGAINST) if target in getattr(entry.record, verb))


def circles(entries: Mapping[str, Entry], field: str) -> Iterator[Diagnostic]:
    """Each circle of one field, told once, at its record that comes first by id."""
    edges = {name: targets(entry, field) for name, entry in entries.items()}
    while chain := circle(edges):
        first = min(chain)
        turned = chain[chain.index(first) :] + chain[: chain.index(first)]
        yield Diagnostic(
            Code.CIRCLE,
            entries[first].position((field,), at_key=True),
            f"'{field}' leads in a circle: {' → '.join([*turned, first])}",
            f"remove '{field}' from one of them, or mend it",
            tuple(Related(entries[name].position((field,), at_key=True), f"'{name}'") for name in turned[1:]),
        )
        edges[first] = ()


def circle(edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The ids along a circle, in the direction of the references; empty if there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        # The sorter lists a circle from the referred to the referring, its first id again at the end.
        return list(reversed(error.args[1][1:]))
    return []


def targets(entry: Entry, field: str) -> tuple[str, ...]:
    """The ids that a field of a record names, its own left out."""
    value = getattr(entry.record, field, None)
    names = (value,) if isinstance(value, str) else tuple(value or ())
    return tuple(name for name in names if name != entry.record.id)


def a_kind(kind: str) -> str:
    """A kind with its article, for messages."""
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"
