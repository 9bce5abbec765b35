"""The export dialog, and what a panel's handle does."""
