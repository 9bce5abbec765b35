"""What is asked of the model, and how it is corrected."""

from typing import Literal

from pydantic import model_validator

from engine.declared import Declared, knob


class LearningSettings(Declared):
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
        lowest="off",
    )
    weight_decay: float = knob(
        0.1,
        "How strongly weights are pulled to 0 (matrices only)",
        0.0,
        1.0,
        group="optimizer",
        live=True,
        advanced=True,
    )

    # the task
    objective: Literal["causal", "masked", "infill"] = knob(
        "causal",
        "causal: predict the next token. masked: predict hidden tokens from both sides, as BERT does. "
        "infill: also learn to fill gaps",
        group="model",
    )
    masked_share: float = knob(
        0.15,
        "masked: share of the tokens that must be predicted",
        0.01,
        0.9,
        group="model",
        advanced=True,
        when={"objective": ("masked",)},
    )
    infill_share: float = knob(
        0.5,
        "infill: share of the windows that have a gap to fill",
        0.0,
        1.0,
        group="model",
        advanced=True,
        when={"objective": ("infill",)},
    )

    # the optimizer
    optimizer: Literal["adamw", "muon", "lion", "sgd"] = knob(
        "adamw",
        "How gradients become corrections. muon: orthogonal ones for matrices, AdamW for the rest. lion: only their "
        "signs. sgd: gradients with momentum",
        group="optimizer",
    )
    beta1: float = knob(
        0.9,
        "AdamW and Lion: memory of the gradient's mean",
        0.0,
        0.999,
        group="optimizer",
        advanced=True,
        when={"optimizer": ("adamw", "lion", "muon")},
    )
    beta2: float = knob(
        0.99,
        "AdamW: memory of the gradient's size; Lion: of its mean",
        0.0,
        0.9999,
        group="optimizer",
        advanced=True,
        when={"optimizer": ("adamw", "lion", "muon")},
    )
    momentum: float = knob(
        0.95,
        "Muon and SGD: share of the last correction that is kept",
        0.0,
        0.999,
        group="optimizer",
        advanced=True,
        when={"optimizer": ("muon", "sgd")},
    )
    micro_batches: int = knob(
        1,
        "Parts a batch is worked through in, one after the other: less memory, the same correction",
        1,
        64,
        group="optimizer",
        label="Parts of a batch",
        advanced=True,
    )
    average: float = knob(
        0.0,
        "Memory of the averaged weights (EMA), which are validated beside the present ones. 0 is off",
        0.0,
        0.9999,
        group="optimizer",
        label="Averaged weights",
        advanced=True,
        lowest="off",
    )
    skip_spikes: bool = knob(
        False, "Leave out a correction whose gradient is far off the last ones", group="optimizer", advanced=True
    )

    # the schedule
    schedule: Literal["cosine", "linear", "wsd", "constant"] = knob(
        "cosine",
        "How the learning rate falls after the warm-up. wsd: stays, and falls in the last part",
        group="optimizer",
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
    decay: float = knob(
        0.2,
        "Share of the horizon over which the rate falls: with wsd at its end, with “anneal now” from then on",
        0.0,
        1.0,
        group="optimizer",
        label="Decay share",
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
    seed: int = knob(1, "Same seed, same run", 0, 2**31 - 1, group="optimizer")

    @model_validator(mode="after")
    def _parts_are_not_empty(self) -> "LearningSettings":
        if self.micro_batches > self.batch_size:
            raise ValueError(f"A batch of {self.batch_size} cannot be worked through in {self.micro_batches} parts.")
        return self
