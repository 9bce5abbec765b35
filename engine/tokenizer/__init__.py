"""How text is cut into tokens, and put together again."""
