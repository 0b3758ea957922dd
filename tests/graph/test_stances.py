"""Who holds what of a claim, and whose side that is."""

import pytest

ONE_SIDE = {
    "a division and its parent": ("harbour-board", "town"),
    "somebody who represents": ("mayor", "town"),
    "through others": ("board-spokesman", "coast-guard"),
    "somebody who is part of": ("union-leader", "dockers-union"),
}
TWO_SIDES = {
    "allies": ("dockers-union", "crane-brotherhood"),
    "a member": ("union-leader", "harbour-trust"),
    "a backer": ("northwind", "quay-guard"),
    "a host": ("northwind", "coast-guard"),
    "who controls": ("quay-guard", "residents"),
    "opponents": ("dockers-union", "northwind"),
}


@pytest.mark.parametrize("pair", ONE_SIDE.values(), ids=ONE_SIDE)
def test_one_side(graph, pair):
    """Actors joined by `parent`, `part_of` or `represents` are one side."""
    assert graph.sides[pair[0]] == graph.sides[pair[1]]


@pytest.mark.parametrize("pair", TWO_SIDES.values(), ids=TWO_SIDES)
def test_two_sides(graph, pair):
    """No other relation joins actors to a side."""
    assert graph.sides[pair[0]] != graph.sides[pair[1]]


def held(graph, name):
    """The positions on a claim as verb, holders, claim, and whether another side's."""
    return [(s.relation, *s.holders, s.claim, s.other_side) for s in graph.stances[name]]


def test_positions_in_the_order_of_the_verbs(graph):
    """Positions stand by verb as the format lists them, then by holder; the tie's own claim is named."""
    assert held(graph, "gates-shut") == [
        ("supports", "letter", "gates-seen-shut", True),
        ("disputes", "residents", "gates-open", True),
        ("corrects", "mayor", "board-mistaken", False),
    ]


def test_evidence_is_whose_it_says_else_the_cited_source_s(graph):
    """Evidence without `by` is held by the document that it cites."""
    assert held(graph, "nobody-touched") == [
        ("supports", "radio-north", None, True),
        ("disputes", "letter", None, True),
        ("refutes", "crane-driver", None, True),
        ("refutes", "letter", None, True),
        ("qualifies", "harbour-trust", None, True),
        ("corrects", "harbour-log", None, True),
        ("corrects", "residents", None, True),
    ]


def test_one_side_that_says_it_twice_counts_once(graph):
    """Sides are counted, not positions: the letter's two against it are one."""
    against = [one for one in held(graph, "nobody-touched") if one[0] in ("disputes", "refutes")]
    assert len(against) == 3
    assert graph.standings["nobody-touched"].disputed_by == 2


def test_a_position_of_the_claimant_s_side_is_not_another_side_s(graph):
    """The town supports its mayor: told, not counted."""
    assert held(graph, "strike-is-over") == [
        ("supports", "town", None, False),
        ("disputes", "dockers-union", None, True),
    ]


def test_the_side_of_a_claim_is_on_whose_behalf_it_is_made(graph):
    """A spokesman's claim counts as his board's, and what the board corrects is its own."""
    assert [stance.other_side for stance in graph.stances["three-ships"]] == [False]


def test_a_withdrawn_position_is_kept_and_marked(graph):
    """What was withdrawn still stands among the positions."""
    assert [(s.claim, s.withdrawn) for s in graph.stances["work-is-resumed"]] == [
        ("work-rests", True),
        ("strike-was-never", True),
    ]
