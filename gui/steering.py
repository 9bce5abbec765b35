"""What the person's buttons, keys and menus do to the session; the only part of the window that asks the engine."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from engine.commands import Anneal, Command, Probe, Prompt, Rewind, Save, Turn
from engine.corpus.built_in import BUILT_IN
from engine.corpus.place import chosen
from engine.events import Annealed, Progressed, Saved
from engine.settings import Settings
from engine.trouble import Trouble
from gui.form.choices import Choices
from gui.memory import Memory
from gui.mixing import Mixture, added
from gui.question import Question
from gui.session import Session
from gui.sources import whole_source
from gui.state import Facts, Status
from gui.status import Stopwatch, status
from gui.travel import Travel


class Steering(QObject):
    troubled = Signal(str, str)  # what is wrong, what to do
    acted = Signal()  # something may look different now

    def __init__(
        self, session: Session, choices: Choices, memory: Memory, travel: Travel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._choices, self._memory, self._travel = session, choices, memory, travel
        self._stopwatch = Stopwatch()
        self._save = Question(Saved)
        self.closed = False

    def status(self) -> Status:
        """What is going on."""
        session = self._session
        waited, gained = self._stopwatch.watch(session.recording.latest(Progressed))
        playhead, main = session.playhead, session.main
        facts = Facts(
            session.settings, session.running, session.playing, waited, gained, session.prepared,
            step=playhead.step, following=playhead.following, replaying=playhead.speed,
            recorded=main.recorded, followed=main.followed,
            continues=self._travel.continues_at() is not None, beside=session.beside(),
        )  # fmt: skip
        return status(session.recording, facts)

    def press(self) -> None:
        """The big button: whatever it shows."""
        match self.status().button:
            case "replay" | "hold" as wish:
                self._travel.replay(wish == "replay")
            case "play":
                self.play()
            case "pause":
                self._session.pause()
            case "cancel":
                self._session.cancel()
            case "restart":
                self.restart()
        self.acted.emit()

    def play_or_pause(self) -> None:
        """The key for it: while the corpus is read it asks to play as soon as that is done, and never cancels."""
        if self.status().button == "cancel":
            self._session.play()
        else:
            self.press()

    def play(self) -> None:
        """Train on, or begin; a run that has not made a step yet gives way to changed settings."""
        untouched = self._session.recording.last_step == 0
        if untouched and self._session.kept() and not self._choices.edits and not self._session.running:
            self.resume(str(self._session.folder))  # a published model that waits for its first step
            self._session.play()
        elif not self._session.running or (untouched and self._choices.edits):
            self.begin_next()
        else:
            self._session.play()

    def step_once(self) -> None:
        """One step of training, only while nothing moves by itself; looking back, one that was recorded."""
        status = self.status()
        if status.shown is not None:
            self._travel.step_by(1)
        elif status.steps:
            if not self._session.running:
                self.begin(self._session.settings)
            self._session.step()

    def restart(self) -> None:
        """The same settings and seed from the first step; goes on training if it did."""
        self.begin(self._session.settings, play=self.status().state in ("training", "stopped"))

    def restart_with(self, changes: dict[str, Any]) -> None:
        """The same run but for `changes`, training at once."""
        for name, value in changes.items():
            self._choices.edits[name] = value
        self.begin_next()

    def duplicate(self, settings: dict[str, Any]) -> bool:
        """Have the next run be set as a recorded one was; says whether these settings are known here."""
        try:
            self._choices.copy(Settings(**settings))
        except (Trouble, TypeError):
            self.troubled.emit("The settings of this run are not known here.", "Choose another run.")
            return False
        self.acted.emit()
        return True

    def read_as(self, source: str, encoding: str) -> None:
        """The same run, with one of its texts read in this encoding."""
        corpus, changed = self._session.settings.corpus, chosen(source, encoding=encoding)
        self.restart_with({"corpus": tuple(changed if one == source else one for one in corpus)})

    def anneal(self) -> None:
        """Bring the rate down from here on."""
        self._session.send(Anneal())

    def save(self) -> None:
        """A checkpoint now; `saved` tells when it is there."""
        if self._save.ask(self._session.recording):
            self._session.send(Save())

    def saved(self) -> str:
        """A sentence, once, when the checkpoint that was asked for is there."""
        recording = self._session.recording
        there = recording.latest(Saved) if self._save.answered(recording) else None
        return f"Step {there.step:,} is saved; “Go back…” in the menu Run leads here again." if there else ""

    def kept(self) -> list[int]:
        """Steps of the checkpoints that are still there, newest first."""
        return self._session.kept()

    def go_back(self, step: int) -> None:
        """To the checkpoint of this step; what came after is left behind."""
        self._session.playhead.follow(self._session.recording)
        self._session.send(Rewind(step))

    def go_back_at(self, step: int, rate: float) -> None:
        """To a checkpoint, and on from there at another learning rate."""
        self.go_back(step)
        self._session.send(Turn("learning_rate", rate))
        self._session.play()

    def resume(self, folder: str, new_text: bool = False) -> None:
        """Go on with a recorded run from its last checkpoint."""
        try:
            self._session.resume(Path(folder), new_text)
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)
        self.acted.emit()

    def accept_new_text(self) -> None:
        """The run that was to be resumed may read the text as it is now."""
        if self._session.folder:
            self.resume(str(self._session.folder), new_text=True)

    def possible(self) -> set[str]:
        """Which of the menu's wishes make sense now."""
        status, recording = self.status(), self._session.recording
        wishes = {"step"} if status.steps else set()
        if not self._session.running or not self._session.prepared:
            return wishes
        wishes |= {"back"} if recording.count(Saved) else set()
        wishes |= {"save"} if recording.last_step else set()
        return wishes | ({"anneal"} if status.state != "stopped" and not recording.count(Annealed) else set())

    def chosen(self) -> Settings:
        """For the next run, as the form shows it. Raises Trouble."""
        return self._choices.next_settings()

    def begin_next(self) -> None:
        """A new run with what is chosen, training at once."""
        try:
            settings = self._choices.next_settings()
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)
            return
        self.begin(settings, play=True)

    def open_text(self, source: str) -> None:
        """Read this file, folder or data set from now on."""
        where = whole_source(source)
        self._memory.keep_recent(where)
        self._choices.mix((where,), ())
        try:
            self.begin(self._choices.next_settings())
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)

    def mixture(self) -> Mixture:
        """What is mixed now and in the next run."""
        return self._choices.mixture(self._session.running)

    def add_sources(self, sources: list[str]) -> None:
        """Mix these in, too, in the next run."""
        for source in map(whole_source, sources):
            if source not in BUILT_IN:
                self._memory.keep_recent(source)
            mixed = self.mixture()
            if source not in mixed.next_corpus:
                self._choices.mix((*mixed.next_corpus, source), added(mixed.next_weights))
        self.acted.emit()

    def begin(self, settings: Settings, play: bool = False) -> None:
        """A new run; the old one is kept in its folder."""
        if self.closed:
            return
        try:
            self._session.begin(settings)
        except Trouble as trouble:
            self.troubled.emit(trouble.message, trouble.advice)
            return
        self._memory.keep_settings(settings)
        if play:
            self._session.play()
        self.acted.emit()

    def set_pace(self, steps_per_second: float | None) -> None:
        """None: as fast as the machine can; holds for later runs, too."""
        self._session.pace(steps_per_second)

    def ask(self, command: Command) -> None:
        """From a panel or the form. What to look at is for all on show, and the next run: it changes no training."""
        match command:
            case Probe(text):
                self._look_at(command, {"probe": text})
            case Prompt(text):
                self._look_at(command, {"prompt": text})
            case _:
                self._session.send(command)

    def _look_at(self, command: Command, words: dict[str, Any]) -> None:
        self._session.settings = self._session.settings.model_copy(update=words)
        self._session.send_all(command)
