"""Looks into the model between two steps: validation, predictions, attention, samples. It decides nothing."""

from collections.abc import Callable
from math import nan

import numpy as np
import torch
from torch import Tensor

from engine.corpus.prepared import Corpus
from engine.events import (
    Attended,
    AverageValidated,
    BatchPredicted,
    Event,
    SentencePredicted,
    Validated,
    Warned,
    Wrote,
)
from engine.probes.predictions import Expectation, attend, expect, expect_hidden, expect_masked
from engine.probes.sampling import Choice, write
from engine.settings import Settings
from engine.training.batches import held_out_windows
from engine.training.learner import Learner
from engine.training.model import IGNORED, nats
from engine.training.objective import GAP_SIGN, causal, gap_prompt, masked

VALIDATION_TOKENS = 4096  # enough that two measurements differ by the model, not by chance
SAME_FOR_ALL = 0  # seed of the tokens hidden in the validation text
AROUND_GAP = 2 / 3  # of the context at most for the text around a gap, the rest to fill it
PROBE_TOKENS = 128  # of the sentence, with the end token: its attention grows with the square
NO_ANSWER = "What the model answers is not a number any more, so there is nothing to show."

When = tuple[int, float]  # step and time of an event


class Observer:
    def __init__(self, corpus: Corpus, learner: Learner) -> None:
        self._corpus, self._learner = corpus, learner
        self._ordinary = len(corpus.tokenizer.vocabulary)
        self._mask = self._ordinary if learner.settings.objective == "masked" else None
        self._held_out = self._validation_tasks(learner.settings)

    # how good it is

    def validate(self, when: When) -> tuple[Event, ...]:
        """On the held-out text; with the averaged weights as well, where there are any."""
        learner = self._learner
        validated = Validated(*when, self._loss(learner.model), learner.tokens_seen)
        if learner.average is None:
            return (validated,)
        return validated, AverageValidated(*when, self._loss(learner.average), learner.tokens_seen)

    def _validation_tasks(self, settings: Settings) -> tuple[Tensor, Tensor]:
        """Gaps are a way to learn; what comes next is what a model with gaps is measured by, too."""
        share = settings.masked_share if settings.objective == "masked" else 1.0
        count = max(1, round(VALIDATION_TOKENS / settings.context / max(share, 0.25)))
        windows_BN = held_out_windows(self._corpus.validation, settings.context, count)
        if settings.objective == "masked":
            return masked(windows_BN, 0, settings.model_copy(update={"seed": SAME_FOR_ALL}), self._ordinary)
        return causal(windows_BN)

    @torch.inference_mode()
    def _loss(self, model: Callable[[Tensor], Tensor]) -> float:
        """Nats per target, NaN where none is asked; in fp32: the precision of training is no matter of the model."""
        inputs_BT, targets_BT = self._held_out
        total = torch.zeros((), device=self._learner.device)
        self._learner.model.eval()
        settings = self._learner.settings
        size = -(-settings.batch_size // settings.micro_batches)  # what fits while training fits here
        for inputs, targets in zip(inputs_BT.split(size), targets_BT.split(size), strict=True):  # type: ignore[no-untyped-call]
            total += nats(model(inputs.to(total.device)), targets.to(total.device))
        self._learner.model.train()
        asked = int((targets_BT != IGNORED).sum())
        return total.item() / asked if asked else nan

    # what it knows

    def look(self, when: When, probe: str) -> tuple[Event, ...]:
        """What it expects and looks at in the probe text, and in a window of the last batch."""
        model, tokenizer = self._learner.model, self._corpus.tokenizer
        room = min(self._learner.settings.context, PROBE_TOKENS) - (1 if self._mask is None else 2)
        tokens_N = np.concatenate(([tokenizer.end], tokenizer.encode(probe)[:room])).astype(np.int32)
        model.eval()
        mine = expect(model, tokens_N) if self._mask is None else expect_masked(model, tokens_N, self._mask)
        shown_T, batch = self._of_the_batch()
        attention_LHNN = attend(model, tokens_N)
        model.train()
        if not np.isfinite([mine.chances_NK.sum(), batch.chances_NK.sum()]).all():
            return (Warned(*when, NO_ANSWER, "Restart with a lower learning rate."),)
        return (
            SentencePredicted(*when, tokens_N[1:], *mine),
            Attended(*when, tokens_N, attention_LHNN),
            BatchPredicted(*when, shown_T.astype(np.int32), *batch),
        )

    def _of_the_batch(self) -> tuple[np.ndarray, Expectation]:
        """The first window of the last batch as the model was asked about it."""
        learner = self._learner
        number = max(0, learner.windows_seen - learner.last_batch)
        inputs_T, targets_T = (rows[0].numpy() for rows in learner.tasks(learner.window_N[None], number))
        if self._mask is None:
            return inputs_T[1:], expect(learner.model, inputs_T)
        return learner.window_N[:-1], expect_hidden(learner.model, inputs_T, targets_T, IGNORED)

    def write(self, when: When, settings: Settings) -> Wrote:
        """A sample; the prompt of a model that fills gaps may have one."""
        tokenizer, model = self._corpus.tokenizer, self._learner.model
        if settings.objective == "infill" and GAP_SIGN in settings.prompt:
            before, after = settings.prompt.split(GAP_SIGN, 1)
            around = tokenizer.encode(before), tokenizer.encode(after)
            prompt = gap_prompt(*around, self._ordinary, int(AROUND_GAP * model.context))
            length = min(settings.sample_length, model.context - len(prompt))  # the signs must stay in sight
        else:
            prompt, length = [tokenizer.end, *tokenizer.encode(settings.prompt).tolist()], settings.sample_length
        how = Choice(settings.temperature, settings.top_k, settings.top_p, settings.seed)
        model.eval()
        tokens = write(model, prompt, length, how, tokenizer.end, self._ordinary, self._mask)
        model.train()
        return Wrote(*when, settings.prompt, tokenizer.decode(tokens), *how)
