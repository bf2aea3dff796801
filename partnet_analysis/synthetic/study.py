"""
How often the analysis finds what was planted, and how often it cries wolf, over many seeds.

`python -m partnet_analysis.synthetic.study 200` prints the tables of docs/reliability.md; the tests do it with few seeds.
"""

import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.network import partnership_network
from partnet_analysis.measures.centrality import centrality
from partnet_analysis.measures.coordination import dependence
from partnet_analysis.measures.isolation import isolation
from partnet_analysis.measures.meetings import series_overlap
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic.alike import ODD_ONE, YEAR, alike_partners
from partnet_analysis.synthetic.town import partnership
from partnet_analysis.synthetic.truths import TRUTHS

RATES: Final = (0.5, 1.0, 2.0, 5.0)
"""Solicitations a month at which a hundred alike partners are looked at; the example's median is near 2."""

LEVELS_OF_COORDINATION: Final = (0.2, 0.6, 1.0)
"""How much runs through the coordinator, of partnerships that rest ever more on it."""

N_SEEDS: Final = 200

_OVER, _WATCH = names.FLAGS[:2]
_NEARLY_SURE: Final = 0.95


def alarms(seeds: Iterable[int], per_month: float) -> pd.DataFrame:
    """
    Count alarms among partners who are asked alike, and look for the one who is not.

    Parameters
    ----------
    seeds
        The seeds.
    per_month
        The rate of the alike partners, in solicitations a month.

    Returns
    -------
    alarms
        One row for each seed: `flagged` and `watched` (share of a hundred alike partners flagged as over-solicited and to be
        watched; false alarms), `found` (1 where a partner asked three times as often as 99 alike ones is flagged, else 0),
        `flagged_beside` (share of these 99 flagged).
    """
    rows = []
    for seed in seeds:
        alike, odd = (_flags(alike_partners(seed, per_month=per_month, times=times)) for times in (1, 3))
        beside = odd.drop(ODD_ONE)
        rows.append(
            {
                "seed": seed,
                "flagged": (alike == _OVER).mean(),
                "watched": (alike == _WATCH).mean(),
                "found": float(odd[ODD_ONE] == _OVER),
                "flagged_beside": (beside == _OVER).mean(),
            }
        )
    return pd.DataFrame(rows).set_index("seed").astype(float)


def findings(seeds: Iterable[int], n_organisations: int = 60) -> pd.DataFrame:
    """
    Ask of whole made-up partnerships which planted truths the analysis finds.

    Parameters
    ----------
    seeds
        The seeds.
    n_organisations
        How many organisations each has.

    Returns
    -------
    findings
        One row for each seed, one column for each truth, 1 where it is found, else 0; last, `others_flagged`, how many
        partners beside the planted ones are flagged as over-solicited.
    """
    rows = [{"seed": seed, **_found(seed, n_organisations)} for seed in seeds]
    return pd.DataFrame(rows).set_index("seed").astype(float)


def dependences(seeds: Iterable[int], n_organisations: int = 60) -> pd.DataFrame:
    """
    Measure partnerships that rest ever more on their coordinator: what would be lost without it must grow.

    Parameters
    ----------
    seeds
        The seeds.
    n_organisations
        How many organisations each has.

    Returns
    -------
    dependences
        One row for each seed, one column for each of `LEVELS_OF_COORDINATION`: the dependence on the coordinator and the
        meetings it convenes.
    """
    rows = {seed: {level: _lost(seed, n_organisations, level) for level in LEVELS_OF_COORDINATION} for seed in seeds}
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(LEVELS_OF_COORDINATION)).rename_axis("seed")


def alarm_table(alarms_by_rate: Mapping[float, pd.DataFrame]) -> str:
    """
    Lay out how often alarms are true.

    Parameters
    ----------
    alarms_by_rate
        Rate of the alike partners → what `alarms` gives.

    Returns
    -------
    table
        In Markdown, one row for each rate.
    """
    lines = [
        "| alike partners asked | flagged | to be watched | one asked 3 times as often: found | flagged beside it |",
        "|---|---|---|---|---|",
    ]
    for per_month, found in alarms_by_rate.items():
        shares = (f"{found[column].mean():.2%}" for column in ("flagged", "watched", "found", "flagged_beside"))
        lines.append(f"| {per_month:g} a month | {' | '.join(shares)} |")
    return "\n".join(lines)


