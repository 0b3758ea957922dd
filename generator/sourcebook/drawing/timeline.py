"""The timeline as SVG: a lane for all events and one for each actor, every date as wide as it is.

In: a timeline of the page, and the addresses of its links. Out: a figure. The rule it guards: an imprecise
date is a bar over all the time it may mean, and what is not known is drawn otherwise than what is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sourcebook.drawing import svg
from sourcebook.drawing.scale import DAY, Scale, Stretch, scale, ticks
from sourcebook.drawing.svg import Address
from sourcebook.pages.timeline import Lane, Mark, Timeline
from sourcebook.pages.wording import plural

WIDTH = 660.0
EDGE = 12.0
HEAD = 36.0
"""The height of what is written over the lanes."""
LANE_HEAD = 17.0
ROW = 19.0
BAR = 15.0
LANE_FOOT = 6.0
TIP = 8
"""How long the tip of an arrow is."""
SPACE = 3.0
NUMBER_SIZE = 10.5
MEANINGS = {
    "day": "on that day",
    "period": "some time in it, or all of it: nothing finer is known",
    "lasting": "it lasted all this time",
    "choice": "once in this time, on which day is not known",
    "open": "no end is stated: still going on, or at any time before or after",
    "unknown": "when it began or ended is not known",
    "doubtful": "the date itself is in doubt or only about right",
    "claimed": "number in quotation marks: known only because somebody says so",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A mark with its place in a lane; `inside` says whether its number stands in it or behind it."""

    mark: Mark
    left: float
    right: float
    row: int
    number: str
    inside: bool

    @property
    def end(self) -> float:
        """Where the bar ends, its number included."""
        return self.right if self.inside else self.right + 3 + svg.text_width(self.number, NUMBER_SIZE)


def timeline_figure(
    timeline: Timeline, captions: Iterable[str], address: Address, *, list_follows: bool = False
) -> str:
    """The figure; captions are plain texts under it, `list_follows` is set where the list does at once."""
    marks = {mark.number: mark for mark in timeline.marks}
    moments = [moment for mark in timeline.marks for moment in (mark.start, mark.end) if moment is not None]
    across = scale(timeline.periods, moments, EDGE, WIDTH - EDGE)
    back, names, front, y = [], [], [], HEAD
    for lane in timeline.lanes:
        bars = placed(across, (marks[number] for number in lane.numbers))
        height = LANE_HEAD + ROW * (1 + max(bar.row for bar in bars)) + LANE_FOOT
        back.append(svg.line(0, y, WIDTH, y, "sb-lane"))
        names.append(lane_name(lane, y + 12.5, address))
        front += [drawn(bar, y + LANE_HEAD, across, address) for bar in bars]
        y += height
    description = (
        f"{plural(len(timeline.marks), 'event')} in {plural(len(timeline.lanes), 'lane')}. "
        "The list below has the same in words."
    )
    picture = svg.drawing(
        "timeline",
        (WIDTH, y + 18),
        "Timeline of events, a lane for each actor",
        description,
        definitions() + svg.group("sb-scale", *scale_lines(across, y)) + "".join(back),
        "".join(front),
    )
    # The names are a drawing of their own, so that they can stay in sight when the other one is scrolled.
    overlay = svg.element(
        "svg",
        {
            "viewBox": f"0 0 {svg.number(WIDTH / 2)} {svg.number(y + 18)}",
            "class": "sb-svg sb-lane-names",
            "aria-hidden": "true",
        },
        *names,
    )
    told = [*(svg.paragraph(caption) for caption in captions), svg.keys(legend(timeline.marks))]
    # Only the page of its own is worth a script that zooms.
    name = "sb-timeline" if list_follows else "sb-timeline sb-zoomable"
    return svg.figure("timeline", name, "Timeline, drawn", picture + overlay, told, list_follows=list_follows)


def placed(across: Scale, marks: Iterable[Mark]) -> list[Bar]:
    """Marks as bars, each in the first row in which it has room."""
    rows: list[list[tuple[float, float]]] = []
    bars = []
    for mark in marks:
        bar = first_free(rows, list(places(across, mark)), mark)
        while len(rows) <= bar.row:
            rows.append([])
        rows[bar.row].append((bar.left, bar.end))
        bars.append(bar)
    return bars


