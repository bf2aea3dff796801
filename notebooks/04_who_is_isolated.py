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
# # 04 · Who is isolated
#
# *Who is left out, in which way, since when, and whom should they meet?* An actor can be several things at once, and each
# calls for something else: who was never invited needs an invitation, who never came needs another question.

# %%
from pathlib import Path

import pandas as pd

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
name = records.actors.set_index("actor_id")["name"]
pd.set_option("display.max_colwidth", None)
isolation = pn.isolation(records)
types = ["never_invited", "invited_never_came", "plenary_only", "coordinator_only", "outside_main_component"]
types += ["dormant", "newcomer"]
isolation[types].sum().to_frame("partners")

# %% [markdown]
# | type | meaning | what it calls for |
# |---|---|---|
# | `never_invited` | neither invited nor present in the period | an invitation |
# | `invited_never_came` | invited, present at none | asking what would suit |
# | `plenary_only` | no tie left once meetings of more than 12 are set aside | a working group |
# | `coordinator_only` | tied with coordinators alone | an introduction |
# | `outside_main_component` | in a corner of its own | a common meeting |
# | `dormant` | nothing for the last 180 days | a call |
# | `newcomer` | joined within six months: no fault | a welcome |
#
# `since_on` is the day since which it has been so.

# %%
left_out = isolation[~isolation["connected"] & isolation[types].any(axis=1)]
how = [", ".join(kind for kind in types if row[kind]) for _, row in left_out.iterrows()]
print(f"{len(left_out)} of {len(isolation)} partners are left out in some way.")
sector = records.actors.set_index("actor_id")["sector"].fillna("unknown")
told = left_out.assign(how=how)[["how", "last_seen_on", "since_on"]].join(sector)
told.rename(name).rename_axis(None)

# %% [markdown]
# ## On what evidence

# %%
for actor_id, evidence in left_out["evidence"].items():
    print(f"{name[actor_id]}\n   " + "\n   ".join(str(item) for item in evidence))

# %% [markdown]
# ## Is the sector to blame, or the meetings?
#
# Where one sector supplies most of the isolated, it is usually not their doing: look at who convenes what.

# %%
by_sector = pd.DataFrame({"partners": sector.value_counts(), "left out": sector[left_out.index].value_counts()})
by_sector.fillna(0).astype(int).sort_values("left out", ascending=False)

# %% [markdown]
# ## Whom to introduce to whom
#
# The partners most worth meeting share a theme, a sector or an acquaintance, are themselves connected, and are not overloaded:
# an introduction that lands on an over-solicited partner mends one thing and breaks another. Nobody is asked to welcome more
# than three.

# %%
from partnet_analysis.measures.introductions import introductions

period = records.default_period()
proposed = introductions(records, period, pn.solicitation_load(records, period), pn.isolation(records, period))
reasons = proposed["reasons"].map(lambda reasons: "; ".join(map(str, reasons)))
told = pd.DataFrame({"for": proposed["actor_id"].map(name), "meet": proposed["host_id"].map(name), "because": reasons})
told.set_index(["for", "meet"]).style.set_properties(**{"text-align": "left"})

# %% [markdown]
# ## What this does not say
#
# That somebody does not appear in the records is not that they do nothing: they may be met in ways nobody writes down. Check
# with them before publishing that they are alone.
