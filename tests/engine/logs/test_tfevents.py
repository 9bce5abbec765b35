"""TensorBoard's event files: golden bytes put together by hand, every way a number is written, and what is hostile."""

import struct
from contextlib import suppress
from math import isnan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.logs import event_file, tfevents
from engine.logs.frames import framed
from engine.logs.log import Gathering, Log
from engine.logs.numbers import Mark, Numbers
from engine.logs.protobuf import as_field, as_varint, fields, varint
from engine.trouble import Trouble

WALL = 1_700_000_000.5
SIMPLE = bytes.fromhex("0a 04 6c6f7373 15 00004040")  # tag "loss", simple_value 3.0
FLOATS = bytes.fromhex("0a 01 61 42 0a 0801 1200 2a04 00002041")  # tag "a", tensor of floats, packed: 10.0
CONTENT = bytes.fromhex("0a 01 62 42 0e 0802 1200 2208 000000000000f03f")  # a double as its bytes: 1.0
DOUBLES = bytes.fromhex("0a 01 63 42 0b 0802 31 000000000000f0bf")  # of doubles, not packed: -1.0


def event(*values: bytes, step: int = 7, wall: float = WALL) -> bytes:
    summary = b"".join(b"\x0a" + bytes([len(value)]) + value for value in values)
    return b"\x09" + struct.pack("<d", wall) + b"\x10" + as_varint(step) + b"\x2a" + as_varint(len(summary)) + summary


def write(path: Path, *events: bytes) -> Path:
    path.write_bytes(b"".join(framed(np.frombuffer(one, np.uint8)[None]).tobytes() for one in events))
    return path


def read(path: Path) -> Log:
    gathering = Gathering()
    for _ in tfevents.read(path, gathering):
        pass
    return gathering.log("log")


@pytest.mark.parametrize(
    ("value", "name", "number"), [(SIMPLE, "loss", 3.0), (FLOATS, "a", 10.0), (CONTENT, "b", 1.0), (DOUBLES, "c", -1.0)]
)
def test_a_number_is_read_in_every_way_it_is_written(tmp_path: Path, value: bytes, name: str, number: float) -> None:
    log = read(write(tmp_path / "events", event(value), event(value, step=300)))
    assert log.series[name].values.tolist() == [number, number]
    assert log.series[name].steps.tolist() == [7, 300]
    assert log.series[name].times.tolist() == [WALL, WALL]
    assert log.left_out == ()


def test_metadata_after_the_number_does_not_hide_it(tmp_path: Path) -> None:
    plugin = bytes.fromhex("4a 0b 0a09 0a07 7363616c617273")
    other = FLOATS[:-4] + struct.pack("<f", 0.25)
    log = read(
        write(tmp_path / "events", *(event(value + plugin, step=n) for n, value in enumerate((FLOATS, other), 1)))
    )
    assert log.series["a"].values.tolist() == [10.0, 0.25]


def test_several_numbers_of_one_event_are_all_read(tmp_path: Path) -> None:
    log = read(write(tmp_path / "events", event(SIMPLE, CONTENT), event(SIMPLE, CONTENT, step=8)))
    assert {name: series.values.tolist() for name, series in log.series.items()} == {
        "loss": [3.0, 3.0],
        "b": [1.0, 1.0],
    }


def test_a_step_of_zero_is_left_out_by_writers_and_yet_read(tmp_path: Path) -> None:
    first = b"\x09" + struct.pack("<d", WALL) + b"\x2a" + bytes([len(SIMPLE) + 2, 0x0A, len(SIMPLE)]) + SIMPLE
    assert read(write(tmp_path / "events", first, event(SIMPLE, step=1))).series["loss"].steps.tolist() == [0, 1]


def test_numbers_without_any_step_are_counted(tmp_path: Path) -> None:
    log = read(write(tmp_path / "events", *[event(SIMPLE, step=0)] * 3))
    assert log.series["loss"].steps.tolist() == [0, 1, 2]


def test_images_histograms_and_tensors_of_many_numbers_are_passed_over(tmp_path: Path) -> None:
    image, histogram = bytes.fromhex("0a0169 2203 080110"), bytes.fromhex("0a0168 2a00")
    vector = bytes.fromhex("0a 01 76 42 0e 0801 1204 1202 0802 2a04 00002041")
    with pytest.raises(Trouble, match="no numbers by step"):
        read(write(tmp_path / "events", event(image), event(histogram), event(vector)))


