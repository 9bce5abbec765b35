"""A second set of weights that follows the first slowly (EMA): mostly better than the weights of any one step."""

import torch
from torch import Tensor
from torch.func import functional_call

from engine.training.model import Model

EAGER = 10  # the first averages forget faster, lest the start be remembered for ever


class Average:
    def __init__(self, model: Model) -> None:
        self._model = model
        self.weights = {name: model.get_parameter(name).detach().clone() for name in averaged(model)}

    @torch.no_grad()
    def follow(self, memory: float, step: int) -> None:
        """After step `step`, counted from 1."""
        memory = min(memory, step / (step + EAGER))
        present: list[Tensor] = [self._model.get_parameter(name) for name in self.weights]
        torch._foreach_lerp_(list(self.weights.values()), present, 1 - memory)

    def __call__(self, tokens_BT: Tensor) -> Tensor:
        """Logits_BTV of the averaged model."""
        logits_BTV: Tensor = functional_call(self._model, self.weights, (tokens_BT,))
        return logits_BTV


def averaged(model: Model) -> list[str]:
    """Names of all weights but the tables of n-grams, which are too large to sweep at every step."""
    dense = set(map(id, model.dense()))
    return [name for name, weight in model.named_parameters() if id(weight) in dense]
