"""Exports of ACLED and UCDP GED, in invented rows of their shape."""

import csv
import io

import pytest

from sourcebook.importing.mapping import read_mapping

ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
    "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes "
    "fatalities tags timestamp "
).split()
GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date "
    "source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 "
    "latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec "
    "date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob "
).split()
BATTLE = {
    "event_id_cnty": "ORR1",
    "event_date": "2031-04-12",
    "year": "2031",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Orrin (2029-)",
    "inter1": "State forces",
    "actor2": "Bay Front",
    "assoc_actor_2": "Hill Union; Shore Union",
    "inter2": "Rebel group",
    "country": "Orrin",
    "admin1": "North",
    "location": "Pierhead",
    "latitude": "12.5",
    "longitude": "-3.25",
    "geo_precision": "1",
    "source": "Bay Courier; Tidewater Dispatch",
    "notes": "Words of the dataset.",
    "fatalities": "3",
}
CLASH = {
    "id": "501",
    "year": "2031",
    "type_of_violence": "1",
    "conflict_name": "Orrin: Government",
    "side_a_new_id": "10",
    "side_a": "Government of Orrin",
    "side_b_new_id": "11",
    "side_b": "Bay Front",
    "source_office": "Bay Courier;Tidewater Dispatch",
    "source_date": "2031-04-13;2031-04-14",
    "source_headline": "Clash at the pier;Three dead in the north",
    "source_original": "the harbour master",
    "where_prec": "2",
    "where_coordinates": "Pierhead",
    "where_description": "near the pier",
    "adm_1": "North province",
    "latitude": "12.5",
    "longitude": "-3.25",
    "country": "Orrin",
    "date_prec": "1",
    "date_start": "2031-04-12 00:00:00.000",
    "date_end": "2031-04-12 00:00:00.000",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "low": "2",
    "high": "5",
    "gwnoa": "999",
}


def table(columns, *rows):
    """A table of these columns as bytes; what a row does not give is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.fixture
def imported(bring, facts, check):
    """Import rows of a dataset; gives the new files, after a look that the collection is in order."""

    def imported(dataset, columns, *rows):
        before = facts()
        result = bring("d.csv", "--as", dataset, "--create-missing", files={"d.csv": table(columns, *rows)})
        assert result.exit_code == 0, result.output
        assert check() == ""
        return {path: text for path, text in facts().items() if path not in before}

    return imported


@pytest.mark.parametrize("dataset", ["acled", "ucdp-ged"])
def test_built_in_mappings_are_right(bring, dataset):
    """A built-in mapping is a mapping like any other, and is printed to make one's own of it."""
    mapping, problems = read_mapping(bring("--as", dataset, "--show-mapping").stdout.encode(), "m.yml")
    assert mapping and problems == ()


def test_a_battle_of_acled(imported):
    """The event, its place and parties, and the deaths as a claim of the dataset."""
    found = imported("acled", ACLED, BATTLE)
    assert (
        found["content/events/acled/orrin-2031.yml"]
        == """\
- id: acled-orr1
  title: "Armed clash: Pierhead, Orrin"
  type: battle
  sub_type: Armed clash
  date: 2031-04-12
  location: orrin-north-pierhead
  where_prec: 1
  participants:
    - {actor: military-forces-of-orrin-2029, role: agent}
    - {actor: bay-front, role: agent}
    - {actor: hill-union, role: agent}
    - {actor: shore-union, role: agent}
  identifiers: {acled: ORR1}
  sources:
    source: acled
    locator: {label: section, value: ORR1}
    origin: Bay Courier; Tidewater Dispatch
"""
    )
    assert (
        found["content/claims/acled/orrin-2031.yml"]
        == """\
- id: acled-orr1-killed
  text: "Reported killed: 3 (Armed clash, Pierhead, Orrin)."
  claimant: acled
  about: acled-orr1
  claim_type: numerical
  quantity: {measure: killed, best: 3, unit: people, of: acled-orr1}
  sources:
    source: acled
    locator: {label: section, value: ORR1}
    origin: Bay Courier; Tidewater Dispatch
"""
    )
    assert "latitude: 12.5\n" in found["content/places/acled/orrin.yml"]
    assert found["content/actors/bay-front.yml"] == "name: Bay Front\ntype: armed_group\n"
    assert "type: armed_force\n" in found["content/actors/military-forces-of-orrin-2029.yml"]
    assert "Words of the dataset" not in "".join(found.values())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"time_precision": "2"}, 'date: "[2031-04-06..2031-04-18]"'),
        ({"time_precision": "3"}, "date: 2031-04\n"),
        ({"event_date": "12 April 2031"}, "date: 2031-04-12\n"),
        ({"geo_precision": "2"}, "where_prec: 3\n"),
        ({"geo_precision": "3"}, "where_prec: 4\n"),
        ({"event_type": "Explosions/Remote violence"}, "type: explosion\n"),
        ({"event_type": "Violence against civilians"}, "type: violence_against_civilians\n"),
        ({"event_type": "Protests"}, "type: protest\n"),
        ({"event_type": "Riots"}, "type: riot\n"),
        ({"event_type": "Strategic developments"}, "type: strategic_development\n"),
        ({"actor2": "Civilians (Orrin)", "inter2": "Civilians"}, "{actor: civilians-orrin, role: affected}"),
        ({"actor2": "Civilians (Orrin)", "inter2": "7"}, "{actor: civilians-orrin, role: affected}"),
    ],
)
def test_codes_of_acled(imported, changes, expected):
    """Precision, kinds of events and kinds of actors, in words and in the numbers of older exports."""
    found = imported("acled", ACLED, {**BATTLE, **changes})
    assert expected in found["content/events/acled/orrin-2031.yml"]


