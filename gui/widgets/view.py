"""Which stretch of both axes is on show: all that matters so far, until a person takes hold of it."""

from typing import NamedTuple

from gui.widgets.scale import Span

CLOSEST = 1e-5  # share of the whole that can fill the chart
FARTHEST = 3.0  # times the whole


class View(NamedTuple):
    """What can be seen, in units of the scales; `held` is what a person chose, None while it follows."""

    full_x: Span
    full_y: Span
    held_x: Span | None = None
    held_y: Span | None = None

    @property
    def x(self) -> Span:
        return self.held_x or self.full_x

    @property
    def y(self) -> Span:
        return self.held_y or self.full_y

    @property
    def held(self) -> bool:
        return self.held_x is not None or self.held_y is not None

    def follow(self) -> "View":
        return self._replace(held_x=None, held_y=None)

    def grown(self, x: Span, y: Span) -> "View":
        """The data has grown; what is held stays where it is."""
        return self._replace(full_x=x, full_y=y)

    def zoomed(self, factor_x: float, factor_y: float, at_x: float, at_y: float) -> "View":
        """What is at `at` stays at its place; a factor of 1 leaves its axis alone."""
        x, y = around(self.x, factor_x, at_x), around(self.y, factor_y, at_y)
        return self.hold(x if factor_x != 1 else None, y if factor_y != 1 else None)

    def panned(self, by_x: float, by_y: float) -> "View":
        x, y = Span(self.x.low + by_x, self.x.high + by_x), Span(self.y.low + by_y, self.y.high + by_y)
        return self.hold(x if by_x else None, y if by_y else None)

    def hold(self, x: Span | None, y: Span | None) -> "View":
        """Show this; None leaves an axis as it is."""
        return self._replace(
            held_x=bounded(x, self.full_x) if x else self.held_x, held_y=bounded(y, self.full_y) if y else self.held_y
        )


def around(span: Span, factor: float, at: float) -> Span:
    """`factor` times as much, with `at` staying where it is."""
    return Span(at - (at - span.low) * factor, at + (span.high - at) * factor)


def bounded(span: Span, full: Span) -> Span:
    """Neither so near that numbers run out, nor so far that the curve is lost."""
    size = min(max(span.size, full.size * CLOSEST), full.size * FARTHEST)
    middle = min(max((span.low + span.high) / 2, full.low), full.high)
    return Span(middle - size / 2, middle + size / 2)
