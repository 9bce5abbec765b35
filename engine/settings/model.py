"""How the model is built. What only the architecture “fast” has says so; the others are shaped like published ones."""

from typing import Literal

from pydantic import model_validator

from engine.declared import Declared, knob


class ModelSettings(Declared):
    architecture: Literal["modern", "fast", "gpt2"] = knob(
        "modern",
        "modern: RoPE, RMSNorm, QK-norm, SwiGLU, as Qwen3 has them. fast: every shortcut that pays in a short run. "
        "gpt2: learned positions, LayerNorm, GELU",
        group="model",
    )
    layers: int = knob(4, "Transformer blocks, one after the other", 1, 48, group="model")
    heads: int = knob(4, "Attention heads in each block; must divide the width", 1, 48, group="model")
    width: int = knob(128, "Numbers that describe one token inside the model", 16, 2048, group="model", log=True)
    context: int = knob(64, "Tokens the model sees at once", 8, 2048, group="model", unit="tokens", log=True)
    expansion: int = knob(
        4,
        "Width of the MLP inside a block, in widths",
        1,
        8,
        group="model",
        label="MLP expansion",
        unit="widths",
        advanced=True,
    )
    hidden: int = knob(
        0,
        "The same in numbers, as published models have it. 0 follows the expansion",
        0,
        16384,
        group="model",
        label="MLP width",
        advanced=True,
        lowest="by expansion",
    )
    head_width: int = knob(
        0,
        "Numbers of one attention head. 0 is the width shared among the heads",
        0,
        256,
        group="model",
        advanced=True,
        lowest="shared",
    )
    key_value_heads: int = knob(
        0,
        "Heads that keys and values have, each shared by several query heads (GQA). 0 is one for each; not for gpt2",
        0,
        48,
        group="model",
        label="Key and value heads",
        advanced=True,
        when={"architecture": ("modern", "fast")},
        lowest="one each",
    )
    rotation_base: float = knob(
        10_000.0,
        "How far positions can be told apart by their rotation (RoPE base); not for gpt2",
        100.0,
        100_000_000.0,
        group="model",
        label="Rotation base",
        log=True,
        advanced=True,
        when={"architecture": ("modern", "fast")},
    )
    biases: bool = knob(
        False,
        "gpt2: matrices and norms add a number to each channel, as the published GPT-2 does",
        group="model",
        advanced=True,
        when={"architecture": ("gpt2",)},
    )
    gelu: Literal["exact", "tanh"] = knob(
        "exact",
        "gpt2: GELU as it is defined, or by tanh as the published GPT-2 has it",
        group="model",
        label="GELU",
        advanced=True,
        when={"architecture": ("gpt2",)},
    )
    tied: bool = knob(
        True,
        "The output matrix is the token embedding, one matrix instead of two",
        group="model",
        label="Tied output",
        advanced=True,
    )
    dropout: float = knob(
        0.0, "Share of the numbers set to 0 at random while training", 0.0, 0.9, group="model", advanced=True
    )
    relu_squared: bool = knob(
        True,
        "fast: the MLP squares what is above 0, instead of GELU",
        group="model",
        label="Squared ReLU",
        advanced=True,
        when={"architecture": ("fast",)},
    )
    zero_projections: bool = knob(
        True,
        "fast: what a block adds begins at 0, and so does an untied output",
        group="model",
        label="Zero projections",
        advanced=True,
        when={"architecture": ("fast",)},
    )
    token_shift: bool = knob(
        True,
        "fast: the embedding of the token before is mixed in by learned numbers",
        group="model",
        label="Token shift",
        advanced=True,
        when={"architecture": ("fast",)},
    )
    first_stream: bool = knob(
        False,
        "fast: each block sees the embedding again, mixed in by a learned number (x0)",
        group="model",
        label="First stream",
        advanced=True,
        when={"architecture": ("fast",)},
    )
    value_embeddings: bool = knob(
        False,
        "fast: each token adds a row of its own to the values of every second block",
        group="model",
        label="Value embeddings",
        advanced=True,
        when={"architecture": ("fast",)},
    )
    n_grams: int = knob(
        3,
        "fast: rows for the last 2, 3 … tokens together are added to the embedding. 1 is off",
        1,
        6,
        group="model",
        label="n-gram input",
        unit="tokens",
        advanced=True,
        when={"architecture": ("fast",)},
        lowest="off",
    )
    soft_cap: float = knob(
        0.0,
        "fast: logits stay below this, softly. 0 is off",
        0.0,
        100.0,
        group="model",
        advanced=True,
        when={"architecture": ("fast",)},
        lowest="off",
    )

    begin_with: str = knob(
        "",
        "Folder of a published model whose weights a new run begins with. Empty: it begins by chance",
        group="model",
        label="Begins with",
        advanced=True,
    )

    @model_validator(mode="after")
    def _heads_share_the_width(self) -> "ModelSettings":
        if not self.head_width and self.width % self.heads:
            raise ValueError(f"{self.heads} heads cannot share a width of {self.width} evenly.")
        head = self.head_width or self.width // self.heads
        if self.architecture != "gpt2" and head % 2:
            raise ValueError(f"A head of width {head} cannot rotate pairs of numbers; it must be even.")
        if self.key_value_heads and self.heads % self.key_value_heads:
            raise ValueError(
                f"{self.heads} query heads cannot share {self.key_value_heads} key and value heads evenly."
            )
        return self
