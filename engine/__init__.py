"""The engine: trains and records. It never imports Qt, so it runs on a machine without a screen."""
