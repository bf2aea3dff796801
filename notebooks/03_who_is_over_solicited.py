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
# # 03 · Who is over-solicited
#
# *Which partners are asked so much that they should be spared, how sure are we, and why?*
#
# The answer is a list of partners **to be spared** (*à ménager*), never a league table: being asked little is no merit, and
# being asked a lot is no fault.

# %%
from pathlib import Path

import pandas as pd

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
period = records.default_period()
name = records.actors.set_index("actor_id")["name"]
pd.set_option("display.max_colwidth", None)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Show partners by name instead of id."""
    return frame.rename(name).rename_axis(None)


load = pn.solicitation_load(records, period)
counts = load[["n_invitations", "n_contacts_received", "n_solicitors", "per_month"]].describe().loc[["min", "50%", "max"]]
counts.rename({"min": "least", "50%": "median", "max": "most"}).round(1)

# %% [markdown]
# ## The flag, and how sure it is
#
# A count is a noisy reading of a rate: 12 invitations in three months at risk prove less than 48 in twelve. The rate is
# estimated within each sector by a Gamma–Poisson model, with a 90 % interval. `p_over` is the probability that a partner's true
# rate lies above one and a half times its sector's median; from 0.9 on it is flagged `over_solicited`, from 0.5 on `watch`. A
# declared capacity that is exceeded flags it too.
#
# `stratum` is the sector that a partner is compared with, or `*`, the whole partnership, where the sector has fewer than eight
# partners. `capacity_use` is missing where no capacity was declared. Without invitation lists the records tell presences, not
# solicitations: then nobody is flagged, and the table is empty.
#
# (A rule such as "mean + 2 standard deviations" would flag three of a hundred *identical* partners.)

# %%
flagged = load[load["flag"].isin(["over_solicited", "watch"])].sort_values("p_over", ascending=False)
columns = ["flag", "stratum", "per_month", "rate_low", "rate_high", "stratum_median", "p_over", "capacity_use"]
named(flagged[columns]).round(2)

# %%
review = pn.review(records, period=period)
pn.figures.load(review, language="en")

# %% [markdown]
# ## Why, in words
#
# A flag opens a conversation; the reasons are what to open it with.

# %%
for actor_id, reasons in flagged["reasons"].items():
    print(f"{name[actor_id]}\n   " + "\n   ".join(str(reason) for reason in reasons))

# %% [markdown]
# Every number can be traced to its meetings and contacts, one by one. Here are the first partner's busiest thirty days.

# %%
first = load["p_over"].fillna(0).idxmax()
start = load.loc[first, "busiest_from"]
asked = records.within(pn.Period(start, start + pd.Timedelta(days=29)))
invitations = asked.attendance.query("actor_id == @first and invited").merge(asked.meetings, on="meeting_id")
calls = asked.contacts.query("target_id == @first").assign(title="contact").rename(columns={"source_id": "convener_id"})
both = pd.concat([invitations, calls]).sort_values(["day", "title"], ignore_index=True)
print(f"{name[first]}: {len(both)} solicitations in thirty days")
both.assign(asked_by=both["convener_id"].map(name))[["day", "title", "theme", "asked_by"]].fillna("")

# %% [markdown]
# ## What would relieve them
#
# Which series and which solicitors weigh most, and who could go in their place: a partner of the same sector or themes, with a
# load below the median, closest in whom it knows.

# %%
from partnet_analysis.measures.relief import load_sources, stand_ins

sources = load_sources(records, period, load)
heaviest = sources.groupby(["actor_id", "source_kind"], sort=False).head(2).set_index(["actor_id", "source_kind", "source"])
heaviest.rename(name, level="actor_id").round(2)

# %%
for actor_id, proposals in stand_ins(records, period, load).groupby("actor_id", sort=False):
    print(f"Instead of {name[actor_id]}\n   " + "\n   ".join(str(reason) for reason in proposals["reason"]))


# %% [markdown]
# ## What if the limit were another?
#
# The limit of 0.9 is a choice: lower it and more partners are named, more of them wrongly. The table below shows a limit of 0.5;
# with ipywidgets a slider moves it.

# %%
def to_spare(limit: float) -> pd.DataFrame:
    """List the partners whose load is beyond doubt at a limit."""
    beyond = load[load["p_over"] >= limit].sort_values("p_over", ascending=False)
    return named(beyond[["per_month", "rate_low", "rate_high", "p_over"]]).round(2)


to_spare(0.5)

# %%
try:
    from ipywidgets import FloatSlider, interact
except ImportError:
    print("Without ipywidgets: call to_spare(…) with another limit.")
else:
    interact(to_spare, limit=FloatSlider(0.9, min=0.3, max=0.99, step=0.01))

# %% [markdown]
# ## What this does not say
#
# Nothing about fatigue, burnout or goodwill: such records cannot. A partner may be content with a heavy load, and another be
# worn out by a light one. Residents and the coordinator are never flagged.
