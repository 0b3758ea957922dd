"""The cases of yaml-test-suite: each is read as the suite reads it, or refused with a place.

In: a checkout of the suite, beside the project (see CONTRIBUTING.md). Out: how many cases were read, how many
refused as what, and which were neither. A case that is read must have the suite's own values; one that the
suite calls an error may not be read as anything.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from campaigns.reader import misplaced
from sourcebook.diagnostics.diagnostic import has_errors
from sourcebook.reading.nodes import Plain, plain
from sourcebook.reading.yaml_text import read_yaml

SUITE = Path(__file__).parents[2] / "yaml-test-suite"
UNSEEN = (("␣", " "), ("←", "\r"), ("⇔", "\ufeff"), ("↵", ""))
"""What the suite writes for characters that nobody sees."""
TAB = re.compile("—*»")
ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\b": "\b"}
VALUE = re.compile(r"=VAL (?:[&<]\S+ )*[:'\"|>](?P<text>.*)", re.DOTALL)
OUTSIDE = ("&", "<", "=ALI")
"""What begins an anchor, a tag and an alias in an event: no part of the format."""

LENIENT = frozenset("9C9N/0 9JBA/0 CVW2/0 DK95/1 G5U8/0 QB6E/0 S98Z/0 SU5Z/0 X4QW/0 Y79Y/3 YJV2/0".split())
"""Errors that libyaml reads as what their authors meant: too little indent, a comment without a space."""
OTHERWISE = frozenset("652Z/0 HM87/1 JEF9/2 L24T/1".split())
"""What libyaml reads in another way: `[?x]` as a key, which no field takes, and spaces at a file's end."""


@dataclass(frozen=True)
class Case:
    """A case: its name, its text, whether it is an error, and the events of what it says."""

    name: str
    text: str
    fails: bool
    events: tuple[str, ...]


def cases(suite: Path) -> Iterator[Case]:
    """Every case of a checkout, in order."""
    for path in sorted((suite / "src").glob("*.yaml")):
        last: dict[str, str] = {}
        for number, found in enumerate(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)):
            # A later case of a file has what the one before it has, where it says nothing else.
            last = {**{key: last[key] for key in ("yaml", "tree") if key in last}, **found}
            tree = tuple(
                line.lstrip(" ") for line in visible(last.get("tree", "")).split("\n") if line.strip()
            )
            yield Case(f"{path.stem}/{number}", visible(last["yaml"]), last.get("fail") == "true", tree)


def visible(text: str) -> str:
    """A text of the suite with the characters that it stands for."""
    for sign, character in UNSEEN:
        text = text.replace(sign, character)
    return re.sub("∎\n$", "", TAB.sub("\t", text))


def outcome(case: Case) -> str:
    """`read`, or the codes with which it was refused, or in capitals what is wrong."""
    reading = read_yaml(case.text.encode(), "x.yml")
    lines = case.text.lstrip("\ufeff").replace("\r\n", "\n").split("\n")
    if any(place for found in reading.diagnostics for place in misplaced(found, lines)):
        return "NO PLACE"
    if has_errors(reading.diagnostics):
        return " ".join(sorted({found.code.slug for found in reading.diagnostics}))
    if case.fails:
        return "read, as libyaml is lenient" if case.name in LENIENT else "READ AS IF IT WERE NO ERROR"
    if value_of(case.events) == (plain(reading.root) if reading.root else None):
        return "read"
    return "read, as libyaml reads it" if case.name in OTHERWISE else "READ AS SOMETHING ELSE"


def wrong(outcomes: dict[str, str]) -> list[str]:
    """The cases of which something is wrong."""
    return [f"{name}: {what}" for name, what in outcomes.items() if what.isupper()]


def value_of(events: tuple[str, ...]) -> "Plain | None":
    """The value that events tell of, scalars as text; None for a file without a document."""
    left = [event for event in events if event[:4] not in ("+STR", "-STR", "+DOC", "-DOC")]
    return taken(left) if left else None


def taken(events: list[str]) -> Plain:
    """The value at the beginning of a list of events, which are taken from it."""
    event = events.pop(0)
    if match := VALUE.fullmatch(event):
        return re.sub(r"\\[\\ntrb]", lambda found: ESCAPES[found[0]], match["text"])
    items: list[Plain] = []
    while not events[0].startswith("-"):
        items.append(taken(events))
    events.pop(0)
    return items if event.startswith("+SEQ") else dict(zip(map(str, items[::2]), items[1::2], strict=True))


if __name__ == "__main__":
    if not SUITE.is_dir():
        print("yaml-test-suite is not beside the project: its cases are skipped; see CONTRIBUTING.md")
        sys.exit()
    found = {case.name: outcome(case) for case in cases(SUITE)}
    for what, number in Counter(found.values()).most_common():
        print(f"{number:4} {what}")
    broken = wrong(found)
    print(f"{len(found)} cases, {len(broken)} neither read nor refused", *broken, sep="\n")
    sys.exit(bool(broken) or not found)
