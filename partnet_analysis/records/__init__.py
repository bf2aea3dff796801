"""Raw files → Records: what the partnership wrote down, read, checked and accounted for row by row."""
