"""Where everything on the timeline stands, in pixels: signs above, a strip for each run, and the steps below."""

from typing import NamedTuple

from PySide6.QtCore import QRectF

from gui.theme import Theme
from gui.widgets.scale import Scale, Span

HEIGHT, BRANCHED, LECTURE = 56, 72, 124  # pixels
EDGE, LECTURE_EDGE = 8, 40  # pixels beside the strip: half a handle, half a label
FILLED = 0.6  # of the way from one lane to the next


class Rows(NamedTuple):
    left: float
    right: float
    signs: float  # the middle of the signs
    lanes: tuple[tuple[float, float], ...]  # top and height of each
    base: float  # the line under a single lane, or the end of the last one
    labels: float  # the middle of the labels
    scale: float  # of signs

    def across(self, end: int) -> Scale:
        """From steps to pixels."""
        return Scale(Span(0.0, max(end, 1)), False, self.left, self.right)

    def lane(self, place: int, left: float, right: float) -> QRectF:
        """The rectangle of a lane between two pixels."""
        top, height = self.lanes[place]
        return QRectF(left, top, max(0.0, right - left), height)

    def lane_at(self, y: float) -> int:
        """The lane nearest to a pixel."""
        return min(range(len(self.lanes)), key=lambda place: abs(sum(self.lanes[place]) - self.lanes[place][1] / 2 - y))


def timeline_height(count: int, theme: Theme) -> int:
    """With `count` runs on show."""
    if theme.lecture:
        return round(LECTURE * theme.scale)
    return HEIGHT if count <= 1 else BRANCHED  # larger type still has room in it


def timeline_rows(count: int, width: float, theme: Theme) -> Rows:
    """`width` is that of the whole widget."""
    scale = theme.scale if theme.lecture else max(1.0, theme.scale)
    edge = (LECTURE_EDGE if theme.lecture else EDGE) * scale
    left, right = edge, max(edge + 1, width - edge)
    if theme.lecture:
        return Rows(left, right, 30 * scale, _stacked(count, 50, 12, scale), 63 * scale, 98 * scale, 2.2 * scale)
    if count <= 1:
        return Rows(left, right, 15.0, ((28.0, 8.0),), 36.5, 47.0, scale)
    return Rows(left, right, 13.0, _stacked(count, 24, 27, 1.0), 52.0, 63.0, scale)


def _stacked(count: int, top: float, room: float, scale: float) -> tuple[tuple[float, float], ...]:
    """Lanes under each other in `room`, at most 10 pixels from one to the next, three fifths of it filled."""
    if count <= 1:
        return ((top * scale, room * scale),)
    pitch = min(10.0, room / (count - 1 + FILLED))
    return tuple(((top + place * pitch) * scale, FILLED * pitch * scale) for place in range(count))
