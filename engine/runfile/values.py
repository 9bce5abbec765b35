"""A field of an event as SQLite stores it, and back.

Nothing is ever unpickled, and an array says its size before memory is given to it: a file may come from a stranger.
"""

import io
import json
import zlib
from collections.abc import Sequence
from math import nan, prod
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np

from engine.events import KINDS, Event

LARGEST_ARRAY = 2**28  # bytes; a stranger's blob may claim to unpack to any size
LONGEST_TEXT = 20_000  # characters; of a longer one, such as an endless sample, the beginning is read
LONGEST_SETTINGS, LONGEST_LIST = 2**20, 2**24  # characters of JSON, which takes fifty times as much once it is read
HIGHEST_STEP = 2**53  # a float holds all before it
HEADER = 12_000  # bytes in which the description of an array ends
BOUNDS = {"T": (0, 2**14), "K": (0, 2**10), "L": (1, 2**8), "H": (1, 2**8)}  # far more than any model has
WHOLE = {"tokens", "guesses", "counts", "attention"}  # arrays of numbers from 0 on; all others are of fractions

TYPES = {kind: get_type_hints(kind) for kind in KINDS}


def packed(value: Any) -> Any:
    """A field as SQLite stores it."""
    match value:
        case np.ndarray():
            raw = io.BytesIO()
            np.save(raw, value, allow_pickle=False)
            return zlib.compress(raw.getvalue(), 1)
        case str():
            try:
                value.encode()
            except UnicodeEncodeError:  # stray bytes and half characters, kept as they are
                return value.encode("utf-8", "surrogatepass")
            return value
        case int() | float() | None:
            return value
        case _:
            return json.dumps(value)


def unpacked(value: Any, kind: Any) -> Any:
    """The other way; SQLite has no NaN and gives None for it. Raises ValueError or TypeError for what cannot be."""
    if kind is np.ndarray:
        return array_of(value)
    if kind is float:
        return nan if value is None else float(value)
    if kind is int:
        return int(value)
    if kind is str:
        text = value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else str(value)
        return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    longest = LONGEST_SETTINGS if get_origin(kind) is dict else LONGEST_LIST
    made = parsed(value, longest) if isinstance(value, str) else value
    made = tuple(made) if isinstance(made, list) else made
    if not fits(made, kind):
        raise ValueError(f"{str(made)[:40]} is no {kind}")
    return made


def parsed(text: str, longest: int) -> Any:
    """What it says as JSON. Raises ValueError, also for a longer one."""
    if len(text) > longest:
        raise ValueError(f"{len(text):,} characters are too many")
    return json.loads(text)


def fits(value: Any, kind: Any) -> bool:
    """Whether what JSON gave is of that type: a dict, a tuple of one type, a number, or any of several."""
    inner = get_args(kind)
    match get_origin(kind):
        case None:
            return value is None if kind is NoneType else isinstance(value, (int, float) if kind is float else kind)
        case origin if origin is tuple:
            return isinstance(value, tuple) and all(fits(one, inner[0]) for one in value)
        case origin if origin is dict:
            return isinstance(value, dict)
        case _:
            return any(fits(value, one) for one in inner)


def event_of(kind: type[Event], names: list[str], values: Sequence[Any]) -> Event:
    """A row as the event it was. Raises ValueError or TypeError for what is none."""
    types = TYPES[kind]
    if not 0 <= int(values[names.index("step")]) < HIGHEST_STEP:
        raise ValueError("a step is out of bounds")
    made = {name: unpacked(value, types[name]) for name, value in zip(names, values, strict=True)}
    arrays = {name: value for name, value in made.items() if types[name] is np.ndarray}
    require_numbers(arrays)
    require_shapes(arrays)
    return kind(**made)


def require_numbers(arrays: dict[str, np.ndarray]) -> None:
    """Of the kind that panels rely on: a token is looked up, a share of attention becomes a colour."""
    for name, array in arrays.items():
        whole = name.rsplit("_", 1)[0] in WHOLE
        if array.dtype.kind not in ("iu" if whole else "f") or (whole and array.min(initial=0) < 0):
            raise ValueError(f"{name} holds {array.dtype}")


def require_shapes(arrays: dict[str, np.ndarray]) -> None:
    """As their names say, on which panels rely: tokens_T, attention_LHTT, guesses_NK with N = T + 1."""
    sizes: dict[str, int] = {}
    for name, array in arrays.items():
        letters = name.rsplit("_", 1)[1]
        if array.ndim != len(letters):
            raise ValueError(f"{name} has {array.ndim} dimensions")
        for letter, size in zip(letters, array.shape, strict=True):
            if sizes.setdefault(letter, size) != size:
                raise ValueError(f"{name} is {array.shape}")
            least, most = BOUNDS.get(letter, (0, LARGEST_ARRAY))
            if not least <= size <= most:
                raise ValueError(f"{name} is {array.shape}")
    if "N" in sizes and "T" in sizes and sizes["N"] != sizes["T"] + 1:
        raise ValueError(f"{sizes['N']} places for {sizes['T']} tokens")


def array_of(blob: bytes) -> np.ndarray:
    """Compressed .npy of numbers; ValueError where it would unpack to more than LARGEST_ARRAY."""
    unpacking = zlib.decompressobj()
    start = unpacking.decompress(blob, HEADER)
    file = io.BytesIO(start)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("an array is not of format 1.0")
    shape, columns_first, dtype = np.lib.format.read_array_header_1_0(file)
    size = prod(shape) * dtype.itemsize
    if size > LARGEST_ARRAY or min(shape, default=0) < 0:
        raise ValueError("an array is too large")
    if dtype.kind not in "biuf":
        raise ValueError("an array is not of numbers")
    rest = unpacking.decompress(unpacking.unconsumed_tail, max(1, size))
    raw = (start[file.tell() :] + rest)[:size]
    return np.frombuffer(raw, dtype).reshape(shape, order="F" if columns_first else "C").copy()
