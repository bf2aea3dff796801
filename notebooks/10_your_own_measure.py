# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 10 · Your own measure
#
# *A question that nobody foresaw, answered with the same care.* Say it is: **for how long at a stretch does a partner fall
# silent?** Four months without a meeting or a call may be how it works, or the beginning of the end.

# %%
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import comb

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
name = records.actors.set_index("actor_id")["name"]


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Show partners by name instead of id."""
    return frame.rename(name).rename_axis(None)


# %% [markdown]
# ## Four rules
#
# 1. One row for each actor of the roster, in roster order; nobody is left out because they have no record.
# 2. Join by id, never by position.
# 3. What cannot be known is missing, never zero.
# 4. Nothing that was given is changed.

# %%
def longest_silence(records: pn.Records, period: pn.Period) -> pd.DataFrame:
    """
    Measure the longest silence of each actor.

    Returns
    -------
    silence
        One row for each actor, indexed by `actor_id`: `n_days_seen` (days with a presence or a contact), `longest_silence`
        (days between two of them, or from joining to the first and from the last to leaving; the period's ends stand where
        these are unknown; missing for who was never seen), and `p_by_chance`: the probability of a silence at least as long,
        had the same number of days fallen anywhere between the same ends.
    """
    cut = records.require_activity(period)
    present = cut.attendance[cut.attendance["status"] == "present"].merge(cut.meetings[["meeting_id", "day"]], on="meeting_id")
    spoke = [cut.contacts.rename(columns={side: "actor_id"})[["actor_id", "day"]] for side in ("source_id", "target_id")]
    seen = pd.concat([present[["actor_id", "day"]], *spoke]).drop_duplicates().sort_values("day")
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    roster = records.actors.set_index("actor_id")
    starts, ends = roster["joined_on"].clip(lower=start).fillna(start), roster["left_on"].clip(upper=end).fillna(end)
    frame = pd.DataFrame({"n_days_seen": seen.groupby("actor_id").size()}).reindex(roster.index, fill_value=0)
    for actor_id, days in seen.groupby("actor_id")["day"]:
        gap = np.diff([starts[actor_id], *days, ends[actor_id]]).max().days
        frame.loc[actor_id, "longest_silence"] = gap
        frame.loc[actor_id, "p_by_chance"] = by_chance(len(days), gap / (ends[actor_id] - starts[actor_id]).days)
    return frame


def by_chance(n: int, share: float) -> float:
    """Give the probability that n points on a line leave a gap of at least this share of it (Fisher 1929)."""
    k = np.arange(1, n + 2)
    terms = (-1.0) ** (k - 1) * comb(n + 1, k) * np.clip(1 - k * share, 0, None) ** n
    return float(np.clip(terms.sum(), 0, 1)) if share > 2 / (n + 1) else 1.0


# %% [markdown]
# (Below twice the mean gap a silence is nothing to speak of: the probability is set to 1, which also keeps the alternating sum
# from losing its digits.)
#
# ## Worked by hand first
#
# Three actors, three contacts, few enough to count on fingers. In 2024, *a* and *b* speak on 31 January and 1 March: 30 days from
# New Year's Day, 30 days on, then 305 to the end of the year. *c* never appears.

# %%
by_hand = pn.Records.from_tables(
    pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": "organisation"}),
    contacts=pd.DataFrame(
        {
            "contact_id": ["1", "2", "3"],
            "day": ["2024-01-31", "2024-03-01", "2024-03-01"],
            "source_id": ["a", "b", "a"],
            "target_id": ["b", "a", "b"],
        }
    ),
)
answer = longest_silence(by_hand, pn.Period.of_year(2024))
assert answer["n_days_seen"].to_dict() == {"a": 2, "b": 2, "c": 0}
assert answer["longest_silence"].fillna(-1).to_dict() == {"a": 305, "b": 305, "c": -1}
answer

# %% [markdown]
# And the formula against an independent source: draw the points instead of calculating.

# %%
rng = np.random.default_rng(1)
points = np.sort(rng.random((20_000, 6)), axis=1)
gaps = np.diff(np.column_stack([np.zeros(len(points)), points, np.ones(len(points))]), axis=1).max(axis=1)
drawn, calculated = (gaps >= 0.4).mean(), by_chance(6, 0.4)
assert abs(drawn - calculated) < 0.015
print(f"six days in a year, one silence of 40 % of it: {calculated:.3f} calculated, {drawn:.3f} drawn")

# %% [markdown]
# ## Then on the partnership

# %%
period = records.default_period()
silence = longest_silence(records, period)
assert silence.index.tolist() == records.actors["actor_id"].tolist()
named(silence.sort_values("longest_silence", ascending=False).head(8)).round(3)

# %% [markdown]
# Small numbers lie: a partner seen on two days of the year *must* be silent for long. `p_by_chance` takes that into account; what
# is left are partners seen often enough for the silence to be news.

# %%
news = silence[silence["p_by_chance"] < 0.01].sort_values("p_by_chance")
named(news).round(4)

# %% [markdown]
# ## Take it elsewhere
#
# `attributes` joins a frame to the network by `actor_id`: the measure then colours nodes in Gephi or Kumu.

# %%
files = pn.export(pn.network(records, period), ["gexf", "kumu"], attributes=silence)
print(*files, sep="\n")
# Path("network.gexf").write_bytes(files["network.gexf"])

# %% [markdown]
# ## Make it part of the toolkit
#
# `CONTRIBUTING.md` says how in four steps: the measure, its words in French and English, its place in the review, its tests (by
# hand, nothing mutated, a property, an independent source).