def test_what_is_no_number_is_kept_as_a_gap(tmp_path: Path) -> None:
    value = SIMPLE[:-4] + struct.pack("<f", float("nan"))
    assert isnan(read(write(tmp_path / "events", event(value))).series["loss"].values[0])


def test_a_step_below_zero_is_left_out_and_said(tmp_path: Path) -> None:
    below = event(SIMPLE).replace(b"\x10\x07", b"\x10" + b"\xff" * 9 + b"\x01")
    log = read(write(tmp_path / "events", event(SIMPLE), below))
    assert len(log.series["loss"].values) == 1
    assert log.left_out == ("1 number at an impossible step left out.",)


def test_a_record_that_is_no_event_is_counted(tmp_path: Path) -> None:
    log = read(write(tmp_path / "events", event(SIMPLE), event(SIMPLE)[:-9], b"\x09ab", b"\xff" * 30))
    assert log.left_out == ("3 damaged records left out.",)


def test_names_are_text_whatever_they_hold(tmp_path: Path) -> None:
    log = read(write(tmp_path / "events", event(b"\x0a\x02\xff\xfe" + SIMPLE[6:])))
    assert list(log.series) == ["\ufffd\ufffd"]


def test_too_many_names_are_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.logs.log.MOST_SERIES", 3)
    values = [b"\x0a\x01" + bytes([65 + n]) + SIMPLE[6:] for n in range(4)]
    with pytest.raises(Trouble, match="more than 3 series"):
        read(write(tmp_path / "events", *map(event, values)))


def written(path: Path, numbers: list[Numbers], marks: tuple[Mark, ...] = ()) -> Path:
    for _ in event_file.write(numbers, list(marks), path, WALL):
        pass
    return path


def test_the_writer_makes_the_golden_bytes() -> None:
    made = event_file.events("loss", np.array([7]), 1, np.array([WALL]), np.array([3.0]))
    assert made.tobytes() == event(SIMPLE)


def test_every_number_that_is_written_is_read(tmp_path: Path) -> None:
    steps = np.array([0, 1, 127, 128, 16_383, 16_384, 2**21, 2**45], dtype=float)
    values = np.array([1.5, np.nan, -np.inf, 0.0, 1e30, -0.1, 3e-40, 2.0], dtype=np.float32).astype(float)
    log = read(written(tmp_path / "tfevents", [Numbers(steps, steps / 8, {"ä": values, "b": values + 1})]))
    assert log.series["ä"].steps.tolist() == steps.tolist()
    np.testing.assert_array_equal(log.series["ä"].values, values)
    np.testing.assert_array_equal(log.series["ä"].times, steps / 8 + WALL)
    np.testing.assert_array_equal(log.series["b"].values, (values + 1).astype(np.float32))


def test_a_mark_is_a_text_and_no_number(tmp_path: Path) -> None:
    steps = np.array([1.0])
    path = written(tmp_path / "tfevents", [Numbers(steps, steps, {"loss": steps})], (Mark(1, 0.5, "ä note"),))
    assert list(read(path).series) == ["loss"]
    assert "ä note".encode() in path.read_bytes()


def test_the_first_record_says_which_format_it_is(tmp_path: Path) -> None:
    steps = np.array([1.0])
    data = written(tmp_path / "tfevents", [Numbers(steps, steps, {"loss": steps})]).read_bytes()
    assert data[12:21] == b"\x09" + struct.pack("<d", WALL)
    assert data[21:36] == b"\x1a\x0dbrain.Event:2"


@given(st.integers(0, 2**64 - 1))
def test_a_number_of_any_length_comes_back(value: int) -> None:
    made = as_varint(value)
    assert varint(made, 0, len(made)) == (value, len(made))


@given(st.binary(max_size=60))
def test_bytes_of_a_stranger_are_a_message_or_an_error(data: bytes) -> None:
    with suppress(ValueError):
        assert all(field.end <= len(data) for field in fields(data))


@given(st.binary(max_size=80))
def test_events_of_a_stranger_never_fail(data: bytes) -> None:
    scalars = tfevents.Scalars(Gathering(), "")
    for _ in range(2):  # the second time it is known where the number lies
        scalars.take(data)
        scalars.take(event(SIMPLE, data[:20]))


def test_a_field_says_its_number_kind_and_size() -> None:
    assert as_field(5, 2, b"ab") == b"\x2a\x02ab"
    (field,) = fields(b"\x2a\x02ab")
    assert field == (5, 2, 2, 4)
