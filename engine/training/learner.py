"""One correction at a time: windows → losses → gradients → weights. All that decides the next number is here.

Data order, hidden tokens, dropout and learning rate are functions of the settings, the seed and three counters, so a
checkpoint is the weights, the optimizer's memory and those counters, and nothing else can disturb training.
"""

from collections.abc import Sequence
from math import isfinite
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import Tensor

from engine.settings import Settings
from engine.training.average import Average
from engine.training.mixture import Mixture
from engine.training.model import IGNORED, Model, nats
from engine.training.objective import special_tokens, tasks
from engine.training.optimizer import Optimizers
from engine.training.schedule import learning_rate
from engine.training.spikes import Spike, Spikes


class Correction(NamedTuple):
    """What one step did. Loss and norm stay on the device until somebody reads them."""

    loss: Tensor  # nats per target, before the correction
    norm: Tensor  # of the gradient, before it was cut; tables of n-grams are left out of both
    rate: float
    made: bool  # False: left out, for the loss is no number or the gradient a spike
    spikes: tuple[Spike, ...] | None  # None: looked for when the numbers are read


class Learner:
    def __init__(
        self, settings: Settings, rows: Sequence[np.ndarray], ordinary: int, end: int, device: torch.device
    ) -> None:
        """`rows` of tokens to train on, of a tokenizer with `ordinary` tokens; in the settings nothing is auto."""
        self.settings = settings
        self.device = device
        self.mixture = Mixture(rows, settings.context, settings.seed)
        self.tasks = tasks(settings, ordinary, end)
        self.model = Model(settings, ordinary + len(special_tokens(settings))).to(device)
        self.worker = self._worker()
        self._weights, self._low = self.model.dense(), self.worker.dense()  # looked up once, not at every step
        self.optimizers = Optimizers(self.model, settings)
        self.average = Average(self.model) if settings.average else None
        self.step = 0
        self.seen_S = np.zeros(len(rows), np.int64)  # windows of each text
        self.annealed_at: int | None = None
        self.spikes = Spikes("loss"), Spikes("gradient")
        self.last_window = self.mixture.take(0, 1, self.seen_S, settings.weights).first  # the first of the last batch
        self.last_batch = 0  # windows

    @property
    def windows_seen(self) -> int:
        return int(self.seen_S.sum())

    @property
    def first_window(self) -> np.ndarray:
        """Window_N that stood first in the last batch."""
        return self.mixture.window(*self.last_window)

    @property
    def tokens_seen(self) -> int:
        return self.windows_seen * self.settings.context

    @property
    def rate(self) -> float:
        """Learning rate of the next correction."""
        return learning_rate(self.settings, self.step, self.annealed_at)

    def correct(self) -> Correction:
        """One step. A loss or gradient that is no number, where it is read at once, leaves everything as it was."""
        settings, rate = self.settings, self.rate
        taken = self.mixture.take(self.windows_seen, settings.batch_size, self.seen_S, settings.weights)
        loss = self.gradients(*self.tasks(taken.windows_BN, self.windows_seen))
        norm = torch.nn.utils.clip_grad_norm_(self._weights, settings.clip or torch.inf)
        if self.reads_at_once and not isfinite(loss.item() + norm.item()):
            self.model.zero_grad(set_to_none=True)
            return Correction(loss, norm, rate, False, ())
        spikes = self.noticed(loss.item(), norm.item()) if self.reads_at_once else None
        skipped = settings.skip_spikes and any(spike.what == "gradient" for spike in spikes or ())
        if skipped:
            self.model.zero_grad(set_to_none=True)
        else:
            self.optimizers.step(rate, settings.weight_decay)
            self.spread()
        self.step += 1
        self.seen_S = self.seen_S + taken.counts_S
        if self.average:
            self.average.follow(settings.average, self.step)
        self.last_window, self.last_batch = taken.first, len(taken.windows_BN)
        return Correction(loss, norm, rate, not skipped, spikes)

    @property
    def reads_at_once(self) -> bool:
        """A GPU computes on while nobody asks for its numbers."""
        return self.device.type == "cpu" or self.settings.skip_spikes

    def gradients(self, inputs_BT: Tensor, targets_BT: Tensor) -> Tensor:
        """Loss of the batch: the sum of nats over the sum of targets, whatever parts it is worked through in."""
        asked = max(1, int((targets_BT != IGNORED).sum()))
        count = self.settings.micro_batches
        total = torch.zeros((), device=self.device)
        for part, (inputs, targets) in enumerate(zip(inputs_BT.chunk(count), targets_BT.chunk(count), strict=True)):
            self.worker.drop.seed((self.settings.seed, self.step, part), self.device)
            logits_BTV = self.worker(inputs.to(self.device, non_blocking=True))
            loss = nats(logits_BTV, targets.to(self.device, non_blocking=True)) / asked
            loss.backward()  # type: ignore[no-untyped-call]
            self._gather()
            total += loss.detach()
        return total

    # bf16: a copy of the model computes, the model itself keeps every digit (Micikevicius et al. 2018)

    def _worker(self) -> Model:
        """What goes forward and back: the model, or a copy of it with numbers of 16 bits; compiled if so wished."""
        worker = self.model.lowered() if self.settings.precision == "bf16" else self.model
        if not self.settings.compiled:
            return worker
        if (tables := worker.n_grams) is not None:  # the compiler cannot compute gradients that are sparse
            tables.forward = torch.compiler.disable(tables.forward)  # type: ignore[method-assign, no-untyped-call]
        return cast("Model", torch.compile(worker))

    def _gather(self) -> None:
        """Add the gradients of the copy to those of the model."""
        if self.settings.precision != "bf16":
            return
        for weight, low in zip(self._weights, self._low, strict=True):
            if low.grad is not None:
                weight.grad = low.grad.float() if weight.grad is None else weight.grad.add_(low.grad)
                low.grad = None

    @torch.no_grad()
    def spread(self) -> None:
        """Give the copy the weights of the model, after they have changed."""
        if self.settings.precision == "bf16":
            torch._foreach_copy_(self._low, self._weights)

    def noticed(self, loss: float, norm: float) -> tuple[Spike, ...]:
        """Spikes among the numbers of a step; they are remembered, so each step once."""
        found = (numbers.seen(value) for numbers, value in zip(self.spikes, (loss, norm), strict=True))
        return tuple(spike for spike in found if spike)
