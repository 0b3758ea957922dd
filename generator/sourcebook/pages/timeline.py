"""The timeline: every event by date, and which of them each actor took part in.

In: the graph. Out: a page with the same twice, once for drawing and once as a list. The rule it guards: a
date is drawn as wide as it is, never as a point that nobody stated.
"""

from collections import defaultdict
from dataclasses import dataclass

from sourcebook.dates.edtf import Date, OneOf, Point
from sourcebook.dates.moments import Bound, Limit, first_second, last_second
from sourcebook.graph.graph import Graph
from sourcebook.pages import paging, wording
from sourcebook.pages.composer import Composer
from sourcebook.pages.paging import Pager, on_page, pager
from sourcebook.pages.parts import ActorRow, Cites, Link, When
from sourcebook.pages.periods import Period, periods
from sourcebook.pages.view import View
from sourcebook.records.event import Event

INTRODUCTION = "What happened, or is said to have happened, in order, with who took part."
VIEW = View("timeline", "Timeline", INTRODUCTION, INTRODUCTION)
EMPTY = "No event is recorded yet."
ALL = "All events"
CHOSEN = "The events that most other records name"
NUMBERS = "The numbers are those of the list."
MOST_LANES = 40
MOST_MARKS = 300


@dataclass(frozen=True, slots=True)
class Mark:
    """An event as it is drawn: its number in the list, and from when to when it may lie.

    `start` and `end` are seconds from 1 March of the year 0 (`sourcebook.dates.moments`), None where there is
    no bound: then `start_limit` or `end_limit` says `open` or `unknown`. `form` is `day` for one day,
    `period` for some time in a month, a year or the like, `lasting` for the whole of a time, `choice` for one
    of several days. `doubtful` is set for an uncertain or approximate date, `claimed` for an event known only
    because somebody says so.
    """

    number: int
    event: Link
    date: When
    start: int | None
    end: int | None
    start_limit: str
    end_limit: str
    form: str
    doubtful: bool
    claimed: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of one actor, by their numbers, under its name; of all, where it names no actor."""

    name: str
    actor: Link | None
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn: the scale's periods, the marks by their numbers, and the lanes in order."""

    periods: tuple[Period, ...]
    marks: tuple[Mark, ...]
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """An event of the list: when, where, who took part in which role, the claims it is only known from."""

    number: int
    event: Link
    date: When
    place: Link | None
    participants: tuple[ActorRow, ...]
    known_from: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Everything that the timeline's template prints.

    `drawing` is None where no event has a date that can be drawn; `scale` tells in words how time is drawn,
    `left_out` which lanes are not, empty for none. A long list goes on on further pages, without the drawing.
    """

    view: View
    drawing: Timeline | None
    scale: str
    left_out: str
    rows: tuple[TimelineRow, ...]
    empty: str
    pager: Pager | None = None


def page_count(graph: Graph) -> int:
    """How many pages the list of events needs."""
    return paging.page_count(len(graph.by_kind["event"]))


def timeline_page(graph: Graph, number: int = 1) -> TimelinePage:
    """The timeline of all events, in the order of their index; the drawing stands on its first page."""
    composer = Composer(graph, VIEW.path)
    count = page_count(graph)
    first, part = on_page(graph.by_kind["event"], number)
    drawing, too_many = drawn(composer) if number == 1 else (None, "")
    return TimelinePage(
        view=VIEW.page(number, count),
        drawing=drawing,
        scale=scale(drawing.periods if drawing else ()),
        left_out=too_many,
        rows=tuple(row(composer, place, key) for place, key in enumerate(part, start=first)),
        empty=EMPTY,
        pager=pager(composer, VIEW.path, number, count),
    )


def drawn(composer: Composer) -> tuple[Timeline | None, str]:
    """What is drawn of all events, None where nothing can be; and in words what of them is not."""
    events = tuple(composer.graph.of_kind(Event))
    marks = tuple(mark(composer, number, event) for number, event in enumerate(events, start=1))
    chosen = most_named(composer.graph, events, MOST_MARKS)
    found = tuple(
        one for one in marks if (one.start is not None or one.end is not None) and one.number in chosen
    )
    parts = periods(events[one.number - 1].date for one in found)
    lanes = all_lanes(composer, events, frozenset(one.number for one in found))
    drawing = Timeline(parts, found, lanes[: MOST_LANES + 1]) if found and parts else None
    return drawing, left_out(len(events), len(lanes) - 1)


def short_timeline(composer: Composer, most: int) -> tuple[Timeline | None, tuple[Mark, ...]]:
    """The events that most other records name, in one lane, and all of these marks by their numbers."""
    events = tuple(composer.graph.of_kind(Event))
    chosen = most_named(composer.graph, events, most)
    named = [event for number, event in enumerate(events, start=1) if number in chosen]
    marks = tuple(mark(composer, number, event) for number, event in enumerate(named, start=1))
    drawn = tuple(one for one in marks if one.start is not None or one.end is not None)
    parts = periods(named[one.number - 1].date for one in drawn)
    lane = Lane(ALL if len(named) == len(events) else CHOSEN, None, tuple(one.number for one in drawn))
    return (Timeline(parts, drawn, (lane,)) if drawn and parts else None), marks


def mark(composer: Composer, number: int, event: Event) -> Mark:
    """An event for drawing."""
    date, when = event.date, composer.when(event.date, event.verbatim_date)
    assert when
    return Mark(
        number=number,
        event=composer.link(event.id),
        date=when,
        start=None if isinstance(date.earliest, Limit) else first_second(date.earliest),
        end=None if isinstance(date.latest, Limit) else last_second(date.latest),
        start_limit=limit(date.earliest),
        end_limit=limit(date.latest),
        form=form(date),
        doubtful=any(sign in date.edtf for sign in "?~%"),
        claimed=bool(event.reported_by),
    )


def limit(bound: Bound) -> str:
    """Why there is no bound; empty where there is one."""
    return bound.value if isinstance(bound, Limit) else ""


def form(date: Date) -> str:
    """How a date is drawn."""
    if isinstance(date.value, Point):
        return "day" if date.value.day else "period"
    return "choice" if isinstance(date.value, OneOf) else "lasting"


def all_lanes(composer: Composer, events: tuple[Event, ...], drawn: frozenset[int]) -> tuple[Lane, ...]:
    """The lane of all events, then one for each actor that takes part, those with the most events first."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events, start=1):
        for actor in dict.fromkeys(participant.actor for participant in event.participants):
            if number in drawn:
                numbers[actor].append(number)
    order = sorted(numbers, key=lambda key: (-len(numbers[key]), composer.plain_label(key).casefold(), key))
    of_actors = (Lane(composer.plain_label(key), composer.link(key), tuple(numbers[key])) for key in order)
    return (Lane(ALL, None, tuple(sorted(drawn))), *of_actors)


