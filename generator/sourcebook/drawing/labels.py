"""Where on a drawing a label has room.

In: points with texts. Out: where each text stands. The rule it guards: no text stands on another one while
there is room beside it, and the same texts stand in the same places each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sourcebook.drawing.svg import text_width

MOST = 150
LINE_HEIGHT = 14.0
DISTANCES = (8.0, 20.0, 34.0, 50.0, 70.0, 95.0)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A text with the left end of its foot, and the box that it takes up: left, top, right, bottom."""

    text: str
    x: float
    y: float
    box: Box
    is_far: bool


def labels(points: list[tuple[float, float, str]], size: tuple[float, float]) -> list[Label | None]:
    """A label for each point, in the order given; None for one that has no room, or comes after too many."""
    taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for x, y, _ in points[:MOST]]
    found: list[Label | None] = []
    for x, y, text in points[:MOST]:
        label = next((choice for choice in candidates(x, y, text) if has_room(choice.box, taken, size)), None)
        if label:
            taken.append(label.box)
        found.append(label)
    return found + [None] * (len(points) - len(found))


def candidates(x: float, y: float, text: str) -> Iterator[Label]:
    """Places around a point, the nearest first: to its right, left, above, below, then at its corners."""
    width = text_width(text)
    for distance in DISTANCES:
        slant = distance * 0.7
        for left, middle in (
            (x + distance, y),
            (x - distance - width, y),
            (x - width / 2, y - distance - LINE_HEIGHT / 2),
            (x - width / 2, y + distance + LINE_HEIGHT / 2),
            (x + slant, y - slant - LINE_HEIGHT / 2),
            (x + slant, y + slant + LINE_HEIGHT / 2),
            (x - slant - width, y - slant - LINE_HEIGHT / 2),
            (x - slant - width, y + slant + LINE_HEIGHT / 2),
        ):
            box = (left - 2, middle - LINE_HEIGHT / 2, left + width + 2, middle + LINE_HEIGHT / 2)
            yield Label(text, left, middle + 4, box, distance > DISTANCES[0])


def has_room(box: Box, taken: list[Box], size: tuple[float, float]) -> bool:
    """Whether a box lies within the drawing and on nothing."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > size[0] or bottom > size[1]:
        return False
    return all(
        right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top for other in taken
    )
