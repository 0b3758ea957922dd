"""The network of actors as SVG: groups in two columns, and between them the ties that cross.

In: a network of a page, and the addresses of its links. Out: a figure. The rule it guards: every tie is told
in words on the drawing, and one that is claimed differs from one that is stated by its line and by a word.

The layout is our own and not a library's: names have to be readable, which the usual layouts by forces or on
a circle do not see to; those iterate until rounding errors of the machine show, while here the same network
gives the same bytes everywhere, at once, and without a numerical library as a dependency.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sourcebook.drawing import svg
from sourcebook.drawing.svg import Address
from sourcebook.pages.network import Group, Member, Network, Tie

WIDTH = 660.0
CARD = 214.0
NAME = 17.0
NAME_LINE = 14.0
BOLD = 1.06
"""How much wider a text is in bold letters."""
TIES = 13.0
INDENT = 13.0
DEEPEST = 5
PADDING = 6.0
BETWEEN = 12.0
TIES_SIZE = 10.5
LABEL_SIZE = 11.0
LABEL_LINE = 13.0
ROUNDS = 6
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
"""How far along its line the words of a tie may stand, the best place first."""
KEYS = (
    ('<path d="M2 9H34" class="sb-tie" marker-end="url(#sb-arrow)"></path>', "stated by a source"),
    (
        '<path d="M2 9H34" class="sb-tie sb-claimed" marker-end="url(#sb-arrow)"></path>',
        "according to a claim; the word “claim” leads to it",
    ),
    (
        '<rect x="1" y="1" width="34" height="16" class="sb-card"></rect>'
        '<path d="M6 5v8h6" class="sb-branch"></path>',
        "under another actor: belongs to it, in the way the small words say",
    ),
)

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """A group with its place: the column (0 left, 1 right) and where it begins."""

    group: Group
    column: int
    top: float = 0

    @property
    def height(self) -> float:
        """How high it is."""
        return 2 * PADDING + sum(member_height(member) for member in self.group.members)

    @property
    def left(self) -> float:
        """Where it begins from the left."""
        return WIDTH - CARD if self.column else 0.0

    @property
    def inner(self) -> float:
        """Its edge towards the other column."""
        return self.left if self.column else self.left + CARD


@dataclass(frozen=True, slots=True)
class Bundle:
    """All ties from one actor to another, drawn as one line: where it begins and ends, in which columns."""

    ties: tuple[Tie, ...]
    start: Point
    end: Point
    columns: tuple[int, int]


def network_figure(
    network: Network, captions: Iterable[str], address: Address, *, list_follows: bool = False
) -> str:
    """The figure; captions are plain texts under it, `list_follows` is set where the list does at once."""
    bundled = bundles(network.ties)
    cards = stacked(ordered(columns(network.groups, bundled), bundled))
    ports = {member.key: (card.inner, y, card.column) for card in cards for member, y in rows(card)}
    lines = [line(key, ties, ports) for key, ties in bundled.items()]
    taken: list[Box] = []
    texts = [label(bundle, taken, address) for bundle in lines]
    height = max(card.top + card.height for card in cards) + 2
    picture = svg.drawing(
        "network",
        (WIDTH, height),
        "Network of actors",
        f"{len(ports)} actors in {len(cards)} groups, and their ties; the list below has the same.",
        definitions() + "".join(background(card) for card in cards) + "".join(map(curve, lines)),
        "".join(row(member, card, y, address) for card in cards for member, y in rows(card)) + "".join(texts),
    )
    told = [*(svg.paragraph(caption) for caption in captions), svg.keys(KEYS)]
    return svg.figure("network", "sb-network", "Network, drawn", picture, told, list_follows=list_follows)


def bundles(ties: tuple[Tie, ...]) -> dict[tuple[str, str], tuple[Tie, ...]]:
    """The ties from each actor to each other one; a tie without a direction that is told twice, once."""
    found: dict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        back = found.get((tie.target, tie.origin), [])
        if not (tie.mutual and any(other.kind == tie.kind for other in back)):
            found[tie.origin, tie.target].append(tie)
    return {pair: tuple(some) for pair, some in found.items() if some}


# Where the groups stand ------------------------------------------------------------------------------------


def columns(groups: tuple[Group, ...], bundled: Iterable[tuple[str, str]]) -> list[Card]:
    """The groups in two columns, so that most ties run between these; groups without such ties come last."""
    group_of = {member.key: number for number, group in enumerate(groups) for member in group.members}
    weights: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for origin, target in bundled:
        one, other = group_of[origin], group_of[target]
        if one != other:
            weights[one][other] += 1
            weights[other][one] += 1
    order = sorted(range(len(groups)), key=lambda number: (-sum(weights[number].values()), number))
    cards: dict[int, Card] = {}
    for number in order:
        pulls, heights = [0, 0], [0.0, 0.0]
        for other, card in cards.items():
            pulls[card.column] += weights[number][other]
            heights[card.column] += card.height
        column = int(pulls[0] > pulls[1]) if pulls[0] != pulls[1] else int(heights[0] > heights[1])
        cards[number] = Card(groups[number], column)
    return list(cards.values())


def ordered(cards: list[Card], bundled: Iterable[tuple[str, str]]) -> list[Card]:
    """The cards, each column sorted so that tied groups stand at about the same height."""
    pairs = list(bundled)
    for round_ in range(ROUNDS):
        places = {member.key: y for card in stacked(cards) for member, y in rows(card)}
        column = 1 - round_ % 2
        cards = sorted(
            cards, key=lambda card: height_of_ties(card, pairs, places) if card.column == column else 0.0
        )
        # Python sorts stably: the other column keeps its order.
    return cards


def height_of_ties(card: Card, pairs: list[tuple[str, str]], places: dict[str, float]) -> float:
    """The mean height of what a card is tied to; the bottom for a card without a tie to another."""
    own = {member.key for member in card.group.members}
    ends = [
        places[other]
        for pair in pairs
        for key, other in (pair, pair[::-1])
        if key in own and other not in own
    ]
    return sum(ends) / len(ends) if ends else float("inf")


def stacked(cards: list[Card]) -> list[Card]:
    """The cards of each column under each other, in the order given."""
    tops = [1.0, 1.0]
    found = []
    for card in cards:
        found.append(replace(card, top=tops[card.column]))
        tops[card.column] += card.height + BETWEEN
    return found


def member_height(member: Member) -> float:
    """How high an actor's row is."""
    return NAME + NAME_LINE * (len(name_lines(member)) - 1) + (TIES if member.ties else 0)


