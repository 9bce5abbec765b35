"""The same few sentences in five languages, to see what a tokenizer makes of each."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType


def _read() -> Mapping[str, tuple[str, ...]]:
    text = (files("assets") / "corpora" / "languages" / "same.txt").read_text("utf-8")
    blocks = (block.strip().split("\n") for block in text.split("## ")[1:])
    return MappingProxyType({language: tuple(sentences) for language, *sentences in blocks})


SAME = _read()  # language: its sentences; the one at a place means the same in each