def test_acled_without_a_second_actor_and_without_deaths(imported):
    """A row of one actor has one participant; where no deaths are reported there is no claim."""
    found = imported(
        "acled", ACLED, {**BATTLE, "actor2": "", "inter2": "0", "assoc_actor_2": "", "fatalities": "0"}
    )
    assert found["content/events/acled/orrin-2031.yml"].count("actor:") == 1
    assert not any(path.startswith("content/claims") for path in found)


def test_an_event_of_ged(imported):
    """The event cites the dataset and the articles that it names; the government is a state."""
    found = imported("ucdp-ged", GED, CLASH)
    assert (
        found["content/events/ucdp-ged/orrin-2031.yml"]
        == """\
- id: ucdp-ged-501
  title: "State-based violence: Pierhead, Orrin"
  type: battle
  sub_type: State-based violence
  date: 2031-04-12
  location: orrin-north-province-pierhead
  where_prec: 2
  where_description: near the pier
  participants:
    - {actor: government-of-orrin, role: agent}
    - {actor: bay-front, role: agent}
  tags: orrin-government
  identifiers: {ucdp-ged: "501"}
  sources:
    - source: ucdp-ged
      locator: {label: section, value: "501"}
      attributed_to: the harbour master
    - clash-at-the-pier-2031-04-13-bay-courier
    - three-dead-in-the-north-2031-04-14-tidewater-dispatch
"""
    )
    assert found["content/actors/government-of-orrin.yml"] == (
        'name: Government of Orrin\ntype: state\nidentifiers: {ucdp: "10"}\n'
    )
    assert "publisher: Tidewater Dispatch\n  issued: 2031-04-14\n" in found["seeds/ucdp-ged/2031.yml"]


def test_deaths_of_ged_are_claims(imported):
    """The total has its three estimates; each part that is not 0 has a claim, with whom it counts."""
    claims = imported("ucdp-ged", GED, CLASH)["content/claims/ucdp-ged/orrin-2031.yml"]
    assert [line for line in claims.splitlines() if line.startswith("- id")] == [
        "- id: ucdp-ged-501-killed",
        "- id: ucdp-ged-501-killed-a",
        "- id: ucdp-ged-501-killed-b",
    ]
    assert (
        "  quantity: {measure: killed, low: 2, best: 3, high: 5, unit: people, of: ucdp-ged-501}\n" in claims
    )
    assert "quantity: {measure: killed, best: 2, counted_group: bay-front, of: ucdp-ged-501}\n" in claims
    assert claims.count("claimant: ucdp-ged\n") == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"date_prec": "2", "date_end": "2031-04-15"}, 'date: "[2031-04-12..2031-04-15]"'),
        ({"date_prec": "2"}, "date: 2031-04-12~\n"),
        ({"date_prec": "3", "date_end": "2031-04-18"}, 'date: "[2031-04-12..2031-04-18]"'),
        ({"date_prec": "4", "date_start": "2031-04-01", "date_end": "2031-04-30"}, "date: 2031-04\n"),
        ({"date_prec": "4"}, "date: 2031-04\n"),
        ({"date_prec": "5"}, "date: 2031\n"),
        ({"type_of_violence": "2"}, "type: battle\n"),
        ({"type_of_violence": "3", "side_b": "Civilians"}, "{actor: civilians-orrin, role: affected}"),
        ({"where_prec": "7"}, "where_prec: 7\n"),
    ],
)
def test_codes_of_ged(imported, changes, expected):
    """Precision of dates and places, and kinds of violence."""
    found = imported("ucdp-ged", GED, {**CLASH, **changes})
    assert expected in found["content/events/ucdp-ged/orrin-2031.yml"]


def test_an_actor_of_ged_is_found_by_its_number(bring, facts, imported):
    """A party that editors have renamed is found by UCDP's number, also where its name is another."""
    bring(
        files={"content/actors/front.yml": 'name: The Front\ntype: armed_group\nidentifiers: {ucdp: "11"}\n'}
    )
    found = imported("ucdp-ged", GED, CLASH)
    assert "{actor: front, role: agent}" in found["content/events/ucdp-ged/orrin-2031.yml"]
    assert "content/actors/bay-front.yml" not in facts()


def test_places_of_one_name_far_apart_are_two(imported):
    """A place of the same name in another province, more than 50 kilometres away, is a place of its own."""
    other = {**CLASH, "id": "502", "adm_1": "South province", "latitude": "14.5"}
    near = {**CLASH, "id": "503", "adm_1": "Northern province", "latitude": "12.6"}
    found = imported("ucdp-ged", GED, CLASH, other, near)
    assert found["content/places/ucdp-ged/orrin.yml"].count("name: Pierhead") == 2
    assert found["content/events/ucdp-ged/orrin-2031.yml"].count("orrin-north-province-pierhead") == 2


def test_a_code_that_is_none_is_a_bad_row(bring):
    """A precision that the codebook does not have is told at its cell."""
    rows = table(GED, {**CLASH, "date_prec": "9"})
    result = bring("d.csv", "--as", "ucdp-ged", "--create-missing", files={"d.csv": rows})
    assert result.exit_code == 1
    assert "column 'date_prec': '9' is not one of the codes for the date's precision" in result.stdout
