"""One optimizer step at a time: batch → loss → gradients → weights, and the events that tell of it.

All state is here: weights, optimizer, steps done, windows seen. The order of the data, the learning rate and the
samples are functions of that state and of the settings, so looking, validating and writing cannot disturb training.
"""

from collections.abc import Iterator
from math import isfinite, log
from pathlib import Path
from time import perf_counter

import numpy as np
import torch
from torch.optim import AdamW

from engine.commands import Command, Look, Probe, Prompt, Turn
from engine.corpus.floors import floors
from engine.corpus.prepared import Corpus, prepare
from engine.declared import knobs
from engine.events import (
    Attended,
    BatchPredicted,
    CorpusRead,
    Diverged,
    Event,
    Finished,
    FloorCounted,
    Progressed,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
    Validated,
    Warned,
    Wrote,
)
from engine.probes.predictions import expect, expect_and_attend
from engine.probes.sampling import Choice, write
from engine.settings import Settings
from engine.size import parameters
from engine.training.batches import Batches, held_out_windows
from engine.training.device import Device, choose_device, require_memory
from engine.training.looks import Looks, validation_due
from engine.training.model import Model
from engine.training.optimizer import make_optimizer, set_rate
from engine.training.schedule import learning_rate
from engine.trouble import Trouble

VALIDATION_TOKENS = 4096  # enough that two measurements differ by the model, not by chance
HIGHEST_FLOOR = 4  # 4-grams
WORSE = 1.1  # times the loss of uniform guessing
PROBE_TOKENS = 128  # of the sentence, with the end token: its attention grows with the square
NO_ANSWER = "What the model answers is not a number any more, so there is nothing to show."