def first_free(rows: list[list[tuple[float, float]]], spans: list[tuple[float, float]], mark: Mark) -> Bar:
    """The bar in the first row, and there at the first place, where nothing else stands."""
    text, width = number_text(mark), number_width(mark)
    for row in range(len(rows) + 1):
        for left, right in spans:
            bar = Bar(mark, left, right, row, text, right - left > width - 0.5)
            taken = rows[row] if row < len(rows) else []
            if all(bar.end + SPACE <= start or end + SPACE <= bar.left for start, end in taken):
                return bar
    raise AssertionError("a new row has room for any bar")


def number_text(mark: Mark) -> str:
    """The number of a mark as it is written."""
    return f"“{mark.number}”" if mark.claimed else str(mark.number)


def number_width(mark: Mark) -> float:
    """How wide a bar is that has its number in it; all bars of one day are about as wide as high."""
    return max(BAR + 1, svg.text_width(number_text(mark), NUMBER_SIZE) + 6)


def places(across: Scale, mark: Mark) -> Iterable[tuple[float, float]]:
    """From where to where a mark may be drawn: one of a single day anywhere within the day."""
    left = across.x(mark.start) if mark.start is not None else across.left - EDGE
    right = across.x(mark.end) if mark.end is not None else across.right + EDGE
    width = number_width(mark)
    if mark.form == "day" and mark.start is not None and mark.end is not None:
        if mark.end - mark.start < DAY - 1 or right - left < 2 * width:
            middle = (left + right) / 2
            yield middle - width / 2, middle + width / 2
            return
        count = int((right - left) // (width + SPACE))
        for slot in range(count):
            start = left + SPACE / 2 + slot * (width + SPACE)
            yield start, start + width
    else:
        yield left, max(right, left + 6)


def drawn(bar: Bar, top: float, across: Scale, address: Address) -> str:
    """A bar as SVG, leading to the event's page."""
    mark = bar.mark
    y = top + ROW * bar.row
    name = f"sb-mark sb-{mark.form}{' sb-doubtful' if mark.doubtful else ''}"
    middle = y + BAR / 2 + 3.7
    if bar.inside:
        at_end = mark.start is None and mark.end is not None
        centred = mark.form == "day"
        x = (
            (bar.left + bar.right) / 2
            if centred
            else bar.right - 3
            if at_end
            else bar.left + (14 if mark.start is None else 3)
        )
        anchor = "middle" if centred else "end" if at_end else "start"
    else:
        x, anchor = bar.right + 3, "start"
    return svg.linked(
        address(mark.event),
        f"{mark.event.label.value}: {mark.date.words}",
        shape(mark, bar.left, bar.right, y, name, until(bar, across)),
        svg.words(bar.number, x, middle, "sb-number", anchor),
    )


def until(bar: Bar, across: Scale) -> Mapping[str, str]:
    """Where the time of a bar ends that is drawn longer than it lasts, for the script that zooms."""
    end = across.right + EDGE if bar.mark.end is None else across.x(bar.mark.end)
    return {"data-until": f"{end:.3f}"} if end < bar.right else {}


def shape(mark: Mark, left: float, right: float, y: float, name: str, end: Mapping[str, str]) -> str:
    """The bar itself: an open end is an arrow, an unknown one fades."""
    if mark.form == "day":
        return svg.box(left, y, right - left, BAR, name, BAR / 2)
    kind = " sb-fade" if "unknown" in (mark.start_limit, mark.end_limit) else ""
    left_edge, right_edge, half = svg.number(left + TIP), svg.number(right - TIP), svg.number(BAR / 2)
    begins, closes = f"M{svg.number(left)} {svg.number(y)}", f"H{svg.number(left)}z"
    if mark.start_limit == "open":
        begins, closes = f"M{left_edge} {svg.number(y)}", f"H{left_edge}l-{TIP} -{half}z"
    ends = f"H{svg.number(right)}v{svg.number(BAR)}"
    if mark.end_limit == "open":
        ends = f"H{right_edge}l{TIP} {half}l-{TIP} {half}"
    return svg.element("path", {"d": begins + ends + closes, "class": name + kind, **paint(mark), **end})


def paint(mark: Mark) -> Mapping[str, str | float]:
    """What a bar is filled with, if it is no plain colour."""
    if mark.start_limit == "unknown":
        return {"fill": "url(#sb-fades-in)"}
    if mark.end_limit == "unknown":
        return {"fill": "url(#sb-fades-out)"}
    if mark.form == "choice":
        return {"fill": "url(#sb-hatch)"}
    return {}


def definitions() -> str:
    """The hatching and the fades that bars are filled with."""
    hatch = svg.element(
        "pattern",
        {
            "id": "sb-hatch",
            "width": 6,
            "height": 6,
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
        svg.box(0, 0, 6, 6, "sb-hatch-ground"),
        svg.line(0, 0, 0, 6, "sb-hatch-line"),
    )
    fades = (
        svg.element(
            "linearGradient",
            {"id": f"sb-fades-{way}"},
            *(svg.element("stop", {"offset": offset, "class": f"sb-stop {seen}"}) for offset, seen in stops),
        )
        for way, stops in (
            ("in", (("0%", "sb-gone"), ("60%", "sb-seen"))),
            ("out", (("40%", "sb-seen"), ("100%", "sb-gone"))),
        )
    )
    return svg.element("defs", {}, hatch, *fades)


def scale_lines(across: Scale, bottom: float) -> Iterable[str]:
    """The scale over the lanes, its lines through them, and where it is broken."""
    for stretch in across.stretches:
        yield svg.words(stretch.period.short, stretch.left + 2, 12, "sb-head")
        yield axis(stretch)
        for tick in ticks(stretch):
            yield svg.line(tick.x, HEAD - 14, tick.x, bottom, "sb-tick")
            if tick.words:
                yield svg.words(tick.words, tick.x + 2, HEAD - 6, "sb-tick-words")
    for x in across.breaks:
        steps = "".join(f"l{-4 if turn % 2 else 4} 6" for turn in range(int((bottom - 4) // 6)))
        yield svg.path(f"M{svg.number(x - 2)} 4{steps}", "sb-break")


def axis(stretch: Stretch) -> str:
    """The line under a period's name, with its days for the script that zooms."""
    ends: dict[str, str | float] = {"x1": stretch.left, "y1": HEAD - 3, "x2": stretch.right, "y2": HEAD - 3}
    days = {"data-first": str(stretch.period.first), "data-last": str(stretch.period.last)}
    return svg.element("line", {**ends, "class": "sb-axis", **days})


def lane_name(lane: Lane, y: float, address: Address) -> str:
    """The name over a lane, leading to the actor's page."""
    shown = svg.words(svg.cut(lane.name, 300), 4, y, "sb-lane-name")
    return svg.linked(address(lane.actor), lane.name, shown) if lane.actor else shown


def legend(marks: tuple[Mark, ...]) -> Iterable[tuple[str, str]]:
    """The kinds of mark that are drawn, each with a sample."""
    used = {mark.form for mark in marks}
    used |= {limit for mark in marks for limit in (mark.start_limit, mark.end_limit)}
    used |= {"doubtful" for mark in marks if mark.doubtful} | {"claimed" for mark in marks if mark.claimed}
    return [(sample(kind), meaning) for kind, meaning in MEANINGS.items() if kind in used]


def sample(kind: str) -> str:
    """A mark as it is drawn."""
    if kind == "claimed":
        return svg.words("“1”", 18, 13, "sb-number", "middle")
    if kind == "day":
        return svg.box(10, 1.5, 16, BAR, "sb-mark sb-day", BAR / 2)
    if kind == "open":
        return svg.path("M1 1.5H27l8 7.5l-8 7.5H1z", "sb-mark sb-lasting")
    if kind == "unknown":
        steps = {"d": "M1 1.5H35v15H1z", "fill": "url(#sb-fades-in)"}
        return svg.element("path", {**steps, "class": "sb-mark sb-lasting sb-fade"})
    if kind == "choice":
        return svg.element(
            "path", {"d": "M1 1.5H35v15H1z", "fill": "url(#sb-hatch)", "class": "sb-mark sb-choice"}
        )
    return svg.box(1, 1.5, 34, BAR, f"sb-mark sb-{'period sb-doubtful' if kind == 'doubtful' else kind}")
