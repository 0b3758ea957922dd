"""The view of the state of the collection: what its editors may want to ask themselves.

In: the graph. Out: the questions by code, each with the record and the place in its file. The rule it guards:
a question is shown as one, so that nobody takes it for a verdict.
"""

from dataclasses import dataclass
from itertools import groupby

from sourcebook.diagnostics.codes import Code
from sourcebook.graph.graph import Graph
from sourcebook.graph.questions import Question, questions
from sourcebook.pages import wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.frame import record_file
from sourcebook.pages.parts import Link, RecordFile, Words
from sourcebook.pages.view import View

VIEW = View(
    "state",
    "State of the collection",
    "What the editors of this collection may still ask themselves.",
    "These questions to the editors follow from the records by rule. None of them is a mistake, "
    "and none says who is right.",
)
LONGEST = 100
"""How many records are listed under a question at most."""
FIRST = 8
"""How many of them are seen before a list is opened."""


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A record about which something is asked: what the records say of it, the others, and its file.

    `says` is empty where it would be the same for every record in the list.
    """

    record: Link
    says: str
    others: tuple[Link, ...]
    line: int
    file: RecordFile


@dataclass(frozen=True, slots=True)
class AskedSection:
    """One question: its heading with the link to it, what it asks, and the records.

    `number` counts the records in words; `folded` are further ones, which are seen when they are opened, and
    `more` counts those that are not listed, empty for none.
    """

    link: Link
    heading: str
    anchor: str
    explanation: str
    number: str
    rows: tuple[AskedRow, ...]
    folded: tuple[AskedRow, ...]
    more: str


@dataclass(frozen=True, slots=True)
class StatePage:
    """Everything that the template of the state prints; questions that nothing gives to ask are left out."""

    view: View
    sections: tuple[AskedSection, ...]


def state_page(graph: Graph) -> StatePage:
    """The view of the state of the collection."""
    composer = Composer(graph, VIEW.path)
    by_code = groupby(questions(graph), key=lambda question: question.code)
    return StatePage(VIEW, tuple(section(composer, code, tuple(asked)) for code, asked in by_code))


def section(composer: Composer, code: Code, asked: tuple[Question, ...]) -> AskedSection:
    """One question with the records about which it is asked, in the order of the files."""
    heading = wording.QUESTIONS[code.slug]
    more = len(asked) - LONGEST
    differ = len({question.says for question in asked}) > 1
    rows = tuple(asked_row(composer, question, differ) for question in asked[:LONGEST])
    # Two or three more are read sooner than opened.
    first = FIRST if len(rows) > FIRST + 3 else len(rows)
    return AskedSection(
        link=Link(Words(heading), f"#{code.slug}"),
        heading=heading,
        anchor=code.slug,
        explanation=code.explanation,
        number=wording.several(len(asked), "record"),
        rows=rows[:first],
        folded=rows[first:],
        more=f"{more:,}" if more > 0 else "",
    )


def asked_row(composer: Composer, question: Question, differ: bool) -> AskedRow:
    """A record about which something is asked; what is said of it stands there where the rows differ."""
    entry = composer.graph.entries[question.record]
    return AskedRow(
        record=composer.link(question.record),
        says=question.says if differ else "",
        others=composer.links(question.others),
        line=entry.position(question.path, at_key=question.at_key).line,
        file=record_file(composer, entry.file),
    )
