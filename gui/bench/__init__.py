"""Measurements of the window that anyone can repeat."""
