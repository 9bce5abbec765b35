"""Writes numbers and marks as an event file of TensorBoard: the numbers as it writes them itself, in 32 bits.

Records of one series differ in a few bytes that lie at the same places, so they are made thousands at a time.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from struct import pack

import numpy as np

from engine.logs.frames import framed
from engine.logs.numbers import Mark, Numbers
from engine.logs.protobuf import EIGHT_BYTES, FOUR_BYTES, LENGTH, VARINT, as_field, as_varint

TIME, STEP, FILE_VERSION, SUMMARY = 1, 2, 3, 5  # fields of an event
VALUE = 1  # of a summary
TAG, SIMPLE_VALUE, TENSOR, METADATA = 1, 2, 8, 9  # of a value
STRINGS, STRING = 8, 7  # the field of a tensor that holds them, and their type
DTYPE, SHAPE = 1, 2
VERSION = b"brain.Event:2"
MARKS = "marks"  # the name under which TensorBoard shows them as text
PARTS = 64  # the file is written in so many stretches of steps, each of all series


def write(numbers: list[Numbers], marks: list[Mark], path: Path, begun: float) -> Iterator[float]:
    """`begun` is when the run began, in seconds since 1970. Yields the share that is done."""
    last = max((float(one.steps[-1]) for one in numbers if len(one.steps)), default=0.0)
    bounds = np.linspace(0, last + 1, PARTS + 1)
    with path.open("wb") as file:
        file.write(one_record(as_field(TIME, EIGHT_BYTES, pack("<d", begun)) + as_field(FILE_VERSION, LENGTH, VERSION)))
        for done, (low, high) in enumerate(pairwise(bounds), 1):
            for one in numbers:
                start, end = np.searchsorted(one.steps, (low, high))
                for name, values in one.columns.items():
                    for records in scalars(name, one.steps[start:end], one.times[start:end] + begun, values[start:end]):
                        file.write(records)
            yield done / PARTS
        for mark in marks:
            file.write(text(mark, begun))


def scalars(name: str, steps: np.ndarray, times: np.ndarray, values: np.ndarray) -> Iterator[bytes]:
    """Records of N numbers, those together whose steps have as many digits."""
    steps = steps.astype(np.int64)
    widths = 1 + sum(steps >= 1 << 7 * digits for digits in range(1, 9))
    for width in np.unique(widths).tolist():
        which = np.flatnonzero(widths == width)
        yield framed(events(name, steps[which], width, times[which], values[which])).tobytes()


def events(name: str, steps: np.ndarray, width: int, times: np.ndarray, values: np.ndarray) -> np.ndarray:
    """[N, L] uint8: one event a row; `width` is the number of digits, of 7 bits each, that every step has."""
    tag = as_field(TAG, LENGTH, name.encode("utf-8", "replace"))
    value = as_field(VALUE, LENGTH, tag + as_field(SIMPLE_VALUE, FOUR_BYTES, bytes(4)))
    head = as_varint(TIME << 3 | EIGHT_BYTES) + bytes(8) + as_varint(STEP << 3 | VARINT)
    row = head + bytes(width) + as_field(SUMMARY, LENGTH, value)
    made = np.tile(np.frombuffer(row, np.uint8), (len(steps), 1))
    made[:, 1:9] = bytes_of(times, "<f8")
    made[:, len(head) : len(head) + width] = digits_of(steps, width)
    with np.errstate(over="ignore"):  # beyond 32 bits it is inf
        made[:, -4:] = bytes_of(values, "<f4")
    return made


def digits_of(steps: np.ndarray, width: int) -> np.ndarray:
    """[N, width] uint8: the steps as variable-length numbers."""
    digits = (steps[:, None] >> 7 * np.arange(width)) & 0x7F
    digits[:, :-1] |= 0x80
    return digits.astype(np.uint8)


def bytes_of(values: np.ndarray, kind: str) -> np.ndarray:
    """[N, bytes of that kind] uint8."""
    return values.astype(kind).view(np.uint8).reshape(len(values), -1)


def text(mark: Mark, begun: float) -> bytes:
    """A record that TensorBoard shows among its texts."""
    words = as_field(STRINGS, LENGTH, mark.words.encode("utf-8", "replace"))
    tensor = as_field(DTYPE, VARINT, as_varint(STRING)) + as_field(SHAPE, LENGTH, b"") + words
    plugin = as_field(1, LENGTH, as_field(1, LENGTH, b"text"))
    value = as_field(TAG, LENGTH, MARKS.encode()) + as_field(TENSOR, LENGTH, tensor)
    summary = as_field(VALUE, LENGTH, value + as_field(METADATA, LENGTH, plugin))
    time = as_field(TIME, EIGHT_BYTES, pack("<d", mark.time + begun))
    return one_record(time + as_field(STEP, VARINT, as_varint(mark.step)) + as_field(SUMMARY, LENGTH, summary))


def one_record(content: bytes) -> bytes:
    """Ready to be written."""
    return framed(np.frombuffer(content, np.uint8)[None]).tobytes()
