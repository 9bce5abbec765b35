"""How large a model is before it is built: its numbers and its bytes, from the settings alone."""

from engine.settings import Settings

FLOAT = 4  # bytes
COPIES = 4  # weights, gradients, and AdamW's two memories
KEPT = {"modern": 52, "gpt2": 32}  # numbers a token and channel that one block keeps for the way back, as measured
LIBRARY = 120_000_000  # bytes torch takes for itself at the first step


def parameters(settings: Settings, vocabulary: int) -> int:
    """Trained numbers of the model; the output matrix is the token embedding and counts once."""
    width = settings.width
    block = 4 * width**2 + 8 * width**2 + 2 * width  # attention, MLP, two norms
    positions = settings.context * width if settings.architecture == "gpt2" else 0
    return vocabulary * width + positions + settings.layers * block + width


def memory(settings: Settings, vocabulary: int) -> int:
    """Bytes a training step needs at its highest, an estimate on the safe side."""
    tokens = settings.batch_size * settings.context
    kept = settings.layers * KEPT[settings.architecture] * settings.width + 3 * vocabulary  # logits, chances, gradient
    return LIBRARY + FLOAT * (COPIES * parameters(settings, vocabulary) + tokens * kept)
