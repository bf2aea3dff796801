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
# # 05 · Without the coordinator
#
# *What would the partnership be if its coordinator were gone?* Not an accusation: a partnership held by one desk is one sick
# leave away from stopping, and knowing where it would break is how to strengthen it.

# %%
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
name = records.actors.set_index("actor_id")["name"]
print("Coordinator:", ", ".join(name[list(records.coordinators)]))

# %% [markdown]
# ## Three ways of being without
#
# *E* is the mean of 1/*d* over all pairs of partners, *d* being their distance in the network: how easily any two can reach one
# another. **Dependence** is the share of *E* that goes:
#
# 1. `without_coordinators`: they are taken out of every meeting, which still take place;
# 2. `without_their_meetings`: the meetings that they convene do not take place either;
# 3. `contacts_only`: no meeting at all, only what partners say to one another directly.

# %%
dependence = pn.dependence(records)
dependence[["efficiency", "dependence", "n_ties", "n_newly_isolated", "reason"]].round(3)

# %%
for scenario, gone in dependence["newly_isolated"].items():
    if gone:
        print(f"{scenario}: {', '.join(name[list(gone)])} would stand alone")

# %% [markdown]
# ## How far partners act by themselves

# %%
pn.coordination(records).round(3)

# %% [markdown]
# `reason` says why a value is missing. Where nearly all contacts were logged by the coordinator, those between partners are
# unobserved; the direct ratio would then be a statement about the log, not about the partners, and is left out.
#
# ## Is it better than last year?

# %%
years = [2023, 2024, 2025]
pd.DataFrame({year: pn.coordination(records, period=year)["value"] for year in years}).round(3)

# %% [markdown]
# ## And after the coordinator?
#
# Taking out the strongest partners one after the other shows whether the rest holds. A curve that falls at once means that
# the second in line carries too much as well.

# %%
from partnet_analysis.measures.coordination import attrition

network = pn.network(records)
left = attrition(network.without_coordinators)
left.assign(actor_id=left["actor_id"].map(name)).rename(columns={"actor_id": "who left"}).round(3)

# %%
figure = Figure(figsize=(7, 3), layout="constrained")
axes = figure.add_subplot()
axes.plot(left.index, left["efficiency"] / left["efficiency"].iloc[0], "o-", label="efficiency of those left, relative")
axes.plot(left.index, left["share_in_main_component"], "s--", label="share in the main component")
axes.set(xlabel="strongest partners gone", ylim=(0, 1.1))
axes.legend(frameon=False)
pn.figures.Picture(figure, "What is left as the strongest partners leave one after the other")

# %% [markdown]
# ## Reading it
#
# A high dependence is normal where a service is paid to coordinate. What matters is the way it moves, whether a working group
# has a convener other than the coordinator, and who would stand alone: those are the partners to introduce to others first
# (notebook 04).
