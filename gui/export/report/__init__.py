"""All that was recorded of a run, on one page or several."""
