"""
Files → records: one module for each family of files and each shape inside them.

`read_folder` reads everything that a folder holds. A file becomes a `Grid` of text, a shape turns the grid into a `Batch` of
rows that know their line, `checking` types each cell, `merging` puts the tables together, and the ledger counts every row.
"""

from partnet_analysis.records.assembly.folder import Reading, read_folder

__all__ = ["Reading", "read_folder"]
