"""JSON Lines: the right field, and no line lost without a word."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.corpus.readers import lines
from engine.trouble import Trouble
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.jsonl"


def write(file: Path, *records: Any) -> None:
    file.write_text("".join(f"{json.dumps(record)}\n" for record in records))


def test_a_field_that_is_called_text_is_read_and_said(file: Path) -> None:
    write(file, {"title": "a long title of a short text", "text": "one\ntwo"}, {"text": "three \u2028 four"})
    texts, said, _ = read(file)
    assert texts == ["one\ntwo", "three \u2028 four"]
    assert said == "1 file is read by its column “text”, one of 2."


def test_a_field_within_another_can_be_chosen_and_found(file: Path) -> None:
    write(file, {"id": 1, "page": {"body": {"plain": "one and all"}}}, {"id": 2, "page": {"body": {"plain": "two"}}})
    assert read(file).texts == read(file, column="page.body.plain").texts == ["one and all", "two"]


def test_a_field_may_have_a_point_in_its_name(file: Path) -> None:
    write(file, {"a.b": "one", "a": {"b": "two"}})
    assert read(file, column="a.b").texts == ["one"]


def test_a_field_that_is_not_there_is_trouble_that_names_the_others(file: Path) -> None:
    write(file, {"id": 1, "page": {"text": "one"}})
    with pytest.raises(Trouble, match=r"without a column “body”.* id, page\.text"):
        read(file, column="body")


def test_lines_may_be_texts_by_themselves(file: Path) -> None:
    write(file, "one", "two")
    assert read(file)[:2] == (["one", "two"], "")


def test_bad_lines_are_left_out_and_counted(file: Path) -> None:
    bad = ['{"text": "cut o', "[" * 100_000, "nonsense", "9" * 5000, '{"text": 3}', '{"other": "x"}', "null", "[1]"]
    file.write_text("\n".join(['{"text": "one"}', *bad, "", '{"text": "two"}']))
    texts, said, _ = read(file)
    assert texts == ["one", "two"]
    assert "4 lines are no JSON and left out." in said
    assert "4 lines are without text and left out." in said


def test_a_line_too_long_to_be_held_is_left_out_and_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1000)
    write(file, {"text": "one"}, {"text": "x" * 5_000_000}, {"text": "three"}, {"text": "x" * 5_000})
    texts, said, _ = read(file)
    assert texts == ["one", "three"]
    assert "2 lines are longer than 1,000 characters and left out." in said


def test_nothing_but_nonsense_is_no_text(file: Path) -> None:
    file.write_text("no\njson\n")
    assert read(file).texts == []


def test_halves_of_signs_are_kept_for_the_tokenizer_to_see(file: Path) -> None:
    write(file, {"text": "one \ud83c two"})
    assert read(file).texts == ["one \ud83c two"]


def test_records_of_numbers_only_are_trouble(file: Path) -> None:
    write(file, {"a": 1}, {"a": 2})
    with pytest.raises(Trouble, match="without any text in its columns"):
        read(file)
