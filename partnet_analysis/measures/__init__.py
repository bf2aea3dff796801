"""Network and Records → frames, one module for each question; no measure imports another."""