class Trainer:
    """Owned by the engine thread. `step` and `time` stand in every event."""

    corpus: Corpus
    device: Device
    model: Model
    optimizer: AdamW

    def __init__(self, settings: Settings, name: str, cache: Path | None = None) -> None:
        self.settings = settings
        self.name = name
        self.step = 0
        self.time = 0.0  # seconds of training, pauses left out
        self._cache = cache
        self._windows_seen = 0
        self._looks = Looks()
        self._astray = False  # worse than guessing, and said so

    def start(self) -> Iterator[Event]:
        """Read the corpus, build the model, and look at it before it has learned anything."""
        yield Progressed(0, 0.0, "Reading corpus", 0.0)
        self.corpus = yield from prepare(self.settings, self._cache)
        yield self._corpus_read()
        for message in self.corpus.warnings:
            yield Warned(0, 0.0, message, "Training goes on.")
        self._build()
        yield Started(0, 0.0, self.name, self.settings.model_dump(), self.model_size, self.device.description)
        yield from self._count_floors()
        yield self._validate()
        yield from self._look()
        yield self._write()

    def advance(self) -> Iterator[Event]:
        """One step, and what is due after it."""
        began = perf_counter()
        settings = self.settings
        inputs_BT, targets_BT = self._batches.take(self._windows_seen, settings.batch_size)
        loss = self.model.loss(inputs_BT.to(self.device.torch), targets_BT.to(self.device.torch))
        value = loss.item()  # waits for the device
        if not isfinite(value):
            yield self._diverged("The loss is not a number.")
            return
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = self._clip()
        if not isfinite(norm):
            yield self._diverged("The gradient is not a number.")
            return
        rate = learning_rate(settings, self.step)
        set_rate(self.optimizer, rate)
        self.optimizer.step()
        self.step += 1
        self._windows_seen += settings.batch_size
        self.time += perf_counter() - began
        tokens, epochs = self._windows_seen * settings.context, self._batches.epochs(self._windows_seen)
        yield Stepped(self.step, self.time, value, rate, norm, tokens, epochs, self._looks.seconds)
        self._window_T = inputs_BT[0].numpy()
        yield from self._worse_than_guessing(value)
        yield from self._observe()
        if self.step == settings.horizon:
            yield Finished(self.step, self.time)

    def obey(self, command: Command) -> Iterator[Event]:
        """Raises nothing: what cannot be done comes back as Warned. Looks that were asked for are not timed."""
        match command:
            case Turn(name, value):
                yield self._turn(name, value)
            case Look():
                yield from self._look()
            case Probe(text):
                self.settings = self.settings.model_copy(update={"probe": text})
                yield from self._look()
            case Prompt(text):
                self.settings = self.settings.model_copy(update={"prompt": text})
                yield self._write()

    # before the first step

    def _build(self) -> None:
        settings, corpus = self.settings, self.corpus
        vocabulary = len(corpus.tokenizer.vocabulary)
        self.model_size = parameters(settings, vocabulary)
        self.device = choose_device(settings)
        require_memory(settings, vocabulary, self.device)
        self._batches = Batches(corpus.train, settings.context, settings.seed)
        self._held_out = held_out_windows(
            corpus.validation, settings.context, max(1, VALIDATION_TOKENS // settings.context)
        )
        self._window_T = self._batches.take(0, 1)[0][0].numpy()  # shown as the batch until one is trained on
        self.model = Model(settings, vocabulary).to(self.device.torch)
        self.optimizer = make_optimizer(self.model, settings)

    def _corpus_read(self) -> CorpusRead:
        corpus, tokenizer = self.corpus, self.corpus.tokenizer
        counts = corpus.size, corpus.documents, len(corpus.train), len(corpus.validation)
        return CorpusRead(
            0, 0.0, corpus.name, corpus.origin, *counts, corpus.held_out, tokenizer.vocabulary, tokenizer.end
        )

    def _count_floors(self) -> Iterator[Event]:
        corpus = self.corpus
        vocabulary = len(corpus.tokenizer.vocabulary)
        for floor in floors(corpus.train, corpus.validation, vocabulary, self.settings.context, HIGHEST_FLOOR):
            yield FloorCounted(0, 0.0, floor.name, floor.order, floor.loss)

    # one step

    def _clip(self) -> float:
        """Length of the whole gradient before it was cut, in the units of the loss per unit of weight."""
        longest = self.settings.clip or torch.inf
        return float(torch.nn.utils.clip_grad_norm_(self.model.parameters(), longest))

    def _diverged(self, message: str) -> Diverged:
        rate = learning_rate(self.settings, self.step)
        advice = f"The learning rate was {rate:.1e}; a lower one usually mends it. All steps before are kept."
        return Diverged(self.step, self.time, message, advice)

    def _worse_than_guessing(self, loss: float) -> Iterator[Warned]:
        """Said once, until the loss has come down again: it is a number still, but nothing is learned."""
        uniform = log(len(self.corpus.tokenizer.vocabulary))
        worse = loss > WORSE * uniform
        if worse and not self._astray:
            rate = learning_rate(self.settings, self.step)
            message = f"The loss is {loss:.2f}; guessing uniformly would give {uniform:.2f}."
            yield Warned(self.step, self.time, message, f"The learning rate of {rate:.1e} is too high: turn it down.")
        self._astray = worse or (self._astray and loss > uniform)

    def _turn(self, name: str, value: float) -> Event:
        try:
            if name not in {knob.name for knob in knobs(Settings) if knob.live}:
                raise Trouble(f"{name} cannot be turned while training.", "It counts for the next run.")
            settings = Settings(**{**self.settings.model_dump(), name: value})
            require_memory(settings, len(self.corpus.tokenizer.vocabulary), self.device)
        except Trouble as trouble:
            return Warned(self.step, self.time, trouble.message, trouble.advice)
        self.settings = settings
        return Turned(self.step, self.time, name, value)

    # between two steps

    def _observe(self) -> Iterator[Event]:
        """Whatever is due after this step; its time counts as training time, and is told apart in Stepped."""
        before = self._looks.seconds
        if validation_due(self.step, self.settings.validate_every):
            with self._looks.timed():
                validated = self._validate()
            yield validated
        if self._looks.due(self.step, self.time):
            with self._looks.timed(look_at=self.step):
                seen = self._look()
            yield from seen
        if self.step % self.settings.sample_every == 0:
            with self._looks.timed():
                wrote = self._write()
            yield wrote
        self.time += self._looks.seconds - before

    @torch.inference_mode()
    def _validate(self) -> Validated:
        inputs_BT, targets_BT = self._held_out
        chunk, total = self.settings.batch_size, 0.0
        for first in range(0, len(inputs_BT), chunk):
            inputs = inputs_BT[first : first + chunk].to(self.device.torch)
            targets = targets_BT[first : first + chunk].to(self.device.torch)
            total += self.model.loss(inputs, targets).item() * len(inputs)
        return Validated(self.step, self.time, total / len(inputs_BT), self._windows_seen * self.settings.context)

    def _look(self) -> tuple[Event, ...]:
        tokenizer, window_T = self.corpus.tokenizer, self._window_T
        sentence = tokenizer.encode(self.settings.probe)[: min(self.settings.context, PROBE_TOKENS) - 1]
        tokens_N = np.concatenate(([tokenizer.end], sentence)).astype(np.int32)
        (mine, attention_LHNN), batch = expect_and_attend(self.model, tokens_N), expect(self.model, window_T)
        if not np.isfinite([mine.chances_NK.sum(), batch.chances_NK.sum()]).all():
            return (Warned(self.step, self.time, NO_ANSWER, "Restart with a lower learning rate."),)
        return (
            SentencePredicted(self.step, self.time, tokens_N[1:], *mine),
            Attended(self.step, self.time, tokens_N, attention_LHNN),
            BatchPredicted(self.step, self.time, window_T[1:].astype(np.int32), *batch),
        )

    def _write(self) -> Wrote:
        settings, tokenizer = self.settings, self.corpus.tokenizer
        prompt = [tokenizer.end, *tokenizer.encode(settings.prompt).tolist()]
        how = Choice(settings.temperature, settings.top_k, settings.top_p, settings.seed)
        tokens = write(self.model, prompt, settings.sample_length, how, tokenizer.end)
        return Wrote(self.step, self.time, settings.prompt, tokenizer.decode(tokens), *how)
