"""Loads, ties and last days, on any engine: sums over rows, nothing that needs the whole network at once."""

from collections.abc import Mapping

import narwhals as nw

from partnet_analysis import names
from partnet_analysis.records.engines.engine import Engine, Lazy


def load_by_month(tables: Mapping[str, Lazy]) -> Lazy:
    """
    Count what each actor was asked for and came to, month by month.

    Parameters
    ----------
    tables
        The canonical tables, typed.

    Returns
    -------
    load
        One row for each actor and month in which anything happened: `actor_id`, `month` (its first day), `n_invitations`,
        `n_presences`, `n_contacts_received`.
    """
    days = tables["meetings"].select("meeting_id", "day")
    invited = nw.col("invited").fill_null(0.0).cast(nw.Int64)
    present = nw.when(nw.col("status") == "present").then(nw.lit(1)).otherwise(nw.lit(0))
    attended = tables["attendance"].join(days, on="meeting_id", how="inner")
    # Sums before the union: what crosses the cluster is a row for each actor and month.
    met = attended.select("actor_id", _month(), invited.alias("n_invitations"), present.alias("n_presences"))
    met = met.group_by("actor_id", "month").agg(nw.col("n_invitations").sum(), nw.col("n_presences").sum())
    met = met.with_columns(nw.lit(0).cast(nw.Int64).alias("n_contacts_received"))
    reached = tables["contacts"].select(nw.col("target_id").alias("actor_id"), _month())
    received = reached.group_by("actor_id", "month").agg(nw.len().alias("n_contacts_received"))
    counts = ("n_invitations", "n_presences", "n_contacts_received")
    received = received.with_columns(*(nw.lit(0).alias(count) for count in counts[:2]))
    both = [
        part.select("actor_id", "month", *(nw.col(count).cast(nw.Int64) for count in counts)) for part in (met, received)
    ]
    summed = nw.concat(both, how="vertical").group_by("actor_id", "month").agg(*(nw.col(count).sum() for count in counts))
    # A month in which others were invited and this actor merely stands in the list is no month of theirs.
    return summed.filter(nw.any_horizontal(*(nw.col(count) > 0 for count in counts), ignore_nulls=True))


def _month() -> nw.Expr:
    return nw.col("day").dt.truncate("1mo").cast(nw.Datetime("us")).alias("month")


def last_seen(tables: Mapping[str, Lazy]) -> Lazy:
    """
    Say for every actor of the roster how often it was asked, how often it came, and when it was last seen.

    Parameters
    ----------
    tables
        The canonical tables, typed.

    Returns
    -------
    seen
        `actor_id`, `n_invitations`, `n_presences`, `n_contacts`, and `last_day`, the last day of a presence or a contact,
        missing where there is none: never invited is zero and zero, invited and never came is some and zero.
    """
    days = tables["meetings"].select("meeting_id", "day")
    present = nw.col("status") == "present"
    attended = tables["attendance"].join(days, on="meeting_id", how="inner")
    met = attended.select(
        "actor_id",
        nw.col("invited").fill_null(0.0).cast(nw.Int64).alias("n_invitations"),
        nw.when(present).then(nw.lit(1)).otherwise(nw.lit(0)).alias("n_presences"),
        nw.when(present).then(nw.col("day")).alias("met_on"),
    )
    met = met.group_by("actor_id").agg(nw.col("n_invitations").sum(), nw.col("n_presences").sum(), nw.col("met_on").max())
    ends = [tables["contacts"].select(nw.col(end).alias("actor_id"), "day") for end in ("source_id", "target_id")]
    wrote = (
        nw.concat(ends, how="vertical")
        .group_by("actor_id")
        .agg(nw.len().alias("n_contacts"), nw.col("day").max().alias("wrote_on"))
    )
    roster = tables["actors"].select("actor_id")
    both = roster.join(met, on="actor_id", how="left").join(wrote, on="actor_id", how="left")
    counts = ("n_invitations", "n_presences", "n_contacts")
    return both.select(
        "actor_id",
        *(nw.col(count).fill_null(0).cast(nw.Int64) for count in counts),
        nw.max_horizontal("met_on", "wrote_on").alias("last_day"),
    )


