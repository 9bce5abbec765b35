"""One optimizer step at a time: batch → loss → gradients → weights, and the events that tell of it.

All state is here: weights, optimizer, steps done, windows seen. The order of the data, the learning rate and the
samples are functions of that state and of the settings, so looking, validating and writing cannot disturb training.
"""

from collections.abc import Iterator
from math import isfinite, log
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import torch

from engine.commands import Anneal, Command, Look, Probe, Prompt, Turn
from engine.corpus.floors import floors
from engine.corpus.prepared import Corpus, prepare
from engine.declared import knobs
from engine.events import (
    Annealed,
    Chosen,
    CorpusRead,
    Diverged,
    Event,
    Finished,
    FloorCounted,
    Progressed,
    Spiked,
    Started,
    Stepped,
    Turned,
    Warned,
)
from engine.settings import Settings
from engine.size import parameters
from engine.training import choices
from engine.training.device import Device, choose_device, require_memory
from engine.training.learner import Correction, Learner
from engine.training.looks import Looks, validation_due
from engine.training.meters import Meters
from engine.training.objective import special_tokens
from engine.training.observer import Observer
from engine.training.pulse import Pulse
from engine.training.schedule import last_step
from engine.trouble import Trouble

HIGHEST_FLOOR = 4  # 4-grams
HIGHEST_MASKED_FLOOR = 1  # longer ones know only one side
WORSE = 1.1  # times the loss of uniform guessing
READ_EVERY = 8  # steps a GPU is not waited for


class Unread(NamedTuple):
    """A step whose numbers are still on the device."""

    step: int
    time: float
    correction: Correction
    tokens: int
    epochs: float


