"""
Review → the review that anybody may see: who is tied to whom, under pseudonyms, and nothing else about anyone.

The public review is measured on public records, made here from scratch: pseudonyms, sectors of at least five partners, and
ties that rest on at least three encounters. Whatever a measure or a view makes of them, now or later, can tell no more than
they hold. Judgements (who is asked for too much, who is left out) are told of no partner; `summary` counts them.
"""

from dataclasses import replace
from typing import Final

import pandas as pd

from partnet_analysis import names
from partnet_analysis.annual import Review, Snapshot, annual_review
from partnet_analysis.errors import PrivacyError
from partnet_analysis.graph.network import partnership_network
from partnet_analysis.measures.isolation import outside_large_meetings
from partnet_analysis.messages import say
from partnet_analysis.periods import Period
from partnet_analysis.privacy.counts import FEW, public_count, public_share
from partnet_analysis.privacy.keys import Key
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.tables import Records

LEAST_ENCOUNTERS: Final = 3
"""A tie that rests on fewer encounters in small meetings or direct contacts is not shown."""

BANDS: Final = (3, 5, 10, 20, 50, 100)
"""Encounters are told as the lower end of their band."""

_LABELS: Final = ("community", "component")
"""Columns whose numbers are names."""

ADVERSE: Final = ("n_over_solicited", "n_isolated")
"""Essential figures that say of partners what may be to their disadvantage: nor is it told of nearly all."""


def public_review(review: Review, key: Key, language: str) -> Review:
    """
    Make the review that anybody may see.

    Parameters
    ----------
    review
        The review, of organisations.
    key
        The secret behind the pseudonyms.
    language
        The language in which the edition says what it is.

    Returns
    -------
    review
        The same period under pseudonyms, measured on `public_records` and told in bands, so that nobody stands before or
        behind anybody within one; whole-partnership figures are the true ones, rounded.
        It compares with no other year and holds neither account nor rejects.

    Raises
    ------
    PrivacyError
        If fewer than five partners would be shown (PN107).
    """
    records = public_records(review.records, review.period, key, language)
    note = say(language, "privacy.note")
    public = annual_review(records, review.period, name=review.name, note=f"{review.note} {note}".strip())
    current = replace(
        public.current,
        centrality=_banded(public.centrality),
        solicitation=_banded(public.solicitation),
        isolation=_untold(public.current),
        cohesion=public_figures(review.cohesion),
    )
    return replace(public, current=current, before=None, years=(current,), essentials=public_essentials(review), ledger=None)


def public_records(records: Records, period: Period, key: Key, language: str) -> Records:
    """
    Make the records that anybody may see.

    Parameters
    ----------
    records
        The records, at organisation level.
    period
        The period of the edition; pseudonyms differ from one edition to the next.
    key
        The secret behind the pseudonyms.
    language
        The language of the names given.

    Returns
    -------
    records
        A roster of organisations under pseudonyms (persons without organisation are left out, residents are one aggregate
        where at least five are known), with sectors of at least five partners, and one contact for each encounter that is
        told, without direction, on the period's last day. No text of the records but the names of sectors.

    Raises
    ------
    PrivacyError
        If fewer than five partners would be shown (PN107).
    """
    shown = shown_actors(records, period)
    partners = shown[~shown["is_coordinator"] & (shown["actor_id"] != names.RESIDENTS_ID)]
    if len(partners) < FEW:
        raise PrivacyError("PN107", n=FEW)
    pseudonym = key.pseudonyms(f"actor {period}", shown["actor_id"])
    actors = pd.DataFrame(
        {
            "actor_id": shown["actor_id"].map(pseudonym),
            "name": _names(shown, pseudonym, language),
            "kind": "organisation",
            "sector": shown["actor_id"].map(sector_groups(partners, language)),
            "level": pd.Series("resident", index=shown.index).where(shown["actor_id"] == names.RESIDENTS_ID),
            "is_coordinator": shown["is_coordinator"],
        }
    )
    return Records.from_tables(actors, contacts=_encounters(records, period, pseudonym))


def shown_actors(records: Records, period: Period) -> pd.DataFrame:
    """
    Choose whom a public edition may show as one of its own.

    Parameters
    ----------
    records
        The records, at organisation level.
    period
        The period.

    Returns
    -------
    actors
        The roster's organisations who were there in the period, coordinators included; the residents' aggregate where at
        least five residents are known.
    """
    there = standing(records.actors, period).isin(("partner", "coordinator")).to_numpy()
    organisations = there & (records.actors["kind"] == "organisation")
    residents = (records.actors["actor_id"] == names.RESIDENTS_ID) & (_n_residents(records, period) >= FEW)
    return records.actors[organisations | residents]


def sector_groups(partners: pd.DataFrame, language: str) -> pd.Series:
    """
    Merge sectors until each holds at least five partners.

    Parameters
    ----------
    partners
        The partners.
    language
        The language of the name of the merged sectors.

    Returns
    -------
    sector
        Indexed by `actor_id`: the sector's own name, or the one of all smaller and unknown sectors together; where these
        hold fewer than five, the smallest of the others joins them.
    """
    sector = partners.set_index("actor_id")["sector"]
    sizes = sector.value_counts().sort_index(ascending=False).sort_values(ascending=False, kind="stable")
    kept = [name for name, size in sizes.items() if size >= FEW]
    while kept and 0 < (~sector.isin(kept)).sum() < FEW:
        kept.pop()
    return sector.where(sector.isin(kept), say(language, "privacy.other_sectors")).astype("str")


