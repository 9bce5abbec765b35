"""All texts of a mixture under each other, with the names of the columns above; arrow keys go from fader to fader."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolTip, QVBoxLayout, QWidget

from gui.explain import tip
from gui.theme import LIGHT, Theme
from gui.widgets.source_columns import HEADS, RIGHT, SAYS, SHORT, columns
from gui.widgets.source_figures import SourceFigures
from gui.widgets.source_row import PAD, SourceRow

HEIGHT = 26  # of the names of the columns, at reading size


class SourceTable(QWidget):
    turned = Signal(str, float)  # source, share
    chosen = Signal(str)
    removed = Signal(str)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SourceRow] = []
        self.selected = ""
        self._theme = LIGHT
        self._sheet = QWidget()
        self._list = QVBoxLayout(self._sheet)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._sheet)
        self.head = TableHead(self.area)
        column = QVBoxLayout(self)
        for layout in (self._list, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._list.addStretch()
        column.addWidget(self.head)
        column.addWidget(self.area, 1)
        self._add_row()  # so that the tab key comes here before what stands below

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self.head.dress(theme)
        for row in self.rows:
            row.dress(theme)

    def show_figures(self, figures: Sequence[SourceFigures], step: int, top: float) -> None:
        """Rows are kept and reused; `top` ends the scale of the small curves, in nats."""
        while len(self.rows) < len(figures):
            self._add_row()
        for place, row in enumerate(self.rows):
            row.setHidden(place >= len(figures))
        for row, one in zip(self.rows, figures, strict=False):
            row.show_figures(one, step, top)
        self._fit()
        if self.selected not in [one.source for one in figures]:
            self.selected = ""
        self._show_selected()

    def row(self, source: str) -> SourceRow | None:
        """The row of a text that is shown."""
        return next((row for row in self.rows if not row.isHidden() and row.figures.source == source), None)

    def select(self, source: str) -> None:
        """Tells, if it is another one."""
        if source != self.selected:
            self.selected = source
            self._show_selected()
            self.chosen.emit(source)

    def _step(self, by: int) -> None:
        shown = [row for row in self.rows if not row.isHidden()]
        now = next((place for place, row in enumerate(shown) if row.figures.source == self.selected), 0)
        row = shown[min(max(now + by, 0), len(shown) - 1)]
        row.fader.setFocus(Qt.FocusReason.TabFocusReason)
        self.area.ensureWidgetVisible(row, 0, 0)

    def _add_row(self) -> None:
        """Reached by the tab key after the row above it."""
        row = self._row()
        if self.rows:
            QWidget.setTabOrder(self.rows[-1].remove, row.fader)
            QWidget.setTabOrder(row.fader, row.remove)
        self.rows.append(row)
        self._list.insertWidget(self._list.count() - 1, row)

    def _row(self) -> SourceRow:
        row = SourceRow(self._sheet)
        row.hide()
        row.dress(self._theme)
        row.turned.connect(self.turned)
        row.removed.connect(self.removed)
        row.pointed.connect(self.pointed)
        row.chosen.connect(self.select)
        row.left.connect(self._step)
        return row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Rows give way a little before they are scrolled."""
        shown = [row for row in self.rows if not row.isHidden()]
        room = (self.height() - self.head.height()) // max(1, len(shown))
        for row in shown:
            row.fit(room)

    def _show_selected(self) -> None:
        for row in self.rows:
            row.show_selected(row.figures.source == self.selected)


class TableHead(QWidget):
    """Names of the columns; each explains itself under the pointer."""

    def __init__(self, area: QScrollArea, parent: QWidget | None = None) -> None:
        """Its columns are those of the rows in `area`, beside a scroll bar or not."""
        super().__init__(parent)
        self._rows = area.viewport()
        self._rows.installEventFilter(self)
        self.dress(LIGHT)

    def dress(self, theme: Theme) -> None:
        self._theme, self._scale = theme, theme.pixels("small") / 12
        self.setFixedHeight(round(HEIGHT * self._scale))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, font = QPainter(self), self._theme.font("caption")
        painter.setFont(font)
        painter.setPen(QColor(self._theme.ink3))
        for name, box in self._boxes().items():
            side = Qt.AlignmentFlag.AlignRight if name in RIGHT else Qt.AlignmentFlag.AlignLeft
            fits = QFontMetricsF(font).horizontalAdvance(HEADS[name]) <= box.width() + 1
            cut = HEADS[name] if fits else SHORT.get(name, HEADS[name])
            painter.drawText(
                box.adjusted(-4 if name in RIGHT else 0, 0, 4, 0), side | Qt.AlignmentFlag.AlignVCenter, cut
            )
        painter.fillRect(QRectF(PAD, self.height() - 1, self.width() - 2 * PAD, 1), QColor(self._theme.line))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.update()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            here = [SAYS[name] for name, box in self._boxes().items() if box.contains(event.pos())]
            QToolTip.showText(event.globalPos(), tip(f"{here[0]}." if here else ""), self)
            return True
        return super().event(event)

    def _boxes(self) -> dict[str, QRectF]:
        spans = columns(max(1, self._rows.width() - 2 * PAD), self._scale)
        return {
            name: QRectF(PAD + spans[name].left, 0, spans[name].width, self.height()) for name in HEADS if name in spans
        }
