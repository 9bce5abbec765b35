"""A trained model as it is given away: taken from a checkpoint of its run, and seen to be whole."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from engine.bar import visible
from engine.export.names import places
from engine.settings import Settings
from engine.size import queries_width
from engine.tokenizer.tokenizer import Tokenizer
from engine.training.checkpoint import read, read_state
from engine.training.model import Model
from engine.training.objective import special_tokens
from engine.trouble import Trouble

TOLERANCE = 1e-4  # of a logit, between our arithmetic and another program's
TRIED = 32  # tokens of a row on which they are compared


class Grown(NamedTuple):
    model: Model  # on the processor, in fp32; not in training
    settings: Settings
    tokenizer: Tokenizer
    special: tuple[str, ...]  # tokens of the objective, numbered after the tokenizer's own
    name: str  # of the run
    step: int
    tokens_seen: int
    averaged: bool

    @property
    def weights(self) -> dict[str, Tensor]:
        """By our own names."""
        return {name: weight.detach() for name, weight in self.model.named_parameters()}

    @property
    def vocabulary(self) -> int:
        """Tokens the model knows."""
        return len(self.tokenizer.vocabulary) + len(self.special)


def grown(checkpoint: Path, averaged: bool = False) -> Grown:
    """The model of a checkpoint. Trouble where it is damaged, or cannot be given to other programs."""
    require_exportable(read_state(checkpoint).settings)  # before anything large is read
    tensors, tokenizer, state = read(checkpoint)
    settings = state.settings
    if averaged and tensors.average is None:
        raise Trouble("This run keeps no averaged weights.", "Leave --averaged out.")
    weights = tensors.average if averaged and tensors.average is not None else tensors.model
    special = special_tokens(settings)
    model = _built(settings, len(tokenizer.vocabulary) + len(special), weights)
    return Grown(model, settings, tokenizer, special, visible(state.name), state.step, state.tokens_seen, averaged)


def require_exportable(settings: Settings) -> None:
    """Trouble that says why no other program could compute what this model computes."""
    if settings.objective == "masked":
        raise Trouble(
            "This model fills in hidden tokens and looks both ways: a GPT-2 or Qwen3 of other programs cannot.",
            "Models of the objectives causal and infill can be taken along.",
        )
    places(settings)
    if settings.architecture == "gpt2" and queries_width(settings) != settings.width:
        raise Trouble("The heads of this model do not share its width: those of GPT-2 must.", "Use modern for that.")


def tried_tokens(model: Grown) -> np.ndarray:
    """Tokens_BT to compare logits on, the same each time: int64, two rows."""
    length = min(TRIED, model.settings.context)
    return np.random.default_rng(0).integers(model.vocabulary, size=(2, length))


@torch.no_grad()
def logits(model: Grown, tokens_BT: np.ndarray) -> np.ndarray:
    """Logits_BTV as this program computes them: float32."""
    logits_BTV: np.ndarray = model.model(torch.from_numpy(tokens_BT)).numpy()
    return logits_BTV


def _built(settings: Settings, vocabulary: int, weights: Mapping[str, Tensor]) -> Model:
    """Trouble where the weights are not of such a model, or no numbers."""
    model = Model(settings, vocabulary)
    try:
        model.load_state_dict(dict(weights))
    except RuntimeError as error:
        reason = str(error).splitlines()[-1].strip().rstrip(".")
        raise Trouble(f"The weights belong to another model: {reason}.", "Choose another step of the run.") from error
    if not all(bool(weight.isfinite().all()) for weight in weights.values()):
        raise Trouble("The weights of this step are no numbers: training has diverged.", "Choose an earlier --step.")
    return model.eval()
