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
# # 01 · Load the records and check them
#
# *What was written down, and what became of every row?* An analysis is worth what its records are worth, so this comes first.
#
# The partnership is **fictional**: a French town, about sixty organisations, three years of workshops, working groups and
# contacts. To work on your own records, change `FOLDER`; everything below follows, and `partnet.toml` in that folder gives the
# partnership's name and what must be said of it.

# %%
from pathlib import Path

import pandas as pd

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
records

# %% [markdown]
# ## Every row is accounted for
#
# A row is kept, rejected or ignored, and the three add up to the rows read, file by file. Reading never writes into the folder.

# %%
ledger = records.ledger
ledger.accounting.dropna(axis="columns", how="all")  # sheets are for workbooks

# %%
counts = ledger.accounting[["rows", "kept", "rejected", "ignored"]].sum()
assert counts["rows"] == counts["kept"] + counts["rejected"] + counts["ignored"]
counts.to_frame("all files").T

# %% [markdown]
# `rejects` says where each rejected row stands, what is wrong and the way out; `remarks` says the same of rows that were kept
# but deserve a look; `ignored` what was left aside on purpose. In the example there is next to nothing to see, so here is a
# folder that has everything: a day that does not exist, a partner whom nobody announced, a row written twice.

# %%
import tempfile

with tempfile.TemporaryDirectory() as folder:
    Path(folder, "actors.csv").write_text("actor_id,name,kind\nclinic,Clinic,organisation\nschool,School,organisation\n")
    Path(folder, "meetings.csv").write_text("meeting_id,day\nm1,2025-03-14\nm2,2025-02-31\n")
    Path(folder, "attendance.csv").write_text(
        "meeting_id,actor_id,status\nm1,clinic,present\nm1,clinic,present\nm1,school,present\nm1,library,present\n"
    )
    faulty = pn.read(folder).ledger

columns = ["file", "line", "value", "code", "fault", "way_out"]
faulty.rejects[columns]

# %%
faulty.remarks[columns]

# %%
faulty.ignored[["file", "line", "code", "reason"]]

# %% [markdown]
# ## What the records can and cannot say
#
# Five facts decide what may be concluded later.

# %%
has_list = records.attendance.groupby("meeting_id")["invited"].any()
by_coordinator = records.contacts[["source_id", "target_id"]].isin(records.coordinators).any(axis="columns")
pd.Series(
    {
        "days covered": records.span,
        "meetings with an invitation list": f"{has_list.mean():.0%}",
        "contacts that involve a coordinator": f"{by_coordinator.mean():.0%}" if len(by_coordinator) else "none recorded",
        "partners of unknown sector": int(records.actors["sector"].isna().sum()),
        "meetings of unknown duration": int(records.meetings["duration_hours"].isna().sum()),
    }
).to_frame("answer")

# %% [markdown]
# - **No invitation lists?** Then nobody can speak of *solicitation*: the measures count presences and say so.
# - **Contacts logged only by the coordinator** (95 % or more involve one)? Then contacts between partners are *unobserved*, and
#   the figures about them are missing, never zero.
# - **No sectors?** Then loads are compared within the whole partnership, and openness between sectors cannot be measured.
# - **No durations?** Then meetings count, hours do not: what is known of them is a lower bound.
# - **Less than a year?** Then nothing can be compared with the year before, and seasons pass for change.
#
# ## Who is on the roster
#
# Persons were rolled up to their organisations: an organisation is present once at a meeting, however many it sends. Whoever
# has no record at all stays in every table, for it is precisely them that we look for. (`pn.read(FOLDER, level="person")` keeps
# persons apart; nothing about persons should be published by name.)

# %%
records.actors["sector"].fillna("unknown").value_counts().to_frame("partners")

# %%
by_quarter = records.meetings.groupby(records.meetings["day"].dt.to_period("Q")).size()
by_quarter.rename_axis("quarter").to_frame("meetings").T

# %% [markdown]
# Quarters with few meetings are summers here. A quarter without any would more likely be a lost sign-in sheet than a silent
# partnership: look for it before reading on.
