"""Ties as columns, series, territories, schemes, the ground."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.made_review import made_review, review_of
from partnet_analysis.annual import Review
from partnet_analysis.graph.network import partnership_network
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.views.map import tie_columns as module
from partnet_analysis.views.map.data import opening_threshold
from partnet_analysis.views.map.geography import WIDTH, Geography, located
from partnet_analysis.views.map.schemes import schemes
from partnet_analysis.views.map.series import series_of, series_places, series_rows
from partnet_analysis.views.map.territories import territories
from partnet_analysis.views.map.tie_columns import tie_columns, total_ties
from partnet_analysis.views.palette import MARKS, OTHERS

# ---- ties; the roster of the smallest partnership is: chess, clinic, library, school, sports, town


def test_ties_are_written_row_by_row_in_hundredths(records: Records, year: Period) -> None:
    columns = tie_columns(partnership_network(records, year))

    # clinic: library, school, sports, town; library: school, sports, town; school: sports, town; sports: town.
    assert columns["starts"] == [0, 4, 3, 2, 1, 0]
    assert columns["steps"] == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    # Clinic and school: the plenary of five (1/4), two groups of three (1/2 each), one of two (1).
    assert columns["co_presence"][1] == 225
    # Without the town: plenary of four (1/3), three groups of two (1 each).
    assert columns["without_extra"][1] == 333 - 225
    assert columns["large_part"] == [0] * 10
    assert columns["dropped"] == 0


def test_contacts_are_written_with_their_direction(records: Records, year: Period) -> None:
    columns = tie_columns(partnership_network(records, year))

    # Out of the first of the pair: clinic to library. Into it: school to clinic, town to clinic (2), town to sports.
    assert columns["contacts_out"] == [[0], [1]]
    assert columns["contacts_in"] == [[1, 3, 9], [1, 2, 1]]


def test_large_meetings_are_no_small_ones(records: Records, year: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partnet_analysis.measures.isolation.LARGE_MEETING", 4)
    columns = tie_columns(partnership_network(records, year))

    assert columns["large_part"][1] == 25
    assert columns["large_part"][2] == columns["co_presence"][2] == 25


def test_too_many_ties_leave_each_actor_its_strongest(
    records: Records, year: Period, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_TIES", 3)
    monkeypatch.setattr(module, "STRONGEST", 1)
    columns = tie_columns(partnership_network(records, year))

    # Strongest: clinic–town for both; library–clinic; school–clinic; sports–town.
    assert columns["starts"] == [0, 3, 0, 0, 1, 0]
    assert columns["steps"] == [1, 1, 2, 1]
    assert columns["dropped"] == 6


def test_periods_add_up(records: Records, year: Period) -> None:
    network = partnership_network(records, year)
    twice = total_ties([network, network])

    assert twice["strength"].tolist() == pytest.approx((2 * network.ties["strength"]).tolist())


def test_the_map_opens_with_few_enough_ties(review: Review) -> None:
    threshold = opening_threshold(review.current)
    strength = review.network.without_coordinators.ties["strength"]

    assert 0 < (strength >= threshold).sum() <= 2.4 * 73


# ---- series


def test_series_count_presences(records: Records, year: Period) -> None:
    cut = records.within(year)
    series = series_of([cut], "fr")
    rows = series_rows(cut, series, pd.Index(records.actors["actor_id"]), "fr")

    assert series == ("Health group", "Plenary", "Workshops")
    assert [row for row in rows if row[0] == 0] == [[0, 1, 3], [0, 3, 3], [0, 5, 2]]


def test_meetings_without_a_series_go_by_their_kind(records: Records, year: Period) -> None:
    meetings = records.meetings.assign(series=pd.Series(pd.NA, index=records.meetings.index, dtype="str"))
    kinds = meetings["kind"].mask(meetings["kind"] == "plenary")
    cut = Records.from_tables(records.actors, meetings.assign(kind=kinds), records.attendance).within(year)

    assert series_of([cut], "fr") == ("Ateliers", "Groupes de travail", "Réunions sans groupe")


def test_series_stand_on_the_side_of_those_who_come() -> None:
    at = pd.DataFrame({"x": [-100.0, 100.0, np.nan], "y": [0.0, 0.0, np.nan]})
    roster = pd.DataFrame({"is_coordinator": [False, False, False]})
    (left, _), (right, _) = series_places(("a", "b"), at, [{"series": [[0, 0, 2], [1, 1, 1], [1, 2, 5]]}], roster)

    assert left < -100
    assert right > 100


# ---- territories


def test_territories_do_not_overlap_and_hold_their_members() -> None:
    from matplotlib.path import Path  # noqa: PLC0415 (only here)

    side = np.repeat([-200.0, 200.0], 12)
    angle = np.tile(np.linspace(0, 6, 12), 2)
    at = pd.DataFrame({"x": side + 30 * np.cos(angle), "y": 30 * np.sin(angle)}, index=[f"a{i}" for i in range(24)])
    groups = pd.Series(np.repeat([0, 1], 12), index=at.index)
    drawn = territories(at, groups, 2)
    paths = [[Path(np.reshape(ring, (-1, 2))) for ring in area["rings"]] for area in drawn]

    inside = np.array([sum(path.contains_points(at.to_numpy()).astype(int) for path in rings) for rings in paths])
    assert [area["group"] for area in drawn] == [0, 1]
    assert (inside[0] > 0).tolist() == (groups == 0).tolist()
    assert (inside[1] > 0).tolist() == (groups == 1).tolist()


def test_two_actors_are_no_territory() -> None:
    at = pd.DataFrame({"x": [0.0, 9.0, 300.0, 310.0, 320.0], "y": [0.0, 5.0, 0.0, 9.0, 3.0]}, index=list("abcde"))

    assert [area["group"] for area in territories(at, pd.Series([0, 0, 1, 1, 1], index=at.index), 2)] == [1]
    assert territories(at.iloc[:2], pd.Series([0, 0], index=list("ab")), 1) == []


# ---- schemes


def test_the_ninth_sector_and_beyond_are_others(review: Review) -> None:
    actors = review.records.actors.assign(sector=pd.Series([f"s{row % 11}" if row % 12 else None for row in range(73)]))
    first = schemes(actors, review.years, review.current, "fr")[0]

    assert len(first.labels) == 10
    assert list(first.labels[-2:]) == ["Autres", "Secteur non renseigné"]
    assert list(first.marks[:8]) == list(MARKS)
    assert first.marks[8] == OTHERS
    assert first.labels[first.at(0)[0]] == "Secteur non renseigné"


def test_communities_of_partners_colour(review: Review) -> None:
    found = {scheme.key: scheme for scheme in schemes(review.records.actors, review.years, review.current, "en")}
    community = review.current.communities["community_without_coordinators"].fillna(0)
    told = [found["community"].labels[category] for category in found["community"].at(1)]

    assert told[review.records.actors["actor_id"].tolist().index("ville")] == "No group"
    assert [name for name, number in zip(told, community, strict=True) if number == 1] == ["Group 1"] * (
        community == 1
    ).sum()


def test_levels_colour_where_they_are_known(review: Review) -> None:
    actors = review.records.actors.assign(level=pd.Series(["elected", "volunteer", None] * 24 + [None]))
    found = {scheme.key: scheme for scheme in schemes(actors, review.years, review.current, "fr")}

    assert list(found["level"].labels) == ["Élu", "Bénévole", "Autres", "Non renseigné"]
    assert "level" not in {scheme.key for scheme in schemes(review.records.actors, review.years, review.current, "fr")}


def test_without_sectors_the_communities_colour_first() -> None:
    bare = made_review(20, sectors=False, years=(2024,))

    assert [scheme.key for scheme in schemes(bare.records.actors, bare.years, bare.current, "fr")] == [
        "community",
        "load",
        "isolation",
    ]


def test_an_unjudged_load_colours_nothing(records: Records, year: Period) -> None:
    made = review_of(records, year)
    made.current.solicitation["flag"] = pd.Series(pd.NA, index=made.current.solicitation.index, dtype="str")

    assert "load" not in {scheme.key for scheme in schemes(records.actors, [made.current], made.current, "fr")}


# ---- the ground

SQUARE = {"type": "Polygon", "coordinates": [[[2.0, 48.0], [2.1, 48.0], [2.1, 48.1], [2.0, 48.1], [2.0, 48.0]]]}


def test_actors_stand_where_they_are() -> None:
    coordinates = pd.DataFrame({"longitude": [2.0, 2.1], "latitude": [48.1, 48.0]}, index=["west", "east"])
    at = located(Geography(coordinates, SQUARE), pd.Series(["east", "nowhere", "west"]))

    assert at["x"][1] is None
    assert at["x"][2] < 0 < at["x"][0]
    assert at["y"][2] < 0 < at["y"][0]
    # A degree of longitude at 48° is cos 48° as long as one of latitude.
    assert at["y"][0] - at["y"][2] == pytest.approx(WIDTH, abs=1)
    assert at["x"][0] - at["x"][2] == pytest.approx(WIDTH * np.cos(np.radians(48.05)), abs=1)


def test_neighbours_of_one_address_are_pushed_apart() -> None:
    same = pd.DataFrame({"longitude": [2.05] * 3, "latitude": [48.05] * 3}, index=list("abc"))
    at = located(Geography(same, SQUARE), pd.Series(list("abc")))
    points = np.column_stack([at["x"], at["y"]])

    assert min(np.hypot(*(points[i] - points[j])) for i, j in ((0, 1), (0, 2), (1, 2))) >= 22


@pytest.mark.parametrize(
    ("outline", "rings"),
    [
        ({"type": "Feature", "geometry": SQUARE}, 1),
        ({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": SQUARE}] * 2}, 2),
        ({"type": "GeometryCollection", "geometries": [SQUARE]}, 1),
        ({"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], SQUARE["coordinates"]]}, 2),
        ({"type": "Feature", "geometry": None}, 0),
    ],
)
def test_every_geojson_shape_of_a_commune_is_read(outline: dict[str, object], rings: int) -> None:
    nobody = pd.DataFrame({"longitude": [], "latitude": []})

    assert len(located(Geography(nobody, outline), pd.Series(["a"]))["outline"]) == rings
