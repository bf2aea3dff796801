"""The words of the blank forms and the commented `partnet.toml`, one file for each language."""
