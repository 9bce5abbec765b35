"""The dialog that films a run: which steps, how fast, how large; one picture to look at; and the making of it.

What the window shows is taken in its own thread, a few pictures ahead; drawing and writing are done in another.
"""

from collections.abc import Generator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from engine.aside import ASIDE, beside
from engine.trouble import Trouble
from gui.export.file_names import plain_name
from gui.export.film.choices import Film, held, steps_of
from gui.export.film.reel import Reel
from gui.export.film.writing import Spool, require_encoder, write_film
from gui.export.provenance import Provenance
from gui.frame.dialogs import Dialog
from gui.frame.export.line import WorkLine
from gui.frame.export.sheet import export_sheet, reading_theme
from gui.frame.export.words import bytes_words
from gui.frame.film.feed import Feed
from gui.frame.film.parts import FilmParts
from gui.frame.film.stage import Frames, Shot, Taken, drawn
from gui.frame.film.words import STEADY, film_words, going_words
from gui.text import one_line
from gui.theme import LIGHT, Theme

WIDTH, HEIGHT = 1000, 764  # pixels at reading size
SHARE = 0.96  # of the window, at most
LONG = 0.6  # seconds for a picture
FILM, PREVIEW = "film", "preview"
THERE = "This file is there already and will be replaced."


class Making(QTimer):
    """A film that is being made; its own ticks are those of the words about it."""

    def __init__(self, shot: Shot, steps: Sequence[int], film: Film, path: Path, parent: QWidget) -> None:
        super().__init__(parent, interval=200)
        self.steps, self.path, self.began = steps, path, perf_counter()
        reel = Reel[Taken]()
        self.frames = Frames(reel, film)
        self.feed = Feed(shot.stage, steps, film, reel, self)
        self.start()

    def words(self, share: float) -> str:
        return going_words(self.frames.made, len(self.steps), perf_counter() - self.began, self._size(share))

    def call_off(self) -> None:
        self.stop()
        self.feed.call_off()
        self.deleteLater()

    def _size(self, share: float) -> str:
        """Of the whole file, once what is written says something about it; a GIF is written at the end."""
        if share < STEADY or self.path.suffix == ".gif":
            return ""
        try:
            return f"about {bytes_words(round(next(beside(self.path, ASIDE)).stat().st_size / share))}"
        except OSError:  # it has its name already
            return ""


