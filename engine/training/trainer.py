"""One optimizer step at a time: batch → loss → gradients → weights, and the events that tell of it.

The learner has all state: weights, optimizer, steps done, windows seen. The order of the data, the learning rate and
the samples are functions of that state and of the settings, so looking, saving and writing cannot disturb training.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from time import perf_counter

import torch

from engine.commands import (
    Anneal,
    Command,
    CompareTokenizers,
    CountMerges,
    Look,
    Probe,
    Prompt,
    Rewind,
    Save,
    Stop,
    Turn,
)
from engine.corpus.part import Corpus
from engine.declared import knobs
from engine.events import Annealed, Event, Finished, Rewound, Stalled, Turned, Warned
from engine.processor import usable_threads
from engine.runfile import highest_recorded_floor, last_recorded_step
from engine.settings import Settings
from engine.size import memory
from engine.training import checkpoint
from engine.training.device import Device, choose_device, require_memory
from engine.training.errands import Errands
from engine.training.launch import OnChangedText, Order, launched
from engine.training.learner import Learner
from engine.training.looks import Looks, validation_due
from engine.training.observer import Observer
from engine.training.pulse import Pulse
from engine.training.resumed import differences
from engine.training.saves import Moment, Saves
from engine.training.schedule import last_step
from engine.training.state import State
from engine.training.text import first_floors, found_out, higher_floors, highest_floor
from engine.training.validation import Validation
from engine.trouble import Trouble


class Trainer:
    """Owned by the engine thread. `step` and `time` stand in every event."""

    corpus: Corpus
    device: Device
    learner: Learner
    observer: Observer
    validation: Validation
    saves: Saves
    stops: Collection[int] = ()  # steps whose numbers are told at once, for commands may follow
    alone = True  # no other run trains by turns with it
    _pulse: Pulse | None  # None: a person has chosen the threads, or a graphics card computes

    def __init__(
        self,
        settings: Settings,
        name: str,
        cache: Path | None = None,
        folder: Path | None = None,
        resume: Path | None = None,
        on_changed_text: OnChangedText = "refuse",
    ) -> None:
        """`folder` of the run, None: nothing is saved; a checkpoint to `resume` brings its own settings and name."""
        self.settings, self.name = settings, name
        self.time = 0.0  # seconds of training, pauses left out
        self._cache, self._folder = cache, folder
        self._resume, self._on_changed_text = resume, on_changed_text
        self._looks, self._errands = Looks(), Errands()
        self._first = 0  # step
        self._begun = False  # nothing is written before the first step
        self._moved = False  # since errands were looked after

    @property
    def step(self) -> int:
        return self.learner.step if hasattr(self, "learner") else self._first

    def start(self) -> Iterator[Event]:
        """Read the corpus, build the model, and look at it before it has learned anything."""
        before = checkpoint.read(self._resume) if self._resume else None
        if before:
            yield self._adopt(before.state)
        order = Order(self.settings, self.name, self._cache, self._folder, before, self._on_changed_text, self._now)
        made = yield from launched(order)
        self.corpus, self.device, self.learner, self.observer = made.corpus, made.device, made.learner, made.observer
        self.saves, self.validation, self._vocabulary = made.saves, made.validation, made.vocabulary
        self._readings, self._meters, self._pulse = made.readings, made.meters, made.pulse
        if before:
            yield from differences(before.state, self.device, self._now)
            yield from self._annealed_here()
        if made.new_text:
            yield from first_floors(self.corpus, self.settings, self._now)
            yield from self.validation.measure(self._now)
        if made.new_text or self._lacks_floors():
            self._errands.begin_later(higher_floors(self.corpus, self.settings, (0, 0.0)))
        yield from self.observer.look(self._now, self.settings.probe)
        yield self.observer.write(self._now, self.settings)

    def advance(self) -> Iterator[Event]:
        """One step, and what is due after it."""
        if not self._begun:
            yield from (first := list(self._begin()))
            if any(isinstance(event, Stalled) for event in first):
                return
        self._meters.begin(self.alone)
        self._moved, began, before = True, perf_counter(), self.step
        correction = self.learner.correct()
        if self.step == before:
            yield self._readings.diverged(*self._now, correction)
            return
        seconds = perf_counter() - began
        self.time += seconds
        self._readings.add(self.time, correction, self._looks.seconds)
        if self._readings.wanted or self.step in self.stops:
            yield from self._read()
        last = last_step(self.settings, self.learner.annealed_at)
        yield from self._observe(ends=self.step == last)
        yield from self._meters.read(self.step, self.time, self.learner.tokens_seen, last)
        if self._pulse and self.alone and not self._errands.at_work and (threads := self._pulse.felt(seconds)):
            yield self._turn("threads", threads)
        if self.step == last or self.saves.due(self.settings):
            yield from self._save()
        if self.step == last:
            yield Finished(*self._now)

    def obey(self, command: Command) -> Iterator[Event]:
        """Raises nothing: what cannot be done comes back as Warned. Looks that were asked for are not timed."""
        if hasattr(self, "learner"):
            yield from self._read()
        match command:
            case Turn(name, value):
                turned = self._turn(name, value)
                if name == "threads" and isinstance(turned, Turned):
                    self._pulse = None  # a person has chosen
                yield turned
                if name == "weights" and isinstance(turned, Turned):
                    yield from self.validation.count(self._now)
            case Anneal():
                yield self._anneal()
            case Save() if self._folder is None:
                yield Warned(*self._now, "This run has no folder to be saved in.", "Start one that is recorded.")
            case Save():
                yield from self._save()
            case Stop() if self._begun:
                yield from self._save()
            case Rewind(step):
                yield from self._rewind(step)
            case CountMerges() | CompareTokenizers():
                work = found_out(command, self.corpus, self.settings)
                self._errands.begin(work, type(command).__name__)
            case Look():
                yield from self.observer.look(self._now, self.settings.probe)
            case Probe(text):
                self.settings = self.settings.model_copy(update={"probe": text})
                yield from self.observer.look(self._now, text)
            case Prompt(text):
                self.settings = self.settings.model_copy(update={"prompt": text})
                yield self.observer.write(self._now, self.settings)

    @property
    def busy(self) -> bool:
        """Something is being found out aside, or will be."""
        return self._errands.busy

    def arrived(self) -> Iterator[Event]:
        """What was found out aside since the last time."""
        self._errands.consider(self.time, self._moved)
        self._moved = False
        if self._errands.have_news:
            yield from self._read()
            yield from self._errands.arrived(self._now)

    def close(self) -> None:
        """Nothing is left behind."""
        self._errands.close()

    @property
    def _now(self) -> tuple[int, float]:
        return self.step, self.time

    # before the first step

    def _adopt(self, state: State) -> Rewound:
        """Become the run that was saved; a record that reaches further is left behind."""
        self.settings, self.name = state.settings, state.name
        self._first, self.time, self._looks.seconds = state.step, state.time, state.looking
        recorded = last_recorded_step(self._folder) if self._folder else 0
        return Rewound(*self._now, max(state.step, recorded))

    def _lacks_floors(self) -> bool:
        """A run that goes on may have been left before all of them were counted."""
        return self._folder is not None and highest_recorded_floor(self._folder) < highest_floor(self.settings)

    # one step

    def _begin(self) -> Iterator[Event]:
        """Before the first step of this session."""
        try:
            self.saves.begin()
        except Trouble as trouble:
            yield Stalled(*self._now, trouble.message, trouble.advice)
            return
        self._begun = True
        if self.step == 0 and self.saves.due(self.settings):
            yield from self._save()

    def _turn(self, name: str, value: float | tuple[float, ...]) -> Event:
        try:
            if name not in {knob.name for knob in knobs(Settings) if knob.live}:
                raise Trouble(f"{name} cannot be turned while training.", "It counts for the next run.")
            settings = Settings(**{**self.settings.model_dump(), name: value})
            require_memory(settings, self._vocabulary, self.device, memory(self.settings, self._vocabulary))
        except Trouble as trouble:
            return Warned(self.step, self.time, trouble.message, trouble.advice)
        self.settings = settings
        self.learner.settings = self.learner.settings.model_copy(update={name: getattr(settings, name)})
        if name == "threads":
            choose_device(settings)
        return Turned(self.step, self.time, name, value)

    def _anneal(self) -> Event:
        learner = self.learner
        if learner.annealed_at is not None:
            return Warned(self.step, self.time, "The learning rate comes down already.", "Wait for the last step.")
        learner.annealed_at = self.step
        return Annealed(self.step, self.time, last_step(self.settings, self.step))

    def _annealed_here(self) -> Iterator[Event]:
        """Said again after going back: a record forgets what happened at that very step."""
        if self.learner.annealed_at == self.step:
            yield Annealed(*self._now, last_step(self.settings, self.step))

    def _rewind(self, step: int) -> Iterator[Event]:
        left = self.step
        try:
            state = self.saves.go_back(step)
        except Trouble as trouble:
            yield Warned(*self._now, trouble.message, trouble.advice)
            return
        self.time, self._looks = state.time, Looks(state.looking)
        yield Rewound(*self._now, left)
        then = state.settings.model_copy(update={"threads": min(state.threads, usable_threads())})
        now = self.settings.model_copy(update={"threads": torch.get_num_threads()})
        for name in (knob.name for knob in knobs(Settings) if knob.live):
            if (value := getattr(then, name)) != getattr(now, name):
                yield self._turn(name, value)
        self._pulse = self._pulse and self._pulse.anew(torch.get_num_threads())
        yield from self._annealed_here()
        yield from self.observer.look(self._now, self.settings.probe)

    # between two steps

    def _read(self) -> list[Event]:
        """What the last steps have to tell. A graphics card is waited for here, which is training, too."""
        began = perf_counter()
        told = list(self._readings.read())
        self.time += perf_counter() - began
        return told

    def _save(self) -> Iterator[Event]:
        """Its time counts as looking."""
        yield from self._read()
        before, threads = self._looks.seconds, torch.get_num_threads()
        moment = Moment(self.settings, self.time, before, self._meters.joules, threads, self._pulse is not None)
        with self._looks.timed():
            event = self.saves.keep(moment)
        self.time += self._looks.seconds - before
        if event:
            yield event

    def _observe(self, ends: bool) -> Iterator[Event]:
        """What is due after this step, all of it at the end; counts as training time, and is told apart in Stepped."""
        before = self._looks.seconds
        if ends or validation_due(self.step, self.settings.validate_every):
            yield from self._read()
            with self._looks.timed():
                validated = self.validation.measure(self._now)
            yield from validated
        elif self.validation.shares_due(self.step):
            yield from self._read()
            yield from self.validation.shares(self._now)
        if ends or self._looks.due(self.step, self.time):
            yield from self._read()
            with self._looks.timed(look_at=self.step):
                seen = self.observer.look(self._now, self.settings.probe)
            yield from seen
        if ends or self.step % self.settings.sample_every == 0:
            yield from self._read()
            with self._looks.timed():
                wrote = self.observer.write(self._now, self.settings)
            yield wrote
        self.time += self._looks.seconds - before
