"""A run as pictures one after the other."""
