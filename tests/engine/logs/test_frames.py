"""How TensorBoard's files are cut: checksums as published, torn ends, damage, and records nobody needs."""

import io
import struct

import numpy as np
import pytest

from engine.logs import frames
from engine.logs.frames import blocks, checksums, framed, masked, sum_of


def file_of(*records: bytes) -> bytes:
    return b"".join(framed(np.frombuffer(one, np.uint8)[None]).tobytes() for one in records)


def read(data: bytes) -> list[bytes]:
    return [record for block in blocks(io.BytesIO(data)) for record in block.records]


@pytest.mark.parametrize(
    ("data", "crc"),  # the check value of CRC-32C, and the examples of RFC 3720
    [
        (b"123456789", 0xE3069283),
        (bytes(32), 0x8A9136AA),
        (b"\xff" * 32, 0x62A8AB43),
        (bytes(range(32)), 0x46DD794E),
    ],
)
def test_the_checksum_is_the_published_one(data: bytes, crc: int) -> None:
    assert sum_of(data) ^ 0xFFFFFFFF == crc
    found = checksums(np.frombuffer(data, np.uint8), np.zeros(1, np.int64), np.array([len(data)]))
    rotated = (crc >> 15 | crc << 17) & 0xFFFFFFFF
    assert found.tolist() == [(rotated + 0xA282EAD8) & 0xFFFFFFFF]


def test_many_stretches_of_all_lengths_are_summed_up_as_each_alone() -> None:
    random = np.random.default_rng(0)
    data = random.integers(0, 256, 20_000, dtype=np.uint8)
    lengths = np.array([0, 1, 300, 5, frames.SHORT + 3, 5, 17])
    starts = np.array([4, 9, 100, 0, 50, 11, 700])
    alone = [sum_of(data[a : a + n].tobytes()) ^ 0xFFFFFFFF for a, n in zip(starts, lengths, strict=True)]
    assert checksums(data, starts, lengths).tolist() == masked(np.array(alone, np.uint32)).tolist()


def test_a_record_is_framed_as_the_format_says() -> None:
    made = file_of(b"abc")
    assert made[:8] == struct.pack("<Q", 3)
    assert made[12:15] == b"abc"
    assert len(made) == 8 + 4 + 3 + 4


def test_what_is_written_is_read() -> None:
    records = [b"one", b"", b"three" * 1000, b"four"]
    assert read(file_of(*records)) == records


@pytest.mark.parametrize("lost", [1, 4, 5, 7, 15, 18])
def test_a_torn_last_record_is_what_a_running_writer_leaves(lost: int) -> None:
    data = file_of(b"first", b"last")
    found = list(blocks(io.BytesIO(data[: len(data) - lost])))
    assert [block.records for block in found if block.records] == [[b"first"]]
    assert not any(block.damaged or block.broken for block in found)


def test_a_damaged_record_is_left_out_and_counted() -> None:
    data = bytearray(file_of(b"first", b"second", b"third"))
    data[len(file_of(b"first")) + 13] ^= 1
    (block,) = blocks(io.BytesIO(bytes(data)))
    assert block.records == [b"first", b"third"]
    assert block.damaged == 1


def test_after_a_damaged_length_nothing_is_trusted() -> None:
    data = bytearray(file_of(b"first", b"second", b"third"))
    data[len(file_of(b"first"))] ^= 1
    (block,) = blocks(io.BytesIO(bytes(data)))
    assert block.records == [b"first"]
    assert block.broken


@pytest.mark.parametrize("length", [2**63, 2**64 - 1, 2**40])
def test_a_length_that_nothing_has_costs_no_memory(length: int) -> None:
    head = struct.pack("<Q", length)
    sums = checksums(np.frombuffer(head, np.uint8), np.zeros(1, np.int64), np.array([8]))
    data = file_of(b"first") + head + sums.astype("<u4").tobytes() + bytes(50)
    assert read(data) == [b"first"]


def test_a_long_record_is_passed_over_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "BLOCK", 64)
    records = [b"a" * 20, b"b" * 500, b"c" * 20, b"d" * 44, b"e" * 48, b"f" * 49, b"g"]
    assert read(file_of(*records)) == [record for record in records if len(record) + 16 <= 64]


def test_zeros_are_no_records() -> None:
    (block,) = blocks(io.BytesIO(file_of(b"first") + bytes(200)))
    assert block.records == [b"first"]
    assert block.broken
