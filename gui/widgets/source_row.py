"""One text of the mixture: its fader, and beside it what was read and learned of it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.explain import explain, tip
from gui.text import number
from gui.theme import LIGHT, Role, Theme
from gui.widgets.fader import Fader
from gui.widgets.heat_strip import paint_strip, strip_words
from gui.widgets.icon_button import IconButton
from gui.widgets.loss_stroke import paint_loss
from gui.widgets.source_columns import RIGHT, SAYS, Span, columns
from gui.widgets.source_figures import SourceFigures

HEIGHT, LEAST, STRIP, CURVE, BAR = 36, 28, 16, 20, 3  # pixels at reading size
PAD = 8  # pixels inside the row's tint, left and right
KEEP = "Keep", "Mix {} in the next run, too"  # name of the button, and what it does
LEAVE_OUT = "Leave out", "Leave {} out of the next run"
OFF = 0.45  # opacity of a text that is not in the next run
NEIGHBOURS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
DELETE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SourceRow(QWidget):
    turned = Signal(str, float)  # source, share
    chosen = Signal(str)
    removed = Signal(str)  # or, where it was removed already, wanted back
    left = Signal(int)  # for the row above, -1, or below
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = SourceFigures("", "")
        self._step, self._top, self._selected = 0, 1.0, False
        self._spans: dict[str, Span] = {}
        self.fader = Fader(self)
        self.remove = IconButton("close", "Leave this text out of the next run", parent=self)
        self.fader.edited.connect(lambda share: self.turned.emit(self.figures.source, share))
        self.remove.clicked.connect(lambda: self.removed.emit(self.figures.source))
        self.fader.installEventFilter(self)
        self.setMouseTracking(True)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme, self._scale = theme, theme.pixels("small") / 12
        self.fit(round(HEIGHT * self._scale))
        self.remove.dress(theme)
        self._place()

    def fit(self, room: int) -> None:
        """As high as there is room for, within reason."""
        self.setFixedHeight(min(max(room, round(LEAST * self._scale)), round(HEIGHT * self._scale)))

    def show_figures(self, figures: SourceFigures, step: int, top: float) -> None:
        """`top` ends the scale of the small curve, in nats."""
        self.figures, self._step, self._top = figures, step, top
        self.fader.show_share(figures.share)
        explain(self.fader, f"Weight of {figures.name}", self.sentence())
        act, words = KEEP if figures.leaves else LEAVE_OUT
        self.remove.show_icon("restart" if figures.leaves else "close", "ink3")
        explain(self.remove, f"{act} {figures.name}", words.format(figures.name))
        self.update()

    def show_selected(self, selected: bool) -> None:
        if selected != self._selected:
            self._selected = selected
            self._show_remove()
            self.update()

    def sentence(self) -> str:
        """The whole row in words."""
        row = self.figures
        parts = [f"{row.name}: weight {self._text('weight')}"]
        parts += [row.note] if row.note else []
        parts += [f"{self._text('read')} of all tokens so far"] if row.read is not None else []
        parts += [f"seen {row.seen:.1f} times"] if row.seen is not None else []
        parts += [f"validation loss {number(row.loss)} nats per token"] if row.loss is not None else []
        parts += [f"at best {number(row.entropy)}"] if row.entropy is not None else []
        return ", ".join(parts) + "."

    # where things are

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        inside = max(1, self.width() - 2 * PAD)
        self._spans = {name: Span(left + PAD, width) for name, (left, width) in columns(inside, self._scale).items()}
        left, width = self._spans["fader"]
        tall = round(24 * self._scale)
        self.fader.setGeometry(round(left), (self.height() - tall) // 2, round(width), tall)
        self.remove.move(round(self._spans["remove"].left), (self.height() - self.remove.height()) // 2)
        self._show_remove()
        self.update()

    def _show_remove(self) -> None:
        self.remove.setVisible(not self._theme.lecture and (self._selected or self.underMouse()))

    def box(self, column: str, height: float | None = None) -> QRectF:
        """Of one column, in the middle of the row; empty where there is no room for it."""
        if column not in self._spans:
            return QRectF()
        left, width = self._spans[column]
        tall = self.height() if height is None else height * self._scale
        return QRectF(left, (self.height() - tall) / 2, width, tall)

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        painter.setOpacity(OFF if self.figures.leaves else 1.0)
        self._paint_name(painter)
        for column in ("size", "weight", "read", "seen", "loss", "entropy"):
            self._write(painter, column)
        if self.figures.new:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if not (strip := self.box("strip", STRIP)).isEmpty():
            paint_strip(painter, strip, self.figures, self._theme)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not (curve := self.box("curve", CURVE)).isEmpty():
            paint_loss(painter, curve, self.figures, self._step, self._top, self._theme)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._theme
        if self._selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.soft))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0, 1, 0, -1), 4, 4)
        if bar := self.figures.bar:
            painter.fillRect(QRectF(0, 4, BAR, self.height() - 8), QColor(theme.tokens()[bar]))
        painter.fillRect(QRectF(PAD, self.height() - 1, self.width() - 2 * PAD, 1), QColor(theme.line))

    def _paint_name(self, painter: QPainter) -> None:
        row, box = self.figures, self.box("name")
        if not row.note:
            self._text_in(painter, box, row.name, "body", self._theme.ink)
            return
        half = box.height() / 2
        self._text_in(painter, box.adjusted(0, 2, 0, -half + 3), row.name, "body", self._theme.ink)
        wide = box.adjusted(0, half - 1, self._spans["size"].width if row.new and "size" in self._spans else 0, -2)
        self._text_in(painter, wide, row.note, "caption", self._theme.warn)

    def _write(self, painter: QPainter, column: str) -> None:
        role, colour, weight = self._look(column)
        if not (box := self.box(column)).isEmpty():
            self._text_in(painter, box, self._text(column), role, colour, weight, right=column in RIGHT)

    def _text_in(
        self, painter: QPainter, box: QRectF, text: str, role: Role, colour: str, weight: int = 400, right: bool = False
    ) -> None:
        font = self._theme.font(role, weight)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
        painter.drawText(
            box.adjusted(-4 if right else 0, 0, 4 * (not right), 0), side | Qt.AlignmentFlag.AlignVCenter, cut
        )

    def _look(self, column: str) -> tuple[Role, str, int]:
        theme, row = self._theme, self.figures
        match column:
            case "loss":
                return "body", theme.ink, 600
            case "weight":
                return "body", theme.accent if row.bar == "accent" else theme.ink, 400
            case "seen" if row.repeated:
                return "small", theme.warn, 600
            case "size" | "entropy":
                return "small", theme.ink3, 400
        return "small", theme.ink2, 400

    def _text(self, column: str) -> str:
        row = self.figures
        match column:
            case "size":
                return row.size
            case "weight":
                return "auto" if row.by_length else f"{row.share:.2f}"
            case "read":
                return "" if row.read is None else f"{100 * row.read:.1f} %"
            case "seen":
                return "" if row.seen is None else "<0.1×" if 0 < row.seen < 0.05 else f"{row.seen:.1f}×"
            case "loss":
                return "" if row.loss is None else number(row.loss)
            case "entropy":
                return "" if row.entropy is None else number(row.entropy)
        return ""

    # the person

    def words_at(self, point: QPointF) -> str:
        """About the thing under the pointer."""
        if (box := self.box("strip", STRIP)).contains(point):
            return strip_words(box, self.figures, point.x())
        here = [name for name in SAYS if self.box(name).contains(point)]
        return f"{self.sentence()} {SAYS[here[0]]}." if here and here[0] != "name" else self.sentence()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The row of the fader that has the focus is the chosen one."""
        if event.type() == QEvent.Type.FocusIn:
            self.chosen.emit(self.figures.source)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.fader.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.words_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in DELETE:
            self.removed.emit(self.figures.source)
        elif event.key() in NEIGHBOURS:
            self.left.emit(NEIGHBOURS[Qt.Key(event.key())])
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.ToolTip if isinstance(event, QHelpEvent):
                QToolTip.showText(event.globalPos(), tip(self.words_at(QPointF(event.pos()))), self)
                return True
            case QEvent.Type.Enter | QEvent.Type.Leave:
                self._show_remove()
                if event.type() == QEvent.Type.Leave:
                    self.pointed.emit("")
        return super().event(event)
