"""All that a run needs before its first step: the text, what “auto” stands for, the model, and what watches it."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import torch

from engine.corpus.part import Corpus
from engine.corpus.prepared import prepare
from engine.events import Chosen as ChosenEvent
from engine.events import Event, Progressed, Started, Warned
from engine.settings import Settings
from engine.size import parameters
from engine.training import choices
from engine.training.checkpoint import Checkpoint
from engine.training.choices import Chosen
from engine.training.device import Device, choose_device, require_memory
from engine.training.learner import Learner
from engine.training.meters import Meters
from engine.training.observer import Observer
from engine.training.pulse import Pulse
from engine.training.readings import Readings
from engine.training.resumed import chosen_before, text_changed
from engine.training.saves import Saves
from engine.training.snapshot import restore
from engine.training.text import corpus_read, vocabulary_of
from engine.training.validation import Validation, When

if TYPE_CHECKING:
    from engine.export.importing_weights import Begun

OnChangedText = Literal["refuse", "go-on"]


class Order(NamedTuple):
    """What is wanted: a new run, or one that goes on from `before`."""

    settings: Settings
    name: str
    cache: Path | None
    folder: Path | None  # of the run; None: nothing is saved
    before: Checkpoint | None
    on_changed_text: OnChangedText
    when: When


class Launched(NamedTuple):
    corpus: Corpus
    new_text: bool  # not the one a run that goes on had
    vocabulary: int
    device: Device
    learner: Learner
    observer: Observer
    validation: Validation
    saves: Saves
    readings: Readings
    meters: Meters
    pulse: Pulse | None  # None: a person has chosen the threads, or a graphics card computes


def launched(order: Order) -> Generator[Event, None, Launched]:
    """Raises Trouble where it cannot be."""
    before, when = order.before, order.when
    yield Progressed(0, 0.0, "Reading corpus", 0.0)
    begun = _begun(order)
    known = before or begun
    corpus = yield from prepare(order.settings, order.cache, known.tokenizer if known else None)
    new_text = before is None or before.state.corpus != corpus.fingerprint
    if before and new_text:
        yield text_changed(order.on_changed_text == "go-on", when)
    yield from corpus_read(corpus, order.settings, when)
    for message in corpus.warnings if new_text else ():
        yield Warned(*when, message, "Training goes on.")
    vocabulary = len(vocabulary_of(corpus, order.settings))
    device = choose_device(order.settings)
    require_memory(order.settings, vocabulary, device)
    if before:
        chosen = chosen_before(before.state, device)
    else:
        chosen = yield from choices.choose(order.settings, vocabulary, device, order.cache)
    made = _put_together(order, corpus, device, chosen, new_text, vocabulary)
    if begun:
        begun.place(made.learner)
    yield from _told(order, made, chosen)
    return made


def _begun(order: Order) -> "Begun | None":
    """The published model that a new run begins with. Raises Trouble."""
    if order.before or not order.settings.begin_with:
        return None
    from engine.export.importing_weights import begun_with  # seldom needed

    return begun_with(order.settings)


def _put_together(
    order: Order, corpus: Corpus, device: Device, chosen: Chosen, new_text: bool, vocabulary: int
) -> Launched:
    before, tokenizer = order.before, corpus.tokenizer
    learner = Learner(chosen.settings, corpus.train, len(tokenizer.vocabulary), tokenizer.end, device.torch)
    if before:
        restore(learner, before.tensors, before.state)
    saves = Saves(order.folder, order.name, corpus, learner, chosen)
    automatic = before.state.threads_automatic if before else order.settings.threads == 0
    follows = automatic and chosen.settings.device == "cpu"
    return Launched(
        corpus,
        new_text,
        vocabulary,
        device,
        learner,
        Observer(corpus, learner),
        Validation(corpus, learner),
        saves,
        Readings(learner, vocabulary, saves.newest),
        Meters(chosen, vocabulary, joules=before.state.energy if before else 0.0),
        Pulse(torch.get_num_threads(), chosen.most_threads) if follows else None,
    )


def _told(order: Order, made: Launched, chosen: Chosen) -> Iterator[Event]:
    size, using = parameters(order.settings, made.vocabulary), chosen.settings
    yield Started(*order.when, order.name, order.settings.model_dump(mode="json"), size, made.device.description)
    threads = torch.get_num_threads()
    yield ChosenEvent(*order.when, using.precision, using.attention, threads, chosen.peak, chosen.words)
