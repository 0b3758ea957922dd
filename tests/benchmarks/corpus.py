"""A corpus of any size in our own format: a whole project of invented records.

In: a folder, the number of records, a seed, how many records stand in a file, how uneven the records are.
Out: mkdocs.yml, docs/index.md, content/ and seeds/ below the folder. The rule it guards: the same arguments
give the same bytes, and the strict check finds nothing wrong with them.

    PYTHONPATH=tests python -m benchmarks.corpus 5000 FOLDER --seed 1 --a-file 1
"""

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from benchmarks import invented

Facts = dict[str, Any]

ACTOR_TYPES = (
    "organization",
    "public_body",
    "company",
    "group",
    "armed_force",
    "media",
    "population",
    "state",
)
EVENT_TYPES = ("protest", "agreement", "statement", "road_closure", "visit", "aid", "accident", "deployment")
ROLES = ("agent", "organizer", "target", "affected", "witness", "mediator", "speaker", "host")
CLAIM_TYPES = ("factual", "numerical", "causal", "position", "promise", "accusation", "denial")
MEASURES = ("displaced", "injured", "households", "tonnes of grain")
PARAGRAPHS = 40
SIDES = 3
"""Of each dispute: each has an actor of its own, and a claim at least."""
CLAIMS_OF_A_DISPUTE = 2 * SIDES
FEWEST = 10
"""One dispute with a claim and an actor for each of its sides, an event, a place and a source."""
FILES = {
    "actor": "content/actors",
    "event": "content/events",
    "claim": "content/claims",
    "dispute": "content/disputes",
    "place": "content/places",
    "source": "seeds",
}
MKDOCS = """\
site_name: The Strait of {name}
site_url: https://strait.example/
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.tabs, navigation.top, search.highlight, toc.follow]
nav:
  - Home: index.md
  - Claims: claims/index.md
  - Disputes: disputes/index.md
  - Events: events/index.md
  - Actors: actors/index.md
  - Places: places/index.md
  - Sources: sources/index.md
  - Views:
      - Timeline: timeline.md
      - Map: map.md
      - Network: network.md
      - Positions: positions.md
      - Figures: figures.md
      - Sources and coverage: coverage.md
      - Keywords: tags.md
      - What’s new: whats-new.md
plugins:
  - search:
      separator: '[\\s\\-–,:;/()\\[\\]"“”«»?!.]+'
  - sourcebook:
      title: The Strait of {name}
      as_of: 2039-12-31
      licence: CC0-1.0
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc:
      permalink: true
"""
HOME = """\
# The Strait of {name}

An invented collection of {records} records, for measuring.
"""


@dataclass(frozen=True)
class Sizes:
    """How many records of each kind there are."""

    actor: int
    event: int
    claim: int
    dispute: int
    place: int
    source: int


@dataclass(frozen=True)
class Corpus:
    """What the records are drawn from: the sizes, how uneven they are, the name of each record by id."""

    sizes: Sizes
    skew: float
    names: Mapping[str, invented.Name]

    def some_id(self, random: Random, kind: str, below: int | None = None) -> str:
        """The id of a record of a kind; the first ones are drawn far more often, as in real collections."""
        count = getattr(self.sizes, kind) if below is None else below
        return record_id(kind, int(count * random.random() ** self.skew))


