"""What may be chosen about a run, declared once."""

from typing import Literal

from pydantic import model_validator

from engine.declared import Declared, knob


class Settings(Declared):
    """Everything that decides a run: the same settings on the same machine give the same numbers."""

    # what can be turned while it runs
    learning_rate: float = knob(
        2e-3,
        "How far each correction goes, at its highest",
        1e-5,
        1e-1,
        group="optimizer",
        label="Peak learning rate",
        log=True,
        live=True,
    )
    batch_size: int = knob(
        24, "Windows of text read for each correction", 1, 512, group="optimizer", unit="windows", log=True, live=True
    )
    clip: float = knob(
        1.0,
        "Longest gradient that is followed as it is; longer ones are cut to this length. 0 is off",
        0.0,
        10.0,
        group="optimizer",
        label="Gradient clip",
        live=True,
    )
    temperature: float = knob(
        0.8, "How daring the samples are: 0 always takes the likeliest token", 0.0, 2.0, group="sampling", live=True
    )

    # the text
    corpus: str = knob(
        "stories", "What is read: a built-in corpus, or the path of a text file or folder", group="corpus"
    )
    megabytes: int = knob(
        4,
        "How much of the built-in stories to make",
        1,
        100,
        group="corpus",
        label="Stories size",
        unit="MB",
        log=True,
        advanced=True,
    )
    tokenizer: Literal["bpe", "character", "byte"] = knob("bpe", "How text is cut into tokens", group="corpus")
    vocabulary: int = knob(
        1024, "Different tokens a BPE tokenizer may have", 260, 32768, group="corpus", unit="tokens", log=True
    )

    # the model
    architecture: Literal["modern", "gpt2"] = knob(
        "modern", "modern: RoPE, RMSNorm, QK-norm. gpt2: learned positions, LayerNorm", group="model"
    )
    layers: int = knob(4, "Transformer blocks, one after the other", 1, 24, group="model")
    heads: int = knob(4, "Attention heads in each block; must divide the width", 1, 24, group="model")
    width: int = knob(128, "Numbers that describe one token inside the model", 16, 1536, group="model", log=True)
    context: int = knob(64, "Tokens the model sees at once", 8, 1024, group="model", unit="tokens", log=True)

    # how it learns
    schedule: Literal["cosine", "linear", "constant"] = knob(
        "cosine", "How the learning rate falls after the warm-up", group="optimizer"
    )
    horizon: int = knob(
        5000, "Step at which the learning rate has come down", 1, 10_000_000, group="optimizer", unit="steps", log=True
    )
    warmup: int = knob(
        100,
        "Steps over which the learning rate rises from 0",
        0,
        100_000,
        group="optimizer",
        label="Warm-up",
        unit="steps",
        advanced=True,
    )
    final_rate: float = knob(
        0.1,
        "Learning rate at the horizon, as a share of the peak",
        0.0,
        1.0,
        group="optimizer",
        label="Final share",
        advanced=True,
    )
    weight_decay: float = knob(
        0.1, "How strongly weights are pulled to 0 (matrices only)", 0.0, 1.0, group="optimizer", advanced=True
    )
    beta1: float = knob(0.9, "AdamW: memory of the gradient's mean", 0.0, 0.999, group="optimizer", advanced=True)
    beta2: float = knob(0.99, "AdamW: memory of the gradient's size", 0.0, 0.9999, group="optimizer", advanced=True)
    seed: int = knob(1, "Same seed, same run", 0, 2**31 - 1, group="optimizer")

    # what is looked at
    probe: str = knob(
        "Mira put the lantern on the table because it was dark.",
        "Sentence the model is asked about",
        group="looks",
        label="Probe text",
        advanced=True,
    )
    validate_every: int = knob(
        100,
        "Steps between two measurements on held-out text",
        1,
        100_000,
        group="looks",
        unit="steps",
        log=True,
        advanced=True,
    )
    sample_every: int = knob(
        200, "Steps between two samples", 1, 100_000, group="sampling", unit="steps", log=True, advanced=True
    )
    sample_length: int = knob(
        80, "Tokens a sample has", 1, 1000, group="sampling", unit="tokens", log=True, advanced=True
    )
    prompt: str = knob("Once upon a time", "First words of each sample", group="sampling", advanced=True)
    top_k: int = knob(
        40,
        "Samples choose among this many likeliest tokens. 0 is all",
        0,
        1000,
        group="sampling",
        live=True,
        advanced=True,
    )
    top_p: float = knob(
        0.95,
        "Samples choose among the likeliest tokens that together have this chance",
        0.01,
        1.0,
        group="sampling",
        live=True,
        advanced=True,
    )

    # the machine
    device: Literal["auto", "cpu", "cuda", "mps"] = knob("auto", "Where it computes", group="machine", advanced=True)
    threads: int = knob(0, "Processor threads. 0 chooses", 0, 256, group="machine", advanced=True)

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.width % self.heads:
            raise ValueError(f"{self.heads} heads cannot share a width of {self.width} evenly.")
        if self.architecture == "modern" and (self.width // self.heads) % 2:
            raise ValueError(
                f"A head of width {self.width // self.heads} cannot rotate pairs of numbers; it must be even."
            )
        return self
