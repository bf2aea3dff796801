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
# # 08 · Three years of change
#
# *Who came, who went, which ties were born and which died, and how long does a newcomer wait?*

# %%
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

import partnet_analysis as pn
from partnet_analysis.measures.arrival import arrival, arrival_curves, arrival_times
from partnet_analysis.measures.change import movements, tie_changes, trend

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
name = records.actors.set_index("actor_id")["name"]
years = [pn.Period.of_year(year) for year in range(records.span.start.year, records.span.end.year + 1)]
period = records.default_period()

# %% [markdown]
# ## Year on year
#
# Ties are compared among those who could have had them in both years: a tie does not die because its partner moved away. The
# Jaccard index is the share of ties that both years have; below 0.3 a network turns over rather than evolves. The first year has
# nothing to be compared with, and says so.

# %%
change = {str(year): pn.change(records, year) for year in years}
pd.DataFrame({year: frame["value"] for year, frame in change.items()}).map("{:.4g}".format)

# %%
for year, frame in change.items():
    for reason in frame["reason"].dropna().map(str).unique():
        print(f"{year}: {reason}")

# %% [markdown]
# Entries and exits are partners; the rest are ties, among the partners at risk in both years. A tie is *dormant* if nothing
# fed it in the last 180 days, *born* if it is new, *died* if it is gone.

# %% [markdown]
# ## Who came and who went

# %%
moved = movements(records, period)
told = moved[moved["movement"].isin(["entry", "return", "exit", "silent"])]
for actor_id, sentence in told.sort_values("movement")["sentence"].items():
    print(f"{name[actor_id]}: {sentence}")

# %% [markdown]
# ## Ties that fell asleep
#
# Strong last year, still there this year, and nothing in the last 180 days: the cheapest ties to mend.

# %%
ties = tie_changes(records, period)
asleep = ties[(ties["change"] == "dormant") & ~ties["with_coordinator"]].nlargest(8, "strength_before")
asleep = asleep.assign(source=asleep["source_id"].map(name), target=asleep["target_id"].map(name))
columns = ["source", "target", "strength_before", "strength", "last_day"]
asleep[columns].reset_index(drop=True).round({"strength_before": 2, "strength": 2})

# %% [markdown]
# ## Quarter by quarter

# %%
quarters = trend(records)
labels = [f"Q{day.quarter}\n{day.year}" if day.quarter == 1 else f"Q{day.quarter}" for day in quarters.index]
load = quarters["load_per_partner_month"]
figure = Figure(figsize=(7.5, 3), layout="constrained")
axes = figure.add_subplot()
axes.plot(range(len(labels)), load, "o-")
axes.margins(y=0.1)
axes.set(ylim=(0, None), ylabel="asked per partner and month", xticks=range(len(labels)), xticklabels=labels)
pn.figures.Picture(figure, "How often a partner is asked each month, quarter by quarter")

# %% [markdown]
# ## How long does a newcomer wait?
#
# From joining to a first presence, and to three other partners met in small meetings or by contact. Who still waits at the end
# is not left out of the estimate (Kaplan–Meier): they waited at least that long.

# %%
times = arrival_times(records, period)
arrival(times).dropna(axis="columns", how="all").round(2)

# %%
curves = arrival_curves(times)
figure = Figure(figsize=(7.5, 3), layout="constrained")
axes = figure.add_subplot()
for event, curve in curves.groupby("event"):
    axes.step([0, *curve["days"]], [1, *curve["share_waiting"]], where="post", label=event.replace("_", " "))
    axes.legend(frameon=False)
axes.set(ylim=(0, 1.02), xlabel="days since joining", ylabel="share still waiting")
pn.figures.Picture(figure, "How long newcomers wait for a first presence and for three partners met")

# %% [markdown]
# With so few newcomers the steps are large and the intervals wide; quote the interval with the median, or neither.
