"""A chart a person can take hold of: axes, zoom, pan, pointer, keys. What is between the axes, a subclass says.

Painted directly, axes and labels once into a pixmap: a fifth of what a scene of graphics items costs, and every label
stands where it belongs.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from gui.theme import LIGHT, Theme
from gui.widgets.axes import Axes, inset, paint_axes
from gui.widgets.kept_pixmap import renewed
from gui.widgets.scale import Scale, Span
from gui.widgets.view import View

NOTCH = 0.8  # zoom of one notch of the wheel, or one key
NOTCH_DEGREES = 120  # in eighths of a degree, as wheels count
CORNER = 6  # pixels
SMALLEST_BOX = 6  # pixels; less is a click that trembled


class Chart(QWidget):
    """Wheel zooms, drag pans, Shift and drag zooms into a box, double click follows again."""

    pointer_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.theme = LIGHT
        self.view = View(Span(0.0, 1.0), Span(0.0, 1.0))
        self.logs = (False, False)
        self.pointer: QPointF | None = None  # over the plot; None elsewhere
        self._grip: QPointF | None = None  # where a drag has come to
        self._box: QRectF | None = None
        self._ground = QPixmap()
        self._ground_painted = False
        self._axes: Axes | None = None
        self._ringed = False  # reached by keyboard
        self.follow_button = QPushButton("Follow", self)
        self.follow_button.setToolTip("Show the whole curve again, and keep up with it (double click, or 0)")
        self.follow_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.follow_button.clicked.connect(self.follow)
        self.follow_button.hide()

    # what a subclass fills in

    def plot(self) -> QRectF:
        """The rectangle between the axes."""
        raise NotImplementedError

    def titles(self) -> tuple[str, str]:
        """Words for the horizontal and the upright axis."""
        raise NotImplementedError

    def arrange(self) -> None:
        """Range or size has changed: work out what is drawn where."""

    def paint_ground(self, painter: QPainter, axes: Axes) -> None:
        """What stays while the range does; painted over the axes."""

    def paint_data(self, painter: QPainter, axes: Axes) -> None:
        """What changes with each frame."""

    # what it shows

    @property
    def axes(self) -> Axes:
        """As they are until `renew`."""
        if self._axes is None:
            plot = self.plot()
            x = Scale(self.view.x, self.logs[0], plot.left(), plot.right())
            y = Scale(self.view.y, self.logs[1], plot.bottom(), plot.top())
            self._axes = Axes(plot, x, y, *self.titles())
        return self._axes

    def dress(self, theme: Theme) -> None:
        """Colours, type and lines of `theme`."""
        self.theme = theme
        self.follow_button.setFont(theme.font("small", 500))
        radius = theme.pixels("small")
        self.follow_button.setFixedHeight(2 * radius)  # round ends at any size of type
        self.follow_button.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; background: {theme.soft}; border: none; min-width: 0;"
            f" padding: 0 {radius}px; border-radius: {radius}px; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.accent}; }}"
        )
        self.look(self.view)

    def look(self, view: View) -> None:
        """Show this stretch."""
        self.view = view
        self.follow_button.setVisible(view.held)
        self.renew()

    def renew(self) -> None:
        """Size, range or what stands on the ground has changed."""
        self._ground_painted, self._axes = False, None
        self._place_button()
        self.arrange()
        self.update()

    def follow(self) -> None:
        self.look(self.view.follow())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 160) if not self.theme.lecture else QSize(480, 320)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        axes = self.axes
        if not self._ground_painted:
            self._paint_ground(axes)
            self._ground_painted = True
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_data(painter, axes)
            if self._box:
                painter.setPen(self.theme.pen(self.theme.accent))
                painter.setBrush(self.theme.faint(self.theme.accent, 0.1))
                painter.drawRect(self._box)
            if self._ringed:
                self._paint_focus(painter)

    def _paint_ground(self, axes: Axes) -> None:
        self._ground = renewed(self._ground, self)
        with QPainter(self._ground) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(self.theme.panel))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)  # a panel's corners are round
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            paint_axes(painter, axes, self.theme)
            self.paint_ground(painter, axes)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setPen(self.theme.pen(self.theme.accent, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 1, -3, -3), 4, 4)

    def _place_button(self) -> None:
        """Above the plot; in a lecture, where there is no room, at its lower right: flags hang from the top."""
        plot, button = self.axes.plot, self.follow_button
        width, height, gap = button.sizeHint().width(), button.height(), round(inset(self.theme) / 2)
        top = plot.bottom() - height - gap if self.theme.lecture else max(0.0, (plot.top() - height) / 2)
        button.setGeometry(round(plot.right()) - width - (gap if self.theme.lecture else 0), round(top), width, height)

    # hands

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.renew()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()

    def _point(self, at: QPointF | None) -> None:
        self.pointer = at if at and self.axes.plot.contains(at) else None
        self.pointer_moved.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.axes.plot.contains(event.position()):
            return
        self._grip = event.position()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._box = QRectF(self._grip, self._grip)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._grip is not None and self._box is not None:
            self._box = QRectF(self._grip, at).normalized() & self.axes.plot
        elif self._grip is not None:
            self._pan(self._grip, at)
            self._grip = at
        self._point(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        box, self._box, self._grip = self._box, None, None
        if box and min(box.width(), box.height()) >= SMALLEST_BOX:
            axes = self.axes
            x = Span(axes.x.place(box.left()), axes.x.place(box.right()))
            self.look(self.view.hold(x, Span(axes.y.place(box.bottom()), axes.y.place(box.top()))))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.follow()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Over an axis, only that axis is zoomed."""
        at, plot = event.position(), self.axes.plot
        factor = NOTCH ** (event.angleDelta().y() / NOTCH_DEGREES)
        self.zoom(factor if at.x() >= plot.left() else 1, factor if at.y() <= plot.bottom() else 1, at)
        event.accept()

    def zoom(self, factor_x: float, factor_y: float, at: QPointF) -> None:
        axes = self.axes
        self.look(self.view.zoomed(factor_x, factor_y, axes.x.place(at.x()), axes.y.place(at.y())))

    def _pan(self, grip: QPointF, at: QPointF) -> None:
        x, y = self.axes.x, self.axes.y
        self.look(self.view.panned(x.place(grip.x()) - x.place(at.x()), y.place(grip.y()) - y.place(at.y())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, middle = event.key(), self.pointer or self.axes.plot.center()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(NOTCH, NOTCH, middle)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / NOTCH, 1 / NOTCH, middle)
        elif key == Qt.Key.Key_0:
            self.follow()
        else:
            super().keyPressEvent(event)
