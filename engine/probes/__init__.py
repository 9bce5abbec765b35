"""What the model knows, asked between two steps without disturbing training."""
