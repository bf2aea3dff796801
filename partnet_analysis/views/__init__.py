"""Review → documents; the only place that draws."""
