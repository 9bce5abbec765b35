"""Plots on paper: axes, marks, and the words around them."""
