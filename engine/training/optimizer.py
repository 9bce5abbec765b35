"""How gradients become corrections: which optimizer moves which weights, and how fast beside the others.

AdamW (Loshchilov & Hutter 2019), Muon (Jordan et al. 2024) for the matrices of the blocks with AdamW for the rest,
Lion (Chen et al. 2023), SGD with momentum; tables of n-grams have an optimizer of their own. Matrices decay towards
zero, gains do not.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.optim import SGD, AdamW, Muon

from engine.settings import Settings
from engine.training.lion import Lion
from engine.training.model import Model
from engine.training.rows import RowAdagrad

Group = dict[str, Any]


class Paces(NamedTuple):
    """Learning rates of some weights, in learning rates of the matrices in the blocks."""

    outer: float  # embeddings and output
    gains: float


EVEN, QUICK = Paces(1.0, 1.0), Paces(1.7, 1.1)  # the second for short runs, where docs/fast.md measures
TABLES = 11.0  # the same for rows of n-grams, whose optimizer is another


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
    matrices, others = groups(model, QUICK if settings.architecture == "fast" else EVEN)
    tables = [] if model.n_grams is None else list(model.n_grams.parameters())
    by_rows = [RowAdagrad([group(tables, TABLES, decays=False)])] if tables else []
    betas = settings.beta1, settings.beta2
    fused = model.tokens.weight.device.type in ("cpu", "cuda")
    match settings.optimizer:
        case "muon":
            muon = Muon([matrices], lr=0.0, momentum=settings.momentum, adjust_lr_fn="match_rms_adamw")
            return [muon, AdamW(others, lr=0.0, betas=betas, fused=fused), *by_rows]
        case "lion":
            return [Lion([matrices, *others], betas), *by_rows]
        case "sgd":
            return [SGD([matrices, *others], lr=0.0, momentum=settings.momentum), *by_rows]
        case _:
            return [AdamW([matrices, *others], lr=0.0, betas=betas, fused=fused), *by_rows]


def groups(model: Model, paces: Paces) -> tuple[Group, list[Group]]:
    """The matrices of the blocks, and all other dense weights: embeddings and output, then gains."""
    inner = [part.weight for part in model.blocks.modules() if isinstance(part, nn.Linear)]
    known = set(map(id, inner))
    outer = [weight for weight in model.dense() if weight.dim() == 2 and id(weight) not in known]
    gains = [weight for weight in model.dense() if weight.dim() < 2]
    others = [group(outer, paces.outer), *([group(gains, paces.gains, decays=False)] if gains else [])]
    return group(inner), others


def group(weights: Sequence[Tensor], pace: float = 1.0, decays: bool = True) -> Group:
    """`pace` is the learning rate of these weights, in learning rates of the run."""
    return {"params": list(weights), "pace": pace, "decays": decays}
