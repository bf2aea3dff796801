"""PageRank on any engine without a single tie: from actors to their meetings and back."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from partnet_analysis.records.engines.engine import Engine, Lazy
from partnet_analysis.records.engines.measured import strength

DAMPING: Final = 0.85


def pagerank(engine: Engine, tables: Mapping[str, Lazy], *, n_steps: int = 30) -> Lazy:
    """
    Rank actors by PageRank on strength.

    A step multiplies by the matrix of strengths, which is never made: B(w∘(Bᵀx)) − diag∘x, B holding who was present where,
    w 1/(n − 1) for each meeting. A meeting of two thousand is two thousand rows here, not two million pairs.

    Parameters
    ----------
    engine
        Who holds the rows.
    tables
        The canonical tables, typed; an actor present at a meeting stands in attendance once.
    n_steps
        How many steps to take; the error falls by 0.85 with each.

    Returns
    -------
    ranks
        `actor_id` and `pagerank` for every actor of the roster; the values add up to 1.
    """
    present = tables["attendance"].filter(nw.col("status") == "present").select("meeting_id", "actor_id")
    sizes = present.group_by("meeting_id").agg(nw.len().alias("n_present")).filter(nw.col("n_present") > 1)
    company = engine.settled(present.join(sizes, on="meeting_id", how="inner"))
    ways = (("source_id", "target_id"), ("target_id", "source_id"))
    contacts = [tables["contacts"].select(nw.col(a).alias("actor_id"), nw.col(b).alias("other_id")) for a, b in ways]
    both_ways = engine.settled(nw.concat(contacts, how="vertical"))
    state = engine.settled(strength(tables))
    n_actors = len(engine.collected(state.select("actor_id")))
    state = state.with_columns(nw.lit(1 / n_actors).alias("pagerank"))
    for _ in range(n_steps):
        state = engine.settled(_step(engine, state, company, both_ways, n_actors))
    return state.select("actor_id", "pagerank")


def _step(engine: Engine, state: Lazy, company: Lazy, contacts: Lazy, n_actors: int) -> Lazy:
    isolated = engine.collected(state.filter(nw.col("strength") == 0).select(nw.col("pagerank").sum()))
    stray = float(isolated["pagerank"].fillna(0).sum())
    given = state.filter(nw.col("strength") > 0).select("actor_id", (nw.col("pagerank") / nw.col("strength")).alias("given"))
    there = company.join(given, on="actor_id", how="inner")
    totals = there.group_by("meeting_id").agg(nw.col("given").sum().alias("total"))
    met = there.join(totals, on="meeting_id", how="inner").select(
        "actor_id", ((nw.col("total") - nw.col("given")) / (nw.col("n_present") - 1)).alias("received")
    )
    wrote = contacts.join(given, left_on="other_id", right_on="actor_id", how="inner").select(
        "actor_id", nw.col("given").alias("received")
    )
    received = nw.concat([met, wrote], how="vertical").group_by("actor_id").agg(nw.col("received").sum())
    rank = (1 - DAMPING) / n_actors + DAMPING * (nw.col("received").fill_null(0.0) + stray / n_actors)
    return state.join(received, on="actor_id", how="left").select("actor_id", "strength", rank.alias("pagerank"))
