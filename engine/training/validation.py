"""How good the model is on text it never learns from, all of it and each source, and how much of each it has read."""

from collections.abc import Callable
from math import nan

import numpy as np
import torch
from torch import Tensor

from engine.corpus.part import Corpus
from engine.events import AverageValidated, Event, PartsSeen, SourceSeen, SourceValidated, Validated
from engine.settings import Settings
from engine.training.batches import held_out_windows
from engine.training.learner import Learner
from engine.training.model import IGNORED, nats
from engine.training.objective import causal, masked

TOKENS = 4096  # enough that two measurements differ by the model, not by chance
LEAST_TOKENS = 512  # of each source, where several are mixed
SHARES_EVERY = 16  # steps: who turns a fader sees what comes of it
PARTS = 64  # stretches of a text that are told apart
SAME_FOR_ALL = 0  # seed of the tokens hidden in the validation text

When = tuple[int, float]  # step and time of an event
Tasks = tuple[Tensor, Tensor]  # inputs and targets_BT


class Validation:
    def __init__(self, corpus: Corpus, learner: Learner) -> None:
        self._learner = learner
        self._lengths_S = np.array([len(part.validation) for part in corpus.parts])
        shares_S = self._lengths_S / self._lengths_S.sum()
        ordinary, settings = len(corpus.tokenizer.vocabulary), learner.settings
        self.tasks = [
            held_out(part.validation, settings, ordinary, max(TOKENS * share, LEAST_TOKENS))
            for part, share in zip(corpus.parts, shares_S, strict=True)
        ]
        self._asked_S = np.array([bool((targets_BT != IGNORED).any()) for _, targets_BT in self.tasks])

    def measure(self, when: When) -> list[Event]:
        """All together is the mean by length, whatever the weights of training: a curve only the model can bend."""
        learner = self._learner
        losses_S = self._losses(learner.model)
        events: list[Event] = [Validated(*when, self._whole(losses_S), learner.tokens_seen)]
        if learner.average is not None:
            loss = self._whole(self._losses(learner.average))
            events.append(AverageValidated(*when, loss, learner.tokens_seen))
        events += [SourceValidated(*when, source, float(loss)) for source, loss in enumerate(losses_S)]
        return events + self.count(when)

    def count(self, when: When) -> list[Event]:
        """How much of each text was read, and how often each of its parts."""
        texts, seen_S = self._learner.mixture.texts, self._learner.seen_S.tolist()
        times = [text.times_seen(seen, PARTS) for text, seen in zip(texts, seen_S, strict=True)]
        return [*self.shares(when), PartsSeen(*when, np.stack(times))]

    def shares_due(self, step: int) -> bool:
        """Of one text alone the share is never news."""
        return len(self.tasks) > 1 and step % SHARES_EVERY == 0

    def shares(self, when: When) -> list[Event]:
        """How much of each text was read."""
        learner, texts = self._learner, self._learner.mixture.texts
        seen_S, shares_S = learner.seen_S.tolist(), learner.mixture.shares(learner.settings.weights).tolist()
        return [
            SourceSeen(*when, source, seen * learner.settings.context, seen / text.windows, share)
            for source, (text, seen, share) in enumerate(zip(texts, seen_S, shares_S, strict=True))
        ]

    def _losses(self, model: Callable[[Tensor], Tensor]) -> np.ndarray:
        return np.array([self._loss(model, *tasks) for tasks in self.tasks])

    def _whole(self, losses_S: np.ndarray) -> float:
        """Of all texts but those too short for anything to be hidden in them."""
        asked_S = self._asked_S
        return float(np.average(losses_S[asked_S], weights=self._lengths_S[asked_S])) if asked_S.any() else nan

    @torch.inference_mode()
    def _loss(self, model: Callable[[Tensor], Tensor], inputs_BT: Tensor, targets_BT: Tensor) -> float:
        """Nats per target, NaN where none is asked; in fp32: the precision of training is no matter of the model."""
        total = torch.zeros((), device=self._learner.device)
        self._learner.model.eval()
        settings = self._learner.settings
        size = -(-settings.batch_size // settings.micro_batches)  # what fits while training fits here
        for inputs, targets in zip(inputs_BT.split(size), targets_BT.split(size), strict=True):  # type: ignore[no-untyped-call]
            total += nats(model(inputs.to(total.device)), targets.to(total.device))
        self._learner.model.train()
        asked = int((targets_BT != IGNORED).sum())
        return total.item() / asked if asked else nan


def held_out(tokens: np.ndarray, settings: Settings, ordinary: int, wanted: float) -> Tasks:
    """Windows of about so many tokens that are asked for.

    Gaps are a way to learn; what comes next is what a model with gaps is measured by, too.
    """
    share = settings.masked_share if settings.objective == "masked" else 1.0
    count = max(1, round(wanted / settings.context / max(share, 0.25)))
    windows_BN = held_out_windows(tokens, settings.context, count)
    if settings.objective == "masked":
        return masked(windows_BN, 0, settings.model_copy(update={"seed": SAME_FOR_ALL}), ordinary)
    return causal(windows_BN)
