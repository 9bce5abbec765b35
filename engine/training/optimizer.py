"""AdamW (Loshchilov & Hutter 2019): matrices decay towards zero, gains do not."""

import torch
from torch.optim import AdamW

from engine.settings import Settings
from engine.training.model import Model


def make_optimizer(model: Model, settings: Settings) -> AdamW:
    """The rate is set anew at every step; the fused kernel exists on every device we use but MPS."""
    matrices = [weight for weight in model.parameters() if weight.dim() >= 2]
    gains = [weight for weight in model.parameters() if weight.dim() < 2]
    groups = [
        {"params": matrices, "weight_decay": settings.weight_decay},
        {"params": gains, "weight_decay": 0.0},
    ]
    fused = matrices[0].device.type in ("cpu", "cuda")
    return AdamW(groups, lr=settings.learning_rate, betas=(settings.beta1, settings.beta2), fused=fused)


def set_rate(optimizer: torch.optim.Optimizer, rate: float) -> None:
    """The learning rate of the next update, for every weight."""
    for group in optimizer.param_groups:
        group["lr"] = rate
