"""One file a format: each reads one file as pieces of documents, however large it is, and says what it leaves out."""
