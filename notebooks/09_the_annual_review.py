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
# # 09 · The annual review
#
# *The year as data, and the document that the partners receive.* The same as `partnet review data/raw`, from Python.

# %%
from pathlib import Path

import pandas as pd

import partnet_analysis as pn

FOLDER = Path("../data/raw")

records = pn.read(FOLDER)
language = pn.Config.load(FOLDER).partnership.language
review = pn.review(records)
review

# %% [markdown]
# ## The first page
#
# Five figures, with those of the year before beside them.

# %%
review.essentials.rename_axis(None)

# %% [markdown]
# ## Everything behind it
#
# A review computes nothing when it is drawn: each number of the document is found here, under its name, in a frame that the
# measure of the same name made. Nothing in a document can differ from the tables.

# %%
frames = ["centrality", "solicitation", "isolation", "cohesion"]
pd.DataFrame({frame: {"rows": len(getattr(review, frame)), "columns": getattr(review, frame).shape[1]} for frame in frames}).T

# %%
pd.testing.assert_frame_equal(review.solicitation, pn.solicitation_load(records, review.period))
print("The review's loads are those of pn.solicitation_load, to the last digit.")

# %% [markdown]
# ## The figures

# %%
pn.figures.sectors(review, language=language)

# %%
pn.figures.load(review, language=language)

# %% [markdown]
# ## The document
#
# One HTML page that opens offline and prints; PDF, Word and Excel come from the same content. `pn.documents` gives the bytes of
# each file by its name, so that nothing is written unless you write it. In one line at the terminal:
# `partnet review data/raw -o results`.

# %%
texts = {key: (FOLDER / file).read_text("utf-8") for key, file in pn.Config.load(FOLDER).texts.model_dump().items() if file}
documents = pn.documents(review, language=language, texts=texts)
pd.Series({file_name: round(len(content) / 1e3) for file_name, content in documents.items()}).to_frame("kB")

# %% [markdown]
# To keep one: `Path("review.pdf").write_bytes(documents["review-2025.pdf"])`, with your year.

# %% [markdown]
# ## Before it goes out
#
# Read the partners to be spared and the isolated with the people concerned. The full review is an internal document; for a
# public edition, under pseudonyms and with rounded numbers: `partnet review data/raw --public -o public` (see *Privacy* in the
# documentation).
