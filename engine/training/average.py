"""A second set of weights that follows the first slowly (EMA): mostly better than the weights of any one step."""

import torch
from torch import Tensor
from torch.func import functional_call

from engine.training.model import Model

EAGER = 10  # the first averages forget faster, lest the start be remembered for ever


class Average:
    def __init__(self, model: Model) -> None:
        self._model = model
        self._present = model.named_dense()  # tables of n-grams are too large to sweep at every step
        self.weights = {name: weight.detach().clone() for name, weight in self._present.items()}

    @torch.no_grad()
    def follow(self, memory: float, step: int) -> None:
        """After step `step`, counted from 1."""
        memory = min(memory, step / (step + EAGER))
        torch._foreach_lerp_(list(self.weights.values()), list(self._present.values()), 1 - memory)

    def __call__(self, tokens_BT: Tensor) -> Tensor:
        """Logits_BTV of the averaged model."""
        logits_BTV: Tensor = functional_call(self._model, self.weights, (tokens_BT,))
        return logits_BTV
