"""The film dialog, and the window as the pictures of a film."""
