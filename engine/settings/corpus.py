"""Which texts are read and mixed, how they are spoiled on purpose, and how they are cut."""

from typing import Any, Literal

from pydantic import field_validator, model_validator

from engine.corpus.built_in import WORLD
from engine.declared import Declared, knob

CUT = ("bpe", "unigram", "wordpiece")  # tokenizers that are learned, and have a size


class CorpusSettings(Declared):
    corpus: tuple[str, ...] = knob(
        ("stories",),
        "What is read: built-in texts, files, folders or data sets; several are mixed. “world” is all that rules make",
        group="corpus",
    )
    weights: tuple[float, ...] = knob(
        (),
        "How often each text is read, in their order; left out: each as often as it is long",
        group="mixture",
        live=True,
    )
    megabytes: int = knob(
        4,
        "How much of the built-in texts to make, all together",
        1,
        100,
        group="corpus",
        label="Built-in size",
        unit="MB",
        log=True,
        advanced=True,
    )
    tokenizer: Literal["bpe", "unigram", "wordpiece", "character", "byte", "file"] = knob(
        "bpe", "How text is cut into tokens", group="corpus"
    )
    tokenizer_file: str = knob(
        "",
        "A tokenizer.json to cut the text with",
        group="corpus",
        label="Tokenizer file",
        when={"tokenizer": ("file",)},
    )
    vocabulary: int = knob(
        1024,
        "Different tokens a learned tokenizer may have",
        260,
        32768,
        group="corpus",
        unit="tokens",
        log=True,
        when={"tokenizer": CUT},
    )
    duplicates: float = knob(
        0.0, "Share of the training text that is replaced by copies of the rest", 0.0, 0.9, group="spoiling"
    )
    typos: float = knob(0.0, "Share of the words that are mistyped", 0.0, 0.9, group="spoiling")
    shuffled: float = knob(
        0.0, "Share of the words that have changed places", 0.0, 0.9, group="spoiling", label="Shuffled words"
    )
    boilerplate: float = knob(
        0.0, "Share of the documents that end in a line that says nothing", 0.0, 0.9, group="spoiling"
    )

    @field_validator("corpus", mode="before")
    @classmethod
    def _one_is_several(cls, value: Any) -> Any:
        """A word may stand for one text, and “world” for several."""
        names = (value,) if isinstance(value, str) else value
        return tuple(one for name in names for one in (WORLD if name == "world" else (name,)))

    @model_validator(mode="after")
    def _mixes(self) -> "CorpusSettings":
        if not self.corpus:
            raise ValueError("No text is chosen")
        if len(set(self.corpus)) < len(self.corpus):
            raise ValueError("One text is chosen twice; give it more weight instead")
        if self.weights and len(self.weights) != len(self.corpus):
            raise ValueError(f"Each of the {len(self.corpus)} texts needs a weight, {len(self.weights)} given")
        if self.weights and (min(self.weights) < 0 or not 0 < sum(self.weights) < float("inf")):
            raise ValueError("At least one text needs a weight above 0, and none a weight below")
        return self
