"""What one run says, to be read beside another's: its head, a text it wrote or one in its tokens, and a remark."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.explain import tip
from gui.theme import LIGHT, Theme
from gui.widgets.labels import PlainLabel
from gui.widgets.run_head import RunHead
from gui.widgets.sample_card import INDENT, PlainReading
from gui.widgets.token_strip import Tile, TokenStrip

BESIDE_HEIGHT = 1.5  # of a head that stands beside tokens, in heads
UNLIMITED = 16_777_215  # pixels; as Qt has it


class Part(NamedTuple):
    """One run. Texts are as they can be drawn: see gui.text.prose."""

    name: str
    place: int  # decides its line
    value: str  # a loss
    says: str  # what that is
    prompt: str = ""
    text: str = ""
    after: str = ""  # the rest of a prompt with a gap, which `text` fills
    note: str = ""  # what is to be said about signs in it that are no letters
    tiles: tuple[Tile, ...] = ()
    remark: str = ""  # what is not as with the first run


class RunCard(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part: Part | None = None
        self._ruled = self._beside = False
        self.head, self.text, self.strip = RunHead(), PlainReading(), TokenStrip()
        self.remark = PlainLabel("", "caption", "ink3")
        self.remark.setWordWrap(True)
        self.strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QVBoxLayout()
        inside.setSpacing(4)
        inside.addWidget(self.text)
        inside.addWidget(self.strip)
        inside.addStretch()
        inside.addWidget(self.remark)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setSpacing(4)
        self._box.addWidget(self.head, 0, Qt.AlignmentFlag.AlignTop)
        self._box.addLayout(inside, 1)
        self.dress(LIGHT)

    def show_part(self, part: Part) -> None:
        """Sets only what differs, so that a selection stays while the words stay."""
        if part != self._part:
            self._part = part
            self._write()

    def stand(self, ruled: bool, beside: bool) -> None:
        """With a line at its left; with its head beside the rest instead of above it."""
        self._ruled, self._beside = ruled, beside
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._box.setContentsMargins(INDENT if ruled else 0, 0 if beside else 4, 0, 0 if beside else 4)
        self._box.setSpacing(12 if beside else 4)
        self._fit_head()
        self.update()

    def dress(self, theme: Theme) -> None:
        """Colours and type of `theme`."""
        self._theme = theme
        self.head.dress(theme)
        self.strip.dress(theme)
        self.text.setFont(theme.font("body"))
        self.remark.setFont(theme.font("caption"))
        self._fit_head()
        if self._part:
            self._write()

    def _fit_head(self) -> None:
        """Beside tokens it is as high as they are, and all heads are equally wide."""
        hint = self.head.sizeHint()
        self.head.setMaximumWidth(hint.width() if self._beside else UNLIMITED)
        self.head.setMinimumHeight(round(BESIDE_HEIGHT * self.head.sizeHint().height()) if self._beside else 0)

    def _write(self) -> None:
        part, theme = self._part, self._theme
        assert part is not None
        self.head.show_run(part.name, part.place, part.value, part.says)
        words = bool(part.prompt or part.text or part.after)
        self.text.setHidden(not words)
        self.strip.setHidden(not part.tiles)
        self.remark.setHidden(not part.remark)
        self.text.write(
            (part.prompt, QColor(theme.ink3)), (part.text, QColor(theme.ink)), (part.after, QColor(theme.ink3))
        )
        self.text.setToolTip(tip(part.note))
        self.text.setStatusTip(part.note)
        self.text.setAccessibleName(f"Text of {part.name}")
        self.strip.show_tiles(part.tiles, -1)
        self.strip.setAccessibleName(f"Tokens and their loss of {part.name}")
        self.strip.setAccessibleDescription(" ".join(self.strip.sentence(place) for place in range(len(part.tiles))))
        self.remark.setText(part.remark)
        self.setAccessibleName(part.name)
        self.setAccessibleDescription(part.says)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ruled:
            painter, hair = QPainter(self), round(self._theme.lines.hair)
            painter.fillRect(0, 4, hair, self.height() - 8, QColor(self._theme.line))
