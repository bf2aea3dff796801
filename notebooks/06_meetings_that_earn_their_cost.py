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
# # 06 · Meetings that earn their cost
#
# *Which meetings bring together people whom nothing else does, and at what price in hours?* A meeting is more than the pairs it
# ties: it decides, informs, obliges. These tables say where to begin talking, not what to abolish.

# %%
from pathlib import Path

import pandas as pd

import partnet_analysis as pn
from partnet_analysis.measures.calendar import proposed_calendar, without_series
from partnet_analysis.measures.cover import meeting_cover
from partnet_analysis.measures.meetings import series_overlap

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
period = records.default_period()
meetings = pn.meetings(records, period)
columns = ["n_invited", "n_present", "person_hours", "n_new_pairs", "redundancy"]
spread = meetings[columns].astype(float).describe().loc[["count", "min", "25%", "50%", "75%", "max"]]
spread.rename({"count": "meetings", "min": "least", "50%": "median", "max": "most"}).round(2)

# %% [markdown]
# Most meetings tie nobody new: they keep up what there is, which is worth something too. A `redundancy` of 1 says that every pair
# in the room also meets, or calls, elsewhere. Invitations count only where a list exists.

# %% [markdown]
# ## By working group and cycle
#
# - `redundancy`: share of its pairs that also meet, or contact one another, elsewhere in the period.
# - `n_pairs_only_here`: pairs that nothing else ties.
# - `sector_mix`: 0 when all come from one sector, 1 when all sectors are alike.

# %%
series = pn.series(records, period)
columns = ["n_meetings", "n_members", "attendance_rate", "person_hours"]
columns += ["n_new_pairs", "n_pairs_only_here", "redundancy", "sector_mix"]
series[columns].sort_values("person_hours", ascending=False).rename_axis(None).round(2)

# %% [markdown]
# ## Who meets the same people twice
#
# The Jaccard index of two series is the share of their members that both have.

# %%
series_overlap(records, period).head(8).round(2)

# %% [markdown]
# ## What the calendar could do without
#
# Series with the same members can meet as one or in turn; one whose pairs all meet elsewhere could be dropped. Each proposal
# says how many hours it frees and how many links it loses.

# %%
proposed = proposed_calendar(records, period).query("proposal != 'keep'")
for sentence in proposed["sentence"]:
    print(f"- {sentence}")

# %%
freed, spent = proposed["hours_freed"].sum(), series["person_hours"].sum()
print(f"All together: {freed:.0f} person-hours freed of {spent:.0f}, {proposed['n_pairs_lost'].sum()} links lost.")

# %% [markdown]
# ## The fewest meetings that keep 95 % of the pairs

# %%
cover = meeting_cover(records, period)
exact = "no smaller set exists" if cover.is_exact else f"at least {cover.n_at_least} are needed"
print(f"{cover.n_kept} of {len(cover.meetings)} small meetings keep 95 % of the pairs; {exact}.")
cover.meetings.query("is_kept").head().reset_index(drop=True).drop(columns="is_kept").round({"share_kept": 2})

# %% [markdown]
# ## What if one group stopped?

# %%
group = series["n_meetings"].idxmax()
print(f"Without “{group}”:")
without_series(records, period, group).dropna(axis="columns", how="all")

# %% [markdown]
# ## Before deciding
#
# Ask the members. Pairs count once whatever they meet for; a violence-prevention group of three that "brings nothing new" may be
# the one that must not stop.
