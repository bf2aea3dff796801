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
# # 02 · The network and its centre
#
# *Who is tied to whom, who is central, and who bridges, with and without the coordinator?*

# %%
from pathlib import Path

import networkx as nx
import pandas as pd

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
name = records.actors.set_index("actor_id")["name"]


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """Show partners by name instead of id."""
    return frame.rename(name).rename_axis(None)


network = pn.network(records)  # the last year that the records cover; pn.network(records, period=2024) for another
network

# %% [markdown]
# ## What a tie is
#
# Two organisations present at the same meeting of *n* are tied by 1/(*n* − 1): a plenary of forty says little about any pair, a
# meeting of two says as much as a contact. A contact counts 1. **Strength** adds both up; **distance** is its inverse.

# %%
strongest = network.ties.sort_values("strength", ascending=False, ignore_index=True).head(8)
strongest.round({"co_presence": 2, "strength": 2, "distance": 3})

# %% [markdown]
# Worth knowing before ranking anybody: with these weights an actor's co-presence adds up to exactly the number of meetings
# where it met somebody. *How much* it is there is in `strength`; *whom* it meets is in `degree`, `betweenness` and `constraint`.

# %%
present = records.within(network.period).attendance.query("status == 'present'")
n_present = present.groupby("meeting_id")["actor_id"].transform("size")
attended = present[n_present > 1].groupby("actor_id").size()
ends = [network.ties.groupby(side)["co_presence"].sum() for side in ("source_id", "target_id")]
added_up = ends[0].add(ends[1], fill_value=0)
assert (added_up.round(9) == attended.reindex(added_up.index, fill_value=0)).all()
print(f"It holds for all {len(added_up)} partners that have a tie.")

# %% [markdown]
# ## Any networkx function works
#
# The graph holds every actor of the roster, tied or not, with the columns of both tables as attributes.

# %%
graph = network.to_networkx()
print(f"{len(graph)} actors, {graph.number_of_edges()} ties")
print("without a tie:", *(name[actor] for actor in nx.isolates(graph)), sep="\n   ")
print(f"average clustering: {nx.average_clustering(graph, weight='strength'):.3f}")

main_component = max(nx.connected_components(graph), key=len)
start, end = sorted(main_component, key=lambda actor: (graph.degree[actor], actor))[:2]
path = nx.shortest_path(graph, start, end, weight="distance")
print("from one rarely seen partner to another:", *(name[actor] for actor in path), sep="\n   → ")

# %% [markdown]
# ## Who is central
#
# `betweenness` is the share of shortest paths that run through an actor. The coordinator tops it by construction: it sits in
# most meetings. The columns that end in `_without_coordinators` take it out of the meetings too, and show what partners hold
# by themselves.

# %%
centrality = pn.centrality(network)
shown = ["degree", "strength", "betweenness", "betweenness_without_coordinators", "constraint_without_coordinators"]
named(centrality[shown].sort_values("betweenness", ascending=False).head(8)).round(3)

# %%
named(centrality[shown].sort_values("betweenness_without_coordinators", ascending=False).head(8)).round(3)

# %% [markdown]
# ## How sure is a rank?
#
# A rank from one year of meetings is one draw. Drawing whole meetings and contacts anew (with replacement) gives an interval;
# partners whose intervals overlap share a **tier** and are not said to differ. Quote tiers, never places.

# %%
from partnet_analysis.measures.uncertainty import rank_intervals

ranks = rank_intervals(network, n_draws=100)
parts = {f"betweenness_{part}_without_coordinators": part for part in ("rank", "rank_low", "rank_high", "tier")}
named(ranks[list(parts)].rename(columns=parts).dropna().sort_values("rank").head(8))


# %% [markdown]
# ## Another year, with or without the coordinator
#
# The call below shows one choice. With ipywidgets (`make notebooks` has them) a list and a switch follow that show the others;
# a page without a kernel keeps the table.

# %%
def most_central(year: int, coordinators: bool) -> pd.DataFrame:
    """List the eight actors through which most paths run."""
    chosen = pn.network(records, period=year)
    chosen = chosen if coordinators else chosen.without_coordinators
    return named(pn.centrality(chosen)[["degree", "strength", "betweenness"]].nlargest(8, "betweenness")).round(3)


years = range(records.span.start.year, records.span.end.year + 1)
most_central(years[-1], coordinators=False)

# %%
try:
    from ipywidgets import interact
except ImportError:
    print("Without ipywidgets: call most_central(…) with another year.")
else:
    interact(most_central, year=list(years)[::-1], coordinators=False)

# %% [markdown]
# ## Look at it
#
# Colour and shape tell the sector, size the strength, a ring whom to spare. Notebook 07 has the map that can be clicked.

# %%
pn.figures.network(pn.review(records), language="en")
