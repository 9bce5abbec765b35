"""The only part that trains: model, optimizer, batches, trainer."""