def truth_table(found: pd.DataFrame, lost: pd.DataFrame) -> str:
    """
    Lay out which planted truths are found.

    Parameters
    ----------
    found
        What `findings` gives.
    lost
        What `dependences` gives.

    Returns
    -------
    table
        In Markdown, one row for each truth: of how many partnerships it was planted in, in how many it was found.
    """
    lines = ["| planted | found |", "|---|---|"]
    truths = found.drop(columns="others_flagged")
    lines += [f"| {str(truth).replace('_', ' ')} | {int(count)} of {len(found)} |" for truth, count in truths.sum().items()]
    n_ordered = sum(row == sorted(row) for row in lost.to_numpy().tolist())
    lines.append(f"| dependence grows with coordination | {n_ordered} of {len(lost)} |")
    lines.append(f"| others flagged, per partnership | {found['others_flagged'].mean():.2f} |")
    return "\n".join(lines)


def main(n_seeds: int) -> str:
    """
    Study so many seeds and lay out both tables.

    Parameters
    ----------
    n_seeds
        How many seeds.

    Returns
    -------
    tables
        The tables of `alarm_table` and `truth_table`.
    """
    seeds = range(n_seeds)
    alarmed = alarm_table({per_month: alarms(seeds, per_month) for per_month in RATES})
    return f"{alarmed}\n\n{truth_table(findings(seeds), dependences(seeds))}\n"


def _flags(records: Records) -> pd.Series:
    partners = records.actors.loc[~records.actors["is_coordinator"], "actor_id"]
    return pd.Series(solicitation_load(records, Period.of_year(YEAR))["flag"][list(partners)])


def _found(seed: int, n_organisations: int) -> dict[str, Any]:
    records = at_organisation_level(partnership(seed, n_organisations).records)
    return {
        **_of_isolation(records),
        **_of_structure(records),
        **_of_load(records),
    }


def _lost(seed: int, n_organisations: int, coordination: float) -> float:
    records = at_organisation_level(partnership(seed, n_organisations, coordination=coordination).records)
    return float(dependence(records, TRUTHS.period)["dependence"]["without_their_meetings"])


def _of_load(records: Records) -> dict[str, Any]:
    load = solicitation_load(records, TRUTHS.period)
    planted = [planted.actor_id for planted in TRUTHS.over_solicited]
    is_flagged = load["flag"] == _OVER
    return {
        **{f"over_solicited: {actor_id}": is_flagged[actor_id] for actor_id in planted},
        "response_rate_that_fell": load["p_response_fell"][TRUTHS.response_fell] > _NEARLY_SURE,
        "always_the_same_delegate": load["delegate_concentration"][TRUTHS.concentrated_on_one_delegate] > _NEARLY_SURE,
        "others_flagged": is_flagged.drop(planted).sum(),
    }


def _of_isolation(records: Records) -> dict[str, bool]:
    found = isolation(records, TRUTHS.period)
    return {kind: bool(found.loc[list(actors), kind].all()) for kind, actors in TRUTHS.isolated.items()}


def _of_structure(records: Records) -> dict[str, bool]:
    carried = centrality(partnership_network(records, TRUTHS.period))[f"betweenness{names.WITHOUT_COORDINATORS}"]
    lost = dependence(records, TRUTHS.period)["newly_isolated"]
    first = series_overlap(records, TRUTHS.period).iloc[0]
    without = set(TRUTHS.isolated_without_coordinators)
    meetings_too = {*without, *TRUTHS.isolated_without_coordinated_meetings}
    return {
        "bridge_between_the_halves": carried.idxmax() == TRUTHS.bridge,
        "isolated_without_the_coordinator": without <= set(lost["without_coordinators"]),
        "isolated_without_its_meetings": meetings_too <= set(lost["without_their_meetings"]),
        "redundant_series": {first["series_a"], first["series_b"]} == set(TRUTHS.redundant_series),
    }


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]) if len(sys.argv) > 1 else N_SEEDS))
