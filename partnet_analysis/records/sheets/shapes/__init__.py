"""One module for each shape a table of records comes in; each reads a grid or says that it is another shape's."""