class Trainer:
    """Owned by the engine thread. `step` and `time` stand in every event."""

    corpus: Corpus
    device: Device
    learner: Learner
    observer: Observer

    def __init__(self, settings: Settings, name: str, cache: Path | None = None) -> None:
        self.settings = settings
        self.name = name
        self.time = 0.0  # seconds of training, pauses left out
        self._cache = cache
        self._looks = Looks()
        self._unread: list[Unread] = []
        self._astray = False  # worse than guessing, and said so

    @property
    def step(self) -> int:
        return self.learner.step if hasattr(self, "learner") else 0

    def start(self) -> Iterator[Event]:
        """Read the corpus, build the model, and look at it before it has learned anything."""
        yield Progressed(0, 0.0, "Reading corpus", 0.0)
        self.corpus = yield from prepare(self.settings, self._cache)
        yield self._corpus_read()
        for message in self.corpus.warnings:
            yield Warned(0, 0.0, message, "Training goes on.")
        chosen = self._build()
        yield Started(0, 0.0, self.name, self.settings.model_dump(), self.model_size, self.device.description)
        using = chosen.settings
        yield Chosen(0, 0.0, using.precision, using.attention, torch.get_num_threads(), chosen.peak, chosen.words)
        yield from self._count_floors()
        yield from self.observer.validate(self._now)
        yield from self.observer.look(self._now, self.settings.probe)
        yield self.observer.write(self._now, self.settings)

    def advance(self) -> Iterator[Event]:
        """One step, and what is due after it."""
        began = perf_counter()
        before = self.step
        correction = self.learner.correct()
        if self.step == before:
            yield self._diverged(correction)
            return
        seconds = perf_counter() - began
        self.time += seconds
        learner = self.learner
        epochs = learner.batches.epochs(learner.windows_seen)
        self._unread.append(Unread(self.step, self.time, correction, learner.tokens_seen, epochs))
        if learner.reads_at_once or len(self._unread) >= READ_EVERY:
            yield from self._read()
        yield from self._observe()
        last = last_step(self.settings, learner.annealed_at)
        yield from self._meters.read(self.step, self.time, learner.tokens_seen, last)
        if self.settings.threads == 0 and (threads := self._pulse.felt(seconds)):
            yield self._turn("threads", threads)
        if self.step == last:
            yield from self._read()
            yield Finished(self.step, self.time)

    def obey(self, command: Command) -> Iterator[Event]:
        """Raises nothing: what cannot be done comes back as Warned. Looks that were asked for are not timed."""
        yield from self._read()
        match command:
            case Turn(name, value):
                yield self._turn(name, value)
            case Anneal():
                yield self._anneal()
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

    def _build(self) -> choices.Chosen:
        corpus, tokenizer = self.corpus, self.corpus.tokenizer
        self.model_size = parameters(self.settings, self._vocabulary)
        self.device = choose_device(self.settings)
        require_memory(self.settings, self._vocabulary, self.device)
        chosen = choices.choose(self.settings, self._vocabulary, self.device, self._cache)
        self.learner = Learner(
            chosen.settings, corpus.train, len(tokenizer.vocabulary), tokenizer.end, self.device.torch
        )
        self.observer = Observer(corpus, self.learner)
        self._meters = Meters(chosen, self._vocabulary)
        self._pulse = Pulse(torch.get_num_threads())
        return chosen

    @property
    def _vocabulary(self) -> int:
        return len(self.corpus.tokenizer.vocabulary) + len(special_tokens(self.settings))

    def _corpus_read(self) -> CorpusRead:
        corpus, tokenizer = self.corpus, self.corpus.tokenizer
        counts = corpus.size, corpus.documents, len(corpus.train), len(corpus.validation)
        vocabulary = (*tokenizer.vocabulary, *special_tokens(self.settings))
        return CorpusRead(0, 0.0, corpus.name, corpus.origin, *counts, corpus.held_out, vocabulary, tokenizer.end)

    def _count_floors(self) -> Iterator[Event]:
        corpus = self.corpus
        highest = HIGHEST_MASKED_FLOOR if self.settings.objective == "masked" else HIGHEST_FLOOR
        for floor in floors(corpus.train, corpus.validation, self._vocabulary, self.settings.context, highest):
            yield FloorCounted(0, 0.0, floor.name, floor.order, floor.loss)

    # one step

    def _read(self) -> Iterator[Event]:
        """Tell of the steps whose numbers are still on the device: one transfer for all of them."""
        unread, self._unread = self._unread, []
        if not unread:
            return
        numbers = torch.stack([x for one in unread for x in (one.correction.loss, one.correction.norm)]).tolist()
        for one, loss, norm in zip(unread, numbers[::2], numbers[1::2], strict=True):
            when = one.step, one.time
            yield Stepped(*when, loss, one.correction.rate, norm, one.tokens, one.epochs, self._looks.seconds)
            for spike in one.correction.spikes:
                skipped = int(not one.correction.made)
                yield Spiked(*when, spike.what, spike.value, spike.usual, spike.spread, skipped)
            if not isfinite(loss + norm):
                yield self._diverged(one.correction)
                return
            yield from self._worse_than_guessing(loss)

    def _diverged(self, correction: Correction) -> Diverged:
        what = "gradient" if isfinite(correction.loss.item()) else "loss"
        advice = (
            f"The learning rate was {correction.rate:.1e}; a lower one usually mends it. All steps before are kept."
        )
        return Diverged(self.step, self.time, f"The {what} is not a number.", advice)

    def _worse_than_guessing(self, loss: float) -> Iterator[Warned]:
        """Said once, until the loss has come down again: it is a number still, but nothing is learned."""
        uniform = log(self._vocabulary)
        worse = loss > WORSE * uniform
        if worse and not self._astray:
            message = f"The loss is {loss:.2f}; guessing uniformly would give {uniform:.2f}."
            advice = f"The learning rate of {self.learner.rate:.1e} is too high: turn it down."
            yield Warned(self.step, self.time, message, advice)
        self._astray = worse or (self._astray and loss > uniform)

    def _turn(self, name: str, value: float) -> Event:
        try:
            if name not in {knob.name for knob in knobs(Settings) if knob.live}:
                raise Trouble(f"{name} cannot be turned while training.", "It counts for the next run.")
            settings = Settings(**{**self.settings.model_dump(), name: value})
            require_memory(settings, self._vocabulary, self.device)
        except Trouble as trouble:
            return Warned(self.step, self.time, trouble.message, trouble.advice)
        self.settings = settings
        changed = {name: getattr(settings, name)}
        self.learner.settings = self.learner.settings.model_copy(update=changed)
        if name == "threads":
            choose_device(settings)
        return Turned(self.step, self.time, name, value)

    def _anneal(self) -> Event:
        learner = self.learner
        if learner.annealed_at is not None:
            return Warned(self.step, self.time, "The learning rate comes down already.", "Wait for the last step.")
        learner.annealed_at = self.step
        return Annealed(self.step, self.time, last_step(self.settings, self.step))

    # between two steps

    def _observe(self) -> Iterator[Event]:
        """Whatever is due after this step; its time counts as training time, and is told apart in Stepped."""
        before = self._looks.seconds
        if validation_due(self.step, self.settings.validate_every):
            yield from self._read()
            with self._looks.timed():
                validated = self.observer.validate(self._now)
            yield from validated
        if self._looks.due(self.step, self.time):
            yield from self._read()
            with self._looks.timed(look_at=self.step):
                seen = self.observer.look(self._now, self.settings.probe)
            yield from seen
        if self.step % self.settings.sample_every == 0:
            yield from self._read()
            with self._looks.timed():
                wrote = self.observer.write(self._now, self.settings)
            yield wrote
        self.time += self._looks.seconds - before