class FilmDialog(Dialog):
    """Of the run as far as it had come when it opened."""

    wished = Signal(object)  # Film, also where none was made
    told = Signal(object)  # Path of a film

    def __init__(
        self, parent: QWidget, theme: Theme, origin: Provenance, shots: Sequence[Shot], film: Film, folder: Path
    ) -> None:
        """`origin` names run and last step; the first of `shots` is what is filmed if nothing else is chosen."""
        super().__init__(parent, "Export film")
        self._window = parent.window()
        self._origin, self._shots, self._film = origin, shots, film
        self._steps: list[int] = []
        self._making: Making | None = None
        self._cost, self._shown = 0.0, 0  # seconds for a picture; how many of the film were shown
        self.line = WorkLine((FILM, PREVIEW), self)
        about = f"{one_line(origin.run)}, {origin.step:,} steps"
        self.parts = FilmParts(self.column, about, shots, folder)
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._take)
        self._yes = self.ask("Export")
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # so that nothing wears a ring before a key is pressed
        self.setFocus()
        self._dress(reading_theme(theme))
        self._show_film()

    @property
    def shot(self) -> Shot:
        """The chosen one."""
        return self._shots[max(0, self.parts.what.currentIndex())]

    def accept(self) -> None:
        """Make it, and close when that is done."""
        if not self._yes.isEnabled():
            return
        film, shot, path, overwrite = self._film, self.shot, self.parts.file.path(), self.parts.file.taken()
        self._settled.stop()
        self.line.call_off(PREVIEW)
        making = self._making = Making(shot, self._steps, film, path, self)
        making.timeout.connect(self._show_progress)
        self._shown = 0
        origin = self._origin._replace(panel=shot.panel)
        spool = Spool(film.format, film.rate, len(self._steps), held(film), origin.sentence)
        self.line.ask(FILM, lambda: write_film(making.frames, spool, path, overwrite), self._made)
        self._show_progress()

    # what a person does

    def _connect(self) -> None:
        parts = self.parts
        parts.form.edited.connect(self._choose)
        parts.form.refused.connect(lambda words: parts.say(words, "bad"))
        parts.what.currentIndexChanged.connect(self._choose_shot)
        parts.slider.valueChanged.connect(self._look_at)
        parts.file.edited.connect(self._look_there)
        self.line.failed.connect(self._say_failed)
        self.finished.connect(self._end)

    def _choose(self, choices: dict[str, Any]) -> None:
        try:
            self._film = Film(**{**self._film.model_dump(), **choices})
        except Trouble as trouble:
            self.parts.say(f"{trouble.message} {trouble.advice}", "bad")
            return
        self._show_film()

    def _choose_shot(self) -> None:
        self._cost = 0.0
        for shot in self._shots:
            shot.stage.leave()
        self._show_film()

    def _show_film(self) -> None:
        film, shot, before = self._film, self.shot, len(self._steps)
        place = self.parts.slider.value() / max(1, before - 1) if before else 1.0
        self._steps = steps_of(film, self._origin.step)
        self.parts.form.show_film(film, bool(shot.panel))
        self.parts.show_count(len(self._steps), round(place * (len(self._steps) - 1)))
        names = plain_name(self._origin.run) or "run", plain_name(shot.title).lower()
        self.parts.file.suggest(f"{'-'.join(names)}.{film.format}")
        self._look_there()
        self._look_at(self.parts.slider.value())

    def _look_there(self) -> None:
        """Whether it can be made, and what would be replaced."""
        file = self.parts.file
        there, trouble = file.taken(), self._lacking()
        self._yes.setText("Replace" if there else "Export")
        self._yes.setEnabled(bool(file.path().name) and self._making is None and not trouble)
        if trouble:
            self.parts.say(f"{trouble.message} {trouble.advice}", "bad")
        elif self._making is None:
            words = film_words(self._film, self._steps, self._cost)
            self.parts.say(f"{words} {THERE}" if there else words, "warn" if there else "ink2")

    def _lacking(self) -> Trouble | None:
        """What this format needs and is not here."""
        try:
            require_encoder(self._film.format)
        except Trouble as trouble:
            return trouble
        return None

    # one picture of it

    def _look_at(self, place: int) -> None:
        """Soon: the window needs a moment to settle."""
        self.parts.show_place(place, self._steps)
        stage = self.shot.stage
        stage.aim(self._steps[place])
        self._settled.start(round(1000 * stage.settles))

    def _take(self) -> None:
        width = max(160, min(self._film.width, self.parts.picture.dots()))
        small = Film(**{**self._film.model_dump(), "width": width})
        try:
            taken = self.shot.stage.take(self._steps[self.parts.slider.value()], small)
        except Trouble as trouble:
            self._say_failed(PREVIEW, trouble)
            return
        self.line.ask(PREVIEW, lambda: previewed(taken, small), self._show_preview)

    def _show_preview(self, made: tuple[np.ndarray, float]) -> None:
        picture_YX3, seconds = made
        self.parts.picture.show_pixels(picture_YX3)
        cost = seconds + self.shot.stage.settles
        self._cost = min(self._cost or cost, cost)  # the first one is slower
        self._look_there()

    # what becomes of it

    def _show_progress(self) -> None:
        """A few times a second; the pictures of the film pass by."""
        making = self._making
        if making is None:
            return
        share, newest = self.line.share(FILM) or 0.0, making.frames.newest
        self._yes.setEnabled(False)
        self.parts.show_share(share)
        self.parts.say(making.words(share))
        if newest is not None and making.frames.made != self._shown:
            self._shown = making.frames.made
            self.parts.show_newest(newest, min(self._shown, len(self._steps)) - 1, self._steps)

    def _made(self, path: Path) -> None:
        self.told.emit(path)
        super().accept()

    def _say_failed(self, name: str, trouble: Trouble) -> None:
        if name == PREVIEW:
            self.parts.picture.show_words(f"{trouble.message} {trouble.advice}")
            return
        self._leave()
        self.parts.show_share(None)
        self._look_there()
        self.parts.say(f"{trouble.message} {trouble.advice}", "bad")

    def _leave(self) -> None:
        """The window is as it was."""
        if self._making:
            self._making.call_off()
            self._making = None
        for shot in self._shots:
            shot.stage.leave()

    def _end(self) -> None:
        """Closed, in whatever way: nobody waits for anything any more."""
        self._settled.stop()
        self.line.end()
        self._leave()
        self.wished.emit(self._film)

    def _dress(self, theme: Theme) -> None:
        """A theme to be read at arm's length."""
        self.setStyleSheet(export_sheet(theme))
        self.setFont(theme.font("body"))
        self.parts.dress(theme)
        scale = theme.pixels("small") / LIGHT.pixels("small")
        room = self._window.size() * SHARE
        self.resize(QSize(round(WIDTH * scale), round(HEIGHT * scale)).boundedTo(room))


def previewed(taken: Taken, film: Film) -> Generator[float, None, tuple[np.ndarray, float]]:
    """One picture, and the seconds it takes to draw one; the first of all takes longer, so it is drawn again."""
    yield 0.0
    began = perf_counter()
    picture_YX3 = drawn(taken, film)
    seconds = perf_counter() - began
    if seconds > LONG:
        began = perf_counter()
        drawn(taken, film)
        seconds = perf_counter() - began
    return picture_YX3, seconds