def rows(card: Card) -> Iterator[tuple[Member, float]]:
    """The actors of a card, each with the middle of its name."""
    y = card.top + PADDING
    for member in card.group.members:
        yield member, y + NAME / 2
        y += member_height(member)


# What is drawn ---------------------------------------------------------------------------------------------


def definitions() -> str:
    """The head of an arrow."""
    head = svg.path("M0 0L8 4L0 8z", "sb-arrow-head")
    size: dict[str, str | float] = {
        "viewBox": "0 0 8 8",
        "refX": 8,
        "refY": 4,
        "markerWidth": 8,
        "markerHeight": 8,
    }
    return svg.element(
        "defs",
        {},
        svg.element(
            "marker",
            {"id": "sb-arrow", **size, "markerUnits": "userSpaceOnUse", "orient": "auto-start-reverse"},
            head,
        ),
    )


def background(card: Card) -> str:
    """A card with the branches between its actors."""
    drawn = [svg.box(card.left + 0.5, card.top, CARD - 1, card.height, "sb-card", 3)]
    above: dict[int, float] = {}
    for member, y in rows(card):
        depth = min(member.depth, DEEPEST)
        if depth:
            x = name_left(card, depth - 1) + 3
            start = above.get(depth - 1, y) + NAME / 2
            drawn.append(
                svg.path(
                    f"M{svg.number(x)} {svg.number(start)}V{svg.number(y)}h{svg.number(INDENT - 6)}",
                    "sb-branch",
                )
            )
        above[depth] = y + member_height(member) - NAME
        above = {level: foot for level, foot in above.items() if level <= depth}
    return "".join(drawn)


def name_left(card: Card, depth: int) -> float:
    """Where a name begins."""
    return card.left + 9 + INDENT * depth


def row(member: Member, card: Card, middle: float, address: Address) -> str:
    """An actor's name, leading to its page, and under it what ties it to the one above."""
    depth = min(member.depth, DEEPEST)
    x = name_left(card, depth)
    y = middle + 4
    name = member.actor.label.value
    shown = []
    for part in name_lines(member):
        shown.append(svg.words(part, x, y, "sb-name" if depth else "sb-name sb-top"))
        y += NAME_LINE
    if member.ties:
        text = ", ".join(tie.detail.value if tie.detail else tie.how for tie in member.ties)
        foot = y - NAME_LINE + TIES
        shown.append(svg.words(svg.cut(text, room(depth), TIES_SIZE), x, foot, "sb-ties"))
    title = f"{name}: {'; '.join(in_words(tie) for tie in member.ties)}" if member.ties else name
    return svg.linked(address(member.actor), title, *shown)


