"""How large a model is before it is built: its numbers, bytes and arithmetic, from the settings alone."""

from typing import NamedTuple

from engine.settings import Settings

FLOAT = 4  # bytes
COPIES = 4  # of each weight: itself, its gradient, and AdamW's two memories; others take about as much meanwhile
LOW_COPY = 0.8  # more with bf16: a copy of 16 bits and its gradients
PARTS_COPY = 1.6  # more when a batch is worked through in parts: gradients are added up while the next are made
LIBRARY = 142_000_000  # bytes torch takes for itself at the first step
SHARES = {"fp32": 2.0, "bf16": 1.2}  # numbers kept for each share, where shares are kept
PASSING_SHARES = 0.45  # where plain attention lets go of them
MLP = 0.5  # of what a block keeps, with an MLP of 4 widths
HEADS = 0.5  # the rest, with heads that share the width
DROPPED = 11  # numbers a token and channel that dropout keeps in a block
EXACT_ROWS = 2**16  # tables hold all n-grams up to here
BYTES = 257  # and the token between documents
CHARACTERS = 100  # about as many as English prose has
# of longer ones by their order: primes, as a power of two forgets all but the oldest token
HASHED_ROWS = {2: 16_381, 3: 32_749, 4: 65_521, 5: 131_071, 6: 262_139}


class Kept(NamedTuple):
    """Numbers of 32 bits kept for the way back, measured as the peaks of processes over three steps."""

    block: float  # for a token and channel of each block
    working: float  # of the block that is being computed
    logits: float  # for a token of the vocabulary


KEPT = {
    ("modern", "fp32"): Kept(34, 21, 4.0),
    ("modern", "bf16"): Kept(20, 7, 3.6),
    ("fast", "fp32"): Kept(27, 40, 4.5),
    ("fast", "bf16"): Kept(16, 0, 4.1),
    ("gpt2", "fp32"): Kept(17.5, 16, 4.0),
    ("gpt2", "bf16"): Kept(8.5, 7, 3.55),
}


def parameters(settings: Settings, vocabulary: int) -> int:
    """Trained numbers of the model; a tied output matrix is the token embedding and counts once."""
    width, fast = settings.width, settings.architecture == "fast"
    positions = settings.context * width if settings.architecture == "gpt2" else 0
    head = 0 if settings.tied else vocabulary * width
    norms = 0 if fast else width + settings.layers * 2 * width
    norms += gpt2_biases(settings) if settings.architecture == "gpt2" and settings.biases else 0
    gains = settings.layers * 2 * head_width(settings) if settings.architecture == "modern" else 0
    whole = vocabulary * width + positions + head + norms + gains + settings.layers * block_matrices(settings)
    return whole + (shortcuts(settings, vocabulary) if fast else 0)


def dense_parameters(settings: Settings, vocabulary: int) -> int:
    """Without the tables of n-grams, of which a token reads a few rows only."""
    return parameters(settings, vocabulary) - n_gram_numbers(settings, vocabulary)


def block_matrices(settings: Settings) -> int:
    """Numbers in the matrices of one block: queries, keys, values, back; and those of the MLP."""
    width, keys = settings.width, key_value_heads(settings) * head_width(settings)
    mlp = (3 if settings.architecture == "modern" else 2) * width * hidden_width(settings)
    return 2 * width * (queries_width(settings) + keys) + mlp


def gpt2_biases(settings: Settings) -> int:
    """Numbers that are added: by norms, by queries, keys, values and back, and by both matrices of the MLP."""
    in_a_block = 4 * settings.width + 3 * queries_width(settings) + hidden_width(settings)
    return settings.layers * in_a_block + settings.width


def shortcuts(settings: Settings, vocabulary: int) -> int:
    """Numbers that only the architecture “fast” has."""
    mixtures = 2 * settings.layers if settings.first_stream else 0
    shift = settings.width if settings.token_shift else 0
    with_values = settings.layers // 2 if settings.value_embeddings else 0
    values = with_values * vocabulary * key_value_heads(settings) * head_width(settings)
    return mixtures + shift + values + n_gram_numbers(settings, vocabulary)