def strength(tables: Mapping[str, Lazy]) -> Lazy:
    """
    Sum up the ties of each actor without making any.

    Parameters
    ----------
    tables
        The canonical tables, typed; an actor present at a meeting stands in attendance once.

    Returns
    -------
    strength
        `actor_id` and `strength` for every actor of the roster: the number of meetings attended where somebody else was
        present, plus the contacts, in either direction.
    """
    present = tables["attendance"].filter(nw.col("status") == "present").select("meeting_id", "actor_id")
    sizes = present.group_by("meeting_id").agg(nw.len().alias("n_present")).filter(nw.col("n_present") > 1)
    met = present.join(sizes, on="meeting_id", how="inner").select("actor_id")
    ends = [tables["contacts"].select(nw.col(end).alias("actor_id")) for end in ("source_id", "target_id")]
    counted = nw.concat([met, *ends], how="vertical").group_by("actor_id").agg(nw.len().alias("strength"))
    both = tables["actors"].select("actor_id").join(counted, on="actor_id", how="left")
    return both.select("actor_id", nw.col("strength").fill_null(0).cast(nw.Float64))


def ties(engine: Engine, tables: Mapping[str, Lazy]) -> Lazy:
    """
    Tie the actors who met or were in contact.

    Parameters
    ----------
    engine
        Who holds the rows.
    tables
        The canonical tables, typed; an actor present at a meeting stands in attendance once.

    Returns
    -------
    ties
        One row for each tied pair, `source_id` < `target_id`, with the columns `names.TIE_COLUMNS`: a meeting of n adds
        1/(n − 1) to the co-presence of each pair, a contact counts 1.
    """
    present = tables["attendance"].filter(nw.col("status") == "present").select("meeting_id", "actor_id")
    sizes = present.group_by("meeting_id").agg(nw.len().alias("n_present")).filter(nw.col("n_present") > 1)
    days = tables["meetings"].select("meeting_id", "day")
    company = present.join(sizes, on="meeting_id", how="inner").join(days, on="meeting_id", how="inner")
    company = engine.settled(company.with_columns((1.0 / (nw.col("n_present") - 1)).alias("weight")))
    others = company.select("meeting_id", nw.col("actor_id").alias("target_id"))
    pairs = company.join(others, on="meeting_id", how="inner").filter(nw.col("actor_id") < nw.col("target_id"))
    met = pairs.select(
        nw.col("actor_id").alias("source_id"),
        "target_id",
        nw.col("weight").alias("co_presence"),
        nw.lit(0.0).alias("contacts_out"),
        nw.lit(0.0).alias("contacts_in"),
        nw.lit(1).cast(nw.Int64).alias("n_meetings"),
        nw.col("day").alias("first_day"),
        nw.col("day").alias("last_day"),
    )
    # A pair's meetings are summed before they meet its contacts, so that these cost the pairs nothing.
    both = nw.concat([_summed(met), _contact_pairs(tables["contacts"])], how="vertical")
    total = _summed(both).with_columns(
        (nw.col("co_presence") + nw.col("contacts_out") + nw.col("contacts_in")).alias("strength")
    )
    return total.with_columns((1.0 / nw.col("strength")).alias("distance")).select(*names.TIE_COLUMNS)


def _contact_pairs(contacts: Lazy) -> Lazy:
    forth = nw.col("source_id") < nw.col("target_id")
    return _summed(
        contacts.select(
            nw.when(forth).then(nw.col("source_id")).otherwise(nw.col("target_id")).alias("source_id"),
            nw.when(forth).then(nw.col("target_id")).otherwise(nw.col("source_id")).alias("target_id"),
            nw.lit(0.0).alias("co_presence"),
            nw.when(forth).then(nw.lit(1.0)).otherwise(nw.lit(0.0)).alias("contacts_out"),
            nw.when(forth).then(nw.lit(0.0)).otherwise(nw.lit(1.0)).alias("contacts_in"),
            nw.lit(0).cast(nw.Int64).alias("n_meetings"),
            nw.col("day").alias("first_day"),
            nw.col("day").alias("last_day"),
        )
    )


def _summed(pairs: Lazy) -> Lazy:
    return pairs.group_by("source_id", "target_id").agg(
        *(nw.col(column).sum() for column in ("co_presence", "contacts_out", "contacts_in", "n_meetings")),
        nw.col("first_day").min(),
        nw.col("last_day").max(),
    )
