"""Tokens that an objective needs besides the tokenizer's own: they stand behind those in the model's vocabulary."""

MASK = "<|mask|>"
PREFIX, SUFFIX, MIDDLE = "<|prefix|>", "<|suffix|>", "<|middle|>"
GAP = PREFIX, SUFFIX, MIDDLE
SPECIAL: dict[str, tuple[str, ...]] = {"causal": (), "masked": (MASK,), "infill": GAP}
