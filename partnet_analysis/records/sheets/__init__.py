"""Grids → drafts: what the columns of a sheet mean, and which layout explains it best."""
