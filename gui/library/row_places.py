"""Where the parts of one row are: for the one who paints it, and for the pointer."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF

from gui.theme import Theme

HEIGHT, PAD, INDENT = 52, 16, 24  # pixels at reading size
BOX, AFTER_BOX, MORE, LOSS, GAP = 15, 11, 24, 34, 8
CURVE_WIDTH, CURVE_HEIGHT = 56, 28
NARROW, NARROW_CURVE = 300, 28  # below this width of the list the curve gives way to the name
INSET = 7  # of the ground under a chosen row


class RowPlaces(NamedTuple):
    ground: QRectF
    box: QRectF  # to tick
    opener: QRectF  # the arrow of what opens
    words: QRectF  # both lines
    curve: QRectF
    more: QRectF  # the button for all else, where the curve ends
    loss: QRectF

    @property
    def rail(self) -> float:
        """Where the line to its branches comes down."""
        return self.box.center().x()

    def hit(self, point: QPointF) -> str:
        """The part under the pointer that does something by itself; "" for the row."""
        grown = {"box": self.box.adjusted(-2, -10, 6, 10), "opener": self.opener, "more": self.more}
        return next((name for name, part in grown.items() if part.contains(point)), "")


def row_places(row: QRectF, depth: int, theme: Theme) -> RowPlaces:
    """`depth` counts the rows it stands under."""
    scale = theme.scale
    middle, left = row.center().y(), row.left() + (PAD + depth * INDENT) * scale
    box = QRectF(left, middle - BOX * scale / 2, BOX * scale, BOX * scale)
    loss = _before(row.right() - PAD * scale, LOSS * scale, row)
    wide = CURVE_WIDTH if row.width() >= NARROW * scale else NARROW_CURVE
    curve = _before(loss.left() - GAP * scale, wide * scale, row)
    return RowPlaces(
        ground=row.adjusted(INSET, 0, -INSET, 0),
        box=box,
        opener=QRectF(left - 14 * scale, middle - 12 * scale, 12 * scale, 24 * scale),
        words=QRectF(box.right() + AFTER_BOX * scale, row.top(), 0, row.height()).united(
            QRectF(curve.left() - GAP * scale, row.top(), 0, row.height())
        ),
        curve=_high(curve, CURVE_HEIGHT * scale),
        more=_high(_before(curve.right(), MORE * scale, row), MORE * scale),
        loss=loss,
    )


def _before(right: float, width: float, row: QRectF) -> QRectF:
    return QRectF(right - width, row.top(), width, row.height())


def _high(box: QRectF, height: float) -> QRectF:
    return QRectF(box.left(), box.center().y() - height / 2, box.width(), height)
