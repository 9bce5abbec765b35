"""The weights of a published model, and its tokenizer, for a run that begins with them."""

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from engine.corpus.place import shown
from engine.export.importing import TOKENIZER, Published, look_into, weight_files
from engine.export.importing_names import full_name
from engine.export.names import places, to_ours
from engine.settings import Settings
from engine.size import head_width, hidden_width, key_value_heads
from engine.tokenizer import foreign
from engine.tokenizer.tokenizer import Tokenizer
from engine.training.learner import Learner
from engine.trouble import Trouble

SHAPE = ("architecture", "layers", "heads", "width", "tied", "objective", "tokenizer", "tokenizer_file")
AGAIN = "Open the model again, or leave “Begins with” (--begin-with) empty to begin by chance."
VOCABULARY = ("tokens.weight", "head.weight")  # with a row for each token


class Begun(NamedTuple):
    tokenizer: Tokenizer
    weights: dict[str, Tensor]  # of our model, by name, 32 bits

    @torch.no_grad()
    def place(self, learner: Learner) -> None:
        """Have the learner begin with these. Trouble, and nothing is changed, where they are not of its shape."""
        own: dict[str, Tensor] = dict(learner.model.named_parameters())
        for name, weight in own.items():
            _require_alike(name, self.weights.get(name), weight)
        averaged = learner.average.weights if learner.average else {}
        for name, weight in (*own.items(), *averaged.items()):
            weight.copy_(self.weights[name])
        learner.spread()


def begun_with(settings: Settings) -> Begun:
    """What `settings.begin_with` holds. Trouble where it is gone, damaged, or of another shape than the settings."""
    if not Path(settings.begin_with).expanduser().is_dir():
        raise Trouble(f"The published model {shown(settings.begin_with)} is not there any more.", AGAIN)
    published = look_into(Path(settings.begin_with), settings)
    _require_same(settings, published.settings)
    text = foreign.read(str(published.folder / TOKENIZER))
    for _ in foreign.tried_aside(text):
        pass
    tokenizer = foreign.loaded(text, published.end)
    return Begun(tokenizer, _fitted(_loaded(published), settings, tokenizer, published))


def _require_alike(name: str, found: Tensor | None, wanted: Tensor) -> None:
    if found is None or found.shape != wanted.shape:
        there = "lacking" if found is None else "×".join(map(str, found.shape))
        words = f"In the published model {name} is {there}, not {'×'.join(map(str, wanted.shape))}."
        raise Trouble(words, "Choose another model.")
    if not bool(found.isfinite().all()):
        raise Trouble(f"In the published model {name} has weights that are no numbers.", "Choose another model.")


def _require_same(wanted: Settings, found: Settings) -> None:
    pairs = [(name, getattr(wanted, name), getattr(found, name)) for name in SHAPE]
    for measure in (head_width, hidden_width, key_value_heads):
        pairs.append((measure.__name__, measure(wanted), measure(found)))
    own = ("biases", "gelu") if wanted.architecture == "gpt2" else ("rotation_base",)
    pairs += [(name, getattr(wanted, name), getattr(found, name)) for name in own]
    for name, here, there in pairs:
        if here != there:
            words = name.replace("_", " ")
            message = f"The {words} of {shown(Path(found.begin_with).name)} is {there}, and {here} was chosen."
            raise Trouble(message, AGAIN)
    if wanted.context > found.context:
        raise Trouble(f"{shown(Path(found.begin_with).name)} has a context of {found.context:,} tokens.", AGAIN)


def _loaded(published: Published) -> dict[str, Tensor]:
    """All weights under our names, with the numbers they have."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    architecture = published.settings.architecture
    theirs: dict[str, Tensor] = {}
    for path in weight_files(published.folder):
        try:
            theirs |= {full_name(name, architecture): weight for name, weight in load_file(path).items()}
        except (SafetensorError, OSError, ValueError) as error:
            raise Trouble(
                f"{shown(path.name)} cannot be read: {shown(str(error)[:200])}.", "Fetch it again."
            ) from error
    wanted = [name for place in places(published.settings) for name in place.theirs if name in theirs]
    if odd := [name for name in wanted if not theirs[name].is_floating_point()]:
        message = f"The weight {odd[0]} has no fractions: the model was packed."
        raise Trouble(message, "Choose the model as it was trained.")
    return to_ours(theirs, published.settings)


def _fitted(
    weights: dict[str, Tensor], settings: Settings, tokenizer: Tokenizer, published: Published
) -> dict[str, Tensor]:
    """In 32 bits, with a row for each token and position, and biases of 0 where there are others."""
    made = {name: weight.float().contiguous() for name, weight in weights.items()}
    tokens = len(tokenizer.vocabulary)
    for name in VOCABULARY:
        if name in made:
            made[name] = _rows(made[name], tokens, added=published.end is None)
    if "positions.weight" in made:
        made["positions.weight"] = made["positions.weight"][: settings.context].contiguous()
    if settings.architecture == "gpt2" and settings.biases:
        ones = [name for name in made if name.endswith(".weight") and made[name].dim() <= 2 and _adds(name)]
        for name in ones:
            made.setdefault(name.replace(".weight", ".bias"), torch.zeros(made[name].shape[0]))
    return made


def _rows(weight_VC: Tensor, tokens: int, added: bool) -> Tensor:
    """What was added knows nothing: it is the mean of the others, so that it is seldom likely."""
    kept_VC = weight_VC[: tokens - added]
    return torch.cat((kept_VC, kept_VC.mean(0, keepdim=True))) if added else kept_VC.contiguous()


def _adds(name: str) -> bool:
    return name not in (*VOCABULARY, "positions.weight")
