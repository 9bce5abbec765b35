"""What has no axes on paper: tokens, texts, tables and mosaics."""
