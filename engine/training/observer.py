"""Looks into the model between two steps: predictions, attention, samples. It decides nothing."""

import numpy as np

from engine.corpus.part import Corpus
from engine.events import (
    Attended,
    BatchPredicted,
    Event,
    SentencePredicted,
    Warned,
    Wrote,
)
from engine.probes.predictions import Expectation, attend, expect, expect_hidden, expect_masked
from engine.probes.sampling import Choice, write
from engine.settings import Settings
from engine.training.learner import Learner
from engine.training.model import IGNORED
from engine.training.objective import GAP_SIGN, gap_prompt
from engine.training.validation import When

AROUND_GAP = 2 / 3  # of the context at most for the text around a gap, the rest to fill it
PROBE_TOKENS = 128  # of the sentence, with the end token: its attention grows with the square
NO_ANSWER = "What the model answers is not a number any more, so there is nothing to show."


class Observer:
    def __init__(self, corpus: Corpus, learner: Learner) -> None:
        self._corpus, self._learner = corpus, learner
        self._ordinary = len(corpus.tokenizer.vocabulary)
        self._mask = self._ordinary if learner.settings.objective == "masked" else None

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
        inputs_T, targets_T = (rows[0].numpy() for rows in learner.tasks(learner.first_window[None], number))
        if self._mask is None:
            return inputs_T[1:], expect(learner.model, inputs_T)
        return learner.first_window[:-1], expect_hidden(learner.model, inputs_T, targets_T, IGNORED)

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
