"""The one clock of the window: take events in, move the playhead, draw what changed, within a budget.

The window may use BUDGET of the time while the model trains. The pump measures what the whole GUI thread used since
the last frame, painting included, and waits accordingly.
"""

from collections import deque
from time import perf_counter, thread_time
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from engine.events import Stepped
from gui.panels.panel import Panel
from gui.session import Session

BUDGET = 0.05  # of the time, while training
HANDS_ON = 0.35  # of the time, while a person drags, or a recording is replayed and nothing trains
FASTEST_MS, SLOWEST_MS = 33, 115  # between two frames
TEXT_SECONDS = 0.25  # numbers that change faster cannot be read


class Shown(Protocol):
    """What the pump drives: the window, or a stand-in."""

    panels: list[Panel]

    def glance(self) -> None: ...
    def take_in(self) -> None: ...
    def meters(self, text: str) -> None: ...


class Pump(QObject):
    def __init__(self, session: Session, window: Shown, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._window = window
        self._used = thread_time()
        self._text_at = 0.0
        self._drawn_at: dict[Panel, float] = {}
        self._frames: deque[float] = deque(maxlen=64)
        self.frames = 0
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        self._used = thread_time()
        self._timer.start(0)

    def stop(self) -> None:
        self._timer.stop()

    def tick(self) -> None:
        """One frame; the clock goes on whatever happens in it."""
        try:
            self._frame()
        finally:
            self._timer.start(self._pause_ms())

    def _frame(self) -> None:
        session, now = self._session, perf_counter()
        session.tick()
        step = session.playhead.step
        panels = self._window.panels
        drawn = [panel for panel in panels if panel.refresh(session.recording, step, self._early(panel, now))]
        self._drawn_at.update(dict.fromkeys(drawn, now))
        if drawn:
            self.frames += 1
            self._frames.append(now)
        self._window.glance()
        if now - self._text_at >= TEXT_SECONDS:
            self._text_at = now
            self._window.take_in()
            self._window.meters(self.meters(now))

    def meters(self, now: float) -> str:
        """Share of time for looks, and frames in the last two seconds."""
        recent = [at for at in self._frames if now - at <= 2.0]
        last = self._session.recording.latest(Stepped)
        words = (
            [f"looks and saving take {100 * last.looking / last.time:.1f} % of the time"] if last and last.time else []
        )
        if len(recent) > 1:
            frames = round((len(recent) - 1) / (recent[-1] - recent[0]))
            words.append(f"{frames} frame{'' if frames == 1 else 's'}/s")
        return "  ·  ".join(words)

    def _early(self, panel: Panel, now: float) -> bool:
        """Whether the panel was drawn too lately to be drawn for new numbers; never while nothing moves by itself."""
        return self._session.playing and now - self._drawn_at.get(panel, 0.0) < panel.beat

    def _replays_alone(self) -> bool:
        """A recording is played back, and no training could go faster for it if that stuttered."""
        session = self._session
        return session.playhead.playing and not any(lane.playing for lane in session.lanes)

    def _pause_ms(self) -> int:
        used = thread_time()
        cost, self._used = used - self._used, used
        dragging = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        wanted = 1000 * cost / (HANDS_ON if dragging or self._replays_alone() else BUDGET)
        return int(min(max(wanted, FASTEST_MS), SLOWEST_MS))
