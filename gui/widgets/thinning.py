"""Which labels of a crowded axis are written."""

from math import ceil


def thinned(count: int, pitch: float, needed: float, marked: int | None) -> list[int]:
    """Every second or third place where words that need `needed` would touch at this `pitch`; always the marked one."""
    every = max(1, ceil(needed / max(pitch, 1e-9)))
    rest = range(0, count, every)
    if marked is None or marked in rest:
        return list(rest)
    return [*(place for place in rest if abs(place - marked) >= every), marked]
