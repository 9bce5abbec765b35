"""Where and how it computes, and how often it is saved."""

from typing import Literal

from engine.declared import Declared, knob


class MachineSettings(Declared):
    device: Literal["auto", "cpu", "cuda", "mps"] = knob("auto", "Where it computes", group="machine", advanced=True)
    threads: int = knob(
        0,
        "Processor threads. 0 measures how many are fastest",
        0,
        256,
        group="machine",
        live=True,
        advanced=True,
        lowest="auto",
    )
    precision: Literal["auto", "fp32", "bf16"] = knob(
        "auto",
        "Numbers of 32 bits, or of 16 where they are faster. auto measures which",
        group="machine",
        advanced=True,
    )
    attention: Literal["auto", "fused", "plain"] = knob(
        "auto",
        "Attention as one kernel, or in plain steps. auto measures which is faster",
        group="machine",
        label="Attention kernel",
        advanced=True,
    )
    compiled: bool = knob(
        False,
        "Compile the model first: about a minute before the first step, and needs a C++ compiler; for long runs",
        group="machine",
        label="Compile",
        advanced=True,
    )
    save_every: int = knob(
        500,
        "Steps between two saves. 0 saves only at the end",
        0,
        1_000_000,
        group="machine",
        unit="steps",
        advanced=True,
        lowest="at the end",
    )
    milestones: bool = knob(
        True,
        "Also keep steps 0, 1, 2, 4 … 512, 1,000 and every 1,000 after, to go back to",
        group="machine",
        advanced=True,
    )
