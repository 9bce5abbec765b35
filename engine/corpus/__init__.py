"""Text becomes documents, documents become tokens."""