def public_essentials(review: Review) -> pd.DataFrame:
    """
    Round the five figures of the first page.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    essentials
        As `Review.essentials`: counts of partners and pairs as `public_count` gives them, meetings as they are; the period
        before is not compared with, for an edition of its own has told it.
    """
    n_partners = int((standing(review.records.actors, review.period) == "partner").sum())
    told = {
        figure: n if figure == "n_meetings" else public_count(n, of=n_partners if figure in ADVERSE else None)
        for figure, n in review.essentials["value"].items()
    }
    values = pd.Series(told, dtype="Int64").rename_axis("figure")
    return pd.DataFrame({"value": values, "before": pd.Series(pd.NA, index=values.index, dtype="Int64")})


def public_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """
    Round whole-partnership figures.

    Parameters
    ----------
    figures
        Indexed by `figure`, with columns of numbers whose names begin with `value`, and `reason`.

    Returns
    -------
    figures
        The same rounded: what is counted (`n_…`) as `public_count` gives it, all else as `public_share`.
    """
    rounded = figures.copy()
    for column in (name for name in figures.columns if str(name).startswith("value")):
        rounded[column] = pd.Series(
            [
                public_count(value) if str(figure).startswith("n_") else public_share(value)
                for figure, value in figures[column].items()
            ],
            index=figures.index,
            dtype=float,
        )
    return rounded


def _n_residents(records: Records, period: Period) -> int:
    """Count the residents known: those met by name, or the most that were present at once."""
    cut = records.within(period)
    met = cut.delegates.loc[cut.delegates["actor_id"] == names.RESIDENTS_ID, "person_id"].nunique()
    at_once = cut.attendance.loc[cut.attendance["actor_id"] == names.RESIDENTS_ID, "persons_present"]
    return max(int(met), int(at_once.max()) if len(at_once) else 0)


def _names(shown: pd.DataFrame, pseudonym: dict[str, str], language: str) -> list[str]:
    said = {True: "privacy.coordinator", False: "privacy.partner"}
    return [
        say(language, "privacy.residents")
        if actor_id == names.RESIDENTS_ID
        else say(language, said[bool(coordinates)], pseudonym=pseudonym[actor_id])
        for actor_id, coordinates in zip(shown["actor_id"], shown["is_coordinator"], strict=True)
    ]


def _encounters(records: Records, period: Period, pseudonym: dict[str, str]) -> pd.DataFrame:
    """Write one contact for each encounter that is told, from the lesser pseudonym to the greater: no direction."""
    ties = outside_large_meetings(partnership_network(records, period)).ties
    ties = ties[ties["source_id"].isin(pseudonym) & ties["target_id"].isin(pseudonym)]
    n = ties["n_meetings"] + ties["contacts_out"].astype(int) + ties["contacts_in"].astype(int)
    told = pd.Series([max((band for band in BANDS if band <= count), default=0) for count in n], index=ties.index, dtype=int)
    ends = pd.DataFrame(
        {
            "source_id": [min(pseudonym[one], pseudonym[other]) for one, other in _pairs(ties)],
            "target_id": [max(pseudonym[one], pseudonym[other]) for one, other in _pairs(ties)],
        },
        index=ties.index,
        dtype="str",
    )
    rows = ends.loc[ends.index.repeat(told)].sort_values(["source_id", "target_id"], ignore_index=True)
    return rows.assign(contact_id=[f"{row:06}" for row in range(len(rows))], day=pd.Timestamp(period.end))


def _pairs(ties: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(ties["source_id"], ties["target_id"], strict=True))


def _banded(frame: pd.DataFrame) -> pd.DataFrame:
    """Tell measures as the lower end of their band, shares to a twentieth; labels, such as communities, as they are."""
    labels = {f"{label}{suffix}" for label in _LABELS for suffix in ("", names.WITHOUT_COORDINATORS)}
    numbers = [column for column in frame.select_dtypes("number").columns if column not in labels]
    return frame.assign(**{str(column): frame[column].map(band, na_action="ignore") for column in numbers})


def band(value: float) -> float:
    """
    Tell a measure as the lower end of its band.

    Parameters
    ----------
    value
        The measure.

    Returns
    -------
    band
        0 or the greatest of 3, 5, 10, 20, 50, … 1,000 that it reaches; below 1, the nearest twentieth.
    """
    if value < 1:
        return public_share(value) or 0.0
    return float(max(end for end in (0, *BANDS, 200, 500, 1000) if end <= value))


def _untold(public: Snapshot) -> pd.DataFrame:
    """Tell nothing of who is left out: neither that somebody is nor that somebody is not."""
    frame = public.isolation
    untold = frame.mask(pd.Series(data=True, index=frame.index))
    types = dict.fromkeys(names.ISOLATION_TYPES, False)
    return untold.assign(**types, evidence=pd.Series([()] * len(frame), index=frame.index, dtype=object))