def sizes_for(records: int) -> Sizes:
    """How many of so many records are of which kind; raises ValueError for too few."""
    if records < FEWEST:
        raise ValueError(f"a corpus has {FEWEST} records or more: what they refer to has to be there")
    dispute, place, source = (max(2 if records >= 30 else 1, records // part) for part in (200, 100, 100))
    rest = records - dispute - place - source
    actor, event = max(SIDES, rest // 10), rest // 5
    return Sizes(actor, event, rest - actor - event, dispute, place, source)


def record_id(kind: str, number: int) -> str:
    """The id of a record, by its number in its kind."""
    return f"{kind}-{number:06}"


def corpus_of(records: int, seed: int, skew: float) -> Corpus:
    """What the records of a corpus are drawn from."""
    random = Random(f"names {seed}")
    sizes = sizes_for(records)
    names = {
        record_id(kind, number): invented.name(random, 2 if kind == "actor" else 1)
        for kind in FILES
        for number in range(getattr(sizes, kind))
    }
    return Corpus(sizes, skew, names)


def records_of(corpus: Corpus, seed: int) -> Iterator[tuple[str, Facts]]:
    """Every record with its kind, in the order of kinds and numbers.

    Each is drawn with a randomness of its own, so that a corpus with one record more has the others unchanged
    where they refer to what both have.
    """
    makers = {
        "actor": actor,
        "event": event,
        "claim": claim,
        "dispute": dispute,
        "place": place,
        "source": source,
    }
    for kind, maker in makers.items():
        for number in range(getattr(corpus.sizes, kind)):
            random = Random(f"{kind} {number} {seed}")
            yield kind, {"id": record_id(kind, number)} | maker(corpus, random, number)


def actor(corpus: Corpus, random: Random, number: int) -> Facts:
    """An actor: every third a person, with a post; some with relations to others."""
    key = record_id("actor", number)
    name = corpus.names[key]
    facts: Facts = {"type": "person" if number % 3 == 2 else ACTOR_TYPES[number % len(ACTOR_TYPES)]}
    facts["name"] = name.written()
    facts["names"] = other_names(name, random)
    if number % 3 == 2:
        post = {"post": random.choice(invented.POSTS), "organization": an_organization(corpus, random)}
        facts["posts"] = [post | {"start_date": str(random.randint(1990, 2019))}]
    elif number > 3 and random.random() < 0.5:
        other = corpus.some_id(random, "actor", below=number)
        facts["relations"] = [{"type": random.choice(("ally_of", "opposes", "hosts")), "target": other}]
    return facts | prose(corpus, random) | {"sources": citations(corpus, random)}


def an_organization(corpus: Corpus, random: Random) -> str:
    """The id of an actor that is no person."""
    number = int(corpus.some_id(random, "actor").rpartition("-")[2])
    return record_id("actor", number - 1 if number % 3 == 2 else number)


def other_names(name: invented.Name, random: Random) -> list[Facts]:
    """A name in two other scripts."""
    scripts = random.sample(sorted(invented.LANGUAGES), 2)
    return [{"value": name.written(script), "lang": invented.LANGUAGES[script]} for script in scripts]


def event(corpus: Corpus, random: Random, number: int) -> Facts:
    """An event, with participants, a place, and the events before it."""
    where = corpus.some_id(random, "place")
    what = invented.thing(random).removeprefix("the ")
    facts: Facts = {
        "title": f"Dispute over {what} at {corpus.names[where].written()}, no. {number + 1}",
        "type": random.choice(EVENT_TYPES),
        "date": a_date(random),
        "location": where,
        "participants": participants(corpus, random),
    }
    if number and random.random() < 0.3:
        facts["part_of"] = record_id("event", random.randrange(number))
    elif number and random.random() < 0.3:
        facts["follows"] = record_id("event", number - 1)
    return facts | prose(corpus, random) | {"sources": citations(corpus, random)}


def participants(corpus: Corpus, random: Random) -> list[Facts]:
    """Two different actors with their roles; here and there one by the claim that says so."""
    actors = dict.fromkeys(corpus.some_id(random, "actor") for _ in range(2))
    found = [{"actor": one, "role": random.choice(ROLES)} for one in actors]
    if random.random() < 0.1:
        found[0] |= {"role": "perpetrator", "claim": corpus.some_id(random, "claim")}
    return found


def claim(corpus: Corpus, random: Random, number: int) -> Facts:
    """A claim, with whoever makes it, what it is about, its ties, and in every tenth a figure."""
    subject = corpus.some_id(random, "event")
    facts: Facts = {
        "text": invented.sentence(random, corpus.names[corpus.some_id(random, "actor")].written()),
        "claimant": claimant(corpus, random, number),
        "claim_date": a_date(random),
        "claim_type": random.choice(CLAIM_TYPES),
        "about": [subject, corpus.some_id(random, "actor")],
    }
    if number % 10 == 3:
        facts["claim_type"] = "numerical"
        facts["quantity"] = quantity(random, subject)
    return (
        facts | ties(corpus, random, number) | prose(corpus, random) | {"sources": citations(corpus, random)}
    )


def claimant(corpus: Corpus, random: Random, number: int) -> str:
    """Who makes a claim: the sides of a dispute are three different actors, whatever else is drawn."""
    if number // CLAIMS_OF_A_DISPUTE < corpus.sizes.dispute:
        first = number // CLAIMS_OF_A_DISPUTE * SIDES + number % SIDES
        return record_id("actor", first % corpus.sizes.actor)
    return corpus.some_id(random, "actor") if random.random() < 0.95 else "unknown"


def ties(corpus: Corpus, random: Random, number: int) -> Facts:
    """What a claim says of earlier ones: in a dispute it speaks against another side, elsewhere for one."""
    place_in_dispute = number % CLAIMS_OF_A_DISPUTE
    if number // CLAIMS_OF_A_DISPUTE < corpus.sizes.dispute:
        verb = random.choice(("disputes", "refutes"))
        return {verb: record_id("claim", number - 1)} if place_in_dispute else {}
    if random.random() < 0.5:
        verb = random.choice(("supports", "confirms", "qualifies", "obtains_support_from"))
        return {verb: record_id("claim", random.randrange(number))}
    return {}


def quantity(random: Random, of: str) -> Facts:
    """A figure for an event, as a range or a single one."""
    best = random.randint(20, 9000)
    facts: Facts = {"measure": random.choice(MEASURES), "best": best, "of": of}
    if random.random() < 0.3:
        return facts | {"low": best // 2, "high": best * 2}
    return facts | {"qualifier": random.choice(("exact", "about", "at_least"))}


def dispute(corpus: Corpus, random: Random, number: int) -> Facts:
    """A question with three sides, each with two claims, in the smallest corpus one."""
    first = number * CLAIMS_OF_A_DISPUTE
    members = [n for n in range(first, first + CLAIMS_OF_A_DISPUTE) if n < corpus.sizes.claim]
    sides = [
        {
            "answer": invented.sentence(random),
            "claims": [record_id("claim", n) for n in members if n % SIDES == side],
        }
        for side in range(SIDES)
    ]
    question = f"Who {invented.deed(random)} {invented.thing(random)} in year {number + 1}?"
    return (
        {"question": question, "sides": sides}
        | prose(corpus, random)
        | {"sources": citations(corpus, random)}
    )


def place(corpus: Corpus, random: Random, number: int) -> Facts:
    """A place with its names in other scripts; every fifth without a position."""
    name = corpus.names[record_id("place", number)]
    facts: Facts = {"name": name.written(), "names": other_names(name, random)}
    if number % 5 != 4:
        facts |= {
            "latitude": round(random.uniform(-50, 60), 3),
            "longitude": round(random.uniform(-120, 150), 3),
        }
        facts["precision_m"] = random.choice((100, 1000, 20000))
    if number > 4:
        facts["contained_in"] = record_id("place", random.randrange(5))
    return facts | prose(corpus, random) | {"sources": citations(corpus, random)}


def source(corpus: Corpus, random: Random, number: int) -> Facts:
    """A document with a gist of each of its paragraphs."""
    year = random.randint(2020, 2039)
    return {
        "title": f"The {corpus.names[record_id('source', number)].written()} Ledger, entry {number + 1}",
        "type": random.choice(("article-newspaper", "report", "book", "broadcast", "hearing")),
        "publisher": f"{invented.name(random).written()} Press",
        "issued": f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
        "language": random.choice(("en", "en", "hy", "ka", "ru", "ar")),
        "paragraphs": [
            {"number": paragraph, "gist": invented.sentence(random)} for paragraph in range(1, PARAGRAPHS + 1)
        ],
    } | prose(corpus, random)


def prose(corpus: Corpus, random: Random) -> Facts:
    """A summary, a description that names two records, and keywords; 60 to 200 words in all."""
    named = (f"[[{corpus.some_id(random, 'event')}]]", f"[[{corpus.some_id(random, 'actor')}]]")
    return {
        "summary": invented.sentence(random),
        "description": invented.passage(random, random.randint(45, 160), named),
        "tags": sorted(set(random.choices(invented.TAGS, k=2))),
    }


def citations(corpus: Corpus, random: Random) -> list[Any]:
    """One short citation of a paragraph, and in every other record one with the words."""
    paragraph = random.randint(1, PARAGRAPHS)
    found: list[Any] = [f"{corpus.some_id(random, 'source')}#p{paragraph}"]
    if random.random() < 0.5:
        quote = {"exact": invented.thing(random)}
        locator = {"label": "paragraph", "value": str(random.randint(1, PARAGRAPHS))}
        found.append({"source": corpus.some_id(random, "source"), "locator": locator, "quote": quote})
    return found


def a_date(random: Random) -> str:
    """A date within twenty years, in one of the precisions that EDTF has words for."""
    year, month, day = random.randint(2020, 2039), random.randint(1, 12), random.randint(1, 27)
    exact = f"{year}-{month:02}-{day:02}"
    rare = (f"{year}", f"{year}-{month:02}~", f"{exact}/{exact[:-2]}28", f"[..{exact}]", f"{year}?")
    return random.choices((exact, f"{year}-{month:02}", random.choice(rare)), (6, 2, 2))[0]


def write_corpus(folder: Path, records: int, *, seed: int = 1, a_file: int = 1, skew: float = 3.0) -> None:
    """Write a project with so many records, `a_file` of them in each file, into an empty or new folder.

    With the skew of 1 every record is named about as often as any other of its kind; the higher it is, the
    more of all references lead to the first few.
    """
    corpus = corpus_of(records, seed, skew)
    strait = invented.name(Random(f"title {seed}")).written()
    write(folder / "mkdocs.yml", MKDOCS.format(name=strait))
    write(folder / "docs/index.md", HOME.format(name=strait, records=f"{records:,}"))
    for kind, of_kind in grouped(records_of(corpus, seed)):
        for start in range(0, len(of_kind), a_file):
            write_records(folder / FILES[kind], of_kind[start : start + a_file], kind)


def grouped(records: Iterable[tuple[str, Facts]]) -> Iterator[tuple[str, list[Facts]]]:
    """The records kind by kind."""
    found: dict[str, list[Facts]] = {}
    for kind, facts in records:
        found.setdefault(kind, []).append(facts)
    yield from found.items()


def write_records(folder: Path, records: Sequence[Facts], kind: str) -> None:
    """Write one file: a single record is named by its file, several stand in a list."""
    if len(records) == 1:
        facts = dict(records[0])
        write(folder / f"{facts.pop('id')}.yml", as_yaml(facts))
    else:
        write(folder / f"{records[0]['id']}-and-more.yml", as_yaml(records))


def as_yaml(value: Any) -> str:
    """YAML in block form, in the order of the keys."""
    return yaml.dump(value, Dumper=NoAliases, allow_unicode=True, sort_keys=False, width=110)


class NoAliases(yaml.CSafeDumper):
    """The format has no anchors and aliases: what stands twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out."""
        return True


def write(path: Path, text: str) -> None:
    """Write a file, and make its folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a corpus as the command line says."""
    parser = argparse.ArgumentParser(description="Write an invented project of any size.")
    parser.add_argument("records", type=int, help=f"how many records, {FEWEST} or more")
    parser.add_argument("folder", type=Path, help="an empty or new folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--a-file", type=int, default=1, help="how many records stand in one file")
    parser.add_argument("--skew", type=float, default=3.0, help="how many references lead to the first few")
    given = parser.parse_args(arguments)
    try:
        write_corpus(given.folder, given.records, seed=given.seed, a_file=given.a_file, skew=given.skew)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
