"""Weights by name in the files of published models; the first of them leave out what all names begin with."""

PREFIX = {"gpt2": "transformer.", "modern": "model."}
EMBEDDING = {"gpt2": "transformer.wte.weight", "modern": "model.embed_tokens.weight"}
HEAD = "lm_head.weight"


def full_name(name: str, architecture: str) -> str:
    """As newer files have it."""
    return name if name.startswith((PREFIX[architecture], HEAD)) else PREFIX[architecture] + name
