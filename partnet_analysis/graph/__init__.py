"""Records → Network: actors and the ties between them."""
