"""Which text is read, and how it is cut."""

from typing import Literal

from engine.declared import Declared, knob


class CorpusSettings(Declared):
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
        when={"corpus": ("stories",)},
    )
    tokenizer: Literal["bpe", "character", "byte"] = knob("bpe", "How text is cut into tokens", group="corpus")
    vocabulary: int = knob(
        1024,
        "Different tokens a BPE tokenizer may have",
        260,
        32768,
        group="corpus",
        unit="tokens",
        log=True,
        when={"tokenizer": ("bpe",)},
    )
