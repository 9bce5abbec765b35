"""How large a model is before it is built: its numbers, bytes and arithmetic, from the settings alone."""

from engine.settings import Settings

FLOAT = 4  # bytes
COPIES = 4  # weights, gradients, and AdamW's two memories
KEPT = {"modern": 66, "fast": 56, "gpt2": 32}  # numbers a token and channel that one block keeps for the way back
LIBRARY = 120_000_000  # bytes torch takes for itself at the first step
EXACT_ROWS = 2**16  # tables hold all n-grams up to here
HASHED_ROWS = 2**14  # of longer ones, as many as a hash has


def parameters(settings: Settings, vocabulary: int) -> int:
    """Trained numbers of the model; a tied output matrix is the token embedding and counts once."""
    width, fast = settings.width, settings.architecture == "fast"
    positions = settings.context * width if settings.architecture == "gpt2" else 0
    head = 0 if settings.tied else vocabulary * width
    norms = 0 if fast else width + settings.layers * 2 * width
    gains = settings.layers * 2 * head_width(settings) if settings.architecture == "modern" else 0
    whole = vocabulary * width + positions + head + norms + gains + settings.layers * block_matrices(settings)
    return whole + (shortcuts(settings, vocabulary) if fast else 0)


def block_matrices(settings: Settings) -> int:
    """Numbers in the matrices of one block: queries, keys, values, back; and those of the MLP."""
    width, keys = settings.width, key_value_heads(settings) * head_width(settings)
    mlp = (3 if settings.architecture == "modern" else 2) * width * hidden_width(settings)
    return 2 * width * width + 2 * width * keys + mlp


def shortcuts(settings: Settings, vocabulary: int) -> int:
    """Numbers that only the architecture “fast” has."""
    mixtures = 2 * settings.layers if settings.first_stream else 0
    with_values = settings.layers // 2 if settings.value_embeddings else 0
    values = with_values * vocabulary * key_value_heads(settings) * head_width(settings)
    grams = sum(n_gram_rows(vocabulary, order) for order in range(2, settings.n_grams + 1))
    return mixtures + values + grams * settings.width


def training_flops(settings: Settings, vocabulary: int) -> int:
    """Arithmetic of one token, forward and back: 6 a number of every matrix, and 12 C T a block for attention.

    As PaLM counts (Chowdhery et al. 2022, appendix B): attention over the whole window, though the past is half of it.
    """
    matrices = settings.layers * block_matrices(settings) + vocabulary * settings.width
    return 6 * matrices + 12 * settings.layers * settings.width * settings.context


def memory(settings: Settings, vocabulary: int) -> int:
    """Bytes a training step needs at its highest, an estimate on the safe side."""
    tokens = -(-settings.batch_size // settings.micro_batches) * settings.context
    kept = settings.layers * KEPT[settings.architecture] * settings.width + 3 * vocabulary  # logits, chances, gradient
    copies = COPIES + (settings.average > 0)
    return LIBRARY + FLOAT * (copies * parameters(settings, vocabulary) + tokens * kept)


def head_width(settings: Settings) -> int:
    """Channels of one attention head."""
    return settings.width // settings.heads


def key_value_heads(settings: Settings) -> int:
    """Heads that keys and values have."""
    return settings.heads if settings.architecture == "gpt2" else settings.key_value_heads or settings.heads


def hidden_width(settings: Settings) -> int:
    """Of the MLP: 4 widths, or for the three matrices of SwiGLU two thirds of that, in steps of 8."""
    return -(-8 * settings.width // 24) * 8 if settings.architecture == "modern" else 4 * settings.width


def n_gram_rows(vocabulary: int, order: int) -> int:
    """One for each n-gram there can be, or as many as a hash has."""
    return vocabulary**order if vocabulary**order <= EXACT_ROWS else HASHED_ROWS
