"""One module for each family of files."""
