"""What is looked at while it learns, and how samples are written."""

from engine.declared import Declared, knob


class LookSettings(Declared):
    temperature: float = knob(
        0.8, "How daring the samples are: 0 always takes the likeliest token", 0.0, 2.0, group="sampling", live=True
    )
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
        lowest="all",
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
