"""Whatever was planted in a made-up partnership, the analysis finds."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.measures.centrality import centrality
from partnet_analysis.measures.isolation import isolation
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import SEED, TRUTHS, OverSolicited, partnership, study
from partnet_analysis.synthetic.alike import ODD_ONE, YEAR, alike_partners
from partnet_analysis.synthetic.study import LEVELS_OF_COORDINATION, alarms, dependences, findings
from partnet_analysis.synthetic.truths import COORDINATOR


@dataclass(frozen=True)
class Analysis:
    """One made-up partnership, measured over the year of the truths, each frame made once."""

    seed: int
    n_organisations: int

    @cached_property
    def records(self) -> Records:
        return at_organisation_level(partnership(self.seed, self.n_organisations).records)

    @cached_property
    def year(self) -> Records:
        return self.records.within(TRUTHS.period)

    @cached_property
    def network(self) -> Network:
        return partnership_network(self.records, TRUTHS.period)

    @cached_property
    def load(self) -> pd.DataFrame:
        return solicitation_load(self.records, TRUTHS.period)

    @cached_property
    def isolation(self) -> pd.DataFrame:
        return isolation(self.records, TRUTHS.period)


@pytest.fixture(
    scope="module",
    params=[(SEED, 60), (7, 60), (11, 40), (13, 100)],
    ids=lambda case: f"seed {case[0]}, {case[1]} organisations",
)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return Analysis(*request.param)


@pytest.mark.parametrize("planted", TRUTHS.over_solicited, ids=lambda planted: str(planted.actor_id))
def test_an_over_solicited_partner_is_flagged_well_above_its_peers(analysis: Analysis, planted: OverSolicited) -> None:
    found = analysis.load.loc[planted.actor_id]

    assert found["flag"] == "over_solicited"
    assert found["p_over"] >= 0.9
    assert found["per_month"] > 2 * found["stratum_median"]


@pytest.mark.parametrize("planted", TRUTHS.over_solicited, ids=lambda planted: str(planted.actor_id))
def test_an_over_solicited_partner_is_asked_by_the_planted_groups_and_solicitors(
    analysis: Analysis, planted: OverSolicited
) -> None:
    attendance = analysis.year.attendance
    asked = attendance[(attendance["actor_id"] == planted.actor_id) & (attendance["persons_invited"] > 0)]
    meetings = asked.merge(analysis.year.meetings, on="meeting_id")
    groups = meetings.loc[meetings["kind"] == "working_group", "series"]
    contacts = analysis.year.contacts
    solicitors = contacts.loc[contacts["target_id"] == planted.actor_id, "source_id"].value_counts()

    assert set(groups) == set(planted.series)
    assert set(planted.solicitors) <= set(solicitors.head(len(planted.solicitors) + 1).index)


def test_few_others_are_flagged(analysis: Analysis) -> None:
    flagged = set(analysis.load.index[analysis.load["flag"] == "over_solicited"])

    assert len(flagged - {planted.actor_id for planted in TRUTHS.over_solicited}) <= 0.1 * len(analysis.load)


@pytest.mark.parametrize("kind", TRUTHS.isolated)
def test_every_type_of_isolation_is_found(analysis: Analysis, kind: str) -> None:
    assert analysis.isolation.loc[list(TRUTHS.isolated[kind]), kind].all()


def test_the_newcomer_is_nothing_but_new(analysis: Analysis) -> None:
    (newcomer,) = TRUTHS.isolated["newcomer"]
    kinds = analysis.isolation.loc[newcomer, list(names.ISOLATION_TYPES)]

    assert [kind for kind, holds in kinds.items() if holds] == ["newcomer", "connected"]


def test_who_had_left_is_neither_isolated_nor_spared(analysis: Analysis) -> None:
    left = list(TRUTHS.left_before)

    assert not analysis.isolation.loc[left, list(names.ISOLATION_TYPES)].any(axis=None)
    assert analysis.load.loc[left, "flag"].isna().all()


def test_who_left_during_the_year_is_not_dormant(analysis: Analysis) -> None:
    left = analysis.records.actors.loc[analysis.records.actors["left_on"].dt.year == TRUTHS.period.year, "actor_id"]

    assert len(left) or analysis.n_organisations < 60
    assert not analysis.isolation.loc[list(left), "dormant"].any()


def test_nobody_active_is_called_isolated(analysis: Analysis) -> None:
    busy = analysis.load[analysis.load["n_presences"] >= 6].index.drop(COORDINATOR)
    meant = {actor for found in TRUTHS.isolated.values() for actor in found}

    assert analysis.isolation.loc[[actor for actor in busy if actor not in meant], "connected"].all()


def test_the_bridge_carries_most_shortest_paths_between_partners(analysis: Analysis) -> None:
    carried = centrality(analysis.network)[f"betweenness{names.WITHOUT_COORDINATORS}"]

    assert carried.idxmax() == TRUTHS.bridge


def test_without_the_coordinator_the_planted_partner_knows_nobody(analysis: Analysis) -> None:
    degree = centrality(analysis.network)

    for actor_id in TRUTHS.isolated_without_coordinators:
        assert degree.loc[actor_id, "degree"] == 1
        assert degree.loc[actor_id, f"degree{names.WITHOUT_COORDINATORS}"] == 0


def test_without_the_meetings_it_convenes_another_knows_nobody(analysis: Analysis) -> None:
    convened = analysis.year.meetings.loc[analysis.year.meetings["convener_id"] == COORDINATOR, "meeting_id"]
    without = analysis.network.without_coordinators
    left = Network(without.records.without_meetings(set(convened)), without.period).ties

    for actor_id in TRUTHS.isolated_without_coordinated_meetings:
        assert actor_id in {*without.ties["source_id"], *without.ties["target_id"]}
        assert actor_id not in {*left["source_id"], *left["target_id"]}


def test_the_redundant_series_have_the_same_members_and_no_others_do(analysis: Analysis) -> None:
    invited = analysis.year.attendance.merge(analysis.year.meetings[["meeting_id", "series", "kind"]], on="meeting_id")
    groups = invited[invited["kind"] == "working_group"]
    members = groups[groups["actor_id"] != COORDINATOR].groupby("series")["actor_id"].agg(frozenset)
    overlap = {
        frozenset((one, other)): len(members[one] & members[other]) / len(members[one] | members[other])
        for one in members.index
        for other in members.index
        if one < other
    }

    assert max(overlap, key=overlap.__getitem__) == frozenset(TRUTHS.redundant_series)
    assert overlap[frozenset(TRUTHS.redundant_series)] > 0.8


def test_the_fallen_response_rate_is_found(analysis: Analysis) -> None:
    found = analysis.load.loc[TRUTHS.response_fell]

    assert found["response_change"] < -0.3
    assert found["p_response_fell"] > 0.99
    assert TRUTHS.response_fell in analysis.load["response_change"].nsmallest(3).index


def test_the_organisation_that_sends_one_person_has_the_highest_concentration(analysis: Analysis) -> None:
    concentration = analysis.load["delegate_concentration"]

    assert concentration[TRUTHS.concentrated_on_one_delegate] == pytest.approx(1)
    assert (concentration[["passerelle", "mission-locale"]] < 0.8).all()


def test_a_study_over_seeds_finds_nearly_everything_and_seldom_cries_wolf() -> None:
    found = findings(range(200, 220), n_organisations=40)
    alarm = alarms(range(200, 220), 2.0)

    assert (found.drop(columns="others_flagged") == 1).all(axis=None)
    assert found["others_flagged"].max() <= 6
    assert alarm["flagged"].mean() <= 0.02
    assert alarm["flagged_beside"].mean() <= 0.02
    assert alarm["found"].mean() >= 0.95


def test_the_more_runs_through_the_coordinator_the_more_is_lost_without_it() -> None:
    lost = dependences(range(200, 206), n_organisations=40)

    assert lost.shape == (6, len(LEVELS_OF_COORDINATION))
    assert (lost.diff(axis=1).iloc[:, 1:] > 0).all(axis=None)


def test_the_tables_of_the_study_have_a_row_for_each_rate_and_each_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study, "RATES", (0.5, 5.0))
    tables = study.main(1)

    for expected in ("| 0.5 a month |", "| 5 a month |", "| redundant series | 1 of 1 |", "| dependence grows with"):
        assert expected in tables
    rows = {line.split("|")[1].strip().replace(" ", "_") for line in tables.splitlines() if line}
    assert set(TRUTHS.isolated) <= rows


def test_alike_partners_are_asked_alike_and_the_odd_one_more() -> None:
    year = Period.of_year(YEAR)
    load = solicitation_load(alike_partners(5, times=3.0), year)["n_load"].drop("coordinator").astype(float)
    rest = load.drop(ODD_ONE)

    assert load[ODD_ONE] > 45
    assert rest.mean() == pytest.approx(24, abs=1.5)
    assert rest.var() / rest.mean() == pytest.approx(1, abs=0.4)
