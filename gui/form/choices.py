"""What a person has chosen and what became of it: asked for, turned, or waiting for the next run. Knows no Qt."""

from typing import Any

from engine.declared import knobs
from engine.events import CorpusRead, Turned, Warned
from engine.recording import Recording
from engine.settings import Settings
from engine.size import parameters
from engine.trouble import Trouble

BYTES = 257  # and the token between documents
CHARACTERS = 100  # about as many as English prose has
KNOBS = {knob.name: knob for knob in knobs(Settings)}


class Choices:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings  # those of the present run
        self.edits: dict[str, Any] = {}  # wait for the next run
        self.asked: dict[str, Any] = {}  # sent to the engine, not yet obeyed
        self.turned: dict[str, Any] = {}  # what the engine said
        self._recording: Recording | None = None
        self._seen = 0, 0

    def value(self, name: str) -> Any:
        """What the form shows."""
        for place in (self.asked, self.edits, self.turned):
            if name in place:
                return place[name]
        return getattr(self.settings, name)

    def present(self, name: str) -> Any:
        """What the present run uses."""
        return self.turned.get(name, getattr(self.settings, name))

    def choose(self, name: str, value: Any, running: bool) -> bool:
        """Note a person's choice; says whether the engine must be asked to turn it."""
        if running and KNOBS[name].live:
            self.edits.pop(name, None)
            self.asked[name] = value
            return True
        self.edits[name] = value
        if value == self.present(name):
            del self.edits[name]
        return False

    def reset(self) -> None:
        """Take back what waits."""
        self.edits = {}

    def take_in(self, settings: Settings, recording: Recording) -> None:
        """Learn from the recording what was turned; a new run begins with nothing asked or turned."""
        if recording is not self._recording:
            self._recording, self._seen = recording, (0, 0)
            self.asked, self.turned = {}, {}
        if settings is not self.settings:
            self.settings = settings
            self.edits = {name: value for name, value in self.edits.items() if value != getattr(settings, name)}
        turned, warned = self._seen
        self._seen = recording.count(Turned), recording.count(Warned)
        for event in recording.all(Turned)[turned:]:
            self._note(event)
        if self._seen[1] > warned:
            self.asked = {}  # perhaps a refusal: show what the engine has

    def next_settings(self) -> Settings:
        """For the next run, as the form shows it. Raises Trouble."""
        values = {**self.settings.model_dump(), **self.turned, **self.edits}
        return Settings(**values)

    def parameters(self) -> int | None:
        """Of the model of the next run; None while the settings do not fit together."""
        try:
            chosen = self.next_settings()
        except Trouble:
            return None
        return parameters(chosen, self._vocabulary(chosen))

    def _vocabulary(self, chosen: Settings) -> int:
        """Of the text that was read where it is the same, else what the tokenizer will have at most."""
        read = self._recording.latest(CorpusRead) if self._recording else None
        same = all(
            getattr(chosen, name) == getattr(self.settings, name) for name in ("corpus", "tokenizer", "vocabulary")
        )
        if read and same:
            return len(read.vocabulary)
        return {"bpe": chosen.vocabulary, "byte": BYTES, "character": CHARACTERS}[chosen.tokenizer]

    def _note(self, event: Turned) -> None:
        knob = KNOBS.get(event.knob)
        if knob is None:
            return
        value = knob.kind(event.value)
        self.turned[event.knob] = value
        if self.asked.get(event.knob) == value:
            del self.asked[event.knob]
