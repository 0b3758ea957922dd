"""Which names are alike, and how the work grows with their number."""

import pytest

from sourcebook.graph import similar_names as module
from sourcebook.graph.similar_names import names_of, similar_names
from sourcebook.records.actor import Actor

ALIKE = [
    ("Harbour Board", "the harbour board"),
    ("Harbour Board", "Board of the Harbour"),
    ("Harbour Board", "Harbourboard"),
    ("Harbour Board", "Harbor Board"),
    ("Ilse Torn-Wrede", "Ilse Torn Wrede"),
    ("Mohammed Rastan", "Muhammad Rastan"),
    ("Мохаммед Растан", "Mohammed Rastan"),
    ("Saltmere", "Slatmere"),
]
TWO = [
    ("North Pier Watch", "South Pier Watch"),
    ("Quay Guard 1", "Quay Guard 2"),
    ("Mali", "Bali"),
    ("Harbour Board", "Harbour Board of Saltmere"),
    ("Ferry Union", "Ferry Company"),
    ("Ada Wren", "Ada"),
]


def actor(name, id):
    """An actor with a name."""
    return Actor.model_validate({"id": id, "name": name, "type": "person"})


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one, other):
    """Other order, spaces, script, hyphens, and slips in long words do not make two of one."""
    (pair,) = similar_names([actor(one, "a"), actor(other, "b")])
    assert (pair.first.record, pair.second.record) == ("a", "b")


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two(one, other):
    """Other words, numbers, short words and further words make two."""
    assert similar_names([actor(one, "a"), actor(other, "b")]) == ()


def test_a_name_of_signs_only_is_like_no_other():
    """A name without a letter is compared with none."""
    assert similar_names([actor("???", "a"), actor("!!!", "b")]) == ()


def invented(number):
    """So many actors with names that share words and letters, as those of a large collection do."""
    letters = "bcdfghklmnprstvw"
    words = [f"{a}a{b}e{c}orim" for a in letters for b in letters for c in letters]
    return [
        actor(f"{words[n * 7 % 4096]} {words[n * 13 % 4093]} {words[n // 64 % 4096]}", f"a{n}")
        for n in range(number)
    ]


def test_comparisons_grow_as_the_names_do(monkeypatch):
    """Four times the names are about four times the comparisons, and not sixteen times."""
    counted = []

    def count(one, other):
        counted.append(1)
        return False

    monkeypatch.setattr(module, "are_alike", count)
    numbers = []
    for size in (2_000, 8_000):
        counted.clear()
        similar_names(invented(size))
        numbers.append(len(counted))
    assert numbers[0] > 0 and numbers[1] <= 8 * numbers[0] and numbers[1] <= 40 * 8_000


def test_every_name_of_an_actor_is_compared():
    """Names per language and aliases count as the title does."""
    one = actor("Harbour Board", "a")
    other = Actor.model_validate(
        {
            "id": "b",
            "name": "Somebody",
            "type": "person",
            "aliases": ["Harbor Board"],
            "names": [{"value": "X"}],
        }
    )
    assert [name.path for name in names_of(other)] == [("name",), ("names", 0, "value"), ("aliases", 0)]
    (pair,) = similar_names([one, other])
    assert pair.second.path == ("aliases", 0)
