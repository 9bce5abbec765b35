"""Measurements of the engine that anyone can repeat."""
