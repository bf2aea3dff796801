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
meetings[["n_invited", "n_present", "person_hours", "n_new_pairs", "redundancy"]].astype(float).describe().round(2)

# %% [markdown]
# ## By working group and cycle
#
# - `redundancy`: share of its pairs that also meet, or contact one another, elsewhere in the period.
# - `n_pairs_only_here`: pairs that nothing else ties.
# - `sector_mix`: 0 when all come from one sector, 1 when all sectors are alike.

# %%
series = pn.series(records, period)
columns = ["n_meetings", "n_members", "attendance_rate", "person_hours", "n_new_pairs", "n_pairs_only_here", "redundancy", "sector_mix"]
series[columns].astype(float).sort_values("person_hours", ascending=False).round(2)

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
proposed = proposed_calendar(records, period)
pd.set_option("display.max_colwidth", None)
proposed.loc[proposed["proposal"] != "keep", ["proposal", "with_series", "hours_freed", "n_pairs_lost", "sentence"]]

# %%
proposals = proposed[proposed["proposal"] != "keep"]
print(f"{proposals['hours_freed'].sum():.0f} person-hours freed of {series['person_hours'].sum():.0f}, "
      f"{proposals['n_pairs_lost'].sum()} links lost")

# %% [markdown]
# ## The fewest meetings that keep 95 % of the pairs

# %%
cover = meeting_cover(records, period)
exact = "no smaller set exists" if cover.is_exact else f"at least {cover.n_at_least} are needed"
print(f"{cover.n_kept} of {len(cover.meetings)} small meetings keep 95 % of the pairs; {exact}.")
cover.meetings.head()

# %% [markdown]
# ## What if one group stopped?

# %%
without_series(records, period, series.index[0])

# %% [markdown]
# ## Before deciding
#
# Ask the members. Pairs count once whatever they meet for; a violence-prevention group of three that "brings nothing new" may be
# the one that must not stop.
