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
# # 11 · A large partnership
#
# *Does it still answer for a thousand organisations?* The measures are compiled or vectorised; this notebook makes up a region
# of a thousand partners and times each question on the machine it runs on. The time of a run is a fact about that machine
# and moment, so nothing here depends on it.

# %%
import time

import numpy as np
import pandas as pd

import partnet_analysis as pn

N_ACTORS, N_MEETINGS, N_CONTACTS = 1_000, 800, 6_000

# %% [markdown]
# Partners belong to a district; most meetings gather a district, a few gather everybody's delegates. One partner in fifty is asked
# five times as often as the others, and one in fifty never.

# %%
rng = np.random.default_rng(2024)
ids = np.array([f"p{number:04}" for number in range(N_ACTORS)])
district = rng.integers(0, 25, N_ACTORS)
asked = rng.choice([1.0, 5.0, 0.0], N_ACTORS, p=[0.96, 0.02, 0.02])
actors = pd.DataFrame({"actor_id": ids, "name": [f"Partner {one}" for one in ids], "kind": "organisation"})
actors["sector"] = pd.Series(district).map("District {}".format)
days = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.sort(rng.integers(0, 366, N_MEETINGS)), unit="D")
meetings = pd.DataFrame({"meeting_id": [f"m{number:04}" for number in range(N_MEETINGS)], "day": days, "duration_hours": 2.0})

rows = []
for meeting in meetings["meeting_id"]:
    everybody = rng.random() < 0.02
    reached = np.flatnonzero((asked > 0) & (everybody | (district == rng.integers(0, 25))))
    chances = asked[reached] / asked[reached].sum()
    invited = ids[rng.choice(reached, size=min(len(reached), 150 if everybody else 14), replace=False, p=chances)]
    rows += [(meeting, actor, True, "present" if rng.random() < 0.7 else "absent") for actor in invited]
attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])

there = ids[asked > 0]
source, step = rng.integers(0, len(there), N_CONTACTS), rng.integers(1, len(there), N_CONTACTS)
contacts = pd.DataFrame(
    {
        "contact_id": [f"c{number:05}" for number in range(N_CONTACTS)],
        "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 366, N_CONTACTS), unit="D"),
        "source_id": there[source],
        "target_id": there[(source + step) % len(there)],
    }
)
records = pn.Records.from_tables(actors, meetings, attendance, contacts)
records

# %%
seconds = {}


def timed(question, *arguments):
    """Ask a question and note how long the answer took."""
    start = time.perf_counter()
    answer = question(*arguments)
    seconds[question.__name__] = time.perf_counter() - start
    return answer


network = timed(pn.network, records, 2024)
timed(lambda: network.ties)  # built when first asked for
centrality = timed(pn.centrality, network)
cohesion = timed(pn.cohesion, network)
load = timed(pn.solicitation_load, records, 2024)
isolation = timed(pn.isolation, records, 2024)
dependence = timed(pn.coordination, records, 2024)
value = timed(pn.meetings, records, 2024)
network

# %%
pd.Series(seconds).rename({"<lambda>": "ties"}).to_frame("seconds").round(2)

# %% [markdown]
# ## What to look at when there are too many to look at
#
# A thousand dots are a cloud. Numbers by district, then the few partners that matter in each, read better than any picture.

# %%
sector = actors.set_index("actor_id")["sector"]
told = pd.DataFrame(
    {
        "to be spared": load["flag"] == "over_solicited",
        "not connected": ~isolation["connected"],
        "asked per month": load["per_month"],
    }
)
by_district = told.groupby(sector).agg({"to be spared": "sum", "not connected": "sum", "asked per month": "mean"})
assert set(asked[told["to be spared"]]) == {5.0}
by_district.insert(0, "partners", sector.value_counts())
print(f"{told['to be spared'].sum()} to be spared ({(asked == 5).sum()} are asked five times as often);")
print(f"{told['not connected'].sum()} not connected ({(asked == 0).sum()} are never asked).")
by_district.sort_values("to be spared", ascending=False).rename_axis(None).head(8).round(2)

# %% [markdown]
# Not all who were made busy are flagged: contacts come to everybody alike, and a flag has to be sure. Nobody else is.

# %%
bridges = centrality["betweenness"].nlargest(5)
actors.set_index("actor_id").loc[bridges.index, ["name", "sector"]].assign(betweenness=bridges.round(3))

# %% [markdown]
# ## Export rather than draw
#
# Programs made for large graphs take it from here; `pn.export(network, "gexf")` opens in Gephi with colours, sizes and places.
# The documentation's page *How fast* has the times of a fixed machine for up to ten thousand partners.
