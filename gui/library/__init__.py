"""The dock "Runs": every recorded run with a small curve, to open, lay over others, name, find and delete."""
