"""The window: shows and steers. It never imports torch, so it opens before torch is loaded."""
