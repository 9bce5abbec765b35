"""Records as JSON: one a line, or in a list, with records within them."""

from pathlib import Path

import pytest

from engine.logs import json_lines
from engine.trouble import Trouble
from tests.engine.logs.given import columns, read


def write(folder: Path, text: str, name: str = "log.jsonl") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_each_line_is_a_record_and_records_within_it_give_paths(tmp_path: Path) -> None:
    text = '{"_step": 1, "train": {"loss": 3}, "_timestamp": 5}\n\n{"_step": 2, "train": {"loss": 2, "note": "x"}}\n'
    log = read(write(tmp_path, text))
    assert columns(log) == {"train/loss": {1: 3.0, 2: 2.0}}
    assert log.series["train/loss"].times[0] == 5.0


def test_null_lists_and_words_are_no_numbers(tmp_path: Path) -> None:
    assert columns(read(write(tmp_path, '{"step": 1, "loss": 3, "a": null, "b": [1], "c": "word", "d": true}'))) == {
        "loss": {1: 3.0}
    }


@pytest.mark.parametrize("line", ["{", "3", "[1]", '"loss"', "[" * 100_000, '{"a":' * 100_000])
def test_a_line_that_is_no_record_is_counted(tmp_path: Path, line: str) -> None:
    log = read(write(tmp_path, f'{{"step": 1, "loss": 3}}\n{line}\n'))
    assert columns(log) == {"loss": {1: 3.0}}
    assert log.left_out == ("1 line that is no record left out.",)


@pytest.mark.parametrize(
    "text", ['[{"step": 1, "loss": 3}]', '{\n"epoch": 1, "log_history": [{"step": 1, "loss": 3}]}']
)
def test_a_list_of_records_is_found_in_json(tmp_path: Path, text: str) -> None:
    assert columns(read(write(tmp_path, text, "trainer_state.json"))) == {"loss": {1: 3.0}}


@pytest.mark.parametrize("text", ['{"loss": 3}', "{", "[" * 100_000])
def test_json_without_records_is_no_log(tmp_path: Path, text: str) -> None:
    with pytest.raises(Trouble, match=r"list of records|no JSON"):
        read(write(tmp_path, text, "a.json"))


def test_json_is_not_read_whole_whatever_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "LARGEST", 10)
    with pytest.raises(Trouble, match="too large"):
        read(write(tmp_path, '[{"step": 1, "loss": 3}]', "a.json"))


def test_numbers_no_float_can_hold_are_left_out(tmp_path: Path) -> None:
    assert columns(read(write(tmp_path, '{"step": 1, "loss": 3, "big": 1' + "0" * 400 + "}"))) == {"loss": {1: 3.0}}
