"""How large a model is before it is built: its numbers and its bytes, from the settings alone."""

from engine.settings import Settings

FLOAT = 4  # bytes
COPIES = 4  # weights, gradients, and AdamW's two memories


def parameters(settings: Settings, vocabulary: int) -> int:
    """Trained numbers of the model; the output matrix is the token embedding and counts once."""
    width = settings.width
    block = 4 * width**2 + 8 * width**2 + 2 * width  # attention, MLP, two norms
    positions = settings.context * width if settings.architecture == "gpt2" else 0
    return vocabulary * width + positions + settings.layers * block + width


def memory(settings: Settings, vocabulary: int) -> int:
    """Bytes a training step needs at its highest, an estimate on the safe side."""
    tokens = settings.batch_size * settings.context
    # numbers kept for the way back: per block about 18 C (norms, q k v, attention, MLP) and the MLP's 4 C twice more
    kept = settings.layers * 26 * settings.width + 3 * vocabulary
    return FLOAT * (COPIES * parameters(settings, vocabulary) + tokens * kept)
