"""What is said at the foot of a page about values that are no numbers, and so are gaps in their curves."""

import numpy as np

from gui.export.paper import Paper
from gui.export.sheet import Axis, Curve, Plot, Sheet


def said(sheet: Sheet, paper: Paper) -> tuple[str, ...]:
    """One sentence, or none where all that is drawn are numbers."""
    found = {
        mark.name: count
        for plot in sheet.plots
        for mark in plot.marks
        if isinstance(mark, Curve) and mark.legend and mark.layer not in {*paper.hidden} - {""}
        if (count := gaps(mark, seen(plot, paper)))
    }
    if not found:
        return ()
    told = ", ".join(f"{count:,} of {name}" for name, count in found.items())
    return (f"Gaps are values that were no finite numbers: {told}.",)


def seen(plot: Plot, paper: Paper) -> Axis:
    """The axis along as it is drawn."""
    return plot.whole[0] if plot.whole and paper.range == "whole" else plot.x


def gaps(curve: Curve, across: Axis) -> int:
    """Values on show that cannot be drawn."""
    low, high = sorted((across.low, across.high))
    shown = (curve.x >= low) & (curve.x <= high)
    return int(np.count_nonzero(shown & ~np.isfinite(curve.y)))
