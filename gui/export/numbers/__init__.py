"""The numbers behind a figure, as tables and files."""
