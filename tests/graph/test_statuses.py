"""A claim's computed status: each rule of the format beside the claim of the harbour that shows it."""

import pytest

STATUSES = {
    # withdrawn comes before everything else
    "a withdrawn claim is withdrawn": ("pay-came-in-time", "withdrawn"),
    "withdrawn comes before contested": ("pay-was-never-late", "withdrawn"),
    # contested
    "disputed by a claim of another side": ("gates-shut", "contested"),
    "disputing a claim of another side": ("gates-open", "contested"),
    "contested comes before corroborated": ("gates-shut", "contested"),
    "refuted by evidence": ("nobody-touched", "contested"),
    "disputed by an actor's position": ("strike-is-over", "contested"),
    "a withdrawn claim contests nothing, neither by disputing nor by refuting": (
        "work-is-resumed",
        "reported",
    ),
    "disputing what is withdrawn contests nothing": ("pay-was-late-often", "reported"),
    "its own side does not contest it": ("ferry-ran", "reported"),
    "nor is it contested by disputing its own side": ("ferry-did-not-run", "reported"),
    "to qualify and to discuss is not to contest": ("two-men-beaten", "corroborated"),
    # corroborated
    "supported by another side in another origin": ("work-stopped", "corroborated"),
    "supported by an actor's position with a source of its own": ("guard-was-hired", "corroborated"),
    "confirmed by evidence, which is the cited source's": ("two-men-beaten", "corroborated"),
    "each unknown claimant is a side of its own": ("smoke-seen", "corroborated"),
    # reported
    "nobody takes a position": ("quays-empty", "reported"),
    "supporting something does not corroborate oneself": ("gates-seen-shut", "reported"),
    "an outlet of the same origin is an echo": ("agency-figure", "reported"),
    "an origin that citations name is one, in whatever case": ("smoke-heard-of", "reported"),
    "a position without a source of its own is no other origin": ("guard-rules-the-quay", "reported"),
    "a division of the claimant is its own side": ("meeting-held", "reported"),
    "one of several claimants is its own side": ("pay-is-late", "reported"),
    "a promise is never corroborated": ("no-place-lost", "reported"),
    "a position is never corroborated": ("union-will-talk", "reported"),
    "being corrected by one's own side is said beside the status": ("three-ships", "reported"),
}

COUNTS = {
    # claim: disputed by, supported by, reported in
    "gates-shut": (1, 1, 2),
    "work-stopped": (0, 1, 1),
    "nobody-touched": (2, 1, 1),
    "strike-is-over": (1, 0, 1),
    "meeting-held": (0, 0, 1),
    "ferry-ran": (0, 0, 1),
    "work-is-resumed": (0, 0, 1),
    "agency-figure": (0, 1, 1),
    "owners-count": (0, 0, 1),
}


@pytest.mark.parametrize(("name", "status"), STATUSES.values(), ids=STATUSES)
def test_status(graph, name, status):
    """The status of a claim follows from the rule that the test is named after."""
    assert graph.standings[name].status == status


@pytest.mark.parametrize("name", COUNTS)
def test_counts(graph, name):
    """Sides are counted, other ones than its own, that say so against it and for it; and documents."""
    standing = graph.standings[name]
    assert (standing.disputed_by, standing.supported_by, standing.sources) == COUNTS[name]


@pytest.mark.parametrize(
    ("name", "sides"), {"gates-open": 1, "gates-shut": 0, "ferry-did-not-run": 0}.items()
)
def test_whom_a_claim_disputes_is_counted(graph, name, sides):
    """The other sides whose claims it disputes are counted, its own side never."""
    assert graph.standings[name].disputes == sides


def test_corrected_by_its_claimant(graph):
    """Claims that their own side corrects, and no others, are marked so."""
    corrected = {name for name, standing in graph.standings.items() if standing.corrected_by_claimant}
    assert corrected == {
        "three-ships",  # by the board, for which the claimant spoke
        "gates-shut",  # by the mayor for the town, of which the board is a division
    }


def test_every_published_claim_has_a_status(graph):
    """A status is computed for every claim, and for no draft."""
    assert set(graph.standings) == set(graph.by_kind["claim"])
    assert "rumour-of-a-lockout" not in graph.standings


def test_contested_claims_stand_in_disputes(graph):
    """No contested claim of the collection is without its dispute, as the check would warn."""
    contested = {name for name, standing in graph.standings.items() if standing.status == "contested"}
    assert contested <= set(graph.disputes_of)
