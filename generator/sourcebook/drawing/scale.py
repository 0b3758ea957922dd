"""Where on a drawing a moment lies, on a scale that may be broken.

In: periods, and how much happens in each. Out: places from left to right. The rule it guards: within a period
equal times are equally wide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from sourcebook.dates.language import ENGLISH
from sourcebook.dates.moments import Moment, day_number, day_of
from sourcebook.drawing.svg import text_width
from sourcebook.pages.periods import Period

DAY = 24 * 60 * 60
GAP = 14.0
"""Between two periods, where the scale is broken."""
HEAD_SIZE = 11
TICK_SIZE = 10
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period and where it lies."""

    period: Period
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.period.last - self.period.first + 1

    def x(self, day: float) -> float:
        """Where a day, or a part of one, lies."""
        return self.left + (self.right - self.left) * (day - self.period.first) / self.days


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale, and what is written behind it."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Periods from left to right, with gaps between them."""

    stretches: tuple[Stretch, ...]

    @property
    def left(self) -> float:
        """Where the scale begins."""
        return self.stretches[0].left

    @property
    def right(self) -> float:
        """Where the scale ends."""
        return self.stretches[-1].right

    def x(self, second: float) -> float:
        """Where a moment lies; one between two periods lies between them, one beyond all at the edge."""
        day = second / DAY
        for stretch in self.stretches:
            if day < stretch.period.first:
                return stretch.left if stretch is self.stretches[0] else stretch.left - GAP / 2
            if day <= stretch.period.last + 1:
                return stretch.x(day)
        return self.right

    def day_width(self, second: float) -> float:
        """How wide the day of a moment is; 0 where it is in no period."""
        day = second / DAY
        widths = (
            (s.right - s.left) / s.days for s in self.stretches if s.period.first <= day <= s.period.last + 1
        )
        return next(widths, 0.0)

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middles of the gaps."""
        return tuple(stretch.right + GAP / 2 for stretch in self.stretches[:-1])


def scale(periods: tuple[Period, ...], moments: Iterable[float], left: float, right: float) -> Scale:
    """A scale between two edges: each period is as wide as its name, the rest goes to where most happens.

    `moments` are the seconds at which something begins or ends.
    """
    days = [moment / DAY for moment in moments]
    busy = [sum(period.first <= day <= period.last + 1 for day in days) for period in periods]
    least = [text_width(period.short, HEAD_SIZE) + 10 for period in periods]
    spare = max(0.0, right - left - GAP * (len(periods) - 1) - sum(least))
    stretches, x = [], left
    for period, width, share in zip(periods, least, busy, strict=True):
        end = x + width + spare * share / (sum(busy) or 1)
        stretches.append(Stretch(period, x, end))
        x = end + GAP
    return Scale(tuple(stretches))


def ticks(stretch: Stretch) -> tuple[Tick, ...]:
    """The lines that divide a period: as fine as their words have room; none where not even two have."""
    for candidate in candidates(stretch):
        inner = [tick for tick in candidate if stretch.left - 0.5 <= tick.x < stretch.right - 4]
        # The last one may be narrower than what is written behind it, and then has nothing.
        room = [right.x - left.x for left, right in pairwise(inner)]
        if room and all(
            text_width(tick.words, TICK_SIZE) + 5 <= width for tick, width in zip(inner, room, strict=False)
        ):
            return tuple(tick if fits(tick, stretch) else Tick(tick.x, "") for tick in inner)
    return ()


def fits(tick: Tick, stretch: Stretch) -> bool:
    """Whether the words behind a tick end within its period."""
    return tick.x + text_width(tick.words, TICK_SIZE) + 3 <= stretch.right


def candidates(stretch: Stretch) -> Iterator[list[Tick]]:
    """Ways to divide a period, the finest first; none is much finer than can be drawn."""
    first, last = day_of(stretch.period.first), day_of(stretch.period.last)
    if stretch.period.unit == "day":
        yield [
            Tick(stretch.x(day), str(day_of(day).day))
            for day in range(stretch.period.first, stretch.period.last + 1)
        ]
    if stretch.period.unit != "year":
        for step in (1, 3, 6):
            yield [month_tick(stretch, number) for number in months(first, last, step)]
    for step in YEAR_STEPS:
        if (last.year - first.year) / step < 100:
            start = -(-first.year // step) * step
            yield [year_tick(stretch, year) for year in range(start, last.year + 1, step)]


def months(first: Moment, last: Moment, step: int) -> range:
    """Months counted from the year 0, from the first to the last, in steps that fall on January."""
    start = first.year * 12 + first.month - 1
    return range(-(-start // step) * step, last.year * 12 + last.month, step)


def month_tick(stretch: Stretch, number: int) -> Tick:
    """The beginning of a month; January is told by its year."""
    year, month = divmod(number, 12)
    words = ENGLISH.short.months[month] if month else str(year)
    return Tick(stretch.x(day_number(Moment(year, month + 1, 1))), words)


def year_tick(stretch: Stretch, year: int) -> Tick:
    """The beginning of a year; the year before 1 CE is 1 BCE."""
    words = str(year) if year > 0 else f"{1 - year} BCE"
    return Tick(stretch.x(day_number(Moment(year, 1, 1))), words)
