"""The tables of a collection: for each its columns, and its rows in a fixed order.

In: the graph, and the records as plain values. Out: rows of texts, numbers as they are written, None for what
is not said. The rule it guards: CSV, the database and their description are made from the same columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sourcebook.dates.edtf import Date
from sourcebook.dates.words import iso_range
from sourcebook.exporting.documents import field_path
from sourcebook.exporting.facts import NO_FACTS, SEPARATOR, geometry_text, statements, text
from sourcebook.exporting.precision import DATE_PREC, date_prec
from sourcebook.exporting.setting import changed, page_of
from sourcebook.exporting.shapes import Values, shapes_of, short_citation
from sourcebook.graph.graph import Graph
from sourcebook.reading.files import KINDS as FOLDERS
from sourcebook.records.base import Record
from sourcebook.records.citation import Citation
from sourcebook.records.claim import Claim
from sourcebook.records.dispute import Dispute
from sourcebook.records.event import Event
from sourcebook.records.fields import Ref, mark_of
from sourcebook.records.load import MODELS

Row: TypeAlias = tuple[Any, ...]
Plains: TypeAlias = Mapping[str, Values]
"""For each id its record as plain values."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in Table Schema, what it holds, and the table that its ids are of."""

    name: str
    type: str
    description: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, what a row is, its columns (the first is the key where `keyed`), and its rows."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Graph, Plains], Iterable[Row]]
    keyed: bool = False


def columns(*told: str) -> tuple[Column, ...]:
    """Columns from lines of `name type description`; behind a type, `>table` names the table of its ids."""
    found = []
    for line in told:
        name, form, description = line.split(" ", 2)
        kind, _, table = form.partition(">")
        found.append(Column(name, kind, description, table))
    return tuple(found)


# All records -----------------------------------------------------------------------------------------------

RECORDS = Table(
    "records",
    "Every record, by kind: what it is called, and where its page is.",
    columns(
        "id string The id, unique over all kinds.",
        "kind string actor, event, claim, dispute, place or source.",
        "label string What its page is called.",
        "page string The address of its page.",
        "status string Of a claim: withdrawn, contested, corroborated or reported; worked out, no verdict.",
        "last_changed string When its facts last changed (EDTF); [..day] is that day or earlier.",
    ),
    lambda graph, _: (record_row(graph, kind, key) for kind, keys in graph.by_kind.items() for key in keys),
    keyed=True,
)


def record_row(graph: Graph, kind: str, key: str) -> Row:
    """A record in one line."""
    record = graph.record(key)
    standing = graph.standings.get(key)
    status = standing.status.value if standing else None
    return key, kind, record.label.value, page_of(graph, key), status, changed(graph, record) or None


# A table for each kind -------------------------------------------------------------------------------------

SINGLE = frozenset({"string", "number", "integer", "boolean", "date", "list", "object"})
"""The forms of values that one cell can hold."""


def kind_table(kind: str) -> Table:
    """The table of one kind: the fields that a cell can hold, then what is worked out from the others."""
    model = MODELS[kind]
    forms = {
        name: shape.form
        for name, shape in shapes_of(model).items()
        if shape.form in SINGLE and (name == "id" or name not in NO_FACTS)
    }
    worked_out = WORKED_OUT.get(kind)

    def rows(graph: Graph, plains: Plains) -> Iterator[Row]:
        for key in graph.by_kind[kind]:
            record, plain = graph.record(key), plains[key]
            found: list[Any] = []
            for name, form in forms.items():
                found.append(cell(plain[name]) if name in plain else None)
                if form == "date":
                    found += iso_range(getattr(record, name)) if name in plain else (None, None)
            found += (short_citations(record.sources), page_of(graph, key))
            yield (*found, *(worked_out.cells(graph, record) if worked_out else ()))

    return Table(
        FOLDERS[kind],
        f"Every {kind}, in the order of its index. What has parts of its own, as names or posts, stands "
        "with its sources in statements.csv.",
        (*field_columns(model, forms), *(worked_out.columns if worked_out else ())),
        rows,
        keyed=True,
    )


def field_columns(model: type[Record], forms: Mapping[str, str]) -> Iterator[Column]:
    """The columns of a kind's fields; behind each date its first and its last day."""
    for name, form in forms.items():
        described = model.model_fields[name]
        ref = mark_of(described, Ref)
        single = ref and form == "string" and not ref.besides and name != "id"
        told = f"{described.description}{LISTED if form == 'list' else ''}{EDTF if form == 'date' else ''}"
        table = (FOLDERS[min(ref.kinds)] if len(ref.kinds) == 1 else "records") if ref and single else ""
        yield Column(name, TABLE_TYPES.get(form, form), told, "records" if name == "id" else table)
        if form == "date":
            yield Column(f"{name}_start", "date", f"The first day that {name} may mean.")
            yield Column(f"{name}_end", "date", f"The last day that {name} may mean.")
    yield Column("sources", "string", f"Where the record is written, as report#p4.{LISTED}")
    yield Column("page", "string", "The address of its page.")