def name_lines(member: Member) -> list[str]:
    """An actor's name on one line or two."""
    depth = min(member.depth, DEEPEST)
    size = svg.TEXT_SIZE if depth else svg.TEXT_SIZE * BOLD
    return svg.wrapped(member.actor.label.value, room(depth), size)


def room(depth: int) -> float:
    """How wide a name may be."""
    return CARD - 15 - INDENT * depth


def in_words(tie: Tie) -> str:
    """A tie in words, without its ends."""
    detail = f" ({tie.detail.value})" if tie.detail else ""
    when = f", {tie.when}" if tie.when else ""
    claim = f", according to: {tie.according_to.label.value}" if tie.according_to else ""
    return f"{tie.how}{detail}{when}{claim}"


def line(pair: tuple[str, str], ties: tuple[Tie, ...], ports: dict[str, tuple[float, float, int]]) -> Bundle:
    """The line of ties between two actors; it begins a little lower than lines to the actor end."""
    x1, y1, column1 = ports[pair[0]]
    x2, y2, column2 = ports[pair[1]]
    return Bundle(ties, (x1, y1 + 2.5), (x2, y2 - 2.5), (column1, column2))


def controls(bundle: Bundle) -> tuple[Point, Point]:
    """The two points that a line bends towards: between the columns, or away from the one it stays at."""
    (x1, y1), (x2, y2) = bundle.start, bundle.end
    if bundle.columns[0] != bundle.columns[1]:
        return ((x1 + x2) / 2, y1), ((x1 + x2) / 2, y2)
    away = (1 if bundle.columns[0] == 0 else -1) * min(180.0, 60 + abs(y2 - y1) / 3)
    return (x1 + away, y1), (x2 + away, y2)


def curve(bundle: Bundle) -> str:
    """The line: dashed where every tie in it is a claim, with an arrow to the actor it leads to."""
    points = (bundle.start, *controls(bundle), bundle.end)
    start, *others = (f"{svg.number(x)} {svg.number(y)}" for x, y in points)
    name = "sb-tie sb-claimed" if all(tie.according_to for tie in bundle.ties) else "sb-tie"
    ends: dict[str, str | float] = {"marker-end": "url(#sb-arrow)"}
    if all(tie.mutual for tie in bundle.ties):
        ends["marker-start"] = "url(#sb-arrow)"
    return svg.element("path", {"d": f"M{start}C{' '.join(others)}", "class": name, **ends})


def at(bundle: Bundle, share: float) -> Point:
    """A point of the line."""
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = (bundle.start, *controls(bundle), bundle.end)
    rest = 1 - share
    a, b, c, d = rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3


def label(bundle: Bundle, taken: list[Box], address: Address) -> str:
    """The words on a line, each tie on a line of its own; a claimed one leads to the claim."""
    texts = [svg.cut(label_words(tie), WIDTH - 2 * CARD - 16, LABEL_SIZE) for tie in bundle.ties]
    width = max(svg.text_width(text, LABEL_SIZE) for text in texts)
    x, top = label_place(bundle, width, LABEL_LINE * len(texts), taken)
    drawn = []
    for number, (tie, text) in enumerate(zip(bundle.ties, texts, strict=True)):
        shown = svg.words(text, x, top + LABEL_LINE * number + 10, "sb-tie-words", "middle")
        drawn.append(
            svg.linked(address(tie.according_to), in_words(tie), shown) if tie.according_to else shown
        )
    return "".join(drawn)


def label_words(tie: Tie) -> str:
    """A tie in a few words."""
    detail = f" ({tie.detail.value})" if tie.detail else ""
    return f"{tie.how}{detail}{' (claim)' if tie.according_to else ''}"


def label_place(bundle: Bundle, width: float, height: float, taken: list[Box]) -> tuple[float, float]:
    """Where words stand, their middle and their top: as near to the middle of the line as there is room."""
    low, high = CARD + 6 + width / 2, WIDTH - CARD - 6 - width / 2
    down = (step * sign * 5.0 for step in range(1, 60) for sign in (1, -1))
    for share, further in (*((share, 0.0) for share in ALONG), *((0.5, step) for step in down)):
        x, y = at(bundle, share)
        x, top = max(low, min(high, x)), y - height / 2 + further
        box = (x - width / 2 - 2, top, x + width / 2 + 2, top + height)
        if top >= 0 and all(
            box[2] <= o[0] or o[2] <= box[0] or box[3] <= o[1] or o[3] <= box[1] for o in taken
        ):
            break
    taken.append(box)
    return x, top
