"""How TensorBoard's files are cut into records: length, checksum, bytes, checksum (the TFRecord format).

Checksums are CRC-32C, shifted and masked. They are taken over many records at once, a byte of each at a time, which
is a hundred times faster than byte by byte.
"""

from collections.abc import Iterator
from os import SEEK_END
from struct import Struct
from typing import BinaryIO, NamedTuple

import numpy as np

BLOCK = 2**22  # bytes read at a time; a longer record holds an image or a graph, and is passed over
SHORT = 2**12  # bytes; longer ones are summed up one by one, for few are as long
HEAD = Struct("<QI")  # length, and its checksum
AROUND = HEAD.size + 4  # bytes of a record that are not its own
POLYNOMIAL, MASK = 0x82F63B78, 0xA282EAD8


def table_of(polynomial: int) -> np.ndarray:
    """What each of the 256 bytes does to a sum, uint32."""
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(polynomial), table >> 1)
    return table


TABLE = table_of(POLYNOMIAL)
PLAIN_TABLE = TABLE.tolist()


def checksums(data: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The masked CRC-32C of each stretch of `data` (uint8), as uint32."""
    longest_first = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[longest_first], lengths[longest_first]
    long = int(np.searchsorted(-lengths, -SHORT))
    sums = np.full(len(starts), 0xFFFFFFFF, dtype=np.uint32)
    for which in range(long):
        sums[which] = sum_of(data[starts[which] : starts[which] + lengths[which]].tobytes())
    left = np.searchsorted(-lengths, -np.arange(1, lengths[long] + 1 if long < len(lengths) else 1), side="right")
    for place, end in enumerate(left):
        part = sums[long:end]
        sums[long:end] = TABLE[(part ^ data[starts[long:end] + place]) & 0xFF] ^ (part >> 8)
    made = np.empty_like(sums)
    made[longest_first] = masked(sums ^ np.uint32(0xFFFFFFFF))
    return made


def sum_of(piece: bytes) -> int:
    """The same of one stretch, not yet inverted."""
    total = 0xFFFFFFFF
    for byte in piece:
        total = PLAIN_TABLE[(total ^ byte) & 0xFF] ^ (total >> 8)
    return total


def masked(sums: np.ndarray) -> np.ndarray:
    """As the format stores them, so that a sum over data that holds sums stays a sum."""
    return ((sums >> 15) | (sums << 17)) + np.uint32(MASK)


class Block(NamedTuple):
    """Records that were read together."""

    records: list[bytes]
    read: int  # bytes of the file so far
    damaged: int  # records left out, for their checksum is another
    broken: bool  # where the next record begins cannot be told any more


def blocks(file: BinaryIO) -> Iterator[Block]:
    """All whole records. One that is cut off at the end is what a writer that runs, or was killed, leaves."""
    at, size = 0, file.seek(0, SEEK_END)
    while at < size:
        file.seek(at)
        data = file.read(BLOCK)
        starts, lengths, broken = cut(data)
        if starts:
            at += starts[-1] + lengths[-1] + 4
            records, damaged = sound(data, np.array(starts), np.array(lengths))
            yield Block(records, at, damaged, broken)
        elif len(data) == BLOCK and not broken:
            at += AROUND + int(HEAD.unpack_from(data)[0])
            yield Block([], min(at, size), 0, broken)
        else:
            yield Block([], size, 0, broken)
            return
        if broken:
            return


def cut(data: bytes) -> tuple[list[int], list[int], bool]:
    """Where whole records begin, how long they are, and whether a length is wrong, after which nothing is sure."""
    starts: list[int] = []
    lengths: list[int] = []
    heads: list[int] = []
    at, end = 0, len(data) - AROUND
    while at <= end:
        length, head = HEAD.unpack_from(data, at)
        starts.append(at + HEAD.size)
        lengths.append(length)
        heads.append(head)
        at += AROUND + length
    begun = np.array(starts, dtype=np.int64) - HEAD.size
    found = checksums(np.frombuffer(data, np.uint8), begun, np.full(len(begun), 8))
    wrong = np.flatnonzero(found != np.array(heads, dtype=np.uint32))
    sure = int(wrong[0]) if len(wrong) else len(starts)
    whole = sure - (1 if sure and starts[sure - 1] + lengths[sure - 1] + 4 > len(data) else 0)
    return starts[:whole], lengths[:whole], bool(len(wrong))


def sound(data: bytes, starts: np.ndarray, lengths: np.ndarray) -> tuple[list[bytes], int]:
    """The records whose bytes are as they were written, and how many are not."""
    array = np.frombuffer(data, np.uint8)
    ends = starts + lengths
    said = array[ends[:, None] + np.arange(4)].view("<u4")[:, 0]
    right = checksums(array, starts, lengths) == said
    records = [data[a:b] for a, b in zip(starts[right].tolist(), ends[right].tolist(), strict=True)]
    return records, int((~right).sum())


def framed(records_NL: np.ndarray) -> np.ndarray:
    """N records of the same length (uint8), ready to be written: N rows of uint8."""
    count, length = records_NL.shape
    made = np.empty((count, length + AROUND), dtype=np.uint8)
    head = np.frombuffer(Struct("<Q").pack(length), np.uint8)
    made[:, :8] = head
    made[:, 8:12] = sums_as_bytes(checksums(head, np.zeros(1, np.int64), np.full(1, 8)))
    made[:, 12:-4] = records_NL
    flat = np.ascontiguousarray(records_NL).reshape(-1)
    made[:, -4:] = sums_as_bytes(checksums(flat, np.arange(count) * length, np.full(count, length)))
    return made


def sums_as_bytes(sums: np.ndarray) -> np.ndarray:
    """uint32 as rows of 4 bytes, the least first."""
    return sums.astype("<u4").view(np.uint8).reshape(-1, 4)