LISTED = " Several are divided by a semicolon and a space."
EDTF = " EDTF."
TABLE_TYPES = {"date": "string", "list": "string", "object": "string"}
"""The type in Table Schema of forms that it has no type for."""


def cell(value: object) -> object:
    """A plain value in one cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return SEPARATOR.join(text(cell(item)) for item in value)
    if isinstance(value, dict):
        if "coordinates" in value:
            return geometry_text(value)
        if "actor" in value or "value" in value:
            return value.get("actor") or value["value"]
        return SEPARATOR.join(f"{name}={held}" for name, held in value.items())
    return text(value)


def short_citations(citations: Iterable[Citation]) -> str | None:
    """Citations in one cell; None for none."""
    return SEPARATOR.join(map(short_citation, citations)) or None


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What the records of a kind are told besides their fields."""

    columns: tuple[Column, ...]
    cells: Callable[[Graph, Any], Row]


def event_cells(_: Graph, event: Event) -> Row:
    """How precisely the date of an event is known."""
    return (date_prec(event.date),)


def claim_cells(graph: Graph, claim: Claim) -> Row:
    """How a claim stands."""
    standing = graph.standings[claim.id]
    corrected = text(standing.corrected_by_claimant)
    return standing.status.value, standing.disputed_by, standing.supported_by, standing.sources, corrected


WORKED_OUT: dict[str, WorkedOut] = {
    "event": WorkedOut(columns(f"date_prec integer {DATE_PREC}"), event_cells),
    "claim": WorkedOut(
        columns(
            "status string Withdrawn, contested, corroborated or reported; worked out, and no verdict.",
            "disputed_by integer How many other sides dispute it or say it is false.",
            "supported_by integer How many other sides support it or say it is true.",
            "reported_in integer In how many sources it is written.",
            "corrected_by_claimant boolean Whether its own side corrects it.",
        ),
        claim_cells,
    ),
}


# Tables across kinds ---------------------------------------------------------------------------------------


