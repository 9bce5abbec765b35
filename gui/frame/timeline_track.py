"""The strip of the timeline: shows a picture and the playhead on it, and says where a person moves it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.frame.timeline_marks import Happenings, mark_note, mark_words, words_at
from gui.frame.timeline_paint import mark_at, paint_playhead, paint_timeline, playhead_room, saved_at
from gui.frame.timeline_picture import Picture, Size, look_steps, picture, stamp, step_words
from gui.frame.timeline_rows import Rows, timeline_height, timeline_rows
from gui.playhead import beside, recorded_steps
from gui.shown import Shown
from gui.theme import LIGHT, Theme
from gui.widgets.explained import Explained
from gui.widgets.kept_pixmap import renewed

PAGE = 20  # parts of the run a page key moves by
NOTCH = 120  # in eighths of a degree, as wheels count


class Track(Explained):
    sought = Signal(int)  # a step that was recorded
    held = Signal(bool)  # by the mouse
    live_asked = Signal()  # the end of a run that goes on
    note_asked = Signal(int)  # a new one at this step
    note_opened = Signal(int)  # the key of one that is there

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Timeline")
        self.theme = LIGHT
        self.runs: tuple[Shown, ...] = ()
        self.shown = Picture()
        self.step = 0
        self._kept: frozenset[int] | None = None
        self._happenings = Happenings()
        self._stamp: object = None
        self._ground, self._painted = QPixmap(), False
        self._turned = 0  # of the wheel, less than a notch
        self._ringed = False  # reached by keyboard
        self.dress(LIGHT)

    # what it shows

    def show_runs(self, runs: Sequence[Shown], kept: Collection[int] | None = None) -> None:
        """The first is the one the playhead moves on; cheap where nothing has changed.

        `kept` are the steps of its checkpoints that are still there; None: all that were saved.
        """
        kept = None if kept is None else frozenset(kept)
        if len(runs) != len(self.runs):
            self.setFixedHeight(timeline_height(len(runs), self.theme))
        self.runs, self._kept = tuple(runs), kept
        self._renew()

    def show_step(self, step: int) -> None:
        """Where the playhead is; only it is painted anew."""
        if step != self.step:
            for x in (self._x(self.step), self._x(step)):
                self.update(playhead_room(x, self.rows).toAlignedRect())
            self.step = step
            self._say_where()

    def dress(self, theme: Theme) -> None:
        self.theme = theme
        self.setFixedHeight(timeline_height(len(self.runs), theme))
        self._stamp = None
        self._renew()

    @property
    def rows(self) -> Rows:
        return timeline_rows(len(self.runs), self.width(), self.theme)

    @property
    def last(self) -> int:
        """The newest step of the first run."""
        return self.runs[0].recording.last_step if self.runs else 0

    def _renew(self) -> None:
        rows = self.rows
        size = Size(rows.right - rows.left, self.devicePixelRatioF(), rows.scale)
        now = stamp(self.runs, size), self._kept
        if now != self._stamp:
            self._stamp = now
            self.shown = picture(self.runs, size, self._happenings, self._kept)
            self._painted = False
            self._say_where()
            self.update()

    def _say_where(self) -> None:
        self.setAccessibleDescription(f"Step {self.step:,} of {self.last:,}")

    def _x(self, step: int) -> float:
        return self.rows.across(self.shown.end).pixel(step)

    # painting

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._renew()

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self.rows
        if not self._painted:
            self._paint_ground(rows)
            self._painted = True
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.shown.end:
                paint_playhead(painter, self._x(self.step), rows, self.theme)
            if self._ringed:
                painter.setPen(self.theme.pen(self.theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_ground(self, rows: Rows) -> None:
        self._ground = renewed(self._ground, self)
        with QPainter(self._ground) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_timeline(painter, self.shown, rows, self.theme)

    # what is under the pointer

    def sentence_at(self, point: QPointF) -> str:
        if not self.runs or not self.shown.end:
            return ""
        rows = self.rows
        if mark := mark_at(self.shown, rows, point):
            return mark_words(mark, self.shown.rows)
        across = rows.across(self.shown.end)
        step, run = round(across.value(point.x())), self.runs[rows.lane_at(point.y())]
        name = f"{self.shown.lanes[rows.lane_at(point.y())].name}, " if len(self.runs) > 1 else ""
        saved = saved_at(self.shown, across, point.x())
        if saved is not None and run is self.runs[0]:
            return f"{name}{step_words(run, saved)}. A checkpoint: training can go on from here"
        last = run.recording.last_step
        if step > last:
            return f"{name}step {step:,} is still to come" if run.live else f"{name}ended at step {last:,}"
        words = step_words(run, max(0, step))
        return f"{name}{words[:1].lower()}{words[1:]}" if name else words

    def happened(self, step: int) -> list[str]:
        """What is known about a step of the first run, one line each."""
        if not self.runs:
            return []
        return [step_words(self.runs[0], step), *words_at(self.shown.rows, step)]

    # what a person does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.held.emit(True)
        mark = mark_at(self.shown, self.rows, event.position())
        self._seek(mark.step) if mark else self._seek_pixel(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.held.emit(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek_pixel(event.position().x())
        else:
            super().mouseMoveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a note, to change it; elsewhere, to write one. The first click has moved the playhead there."""
        if event.button() != Qt.MouseButton.LeftButton or not self.runs:
            super().mouseDoubleClickEvent(event)
            return
        mark = mark_at(self.shown, self.rows, event.position())
        key = mark_note(mark, self.shown.rows) if mark else None
        self.note_asked.emit(self.step) if key is None else self.note_opened.emit(key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch is a step; with Shift, to the next look."""
        turned = event.angleDelta()
        self._turned += turned.y() or turned.x()
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        if notches:
            self._step_by(-notches, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by a step, with Shift to the next look; page keys by a twentieth; Home and End to the ends."""
        key, looks = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        page = max(1, self.last // PAGE)
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self._step_by(1 if key == Qt.Key.Key_Right else -1, looks)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                self._seek(self.step + (page if key == Qt.Key.Key_PageUp else -page))
            case Qt.Key.Key_Home:
                self._seek(0)
            case Qt.Key.Key_End:
                self._seek_end()
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        self.update()

    def _step_by(self, count: int, looks: bool) -> None:
        if self.runs:
            recording = self.runs[0].recording
            steps = look_steps(recording) if looks else recorded_steps(recording)
            self._seek(beside(steps, self.step, count, self.last))

    def _seek_pixel(self, x: float) -> None:
        """Beyond the newest step of a run that goes on, keep up with it."""
        step = round(self.rows.across(self.shown.end).value(x))
        if self.runs and self.runs[0].live and step > self.last:
            self._seek_end()
        else:
            self._seek(step)

    def _seek_end(self) -> None:
        if self.runs and self.runs[0].live:
            self.show_step(self.last)
            self.live_asked.emit()
        else:
            self._seek(self.last)

    def _seek(self, step: int) -> None:
        """Shown at once; what is slower follows when it can."""
        if self.runs:
            self.show_step(max(0, min(step, self.last)))
            self.sought.emit(self.step)
