"""A trainer that computes nothing: it steps at once, with a loss that falls as real ones do. For measuring the rest."""

from collections.abc import Collection, Iterator

import numpy as np

from engine.bench.scripted_text import merges_counted, sources_read, sources_seen, tokenizers_compared
from engine.commands import Anneal, Command, CompareTokenizers, CountMerges, Look, Probe, Prompt, Rewind, Save, Turn
from engine.events import (
    Annealed,
    Attended,
    AverageValidated,
    BatchPredicted,
    Chosen,
    CorpusRead,
    Event,
    FloorCounted,
    Metered,
    Predicted,
    Rewound,
    Saved,
    SentencePredicted,
    Spiked,
    Started,
    Stepped,
    Turned,
    Validated,
    Warned,
    Wrote,
)
from engine.settings import Settings
from engine.special import SPECIAL

WORDS = " put| the| lan|tern| on| table| because| room| was| dark|.|\n| shelf| wall| window| floor| bench| mill"
ODD = ("\u202e", "\u200b", "é", "\udcc3", "<b>")
PIECES = ("<|end|>", "Mira", *WORDS.split("|"), " river", " said", *ODD)
SENTENCE = np.array([1, 2, 3, 4, 5, 6, 3, 7, 8, 3, 9, 10, 11, 12], np.int32)
LAYERS, HEADS, GUESSES = 4, 4, 10
SPIKE, ASKED = 30, slice(1, None, 4)  # step of the one spike; hidden places of a batch
SAVED_EVERY = 50


class ScriptedTrainer:
    """Looks every 10 steps, validates every 20, writes and saves every 50; one step takes 0.05 s of its own clock."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.step, self.time = 0, 0.0
        self.stops: Collection[int] = ()  # every step is told at once
        self.alone = True
        self.rate = self.settings.learning_rate
        self.random = np.random.default_rng(self.settings.seed)

    def start(self) -> Iterator[Event]:
        yield CorpusRead(
            0, 0.0, "Stories", "made by Terrarium", 4_000_000, 5000, 1_100_000, 120_000, "500 documents",
            (*PIECES, *SPECIAL[self.settings.objective]), 0, 3_600_000, 400_000,
        )  # fmt: skip
        yield from sources_read()
        for order, (name, loss) in enumerate(
            (("uniform", 6.93), ("unigram", 5.36), ("bigram", 3.42), ("trigram", 2.63))
        ):
            yield FloorCounted(0, 0.0, name, order, loss)
        yield FloorCounted(0, 0.0, "true entropy", -1, 1.1)
        yield Started(0, 0.0, "amber-heron", self.settings.model_dump(mode="json"), 920_000, "CPU, 2 threads")
        yield Chosen(0, 0.0, "fp32", "fused", 2, 2.8e11, "fp32, 2 threads: bf16 was 0.8×")
        yield from self.validate()
        yield from self.look()

    def advance(self) -> Iterator[Event]:
        self.step += 1
        self.time += 0.05
        noise = float(self.random.normal(0, 0.05))
        tokens = self.step * 1536
        yield Stepped(
            self.step, self.time, self.loss() + noise, self.rate, 0.7, tokens, tokens / 1_100_000, self.time * 0.03
        )
        if self.step == SPIKE:
            yield Spiked(*self.now, "gradient", 4.4, 0.7, 0.6, 0)
        if self.step % 10 == 0:
            yield from self.look()
        if self.step % 20 == 0:
            yield from self.validate()
            yield Metered(*self.now, 30_700.0, 1.7e11, 0.61, 640_000_000, 180.0, 4300.0, 0)
        if self.step % SAVED_EVERY == 0:
            yield Saved(*self.now, ".", 1)
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
                if knob == "weights" and isinstance(value, tuple):
                    self.settings = self.settings.model_copy(update={"weights": value})
                elif knob == "learning_rate" and isinstance(value, float):
                    self.rate = value
                yield Turned(self.step, self.time, knob, value)
            case Probe() | Look():
                yield from self.look()
            case CountMerges():
                yield merges_counted(*self.now)
            case CompareTokenizers():
                yield from tokenizers_compared(*self.now)
            case Prompt(text):
                yield Wrote(self.step, self.time, text, " and so on", 0.8, 40, 0.95, 1)
            case Save():
                yield Saved(*self.now, ".", 0)
            case Anneal():
                yield Annealed(*self.now, self.step + 100)
            case Rewind(step):
                yield self.rewound(step)

    @property
    def busy(self) -> bool:
        return False

    def arrived(self) -> Iterator[Event]:
        yield from ()

    def close(self) -> None:
        """Nothing is under way."""

    @property
    def now(self) -> tuple[int, float]:
        return self.step, self.time

    def rewound(self, step: int) -> Event:
        """As if it had been saved at every SAVED_EVERYth step."""
        if step < SAVED_EVERY:
            return Warned(*self.now, "No checkpoint is that old.", "Choose a later step.")
        left, self.step = self.step, step - step % SAVED_EVERY
        self.time = 0.05 * self.step
        return Rewound(*self.now, left)

    def validate(self) -> Iterator[Event]:
        tokens, loss = self.step * 1536, self.loss() + 0.06 if self.step else 6.95
        yield Validated(*self.now, loss, tokens)
        yield from sources_seen(*self.now, self.settings.weights)
        if self.settings.average:
            yield AverageValidated(*self.now, loss - 0.1, tokens)

    def loss(self) -> float:
        return 2.0 + 4.93 / (1 + self.step / 60)

    def look(self) -> Iterator[Event]:
        for kind in (SentencePredicted, BatchPredicted):
            yield self.predicted(kind)
        length = len(SENTENCE) + 1
        scores = self.random.normal(0, 1 + min(self.step, 1000) / 200, (LAYERS, HEADS, length, length))
        shares = np.exp(scores) * (1 if self.settings.objective == "masked" else np.tri(length))
        shares /= shares.sum(-1, keepdims=True)
        tokens = np.concatenate([[0], SENTENCE]).astype(np.int32)
        yield Attended(self.step, self.time, tokens, np.round(shares * 65535).astype(np.uint16))

    def predicted(self, kind: type[Predicted]) -> Event:
        """Of a batch with hidden tokens, only of these."""
        losses_T, guesses_NK, chances_NK = self.predictions(len(SENTENCE))
        if kind is BatchPredicted and self.settings.objective == "masked":
            asked = np.zeros(len(SENTENCE), bool)
            asked[ASKED] = True
            losses_T[~asked] = np.nan
            chances_NK[-1] = 0
        return kind(*self.now, SENTENCE, losses_T, guesses_NK, chances_NK)

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
