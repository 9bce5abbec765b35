"""What a figure is for: a column of sizes, each with a little page in its own shape, of which one is chosen."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from gui.explain import explain
from gui.export.paper import SIZES, Preset
from gui.icons import pixmap
from gui.theme import LIGHT, Theme

OWN = "Own size…"
HEIGHT, GAP = 40, 4  # of a row, and between two
PICTURE, WORDS, MARGIN = 22, 48, 12  # middle of the little page, begin of the words, right margin
LARGEST = 400.0  # mm: as wide as a little page gets
WIDEST = 22  # pixels of it
ROUND, RING = 6.0, 2.0


class PresetList(QWidget):
    chosen = Signal(str)  # by a person

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("For")
        self._group = QButtonGroup(self)
        named = {name: size.title for name, size in SIZES.items()}
        self.rows = {name: PresetRow(words) for name, words in {**named, "own": OWN}.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for name, row in self.rows.items():
            row.setObjectName(name)
            self._group.addButton(row)
            column.addWidget(row)
            if name in SIZES:
                row.show_size(SIZES[name].width, SIZES[name].height)
        self._group.buttonClicked.connect(self._tell)

    def choose(self, preset: Preset, size: tuple[float, float]) -> None:
        """Show it as chosen; tells nobody. `size` in mm is that of an own one."""
        self.rows[preset].setChecked(True)
        self.rows["own"].show_size(*(size if preset == "own" else (0.0, 0.0)))

    def dress(self, theme: Theme) -> None:
        for row in self.rows.values():
            row.dress(theme)

    def _tell(self, row: QAbstractButton) -> None:
        self.chosen.emit(row.objectName())


class PresetRow(QAbstractButton):
    """A little page, words, and a size."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._theme, self._words, self._size = LIGHT, words, (0.0, 0.0)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_size(0.0, 0.0)

    def show_size(self, width: float, height: float) -> None:
        """In mm; 0 for one that has none."""
        self._size = width, height
        said = f", {self.words_of_size()}" if width else ""
        explain(self, f"{self._words.removesuffix('…')}{said}")
        self.update()

    def words_of_size(self) -> str:
        width, height = self._size
        return f"{width:.0f} × {height:.0f} mm" if width else ""

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedHeight(self._scaled(HEIGHT))
        self.update()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(f"{self._words}{self.words_of_size()}")
        return QSize(self._scaled(WORDS + 2 * MARGIN) + words, self._scaled(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        colour = theme.accent if self.isChecked() else theme.ink3
        self._paint_page(painter, colour)
        painter.setFont(theme.font("body", QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal))
        painter.setPen(theme.accent if self.isChecked() else theme.ink)
        box = self.rect().adjusted(self._scaled(WORDS), 0, -self._scaled(MARGIN), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.ink2 if self.isChecked() else theme.ink3)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.words_of_size())

    def _paint_ground(self, painter: QPainter) -> None:
        theme, inside = self._theme, QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.soft if self.isChecked() else theme.field)
            painter.drawRoundedRect(inside, ROUND, ROUND)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(theme.pen(theme.accent, RING))
            painter.drawRoundedRect(inside.adjusted(1, 1, -1, -1), ROUND, ROUND)

    def _paint_page(self, painter: QPainter, colour: str) -> None:
        middle_x, middle_y = self._scaled(PICTURE), self.height() / 2
        width, height = self._size
        if not width:
            side = self._scaled(16)
            sign = pixmap("plus", colour, side, self.devicePixelRatioF())
            painter.drawPixmap(round(middle_x - side / 2), round(middle_y - side / 2), sign)
            return
        wide = self._scaled(WIDEST) * max(0.5, min(1.0, (max(width, height) / LARGEST) ** 0.4))
        wide, high = (wide, wide * height / width) if width >= height else (wide * width / height, wide)
        painter.setPen(self._theme.pen(colour, 2 if self.isChecked() else 1))
        left, top = round(middle_x - wide / 2) + 0.5, round(middle_y - high / 2) + 0.5
        painter.drawRect(QRectF(left, top, round(wide), max(2, round(high))))

    def _scaled(self, pixels: float) -> int:
        return round(pixels * self._theme.pixels("small") / LIGHT.pixels("small"))