def n_gram_numbers(settings: Settings, vocabulary: int) -> int:
    """In the tables of n-grams, whose optimizer remembers next to nothing."""
    if settings.architecture != "fast":
        return 0
    return settings.width * sum(n_gram_rows(vocabulary, order) for order in range(2, settings.n_grams + 1))


def multiplied(settings: Settings, vocabulary: int) -> int:
    """Numbers each token is multiplied with: what scaling laws count."""
    return settings.layers * block_matrices(settings) + vocabulary * settings.width


def training_flops(settings: Settings, vocabulary: int) -> int:
    """Arithmetic of one token, forward and back: 6 a number of every matrix, and 12 C T a block for attention.

    As PaLM counts (Chowdhery et al. 2022, appendix B): attention over the whole window, though the past is half of it.
    """
    attention = 12 * settings.layers * queries_width(settings) * settings.context
    return 6 * multiplied(settings, vocabulary) + attention


def expected_vocabulary(settings: Settings) -> int:
    """Tokens the model will know, before the text was read."""
    return {"byte": BYTES, "character": CHARACTERS}.get(settings.tokenizer, settings.vocabulary)


def step_flops(settings: Settings, vocabulary: int) -> int:
    """Arithmetic of one step."""
    return settings.batch_size * settings.context * training_flops(settings, vocabulary)


def memory(settings: Settings, vocabulary: int) -> int:
    """Bytes a training step needs at its highest, an estimate on the safe side: what is auto may become either."""
    precisions = ("fp32", "bf16") if settings.precision == "auto" else (settings.precision,)
    kept = max(kept_numbers(settings, vocabulary, precision) for precision in precisions)
    low = LOW_COPY if "bf16" in precisions else 0.0
    copies = COPIES + (settings.average > 0) + low + (PARTS_COPY if settings.micro_batches > 1 else 0.0)
    weights = copies * dense_parameters(settings, vocabulary) + n_gram_numbers(settings, vocabulary)
    return LIBRARY + round(FLOAT * (weights + kept))


def kept_numbers(settings: Settings, vocabulary: int, precision: str) -> float:
    """Of all tokens of a part of the batch, in numbers of 32 bits."""
    kept = KEPT[settings.architecture, precision]
    block = kept.block * (
        1 + MLP * (expansion(settings) / 4 - 1) + HEADS * (queries_width(settings) / settings.width - 1)
    )
    a_token = settings.width * (settings.layers * block + kept.working) + vocabulary * kept.logits
    if settings.dropout:
        a_token += settings.layers * settings.width * DROPPED
    shares = settings.layers * settings.heads * settings.context
    if settings.dropout or (settings.attention != "fused" and settings.objective == "masked"):
        a_token += shares * SHARES[precision]
    elif settings.attention != "fused":
        a_token += shares * PASSING_SHARES
    return -(-settings.batch_size // settings.micro_batches) * settings.context * a_token


def head_width(settings: Settings) -> int:
    """Channels of one attention head."""
    return settings.head_width or settings.width // settings.heads


def queries_width(settings: Settings) -> int:
    """Channels of all heads together: the width, unless heads have one of their own."""
    return settings.heads * head_width(settings)


def expansion(settings: Settings) -> float:
    """Width of the MLP in widths, those of SwiGLU's three matrices counted as two."""
    if not settings.hidden:
        return settings.expansion
    return settings.hidden / settings.width * (1.5 if settings.architecture == "modern" else 1)


def key_value_heads(settings: Settings) -> int:
    """Heads that keys and values have."""
    return settings.heads if settings.architecture == "gpt2" else settings.key_value_heads or settings.heads


def hidden_width(settings: Settings) -> int:
    """Of the MLP; for the three matrices of SwiGLU two thirds of it, in steps of 8, so that no number is added."""
    if settings.hidden:
        return settings.hidden
    hidden = settings.expansion * settings.width
    return -(-hidden // 12) * 8 if settings.architecture == "modern" else hidden


def n_gram_rows(vocabulary: int, order: int) -> int:
    """One for each n-gram there can be, or as many as a hash has."""
    return vocabulary**order if vocabulary**order <= EXACT_ROWS else HASHED_ROWS[order]
