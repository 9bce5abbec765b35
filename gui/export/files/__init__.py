"""A figure as a file: PDF, SVG, PNG, EPS."""
