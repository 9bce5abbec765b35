"""What only the numbers of a published model tell of its shape, read as bytes: without torch, and of any type."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from engine.export.importing_names import EMBEDDING, HEAD, full_name

Numbers = np.ndarray  # of a weight, as bytes


def has_biases(files: Iterable[Path]) -> bool:
    """Whether any bias of a GPT-2 is more than zeros; the masks that old files call so are none."""
    return any(
        numbers.any()
        for path in files
        for _, shape, numbers in _weights(path, "gpt2", ending=".bias")
        if len(shape) == 1
    )


def has_own_head(files: Iterable[Path], architecture: str) -> bool:
    """Whether there is an output matrix that differs from the embedding: `transformers` then never ties them."""
    names = HEAD, EMBEDDING[architecture]
    found = {name: numbers for path in files for name, _, numbers in _weights(path, architecture) if name in names}
    return len(found) == len(names) and not np.array_equal(found[names[0]], found[names[1]])


def _weights(path: Path, architecture: str, ending: str = "") -> Iterator[tuple[str, tuple[int, ...], Numbers]]:
    """Name, shape and bytes of each weight of a safetensors file that is sound."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    for name, facts in header.items():
        if name != "__metadata__" and name.endswith(ending):
            begin, end = facts["data_offsets"]
            numbers = np.memmap(path, np.uint8, "r", 8 + length + begin, end - begin) if end > begin else np.zeros(0)
            yield full_name(name, architecture), tuple(facts["shape"]), numbers
