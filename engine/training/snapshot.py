"""The tensors of a learner by name, taken and put back bit for bit: weights, what the optimizer remembers, average."""

from collections import deque
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.optim import SGD, AdamW, Muon

from engine.training.learner import Learner
from engine.training.lion import Lion
from engine.training.rows import RowAdagrad
from engine.training.spikes import WINDOW
from engine.training.state import State
from engine.trouble import Trouble

Tensors = dict[str, Tensor]
REMEMBERED = {
    AdamW: {"step", "exp_avg", "exp_avg_sq"},
    Muon: {"momentum_buffer"},
    Lion: {"mean"},
    SGD: {"momentum_buffer"},
    RowAdagrad: {"squares"},
}  # of each weight that was ever corrected


class Snapshot(NamedTuple):
    model: Tensors
    optimizer: Tensors  # "exp_avg/blocks.0.attention.back.weight"
    average: Tensors | None


def snapshot(learner: Learner) -> Snapshot:
    """The learner's own tensors, not copies of them."""
    model = {name: weight.detach() for name, weight in learner.model.named_parameters()}
    names = {id(weight): name for name, weight in learner.model.named_parameters()}
    optimizer = {
        f"{kind}/{names[id(weight)]}": value
        for weight, memory in learner.optimizers.memory()
        for kind, value in memory.items()
        if isinstance(value, Tensor)
    }
    return Snapshot(model, optimizer, learner.average.weights if learner.average else None)


def sound(taken: Snapshot) -> bool:
    """Whether every weight is a number."""
    return all(bool(weight.isfinite().all()) for weight in taken.model.values())


@torch.no_grad()
def restore(learner: Learner, taken: Snapshot, state: State) -> None:
    """Make the learner what it was. Trouble, and nothing is changed, where the tensors are not of such a model."""
    weights = dict(learner.model.named_parameters())
    _require_alike("model", taken.model, weights)
    if (taken.average is None) != (learner.average is None):
        raise _foreign("average", "it is there though the settings have none, or the other way round")
    if learner.average and taken.average is not None:
        _require_alike("average", taken.average, learner.average.weights)
    memory = _memory(learner, taken.optimizer)
    _copy(taken.model, weights)
    if learner.average and taken.average is not None:
        _copy(taken.average, learner.average.weights)
    for part in learner.optimizers.parts:
        part.state.clear()
    for name, values in memory.items():
        own = {kind: _own(kind, value, weights[name]) for kind, value in values.items()}
        learner.optimizers.remember(weights[name], own)
    learner.spread()
    _restore_counters(learner, state)


def _restore_counters(learner: Learner, state: State) -> None:
    learner.step, learner.annealed_at = state.step, state.annealed_at
    learner.seen_S = np.array(state.seen, np.int64)
    learner.last_batch, learner.last_window = state.last_batch, state.last_window
    for spikes, last in zip(learner.spikes, (state.losses, state.gradient_norms), strict=True):
        spikes.last = deque(last, maxlen=WINDOW)


def _copy(values: Mapping[str, Tensor], into: Mapping[str, Tensor]) -> None:
    for name, value in values.items():
        into[name].copy_(value)


def _own(kind: str, value: Tensor, weight: Tensor) -> Tensor:
    """In memory of its own, aligned as torch does it: sums may depend on that. Only fused kernels count on a device."""
    counted_apart = kind == "step" and weight.device.type not in ("cpu", "cuda")
    return value.to("cpu" if counted_apart else weight.device, copy=True)


def _require_alike(what: str, found: Mapping[str, Tensor], wanted: Mapping[str, Tensor]) -> None:
    if odd := sorted(found.keys() ^ wanted.keys()):
        raise _foreign(what, f"{odd[0]} is {'not wanted' if odd[0] in found else 'lacking'}")
    for name, tensor in found.items():
        if (tensor.shape, tensor.dtype) != (wanted[name].shape, wanted[name].dtype):
            raise _foreign(what, f"{name} is {_kind(tensor)}, not {_kind(wanted[name])}")


def _memory(learner: Learner, found: Tensors) -> dict[str, Tensors]:
    """By name of the weight. Each has what its optimizer remembers, or nothing yet."""
    by_weight: dict[str, Tensors] = {}
    for key, value in found.items():
        kind, _, name = key.partition("/")
        by_weight.setdefault(name, {})[kind] = value
    names = {id(weight): name for name, weight in learner.model.named_parameters()}
    wanted = {
        names[id(weight)]: (weight, REMEMBERED[type(part)])
        for part in learner.optimizers.parts
        for group in part.param_groups
        for weight in group["params"]
    }
    for name, values in by_weight.items():
        weight, kinds = wanted.get(name, (None, set()))
        if weight is None or values.keys() != kinds:
            raise _foreign("optimizer", f"what it says of {name} is not what this optimizer remembers")
        for kind, value in values.items():
            shape = {"step": torch.Size(), "squares": weight.shape[:1]}.get(kind, weight.shape)
            if (value.shape, value.dtype) != (shape, torch.float32):
                raise _foreign("optimizer", f"{kind}/{name} is {_kind(value)}")
    return by_weight


def _kind(tensor: Tensor) -> str:
    return f"{str(tensor.dtype).removeprefix('torch.')} {'×'.join(map(str, tensor.shape)) or 'number'}"


def _foreign(what: str, why: str) -> Trouble:
    return Trouble(f"{what}.safetensors belongs to another model: {why}.", "Choose a checkpoint of this very run.")
