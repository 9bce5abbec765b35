"""A trainer that computes nothing: it steps at once, with a loss that falls as real ones do. For measuring the rest."""

from collections.abc import Iterator

import numpy as np

from engine.commands import Command, Look, Probe, Prompt, Turn
from engine.events import (
    Attended,
    BatchPredicted,
    CorpusRead,
    Event,
    FloorCounted,
    SentencePredicted,
    Started,
    Stepped,
    Turned,
    Validated,
    Wrote,
)
from engine.settings import Settings

WORDS = " put| the| lan|tern| on| table| because| room| was| dark|.|\n| shelf| wall| window| floor| bench| mill"
ODD = ("\u202e", "\u200b", "é", "\udcc3", "<b>")
PIECES = ("<|end|>", "Mira", *WORDS.split("|"), " river", " said", *ODD)
SENTENCE = np.array([1, 2, 3, 4, 5, 6, 3, 7, 8, 3, 9, 10, 11, 12], np.int32)
LAYERS, HEADS, GUESSES = 4, 4, 10


class ScriptedTrainer:
    """Looks every 10 steps, validates every 20, writes every 50; one step takes 0.05 s of its own clock."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.step, self.time = 0, 0.0
        self.rate = self.settings.learning_rate
        self.random = np.random.default_rng(self.settings.seed)

    def start(self) -> Iterator[Event]:
        yield CorpusRead(
            0, 0.0, "Stories", "made by Terrarium", 4_000_000, 5000, 1_100_000, 120_000, "500 documents", PIECES, 0
        )
        for order, (name, loss) in enumerate(
            (("uniform", 6.93), ("unigram", 5.36), ("bigram", 3.42), ("trigram", 2.63))
        ):
            yield FloorCounted(0, 0.0, name, order, loss)
        yield Started(0, 0.0, "amber-heron", self.settings.model_dump(), 920_000, "CPU, 2 threads")
        yield Validated(0, 0.0, 6.95, 0)
        yield from self.look()

    def advance(self) -> Iterator[Event]:
        self.step += 1
        self.time += 0.05
        noise = float(self.random.normal(0, 0.05))
        tokens = self.step * 1536
        yield Stepped(
            self.step, self.time, self.loss() + noise, self.rate, 0.7, tokens, tokens / 1_100_000, self.time * 0.03
        )
        if self.step % 10 == 0:
            yield from self.look()
        if self.step % 20 == 0:
            yield Validated(self.step, self.time, self.loss() + 0.06, tokens)
        if self.step % 50 == 0:
            yield Wrote(
                self.step,
                self.time,
                "Once upon a time",
                f" there was a miller at step {self.step}.\n<b>not bold</b>",
                0.8,
                40,
                0.95,
                1,
            )

    def obey(self, command: Command) -> Iterator[Event]:
        match command:
            case Turn(knob, value):
                self.rate = value if knob == "learning_rate" else self.rate
                yield Turned(self.step, self.time, knob, value)
            case Probe() | Look():
                yield from self.look()
            case Prompt(text):
                yield Wrote(self.step, self.time, text, " and so on", 0.8, 40, 0.95, 1)

    def loss(self) -> float:
        return 2.0 + 4.93 / (1 + self.step / 60)

    def look(self) -> Iterator[Event]:
        for kind in (SentencePredicted, BatchPredicted):
            yield kind(self.step, self.time, SENTENCE, *self.predictions(len(SENTENCE)))
        length = len(SENTENCE) + 1
        scores = self.random.normal(0, 1 + min(self.step, 1000) / 200, (LAYERS, HEADS, length, length))
        shares = np.exp(scores) * np.tri(length)
        shares /= shares.sum(-1, keepdims=True)
        tokens = np.concatenate([[0], SENTENCE]).astype(np.int32)
        yield Attended(self.step, self.time, tokens, np.round(shares * 65535).astype(np.uint16))

    def predictions(self, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Losses and guesses in which the truth is the first guess of every second place."""
        chances = np.sort(self.random.dirichlet(np.ones(len(PIECES)) * 0.3, length + 1), axis=1)[:, ::-1][:, :GUESSES]
        guesses = np.stack([self.random.permutation(len(PIECES))[:GUESSES] for _ in range(length + 1)])
        losses = np.full(length, self.loss())
        for t in range(0, length, 2):
            others = [g for g in guesses[t] if g != SENTENCE[t]]
            guesses[t] = np.array([SENTENCE[t], *others, *others])[:GUESSES]
            losses[t] = -np.log(chances[t, 0])
        return losses.astype(np.float32), guesses.astype(np.int32), chances.astype(np.float32)