def statement_rows(graph: Graph, plains: Plains) -> Iterator[Row]:
    """Every fact."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            yield from statements(graph.record(key), kind, plains[key])


STATEMENTS = Table(
    "statements",
    "Every fact by itself: once for each citation that states it, once without a source where it needs none.",
    columns(
        "record string>records The record that has it.",
        "kind string The record's kind.",
        "field string Its field; of an item of a list with the part of the item, as in participants.role.",
        "item integer The number of the item, from 1; empty for a single value.",
        "value string The value, as it is written; ids, dates (EDTF) and numbers too.",
        "lang string The language of the value, where it is told (BCP 47).",
        "source string>sources The document that states it.",
        "locator_label string What is counted in the document (CSL): paragraph, page and so on.",
        "locator string The number or range of it.",
        "quote string The words that state it.",
        "quote_lang string The language of these words, where it is not the document's.",
        "attributed_to string Whom the document names for it: an actor's id, or words.",
        "origin string Whoever the document has it from: an actor's id, or words.",
        "covers string Where the citation stands: at the item, the field, or the record.",
    ),
    statement_rows,
)


def position_rows(graph: Graph, _: Plains) -> Iterator[Row]:
    """Everybody who holds something of a claim."""
    for claim in graph.of_kind(Claim):
        for stance in graph.stances.get(claim.id, ()):
            for holder in stance.holders:
                yield (
                    claim.id,
                    graph.standings[claim.id].status.value,
                    stance.relation,
                    holder,
                    stance.claim,
                    text(stance.other_side),
                    text(stance.withdrawn),
                    *dated(stance.date),
                    short_citations(stance.sources),
                )


def dated(date: Date | None) -> Row:
    """A date with its first and last day."""
    return (date.edtf, *iso_range(date)) if date else (None, None, None)


POSITIONS = Table(
    "positions",
    "Who holds what of which claim, whether in a claim of their own, as a position or as evidence.",
    columns(
        "claim string>claims The claim.",
        "status string The claim's status; worked out, and no verdict.",
        "relation string supports, confirms, disputes, refutes, qualifies, corrects or discusses (CiTO).",
        "holder string Who holds it: the id of an actor or a source, or unknown.",
        "by_claim string>claims The claim by which it is held; empty where it is none of its own.",
        "other_side boolean Whether the holder is another side than the claim's.",
        "withdrawn boolean Whether it was taken back.",
        "date string When it was taken. EDTF.",
        "date_start date Its first day.",
        "date_end date Its last day.",
        f"sources string Where it is written.{LISTED}",
    ),
    position_rows,
)


def figure_rows(graph: Graph, _: Plains) -> Iterator[Row]:
    """Every figure that a claim gives."""
    for claim in graph.of_kind(Claim):
        if figure := claim.quantity:
            ends = (figure.low, figure.best, figure.high)
            yield (
                claim.id,
                figure.measure,
                *(format(number, "f") if number is not None else None for number in ends),
                figure.unit,
                figure.qualifier,
                *dated(figure.as_of),
                figure.counted_group,
                figure.of,
                SEPARATOR.join(claim.claimant),
                claim.on_behalf_of,
                graph.standings[claim.id].status.value,
                short_citations(figure.sources or claim.sources),
            )


FIGURES = Table(
    "figures",
    "Every number that somebody gives. They stand beside each other; none is an average of others.",
    columns(
        "claim string>claims The claim that gives it.",
        "measure string What is counted.",
        "low number The lowest figure given (UCDP).",
        "best number The figure given.",
        "high number The highest figure given.",
        "unit string What the number is of.",
        "qualifier string exact, about, at_least or at_most.",
        "as_of string The time that it is for. EDTF.",
        "as_of_start date Its first day.",
        "as_of_end date Its last day.",
        "counted_group string>actors Whom it counts.",
        "of string>events The event that it belongs to.",
        f"claimant string Who gives it: ids of actors or sources, or unknown.{LISTED}",
        "on_behalf_of string>actors For whom.",
        "status string The claim's status; worked out, and no verdict.",
        f"sources string Where it is written.{LISTED}",
    ),
    figure_rows,
)


def name_rows(graph: Graph, _: Plains) -> Iterator[Row]:
    """Everything that a record is called."""
    for kind, keys in graph.by_kind.items():
        for key in keys:
            record = graph.record(key)
            yield key, kind, record.label.value, record.label.lang, "label", None, None
            for name in record.names:
                used_by = SEPARATOR.join(name.used_by) or None
                yield key, kind, name.value, name.lang, "name", used_by, short_citations(name.sources)
            for alias in record.aliases:
                yield key, kind, alias.value, alias.lang, "alias", None, None


NAMES = Table(
    "names",
    "Everything that a record is called, in any language and script, to match other data with.",
    columns(
        "record string>records The record.",
        "kind string The record's kind.",
        "name string The name.",
        "lang string Its language and script, where told (BCP 47).",
        "role string label (the title of its page), name, or alias (another spelling).",
        f"used_by string Who calls it so: ids of actors or sources.{LISTED}",
        f"sources string Where the name itself is written.{LISTED}",
    ),
    name_rows,
)


def link_rows(graph: Graph, _: Plains) -> Iterator[Row]:
    """Every record that another one names outside of its citations, once a field."""
    seen = dict.fromkeys(
        (reference.origin, field_path(reference.path), target)
        for target, references in sorted(graph.backlinks.items())
        for reference in references
        if reference.path[-1] != "source"
    )
    for origin, field, target in sorted(seen):
        yield origin, graph.kind(origin), field, target, graph.kind(target)


LINKS = Table(
    "links",
    "Which record names which in which field, for drawing networks; citations are left out.",
    columns(
        "record string>records The record that names the other.",
        "kind string Its kind.",
        "field string The field in which it does.",
        "target string>records The record that is named.",
        "target_kind string Its kind.",
    ),
    link_rows,
)


def answer_rows(graph: Graph, _: Plains) -> Iterator[Row]:
    """Every claim on a side of a dispute."""
    for dispute in graph.of_kind(Dispute):
        for number, side in enumerate(dispute.sides, 1):
            for claim in side.claims:
                yield dispute.id, number, side.answer.value, claim, graph.standings[claim].status.value


ANSWERS = Table(
    "answers",
    "The sides of every dispute, with the claims that give their answers.",
    columns(
        "dispute string>disputes The dispute.",
        "side integer The number of the side, from 1.",
        "answer string Its answer to the question.",
        "claim string>claims A claim that gives it.",
        "status string The claim's status; worked out, and no verdict.",
    ),
    answer_rows,
)


def all_tables() -> tuple[Table, ...]:
    """Every table, in the order in which they are listed: what is referred to comes first."""
    # Sources and actors before the kinds that name them; the database does not mind circles.
    return (
        RECORDS,
        *(kind_table(kind) for kind in MODELS),
        STATEMENTS,
        POSITIONS,
        FIGURES,
        ANSWERS,
        NAMES,
        LINKS,
    )
