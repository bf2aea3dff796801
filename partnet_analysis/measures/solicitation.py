"""Who is asked for how much, and who should be spared."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.measures import _beta_binomial, _gamma_poisson
from partnet_analysis.measures._events import Basis, basis_of, load_events, made, received
from partnet_analysis.measures._judgement import INTERVAL, LIKELY, PARTNERSHIP, SURE, TIMES_MEDIAN
from partnet_analysis.measures._reasons import load_reasons
from partnet_analysis.periods import Period
from partnet_analysis.records.codes import with_codes
from partnet_analysis.records.exposure import contacts_have_direction, months_at_risk, standing
from partnet_analysis.records.presence import invitations, presences
from partnet_analysis.records.tables import Records

Floats = npt.NDArray[np.float64]

STRATUM_MINIMUM: Final = 8
"""A sector with fewer actors is compared with the whole partnership."""

WINDOW_DAYS: Final = 30


def load_basis(records: Records, period: Period) -> Basis:
    """
    Tell by which word an actor's load may be called.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    basis
        `solicitation` where more than half of the meetings attended come with an invitation list; else `presence` where
        there is attendance; else `contact`.
    """
    return basis_of(records.within(period))


def solicitation_load(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure how much each actor is asked for.

    Parameters
    ----------
    records
        The records; only what happened in `period` counts, and what happened in the period before for changes.
    period
        The span, which also turns counts into monthly rates over each actor's months at risk.

    Returns
    -------
    load
        One row for each actor of the roster, indexed by `actor_id`, in roster order. NA where it cannot be known:

        - `n_invitations` (int): meetings to which the actor was invited; NA where no invitation list exists.
        - `n_presences` (int): meetings at which it was present.
        - `n_contacts_received`, `n_contacts_made` (int): contacts by which others reached it, and it others; NA where
          contacts do not say who reached out.
        - `n_solicitations` (int): invitations plus contacts received; NA where no invitation list exists.
        - `n_load` (int): what the load counts on the basis at hand (`load_basis`): solicitations; or presences plus contacts
          received; or contacts both ways.
        - `n_solicitors` (int): distinct other actors who convened or reached out; NA where none is known.
        - `n_series` (int): distinct series of the invitations (of the presences, without lists).
        - `hours_asked` (hours): durations of the meetings it was invited to, times the persons invited, plus durations of
          contacts received; a lower bound, as missing durations add nothing; NA where none of them is known.
        - `hours_given` (hours): durations of the meetings attended, times the persons present, plus contacts both ways.
        - `months_at_risk` (months): from joining to leaving within the period.
        - `per_month` (per month): `n_load` / `months_at_risk`.
        - `rate`, `rate_low`, `rate_high` (per month): mean and 90 % interval of the underlying rate.
        - `stratum`: the sector with which it is compared; `*`, the whole partnership, where its sector has fewer than 8
          partners; NA for those who are compared with nobody.
        - `stratum_median` (per month): the median of `per_month` over the partners of the stratum who have any load.
        - `p_over` (probability): Pr(rate > 1.5 × `stratum_median`).
        - `capacity_use` (share): `hours_asked` a month over the declared capacity; who was there for less than a month is
          measured over a whole one, lest a first meeting fill it; NA where no capacity is declared.
        - `flag`: `over_solicited` where `p_over` ≥ 0.9 or `capacity_use` > 1, `watch` where `p_over` ≥ 0.5, else `usual`; NA
          for coordinators (they solicit), residents (an aggregate), actors not there, and all without invitation lists.
        - `balance` (−1 to 1): (in − out) / (in + out), in being the solicitations received from a known other actor, out
          those it was itself the author of; 1: only asked, −1: only asks.
        - `n_answerable` (int): invitations whose outcome is known.
        - `response_rate`, `response_low`, `response_high` (share): mean and 90 % interval of the share of invitations at
          which it is present, shrunken towards the partnership's.
        - `response_change` (share), `p_response_fell` (probability): the rate minus that of the period before, and the
          probability that it fell.
        - `busiest_30_days` (int), `busiest_from` (day): the most load in 30 days on end, and the first of these days.
        - `same_day_clashes` (int): days on which it had two meetings or more.
        - `delegate_concentration` (share): Σ p² over the persons who attend for it, p being their share of its presences
          (Herfindahl–Hirschman index); 1: always the same person. NA where persons are not known.
        - `reasons`: the plain words, a tuple of `Phrase`.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Notes
    -----
    The rate follows the robust Gamma–Poisson model of `measures._gamma_poisson`, fitted within each stratum to partners at
    risk, coordinators and residents aside. Who was never asked tells nothing about what being asked usually amounts to, so
    the median leaves them out. Sources: Spiegelhalter 2005 (Statistics in Medicine 24, 1185), Schmidli et al. 2014
    (Biometrics 70, 1023); `docs/decisions/over-solicited.md` has the reasoning and the error rates.
    """
    records = with_codes(records)
    cut = records.require_activity(period)
    events = load_events(cut)
    basis = basis_of(cut)
    load = pd.DataFrame(index=pd.Index(records.actors["actor_id"], name="actor_id"))
    load = load.join([_counts(cut, events, basis), _hours(cut, events, basis)])
    load["months_at_risk"] = months_at_risk(records.actors, period)
    role = standing(records.actors, period)
    load["per_month"] = load["n_load"].astype(float).div(load["months_at_risk"].where(load["months_at_risk"] > 0))
    load = load.join(_rates(load, role, _strata(records.actors, role)))
    capacity = records.actors.set_index("actor_id")["capacity_hours_per_month"]
    load["capacity_use"] = load["hours_asked"] / load["months_at_risk"].clip(lower=1) / capacity.where(capacity > 0)
    load["flag"] = _flags(load, role, basis)
    load["balance"] = _balance(cut, events, load.index)
    load = load.join([_responses(records, period), _crowding(cut, events, load.index), _delegation(cut)])
    load["reasons"] = load_reasons(load, records.actors, role, basis)
    return load


