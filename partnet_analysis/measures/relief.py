"""How to spare those who are asked for too much: where their load comes from, who could stand in, what it would change."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis.graph.network import shared_network
from partnet_analysis.measures._events import load_events
from partnet_analysis.measures._gamma_poisson import Prior, posterior
from partnet_analysis.measures._judgement import (
    LIKELY,
    TIMES_MEDIAN,
    chance_of_too_much,
    flag_of,
    most_helped,
    prior_of,
)
from partnet_analysis.measures._series import members_by_series, overlap_of
from partnet_analysis.measures._themes import n_shared, similarity, themes_of
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

FLAGGED: Final = ("over_solicited", "watch")
N_STAND_INS: Final = 3
REMEDIES: Final = ("drop_series", "alternate", "merge_series", "together")

OVERLAPPING: Final = 0.3
"""Two series with at least this share of common members overlap."""


def load_sources(records: Records, period: Period, load: pd.DataFrame) -> pd.DataFrame:
    """
    Tell where the load of flagged partners comes from.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    sources
        For each partner flagged `over_solicited` or `watch`, in roster order, one row for each series and for each
        solicitor, the heaviest first: `actor_id`, `source_kind` (`series`, `solicitor`), `source` (the series' name, the
        solicitor's id), `n_solicitations` (int), `hours` (hours, NA where unknown), `share` (0 to 1) of the partner's load.
        An invitation counts under its series and under its convener: the two kinds are two views of one load.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    events = load_events(records.require_activity(period))
    events = events[events["actor_id"].isin(_flagged(load))]
    parts = []
    for kind, column in (("series", "series"), ("solicitor", "solicitor_id")):
        known = events[events[column].notna() & (events[column] != events["actor_id"])]
        groups = known.groupby(["actor_id", column])
        counted = pd.DataFrame({"n_solicitations": groups.size(), "hours": groups["hours"].sum(min_count=1)}).reset_index()
        parts.append(counted.rename(columns={column: "source"}).assign(source_kind=kind))
    sources = pd.concat(parts, ignore_index=True)
    sources["share"] = sources["n_solicitations"] / sources["actor_id"].map(load["n_load"]).astype(float)
    ordered = sources.sort_values(
        ["actor_id", "source_kind", "n_solicitations", "source"], ascending=[True, True, False, True], ignore_index=True
    )
    return ordered[["actor_id", "source_kind", "source", "n_solicitations", "hours", "share"]]


def relief_needed(load: pd.DataFrame) -> pd.DataFrame:
    """
    Tell how much less would be usual again.

    Parameters
    ----------
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    needed
        One row for each partner flagged `over_solicited` or `watch`, indexed by `actor_id`, in roster order:
        `n_fewer_needed` (int): the fewest solicitations fewer over the period that would have brought `p_over` below 0.5,
        and `capacity_use` to 1 or less if every solicitation asks for equally many hours; `per_month_before`,
        `per_month_target` (per month); `sentence`, a `Phrase`.
    """
    rows, yardstick = [], _Yardstick(load)
    for actor in _flagged(load):
        row = yardstick.rows[actor]
        counts = np.arange(float(row["n_load"]), -1.0, -1.0)
        months = np.full(len(counts), float(row["months_at_risk"]))
        known = posterior(yardstick.priors[row["stratum"]], counts, months)
        use = float(np.nan_to_num(row["capacity_use"])) * counts / counts[0]
        usual = (known.exceedance(TIMES_MEDIAN * row["stratum_median"]) < LIKELY) & (use <= 1)
        fewer = int(np.argmax(usual)) if usual.any() else len(counts) - 1
        target = (counts[0] - fewer) / months[0]
        values = {"before": round(float(row["per_month"]), 1), "after": round(float(target), 1), "n": fewer}
        rows.append((fewer, float(row["per_month"]), target, Phrase("relief.needed", values)))
    columns = ["n_fewer_needed", "per_month_before", "per_month_target", "sentence"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index(_flagged(load), name="actor_id"))


def stand_ins(records: Records, period: Period, load: pd.DataFrame) -> pd.DataFrame:
    """
    Find who could stand in for those who are asked for too much.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    stand_ins
        For each partner flagged `over_solicited` or `watch`, up to three others, the best first: `actor_id`,
        `stand_in_id`, `rank` (from 1), `same_sector` (bool), `n_shared_themes` (int), `acquaintance` (0 to 1): cosine of
        the strengths of their ties, coordinators aside, `per_month`, `reason` (a `Phrase`). A stand-in is a partner at
        risk, itself not flagged, of the same sector or with a common theme, and asked less than its stratum's median. Those
        closest in whom they know come first. In rosters beyond a thousand, for those flagged who are asked most.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    network = shared_network(records, period)
    cut = network.records
    themes = themes_of(cut)
    flagged = load["per_month"][_flagged(load)].nlargest(most_helped(len(load))).index
    helped = [actor for actor in _flagged(load) if actor in flagged]
    alike = similarity(network.without_coordinators, helped)
    sector = cut.actors.set_index("actor_id")["sector"]
    light = load.index[(load["flag"] == "usual").fillna(value=False) & (load["per_month"] < load["stratum_median"])]
    shared = n_shared(themes, helped, list(light))
    rows = []
    for actor, n_themes in zip(helped, shared, strict=True):
        same = (sector[light] == sector[actor]).fillna(value=False).to_numpy(dtype=bool)
        near = alike.loc[actor].reindex(light).to_numpy(dtype=float)
        # The closest first, then of the same sector, of more common themes, in roster order.
        best = np.lexsort((-n_themes, ~same, -near))
        best = best[(same | (n_themes > 0))[best]][:N_STAND_INS]
        rows += [
            (actor, light[place], bool(same[place]), int(n_themes[place]), float(near[place]), rank)
            for rank, place in enumerate(best, start=1)
        ]
    columns = ["actor_id", "stand_in_id", "same_sector", "n_shared_themes", "acquaintance", "rank"]
    frame = pd.DataFrame(rows, columns=columns).astype({"actor_id": "str", "stand_in_id": "str", "acquaintance": float})
    frame["per_month"] = frame["stand_in_id"].map(load["per_month"]).astype(float)
    names = cut.actors.set_index("actor_id")["name"]
    reasons = [_why(str(names[row["stand_in_id"]]), row) for row in frame.to_dict("records")]
    frame["reason"] = pd.Series(reasons, index=frame.index, dtype=object)
    return frame[
        ["actor_id", "rank", "stand_in_id", "same_sector", "n_shared_themes", "acquaintance", "per_month", "reason"]
    ]


def remedies(records: Records, period: Period, load: pd.DataFrame, stand_ins: pd.DataFrame) -> pd.DataFrame:
    """
    Compute what three remedies would change for those who are asked for too much.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    load
        The load, as `solicitation_load` gives it.
    stand_ins
        As `stand_ins` gives them.

    Returns
    -------
    remedies
        For each partner flagged `over_solicited` or `watch`, one row for each remedy that applies: `actor_id`, `remedy`:
        `drop_series` (no more invitations to the series that weighs most), `alternate` (every other invitation to it goes
        to the first stand-in), `merge_series` (the two of its series with the greatest overlap of members, from 0.3 and
        plenaries aside, meet as one, as often as the more frequent), `together` (the first and the third); `series`,
        `other_series`, `stand_in_id` (missing where they do not apply), `n_fewer` (int): solicitations fewer in the period,
        `hours_fewer` (hours, NA where unknown), `per_month_before`, `per_month_after`, `p_over_after`, `flag_after`,
        `stand_in_flag_after` (missing without a stand-in), and `sentence`, a `Phrase`. The stratum's prior and median stay
        as they are: the usual load remains the yardstick.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    events = load_events(cut)
    members = members_by_series(cut)
    overlap = overlap_of(members[~members.index.isin(cut.meetings.loc[cut.meetings["kind"] == "plenary", "series"])])
    overlap = overlap[overlap["jaccard"] >= OVERLAPPING]
    first = stand_ins[stand_ins["rank"] == 1].set_index("actor_id")["stand_in_id"]
    yardstick = _Yardstick(load)
    names = cut.actors.set_index("actor_id")["name"]
    rows = []
    for actor in _flagged(load):
        own = events[(events["actor_id"] == actor) & (events["nature"] != "contact") & events["series"].notna()]
        for remedy, series, other, fewer in _options(own, overlap, first.get(actor)):
            rows.append(_effect(yardstick, actor, (remedy, series, other), fewer, names))
    columns = [
        *("actor_id", "remedy", "series", "other_series", "stand_in_id", "n_fewer", "hours_fewer"),
        *("per_month_before", "per_month_after", "p_over_after", "flag_after", "stand_in_flag_after", "sentence"),
    ]
    frame = pd.DataFrame(rows, columns=columns)
    text = ["actor_id", "remedy", "series", "other_series", "stand_in_id", "flag_after", "stand_in_flag_after"]
    return frame.astype(dict.fromkeys(text, "str") | {"n_fewer": "int64"})


def _flagged(load: pd.DataFrame) -> list[str]:
    return list(load.index[load["flag"].isin(FLAGGED)])


def _why(name: str, row: Mapping[Hashable, Any]) -> Phrase:
    key = "both" if row["same_sector"] and row["n_shared_themes"] else "sector" if row["same_sector"] else "theme"
    values = {"name": name, "n": row["n_shared_themes"], "pace": round(float(row["per_month"]), 1)}
    return Phrase(f"relief.stand_in_{key}", values)


def _options(
    own: pd.DataFrame, overlap: pd.DataFrame, stand_in: str | None
) -> Iterator[tuple[str, str, str | None, pd.DataFrame]]:
    """List the remedies, each with the solicitations that would fall away."""
    counts = own["series"].value_counts().sort_index()
    if counts.empty:
        return
    heaviest = str(counts.idxmax())
    weighs_most = own[own["series"] == heaviest]
    yield "drop_series", heaviest, None, weighs_most
    if stand_in is not None and len(weighs_most) > 1:
        yield "alternate", heaviest, stand_in, weighs_most.iloc[1::2]
    both = overlap[overlap["series_a"].isin(counts.index) & overlap["series_b"].isin(counts.index)]
    for one, other in both[["series_a", "series_b"]].head(1).itertuples(index=False):
        less, more = sorted((str(one), str(other)), key=lambda series: (counts[series], series))
        spared = own[own["series"] == less]
        yield "merge_series", less, more, spared
        if heaviest != less:
            yield "together", heaviest, less, pd.concat([weighs_most, spared])


@dataclass(frozen=True, eq=False)
class _Yardstick:
    """The load, and what judging it anew takes: the rows by actor, the priors by stratum."""

    load: pd.DataFrame

    @cached_property
    def rows(self) -> dict[str, Mapping[Hashable, Any]]:
        return dict(zip(self.load.index, self.load.to_dict("records"), strict=True))

    @cached_property
    def priors(self) -> dict[str, Prior]:
        return {stratum: prior_of(self.load, stratum) for stratum in self.load["stratum"].dropna().unique()}


def _effect(
    yardstick: _Yardstick, actor: str, option: tuple[str, str, str | None], fewer: pd.DataFrame, names: pd.Series
) -> tuple[object, ...]:
    remedy, series, other = option
    is_swap = remedy == "alternate"
    row = yardstick.rows[actor]
    hours = float(fewer["hours"].sum(min_count=1))
    p_over, flag = _judged(row, yardstick.priors[row["stratum"]], -len(fewer), -hours)
    after = (row["n_load"] - len(fewer)) / row["months_at_risk"]
    swapped = None
    if is_swap:
        substitute = yardstick.rows[str(other)]
        swapped = _judged(substitute, yardstick.priors[substitute["stratum"]], len(fewer), hours)[1]
    values = {
        "series": series,
        "other": names.get(other, other) if other else "",
        "before": round(float(row["per_month"]), 1),
        "after": round(float(after), 1),
    }
    sentence = Phrase(f"relief.{remedy}", {**values, "verdict": Phrase(f"relief.then_{flag}")})
    others = (None, other) if is_swap else (other, None)
    return (actor, remedy, series, *others, len(fewer), hours, row["per_month"], after, p_over, flag, swapped, sentence)


def _judged(row: Mapping[Hashable, Any], prior: Prior, more: int, more_hours: float) -> tuple[float, str]:
    """Judge an actor anew, with so many solicitations and hours more."""
    asked = float(row["hours_asked"])
    p_over = chance_of_too_much(prior, row["n_load"] + more, row["months_at_risk"], row["stratum_median"])
    use = row["capacity_use"] * (asked + np.nan_to_num(more_hours)) / asked if asked > 0 else float("nan")
    return p_over, flag_of(p_over, float(use))
