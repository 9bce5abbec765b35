"""As much of protocol buffers as TensorBoard's events need: which field lies where, and how one is written."""

from collections.abc import Iterator
from typing import NamedTuple

VARINT, EIGHT_BYTES, LENGTH, FOUR_BYTES = 0, 1, 2, 5  # wire types
LONGEST_VARINT = 10  # bytes


class Field(NamedTuple):
    number: int
    wire: int
    start: int  # of what it holds, within the message
    end: int


def fields(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Field]:
    """The fields of the message that lies between `start` and `end`. ValueError for what is none."""
    at, end = start, len(data) if end is None else end
    while at < end:
        key, begin = varint(data, at, end)
        match key & 7:
            case 0:
                _, at = varint(data, begin, end)
            case 1:
                at = begin + 8
            case 5:
                at = begin + 4
            case 2:
                length, begin = varint(data, begin, end)
                at = begin + length
            case wire:
                raise ValueError(f"no field has wire type {wire}")
        if at > end:
            raise ValueError("a field is longer than its message")
        yield Field(key >> 3, key & 7, begin, at)


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The number at `at`, 7 bits a byte, least first, and where the next thing begins. ValueError if it has no end."""
    value = 0
    for place in range(at, min(end, at + LONGEST_VARINT)):
        byte = data[place]
        value |= (byte & 0x7F) << 7 * (place - at)
        if byte < 0x80:
            return value, place + 1
    raise ValueError("a number has no end")


def as_varint(value: int) -> bytes:
    """The other way; not for negative ones."""
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*made, value))


def as_field(number: int, wire: int, content: bytes) -> bytes:
    """A field of bytes, or of 4 or 8 of them."""
    size = as_varint(len(content)) if wire == LENGTH else b""
    return as_varint(number << 3 | wire) + size + content
