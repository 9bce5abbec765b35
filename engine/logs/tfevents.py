"""Reads the scalars of TensorBoard's event files, written in any way that is in use: as plain numbers or as tensors.

An event is wall time, step and a summary of named values, in this order. Nearly all summaries of a name differ in the
bytes of the number alone, so where the number lies is found out once for each name.
"""

from collections.abc import Iterator
from contextlib import suppress
from math import inf
from pathlib import Path
from struct import error, unpack_from
from typing import NamedTuple

from engine.logs.frames import blocks
from engine.logs.log import MOST_SERIES, Gathering
from engine.logs.protobuf import EIGHT_BYTES, FOUR_BYTES, LENGTH, VARINT, Field, fields, varint

STEP, SUMMARY = 2, 5  # fields of an event
WALL_TIME_KEY, STEP_KEY = 1 << 3 | EIGHT_BYTES, STEP << 3 | VARINT
TAG, SIMPLE_VALUE, TENSOR = 1, 2, 8  # fields of a value
DTYPE, SHAPE, CONTENT, FLOATS, DOUBLES = 1, 2, 4, 5, 6  # fields of a tensor
FLOAT, DOUBLE = 1, 2  # types of a tensor
FORMATS = {4: "<f", 8: "<d"}  # by width
DAMAGE = (ValueError, IndexError, error)
MOST_SPOTS = 8  # for each length of a summary; more are looked for each time


class Place(NamedTuple):
    """A named number within the bytes of a summary."""

    name: str
    start: int
    width: int  # bytes


def read(path: Path, gathering: Gathering, prefix: str = "") -> Iterator[int]:
    """Adds every scalar, named with `prefix`; yields bytes read so far, now and then."""
    scalars = Scalars(gathering, prefix)
    with path.open("rb") as file:
        for block in blocks(file):
            for event in block.records:
                scalars.take(event)
            for _ in range(block.damaged):
                gathering.leave_out("damaged record", "damaged records")
            if block.broken:
                gathering.leave_out("damaged end of a file", "damaged ends of files")
            yield block.read


def begun(path: Path) -> float:
    """Wall time of the first event, by which the files of one run are put in order; inf if there is none."""
    with path.open("rb") as file:
        for block in blocks(file):
            for event in block.records:
                with suppress(*DAMAGE):
                    return head(event)[0]
    return inf


def head(event: bytes) -> tuple[float, int, int]:
    """Wall time, step, and where the rest begins."""
    time, step, at = 0.0, 0, 0
    if event[at] == WALL_TIME_KEY:
        (time,), at = unpack_from("<d", event, 1), 9
    if at < len(event) and event[at] == STEP_KEY:
        step, at = varint(event, at + 1, len(event))
    return time, step, at


class Scalars:
    """Remembers for each kind of summary where its number lies."""

    def __init__(self, gathering: Gathering, prefix: str) -> None:
        self._gathering, self._prefix = gathering, prefix
        self._known: dict[tuple[bytes, bytes], Place] = {}  # by what stands before the number and after it
        self._spots: dict[int, set[tuple[int, int]]] = {}  # where numbers were found in summaries of so many bytes

    def take(self, event: bytes) -> None:
        """Add the scalars of one event; what is none of TensorBoard's is counted."""
        try:
            time, step, at = head(event)
            rest = event[at:]
            place = self._place(rest)
            places = [place] if place else self._learned(rest)
        except DAMAGE:
            self._gathering.leave_out("damaged record", "damaged records")
            return
        for name, start, width in places:
            self._gathering.add(name, step, unpack_from(FORMATS[width], rest, start)[0], time)

    def _place(self, rest: bytes) -> Place | None:
        for start, width in self._spots.get(len(rest), ()):
            if place := self._known.get((rest[:start], rest[start + width :])):
                return place
        return None

    def _learned(self, rest: bytes) -> list[Place]:
        places = list(places_of(rest, self._prefix))
        spots = self._spots.setdefault(len(rest), set())
        if len(places) == 1 and len(spots) < MOST_SPOTS and len(self._known) < MOST_SERIES:
            _, start, width = places[0]
            spots.add((start, width))
            self._known[rest[:start], rest[start + width :]] = places[0]
        return places


def places_of(rest: bytes, prefix: str = "") -> Iterator[Place]:
    """Every scalar in an event without its head."""
    for part in fields(rest):
        if part.number == SUMMARY and part.wire == LENGTH:
            for value in fields(rest, part.start, part.end):
                if value.number == TAG and value.wire == LENGTH and (place := place_of(rest, value, prefix)):
                    yield place


def place_of(rest: bytes, value: Field, prefix: str) -> Place | None:
    """Name and number of one value; None for an image, a histogram or the like."""
    name, spot = "", None
    for field in fields(rest, value.start, value.end):
        if field.number == TAG and field.wire == LENGTH:
            name = rest[field.start : field.end].decode("utf-8", "replace")
        elif field.number == SIMPLE_VALUE and field.wire == FOUR_BYTES:
            spot = field.start, 4
        elif field.number == TENSOR and field.wire == LENGTH:
            spot = in_tensor(rest, field)
    return Place(prefix + name, *spot) if name and spot else None


def in_tensor(rest: bytes, tensor: Field) -> tuple[int, int] | None:
    """Where the number of a scalar tensor lies, and its width; None for any other tensor."""
    found = {field.number: field for field in fields(rest, tensor.start, tensor.end)}
    kind = 0
    with suppress(KeyError):
        kind, _ = varint(rest, found[DTYPE].start, found[DTYPE].end)
    shape = found.get(SHAPE)
    if kind not in (FLOAT, DOUBLE) or (shape and shape.start != shape.end):
        return None
    width = 4 if kind == FLOAT else 8
    for number in (CONTENT, FLOATS if kind == FLOAT else DOUBLES):
        if (field := found.get(number)) and field.end - field.start == width:
            return field.start, width
    return None
