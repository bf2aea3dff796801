"""
The questions, under short names: what `import partnet_analysis as pn` offers.

Each function checks what it is given, takes the period as people write it, and calls the function that does the work; the
frames are that function's own. Nothing is computed here.
"""
