"""How gradients become corrections: which optimizer moves which weights, and how fast beside the others.

AdamW (Loshchilov & Hutter 2019), Muon (Jordan et al. 2024) for the matrices of the blocks with AdamW for the rest,
Lion (Chen et al. 2023), SGD with momentum. Matrices decay towards zero, gains do not.
"""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW, Muon

from engine.settings import Settings
from engine.training.lion import Lion
from engine.training.model import Model

Group = dict[str, Any]


class Optimizers:
    """One or two torch optimizers that act as one."""

    def __init__(self, model: Model, settings: Settings) -> None:
        self.parts = parts(model, settings)

    def step(self, rate: float, weight_decay: float) -> None:
        """Correct every weight by its gradient, then forget the gradients."""
        for part in self.parts:
            for group in part.param_groups:
                group["lr"] = rate * group["pace"]
                group["weight_decay"] = weight_decay if group["decays"] else 0.0
            part.step()
            part.zero_grad(set_to_none=True)

    def memory(self) -> list[tuple[Tensor, dict[str, Tensor]]]:
        """Each weight and what its optimizer remembers of it."""
        return [(weight, part.state[weight]) for part in self.parts for weight in part.state]

    def remember(self, weight: Tensor, memory: dict[str, Tensor]) -> None:
        """Put back what `memory` gave."""
        for part in self.parts:
            if any(weight is other for group in part.param_groups for other in group["params"]):
                part.state[weight] = memory


def parts(model: Model, settings: Settings) -> list[torch.optim.Optimizer]:
    """The rate is set anew at every step; the fused kernel exists on every device we use but MPS."""
    inner = [part.weight for part in model.blocks.modules() if isinstance(part, nn.Linear)]
    known = set(map(id, inner))
    outer = [weight for weight in model.parameters() if weight.dim() == 2 and id(weight) not in known]
    gains = [weight for weight in model.parameters() if weight.dim() < 2]
    groups = [group(inner), group(outer), group(gains, decays=False)]
    betas = settings.beta1, settings.beta2
    fused = inner[0].device.type in ("cpu", "cuda")
    match settings.optimizer:
        case "muon":
            muon = Muon(groups[:1], lr=0.0, momentum=settings.momentum, adjust_lr_fn="match_rms_adamw")
            return [muon, AdamW(filled(groups[1:]), lr=0.0, betas=betas, fused=fused)]
        case "lion":
            return [Lion(filled(groups), betas)]
        case "sgd":
            return [SGD(filled(groups), lr=0.0, momentum=settings.momentum)]
        case _:
            return [AdamW(filled(groups), lr=0.0, betas=betas, fused=fused)]


def group(weights: Sequence[Tensor], pace: float = 1.0, decays: bool = True) -> Group:
    """`pace` is the learning rate of these weights, in learning rates of the run."""
    return {"params": list(weights), "pace": pace, "decays": decays}


def filled(groups: list[Group]) -> list[Group]:
    """Without those that have no weights: not every model has every kind."""
    return [group for group in groups if group["params"]]