def _counts(cut: Records, events: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Count, by actor."""
    ids = cut.actors["actor_id"]
    meetings = events[events["nature"] != "contact"]
    foreign = events[events["solicitor_id"].notna() & (events["solicitor_id"] != events["actor_id"])]
    counts = pd.DataFrame(
        {
            "n_invitations": _count(events, ids, "invitation"),
            "n_presences": _tally(presences(cut)["actor_id"], ids),
            "n_contacts_received": _tally(cut.contacts["target_id"], ids),
            "n_contacts_made": _tally(cut.contacts["source_id"], ids),
            "n_solicitations": _tally(events["actor_id"], ids),
            "n_load": _tally(events["actor_id"], ids),
            "n_solicitors": _distinct(foreign, "solicitor_id", ids),
            "n_series": _distinct(meetings, "series", ids),
        }
    )
    if basis != "solicitation":
        counts[["n_invitations", "n_solicitations"]] = pd.NA
    if not contacts_have_direction(cut):
        counts[["n_contacts_received", "n_contacts_made"]] = pd.NA
    if foreign.empty:
        counts["n_solicitors"] = pd.NA
    # A column that holds nothing but NA has lost its type.
    return counts.astype("Int64")


def _count(events: pd.DataFrame, ids: pd.Series, nature: str) -> pd.Series:
    return _tally(events.loc[events["nature"] == nature, "actor_id"], ids)


def _tally(found: pd.Series, ids: pd.Series) -> pd.Series:
    return found.value_counts().reindex(pd.Index(ids, name="actor_id"), fill_value=0)


def _distinct(events: pd.DataFrame, column: str, ids: pd.Series) -> pd.Series:
    return events.groupby("actor_id")[column].nunique().reindex(pd.Index(ids, name="actor_id"), fill_value=0)


def _hours(cut: Records, events: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Add up what durations are known; nobody's hours are known where none of theirs is."""
    ids = pd.Index(cut.actors["actor_id"], name="actor_id")
    present = presences(cut).merge(cut.meetings, on="meeting_id")
    attended = present.assign(hours=present["duration_hours"] * present["persons_present"].clip(lower=1))
    given = pd.concat(
        [attended[["actor_id", "hours"]], received(cut)[["actor_id", "hours"]], made(cut)[["actor_id", "hours"]]]
    )
    asked = _sum_known(events, ids)
    return pd.DataFrame({"hours_asked": asked if basis == "solicitation" else np.nan, "hours_given": _sum_known(given, ids)})


def _sum_known(hours: pd.DataFrame, ids: pd.Index) -> pd.Series:
    if hours["hours"].isna().all():
        return pd.Series(np.nan, index=ids)
    total = hours.groupby("actor_id")["hours"].sum(min_count=1)
    nothing_to_add = ~ids.isin(hours["actor_id"].unique())
    return total.reindex(ids).mask(nothing_to_add, 0.0)


def _strata(actors: pd.DataFrame, role: pd.Series) -> pd.Series:
    """With whom each partner is compared; missing for those who are no partners at risk."""
    sector = actors.set_index("actor_id")["sector"].where(role == "partner")
    large = sector.map(sector.value_counts()) >= STRATUM_MINIMUM
    return sector.where(large, PARTNERSHIP).where(role == "partner").rename("stratum")


def _rates(load: pd.DataFrame, role: pd.Series, strata: pd.Series) -> pd.DataFrame:
    """Fit within each stratum; `*` is fitted to every partner at risk, whatever its sector."""
    columns = ["rate", "rate_low", "rate_high", "stratum_median", "p_over"]
    rates = pd.DataFrame(np.nan, index=load.index, columns=columns).assign(stratum=strata)
    partners = load[role == "partner"]
    for stratum in sorted(strata.dropna().unique()):
        peers = partners if stratum == PARTNERSHIP else partners[strata[role == "partner"] == stratum]
        counts, months = peers["n_load"].to_numpy(dtype=float), peers["months_at_risk"].to_numpy()
        # Of those asked equally often in as long a time the same is known; among thousands there are few different ones.
        kinds, kind = np.unique(np.column_stack([counts, months]), axis=0, return_inverse=True)
        known = _gamma_poisson.posterior(_gamma_poisson.fit(counts, months), kinds[:, 0], kinds[:, 1])
        median = usual_rate(peers["per_month"])
        fitted = pd.DataFrame(
            {
                "rate": known.mean,
                "rate_low": known.quantile(INTERVAL[0]),
                "rate_high": known.quantile(INTERVAL[1]),
                "stratum_median": median,
                "p_over": known.exceedance(TIMES_MEDIAN * median) if np.isfinite(median) else np.nan,
            }
        ).iloc[kind]
        fitted.index = peers.index
        members = strata.index[strata == stratum]
        rates.loc[members, columns] = fitted.loc[members, columns]
    return rates


def usual_rate(per_month: pd.Series) -> float:
    """
    Tell what being asked usually amounts to.

    Parameters
    ----------
    per_month
        The monthly rates of comparable actors.

    Returns
    -------
    median
        The median rate among those who were asked at all; NaN where nobody was.
    """
    asked = per_month[per_month > 0]
    return float(asked.median()) if len(asked) else float("nan")


def _flags(load: pd.DataFrame, role: pd.Series, basis: Basis) -> pd.Series:
    over, watch, usual = names.FLAGS
    flag = pd.Series(usual, index=load.index, dtype="str").where(load["p_over"].notna())
    flag = flag.mask(load["p_over"] >= LIKELY, watch).mask((load["p_over"] >= SURE) | (load["capacity_use"] > 1), over)
    return flag.where((role == "partner") & (basis == "solicitation"))


def _balance(cut: Records, events: pd.DataFrame, ids: pd.Index) -> pd.Series:
    """Weigh what each receives against what it is the author of; unknown where contacts have no direction."""
    known = events[events["solicitor_id"].notna() & (events["solicitor_id"] != events["actor_id"])]
    if not contacts_have_direction(cut) or basis_of(cut) == "contact":
        known = received(cut) if contacts_have_direction(cut) else known.iloc[:0]
    asked = known["actor_id"].value_counts().reindex(ids, fill_value=0)
    asks = known["solicitor_id"].value_counts().reindex(ids, fill_value=0)
    both = (asked + asks).astype(float)
    return ((asked - asks) / both.where(both > 0)).rename("balance")


def _responses(records: Records, period: Period) -> pd.DataFrame:
    now, before = (_answers(records.within(span)) for span in (period, period.previous()))
    trials, hits = now["trials"].to_numpy(dtype=float), now["hits"].to_numpy(dtype=float)
    share = _beta_binomial.shares(hits, trials)
    earlier = _beta_binomial.shares(before["hits"].to_numpy(dtype=float), before["trials"].to_numpy(dtype=float))
    frame = pd.DataFrame(
        {
            "n_answerable": now["trials"].astype("Int64"),
            "response_rate": share.mean,
            "response_low": share.quantile(INTERVAL[0]),
            "response_high": share.quantile(INTERVAL[1]),
            "response_change": share.mean - earlier.mean,
            "p_response_fell": np.nan,
        },
        index=now.index,
    )
    shown, changed = trials > 0, (trials > 0) & (before["trials"] > 0).to_numpy()
    frame.loc[changed, "p_response_fell"] = share.of(changed).is_below(earlier.of(changed))
    frame.loc[~shown, ["response_rate", "response_low", "response_high"]] = np.nan
    frame.loc[~changed, "response_change"] = np.nan
    return frame if trials.any() else frame.assign(n_answerable=pd.array([pd.NA] * len(frame), dtype="Int64"))


def _answers(cut: Records) -> pd.DataFrame:
    """Count, by actor, invitations with a known outcome and those honoured."""
    listed = invitations(cut)
    listed = listed[listed["status"] != "unknown"]
    ids = cut.actors["actor_id"]
    return pd.DataFrame(
        {
            "trials": _tally(listed["actor_id"], ids),
            "hits": _tally(listed.loc[listed["status"] == "present", "actor_id"], ids),
        }
    )


def _crowding(cut: Records, events: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Find each actor's fullest 30 days, and the days on which meetings collide."""
    meetings = events[events["nature"] != "contact"] if len(cut.meetings) else events.iloc[:0]
    clashes = meetings.groupby(["actor_id", "day"]).size().ge(2).groupby(level="actor_id").sum()
    busiest = _busiest(events).reindex(ids)
    return pd.DataFrame(
        {
            "busiest_30_days": busiest["n"].fillna(0).astype("Int64"),
            "busiest_from": busiest["day"],
            "same_day_clashes": clashes.reindex(ids, fill_value=0).astype("Int64"),
        },
        index=ids,
    )


def _busiest(events: pd.DataFrame) -> pd.DataFrame:
    """For every event, count those of the same actor within 30 days from it; keep each actor's first highest count."""
    # The events come in order of day, and a stable sort leaves each actor's so.
    ordered = events.sort_values("actor_id", kind="stable", ignore_index=True)
    day = (ordered["day"] - ordered["day"].min()).dt.days.to_numpy(dtype=np.int64)
    apart = day.max(initial=0) + WINDOW_DAYS + 1
    key = ordered.groupby("actor_id").ngroup().to_numpy(dtype=np.int64) * apart + day
    ordered["n"] = np.searchsorted(key, key + WINDOW_DAYS - 1, side="right") - np.searchsorted(key, key, side="left")
    first = ordered.sort_values("n", ascending=False, kind="stable").drop_duplicates("actor_id")
    return first.set_index("actor_id")[["n", "day"]]


def _delegation(cut: Records) -> pd.Series:
    """Sum the squared shares of the persons who attended for each actor."""
    times = cut.delegates.groupby(["actor_id", "person_id"]).size()
    share = times / times.groupby(level="actor_id").transform("sum")
    hhi = (share**2).groupby(level="actor_id").sum().reindex(pd.Index(cut.actors["actor_id"], name="actor_id"))
    return hhi.astype(float).rename("delegate_concentration")
