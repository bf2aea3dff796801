"""
Records too large for one table in memory: one set of expressions, run by pandas, DuckDB or Spark.

`cells` reads text as the readers do, each spelling once; `rules` keeps, rejects or leaves aside rows; `rollup` goes from
persons to organisations; `measured` sums up loads, ties and who was last seen; `operator` ranks. All are written once, in
Narwhals, and take and give lazy frames of whatever engine holds the rows; `duck` and `cluster` say how each engine takes
them in and hands them over, `opening` which one opens a folder.
"""
