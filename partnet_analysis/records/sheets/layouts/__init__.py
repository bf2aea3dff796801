"""One module for each way a sheet may be laid out: what speaks for it, and how it is read."""
