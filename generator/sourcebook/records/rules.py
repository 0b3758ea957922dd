"""The rules that a single record must keep beyond the types of its fields.

In: one entry. Out: diagnostics. The rule it guards: every fact leads to a source, and what a
party would contest is stated as somebody's claim.
"""

from collections.abc import Iterator, Sequence

from sourcebook.dates.order import certainly_before
from sourcebook.diagnostics.codes import Code
from sourcebook.diagnostics.diagnostic import Diagnostic, Position, Related
from sourcebook.diagnostics.values import typed
from sourcebook.records.actor import Actor
from sourcebook.records.base import CitedItem, Record, Span
from sourcebook.records.claim import Claim
from sourcebook.records.event import CONTESTABLE_ROLES, Event
from sourcebook.records.fields import nearest
from sourcebook.records.load import Entry
from sourcebook.records.source import Source

IDENTIFYING = frozenset(
    "id name title question type sub_type aliases anonymous tags same_as wikidata_id identifiers "
    "former_ids draft note revisions sources field_sources sides common_ground verbatim_date".split()
)
"""Fields that say which record it is, or how it was recorded: they state no fact that needs a source."""

CONTESTABLE_RELATIONS = frozenset({"backs", "controls"})
WIDEST_CITATION = 3


def check_record(entry: Entry) -> Iterator[Diagnostic]:
    """What is wrong with one record, taken by itself."""
    if entry.kind != "source":
        yield from uncited(entry)
    yield from unknown_field_sources(entry)
    yield from reversed_spans(entry)
    if isinstance(entry.record, Claim):
        yield from unordered_figures(entry, entry.record)
    if isinstance(entry.record, Event):
        yield from contestable_roles(entry, entry.record)
    if isinstance(entry.record, Source):
        yield from repeated_paragraphs(entry, entry.record)
    if isinstance(entry.record, Actor):
        yield from contestable_relations(entry, entry.record)


def stated_fields(record: Record) -> tuple[str, ...]:
    """The fields of a record that were given a value, in the order of the model."""
    fields = type(record).model_fields
    return tuple(name for name in fields if name in record.model_fields_set)


def uncited(entry: Entry) -> Iterator[Diagnostic]:
    """The facts of a record that nothing covers."""
    record = entry.record
    if record.sources:
        return
    for name in stated_fields(record):
        if name not in IDENTIFYING and name not in record.field_sources:
            yield from uncited_field(entry, name)


def uncited_field(entry: Entry, name: str) -> Iterator[Diagnostic]:
    """One field without a source, or each of its items without one."""
    value = getattr(entry.record, name)
    items = value if isinstance(value, tuple) and value and isinstance(value[0], CitedItem) else None
    hint = "add `sources: some-source#p1` to the item, or to the record"
    if items is None:
        hint = f"add `sources: some-source#p1` to the record, or `field_sources: {{{name}: some-source#p1}}`"
        yield Diagnostic(Code.UNCITED, entry.position((name,), at_key=True), f"'{name}' has no source", hint)
        return
    for number, item in enumerate(items):
        if not item.sources:
            yield Diagnostic(
                Code.UNCITED, entry.position((name, number)), f"'{name}[{number}]' has no source", hint
            )


def unknown_field_sources(entry: Entry) -> Iterator[Diagnostic]:
    """Keys of `field_sources` that are no field that the record has."""
    present = stated_fields(entry.record)
    for name in entry.record.field_sources:
        if name not in present:
            yield Diagnostic(
                Code.UNKNOWN_FIELD_SOURCE,
                entry.position(("field_sources", name), at_key=True),
                f"the record has no field {typed(name)}",
                field_source_hint(entry.record, name, present),
            )


def field_source_hint(record: Record, name: str, present: Sequence[str]) -> str:
    """The remedy for a key of `field_sources` that is no field of the record."""
    if name in type(record).model_fields or not (near := nearest(name, present)):
        return f"write the field `{name}` in the record, or remove this line"
    return f"did you mean '{near}'?"


def reversed_spans(entry: Entry) -> Iterator[Diagnostic]:
    """Items that end before they start."""
    for name in stated_fields(entry.record):
        value = getattr(entry.record, name)
        for number, item in enumerate(value if isinstance(value, tuple) else ()):
            if not isinstance(item, Span) or not item.start_date or not item.end_date:
                continue
            if certainly_before(item.end_date, item.start_date):
                yield Diagnostic(
                    Code.END_BEFORE_START,
                    entry.position((name, number, "end_date")),
                    f"the end '{item.end_date.edtf}' lies before the start '{item.start_date.edtf}'",
                    "swap the two dates, or mend one",
                )


def unordered_figures(entry: Entry, claim: Claim) -> Iterator[Diagnostic]:
    """A warning where low, best and high do not rise."""
    if claim.quantity and list(claim.quantity.figures) != sorted(claim.quantity.figures):
        yield Diagnostic(
            Code.QUANTITY_ORDER,
            entry.position(("quantity",), at_key=True),
            f"low, best and high are not in rising order: {', '.join(map(str, claim.quantity.figures))}",
            "mend the figures, unless the source has them so",
        )


def contestable_roles(entry: Entry, event: Event) -> Iterator[Diagnostic]:
    """Roles that a party would contest and that name no claim."""
    for number, participant in enumerate(event.participants):
        if participant.role in CONTESTABLE_ROLES and participant.claim is None:
            yield claim_needed(entry, ("participants", number, "role"), participant.role)


def contestable_relations(entry: Entry, actor: Actor) -> Iterator[Diagnostic]:
    """Relations that a party would contest and that name no claim."""
    for number, relation in enumerate(actor.relations):
        if relation.type in CONTESTABLE_RELATIONS and relation.claim is None:
            yield claim_needed(entry, ("relations", number, "type"), relation.type)


def repeated_paragraphs(entry: Entry, source: Source) -> Iterator[Diagnostic]:
    """Paragraphs of a source whose number another one before them has."""
    places: dict[int, Position] = {}
    for index, paragraph in enumerate(source.paragraphs):
        position = entry.position(("paragraphs", index, "number"))
        first = places.setdefault(paragraph.number, position)
        if first != position:
            message = f"paragraph {paragraph.number} stands twice"
            hint = "number the paragraphs 1, 2, 3 as they follow in the document"
            related = Related(first, "it stands here first")
            yield Diagnostic(Code.BAD_VALUE, position, message, hint, (related,))


def claim_needed(entry: Entry, path: Sequence[str | int], word: str) -> Diagnostic:
    """The message for one contestable item."""
    return Diagnostic(
        Code.CLAIM_NEEDED,
        entry.position(path),
        f"a party would contest '{word}': it needs the claim that says so",
        "add `claim: some-claim` to this item, with the id of the claim that states it",
    )
