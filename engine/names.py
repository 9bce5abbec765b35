"""A name for a run: two words that are easy to say across a classroom."""

import random

COLOURS = (
    *("amber", "azure", "copper", "coral", "golden", "green", "hazel", "indigo", "ivory", "jade", "lilac", "maroon"),
    *("mossy", "olive", "pearl", "rosy", "ruby", "russet", "rusty", "sandy", "silver", "teal", "umber", "violet"),
)
ANIMALS = (
    *("badger", "beetle", "crane", "cricket", "dormouse", "falcon", "finch", "fox", "gecko", "hare", "hedgehog"),
    *("heron", "ibex", "kestrel", "lark", "lynx", "marten", "newt", "otter", "owl", "plover", "robin", "salmon"),
    *("sparrow", "stoat", "swift", "tern", "toad", "vole", "wren"),
)


def run_name() -> str:
    """Not tied to the seed of the run: the same settings twice are two runs."""
    return f"{random.choice(COLOURS)}-{random.choice(ANIMALS)}"
