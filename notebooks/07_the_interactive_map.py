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
# # 07 · The interactive map
#
# *The whole year on one page that opens offline, in a notebook and everywhere else.*

# %%
from pathlib import Path

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
language = pn.Config.load(FOLDER).partnership.language  # from partnet.toml; "fr" or "en"
review = pn.review(records)
review

# %% [markdown]
# The map shows itself: search a partner, click it to read its card, change the year, set the coordinator aside. It runs in a
# sandbox and fetches nothing. Where a notebook is shown without scripts (an untrusted one, a repository's website), a still
# picture takes its place.

# %%
pn.map(review, language=language)

# %% [markdown]
# ## Keep it
#
# `generate_html()` gives the page as text; write it anywhere as UTF-8 and send it: it is one file, without any address in it.

# %%
page = pn.map(review, language=language).generate_html()
print(f"{len(page.encode()) / 1e6:.1f} MB; asks the network for: {page.count('src=' + chr(34) + 'http')} addresses")
# Path("map.html").write_text(page, encoding="utf-8")

# %% [markdown]
# ## On paper
#
# Paper does not move. The same network as it is printed in the annual review, largest ties only:

# %%
pn.figures.network(review, language=language)

# %% [markdown]
# ## How to read it, and how not
#
# Near means *tied by many meetings and contacts*, not *alike* or *friends*; the coordinator stands in the middle because it is
# put there. Nobody moves when the year changes. A ring marks partners to be spared, a dashed outline the isolated: start from
# those and click.