def scale(parts: tuple[Period, ...]) -> str:
    """In words how time is drawn; empty where nothing is."""
    if not parts:
        return ""
    if len(parts) == 1:
        return f"{NUMBERS} The scale runs {through(parts[0])}."
    listed = "; ".join(part.words for part in parts)
    return (
        f"{NUMBERS} The scale is broken: {listed}. Each part has a scale of its own, and the time between "
        "them is left out."
    )


def through(part: Period) -> str:
    """A period as the way of a scale."""
    return part.words if part.words.startswith("from ") else f"through {part.words}"


def left_out(events: int, actors: int) -> str:
    """In words what is not drawn; empty where all is."""
    parts = []
    if events > MOST_MARKS:
        parts.append(f"the {MOST_MARKS} events that most other records name, of {events}")
    if actors > MOST_LANES:
        parts.append(f"the {MOST_LANES} actors with the most events, of {actors}")
    return f"Drawn are {' and '.join(parts)}; the list below has all of them." if parts else ""


def most_named(graph: Graph, events: tuple[Event, ...], most: int) -> frozenset[int]:
    """The numbers of the events that are drawn where there are too many: those that most records name."""
    naming = {number: graph.naming(event.id) for number, event in enumerate(events, start=1)}
    return frozenset(sorted(naming, key=lambda number: (-naming[number], number))[:most])


def row(composer: Composer, number: int, key: str) -> TimelineRow:
    """An event for the list."""
    event = composer.graph.record(key)
    assert isinstance(event, Event)
    when = composer.when(event.date, event.verbatim_date)
    assert when
    return TimelineRow(
        number=number,
        event=composer.link(event.id),
        date=when,
        place=composer.link(event.location) if event.location else None,
        participants=tuple(
            ActorRow(
                how=wording.ROLES[participant.role],
                actor=composer.link(participant.actor),
                according_to=composer.link(participant.claim) if participant.claim else None,
                when="",
                cites=Cites(()),
            )
            for participant in event.participants
        ),
        known_from=composer.links(event.reported_by),
    )
