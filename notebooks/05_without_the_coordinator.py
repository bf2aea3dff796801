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
dependence.drop(columns="newly_isolated").dropna(axis="columns", how="all").round(3)

# %%
for scenario, gone in dependence["newly_isolated"].items():
    if gone:
        print(f"{scenario}: left alone would be {', '.join(name[list(gone)])}.")

# %% [markdown]
# ## How far partners act by themselves

# %%
years = range(records.span.start.year, records.span.end.year + 1)
by_year = {year: pn.coordination(records, period=year) for year in years}
pd.DataFrame({year: figures["value"] for year, figures in by_year.items()}).map("{:.3g}".format)

# %% [markdown]
# | figure | what it says |
# |---|---|
# | `initiative_share` | share of person-hours in meetings that somebody else than the coordinator convenes |
# | `n_conveners` | how many partners convene |
# | `direct_ratio` | of the pairs that meet, the share that also contact one another directly |
# | `between_meetings` | share of the contacts of such pairs that fall more than a week from any meeting they share |
# | `coordinator_contact_share` | share of the contacts that involve the coordinator |
#
# Where nearly all contacts were logged by the coordinator, those between partners are unobserved; the direct ratio would then be
# a statement about the log, not about the partners: it is missing (`nan`), and `reason` says why.

# %%
reasons = pd.DataFrame({year: figures["reason"] for year, figures in by_year.items()}).stack().dropna()
print("\n".join(f"{figure}, {year}: {reason}" for (figure, year), reason in reasons.items()) or "Here nothing is missing.")

# %% [markdown]
# ## And after the coordinator?
#
# Taking out the strongest partners one after the other shows whether the rest holds. A curve that falls at once means that
# the second in line carries too much as well.

# %%
from partnet_analysis.measures.coordination import attrition

network = pn.network(records)
left = attrition(network.without_coordinators)
left.assign(actor_id=left["actor_id"].map(name).fillna("(nobody yet)")).rename(columns={"actor_id": "who left"}).round(3)

# %%
figure = Figure(figsize=(7, 3), layout="constrained")
axes = figure.add_subplot()
axes.plot(left.index, left["efficiency"] / left["efficiency"].iloc[0], "o-", label="efficiency of those left, relative")
axes.plot(left.index, left["share_in_main_component"], "s--", label="share in the main component")
axes.set(xlabel="strongest partners gone", ylabel="share", ylim=(0, 1.1), xticks=left.index)
axes.legend(frameon=False, loc="lower left")
pn.figures.Picture(figure, "What is left as the strongest partners leave one after the other")

# %% [markdown]
# ## Reading it
#
# A high dependence is normal where a service is paid to coordinate. What matters is the way it moves, whether a working group
# has a convener other than the coordinator, and who would stand alone: those are the partners to introduce to others first
# (notebook 04).
