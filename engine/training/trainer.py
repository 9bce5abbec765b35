"""One optimizer step at a time: batch → loss → gradients → weights, and the events that tell of it.

The learner has all state: weights, optimizer, steps done, windows seen. The order of the data, the learning rate and
the samples are functions of that state and of the settings, so looking, saving and writing cannot disturb training.
"""

from collections.abc import Collection, Generator, Iterator
from pathlib import Path
from time import perf_counter
from typing import Literal

import torch

from engine.commands import Anneal, Command, Look, Probe, Prompt, Rewind, Save, Stop, Turn
from engine.corpus.prepared import Corpus, prepare
from engine.declared import knobs
from engine.events import (
    Annealed,
    Chosen,
    Event,
    Finished,
    Progressed,
    Rewound,
    Stalled,
    Started,
    Turned,
    Warned,
)
from engine.processor import usable_threads
from engine.runfile import last_recorded_step
from engine.settings import Settings
from engine.size import memory, parameters
from engine.training import checkpoint, choices
from engine.training.device import Device, choose_device, require_memory
from engine.training.learner import Learner
from engine.training.looks import Looks, validation_due
from engine.training.meters import Meters
from engine.training.observer import Observer
from engine.training.pulse import Pulse
from engine.training.readings import Readings
from engine.training.resumed import chosen_before, differences, text_changed
from engine.training.saves import Moment, Saves
from engine.training.schedule import last_step
from engine.training.snapshot import restore
from engine.training.state import State
from engine.training.text import corpus_read, floors_counted, vocabulary_of
from engine.trouble import Trouble

OnChangedText = Literal["refuse", "go-on"]


class Trainer:
    """Owned by the engine thread. `step` and `time` stand in every event."""

    corpus: Corpus
    device: Device
    learner: Learner
    observer: Observer
    stops: Collection[int] = ()  # steps whose numbers are told at once, for commands may follow
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
        self.settings = settings
        self.name = name
        self.time = 0.0  # seconds of training, pauses left out
        self._cache, self._folder = cache, folder
        self._resume, self._on_changed_text = resume, on_changed_text
        self._looks = Looks()
        self._first = 0  # step
        self._begun = False  # nothing is written before the first step

    @property
    def step(self) -> int:
        return self.learner.step if hasattr(self, "learner") else self._first

    def start(self) -> Iterator[Event]:
        """Read the corpus, build the model, and look at it before it has learned anything."""
        before = checkpoint.read(self._resume) if self._resume else None
        if before:
            yield self._adopt(before.state)
        yield Progressed(0, 0.0, "Reading corpus", 0.0)
        self.corpus = yield from prepare(self.settings, self._cache, before.tokenizer if before else None)
        new_text = before is None or before.state.corpus != self.corpus.fingerprint
        if before and new_text:
            yield text_changed(self._on_changed_text == "go-on", self._now)
        yield corpus_read(self.corpus, self.settings, self._now)
        for message in self.corpus.warnings if new_text else ():
            yield Warned(*self._now, message, "Training goes on.")
        chosen = yield from self._build(before)
        yield Started(*self._now, self.name, self.settings.model_dump(), self.model_size, self.device.description)
        using = chosen.settings
        yield Chosen(*self._now, using.precision, using.attention, torch.get_num_threads(), chosen.peak, chosen.words)
        if before:
            yield from differences(before.state, self.device, self._now)
            yield from self._annealed_here()
        if new_text:
            yield from floors_counted(self.corpus, self.settings, self._now)
            yield from self.observer.validate(self._now)
        yield from self.observer.look(self._now, self.settings.probe)
        yield self.observer.write(self._now, self.settings)

    def advance(self) -> Iterator[Event]:
        """One step, and what is due after it."""
        if not self._begun:
            yield from (first := list(self._begin()))
            if any(isinstance(event, Stalled) for event in first):
                return
        began, before = perf_counter(), self.step
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
        if self._pulse and (threads := self._pulse.felt(seconds)):
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
            case Look():
                yield from self.observer.look(self._now, self.settings.probe)
            case Probe(text):
                self.settings = self.settings.model_copy(update={"probe": text})
                yield from self.observer.look(self._now, text)
            case Prompt(text):
                self.settings = self.settings.model_copy(update={"prompt": text})
                yield self.observer.write(self._now, self.settings)

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

    def _build(self, before: checkpoint.Checkpoint | None) -> Generator[Event, None, choices.Chosen]:
        corpus, tokenizer = self.corpus, self.corpus.tokenizer
        self.model_size = parameters(self.settings, self._vocabulary)
        self.device = choose_device(self.settings)
        require_memory(self.settings, self._vocabulary, self.device)
        if before:
            chosen = chosen_before(before.state, self.device)
        else:
            chosen = yield from choices.choose(self.settings, self._vocabulary, self.device, self._cache)
        learner = Learner(chosen.settings, corpus.train, len(tokenizer.vocabulary), tokenizer.end, self.device.torch)
        if before:
            restore(learner, before.tensors, before.state)
        self.learner = learner
        self.observer = Observer(corpus, learner)
        self.saves = Saves(self._folder, self.name, corpus, learner, chosen)
        self._readings = Readings(learner, self._vocabulary, self.saves.newest)
        self._meters = Meters(chosen, self._vocabulary, joules=before.state.energy if before else 0.0)
        automatic = before.state.threads_automatic if before else self.settings.threads == 0
        follows = automatic and chosen.settings.device == "cpu"
        self._pulse = Pulse(torch.get_num_threads(), chosen.most_threads) if follows else None
        return chosen

    @property
    def _vocabulary(self) -> int:
        return len(vocabulary_of(self.corpus, self.settings))

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

    def _turn(self, name: str, value: float) -> Event:
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
                validated = self.observer.validate(self._now)
            yield from validated
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
