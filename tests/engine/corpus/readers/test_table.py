"""CSV and TSV: the right column, and no row lost without a word."""

from pathlib import Path

import pytest

from engine.corpus.readers import lines
from engine.trouble import Trouble
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def test_a_column_that_is_called_text_is_read_and_said(file: Path) -> None:
    file.write_text('id,Text,comment\n1,"one, and\nmore",a much longer comment\n2,two,another one\n')
    texts, said, _ = read(file)
    assert texts == ["one, and\nmore", "two"]
    assert said == "1 file is read by its column “Text”, one of 3."


def test_else_the_longest_column_is_read(file: Path) -> None:
    file.write_text("id,poem\n1,all of this is a poem\n2,and this\n")
    assert read(file).texts == ["all of this is a poem", "and this"]


def test_a_column_can_be_chosen_by_name_or_number(file: Path) -> None:
    file.write_text("id,my text,text\n1,one,x\n2,two,y\n")
    assert read(file, column="my text")[:2] == (["one", "two"], "")
    assert read(file, column="2").texts == ["my text", "one", "two"]  # then the first row is no head


def test_a_column_that_is_not_there_is_trouble_that_names_the_others(file: Path) -> None:
    file.write_text("id,poem\n1,one\n")
    with pytest.raises(Trouble, match=r"rows\.csv is without a column “body”.* id, poem"):
        read(file, column="body")


@pytest.mark.parametrize(("name", "delimiter"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", "\t"), ("a.csv", "|")])
def test_cells_may_be_parted_by_other_signs(tmp_path: Path, name: str, delimiter: str) -> None:
    (tmp_path / name).write_text(f"id{delimiter}text\n1{delimiter}one, two\n")
    assert read(tmp_path / name).texts == ["one, two"]


def test_bad_rows_are_left_out_and_counted(file: Path) -> None:
    file.write_text("id,text\n1,one\n2\n\n3,three,more\n4, \n5,five\n")
    texts, said, _ = read(file)
    assert texts == ["one", "five"]
    assert "2 rows are not as long as the first one and left out." in said
    assert "1 row is without text and left out." in said


def test_a_line_too_long_to_be_held_is_left_out_and_counted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LONGEST", 1000)
    file.write_text("id,text\n1,one\n2," + "x" * 3_000_000 + "\n3,three\n")
    texts, said, _ = read(file)
    assert texts == ["one", "three"]
    assert "1 line is longer than 1,000 characters and left out." in said


def test_a_quote_that_never_ends_loses_no_more_than_it_must(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.corpus.readers.table.LONGEST", 1000)
    file.write_text('id,text\n1,one\n2,"two\n' + "3,three\n" * 1000)
    texts, said, _ = read(file)
    assert texts[0] == "one"
    assert texts[-1] == "three"
    assert "damaged and left out" in said


def test_a_large_table_is_read_row_by_row(file: Path) -> None:
    file.write_text("id,text\n" + "".join(f"{number},row number {number}\n" for number in range(200_000)))
    texts, _, pieces = read(file)
    assert texts[-1] == "row number 199999"
    assert pieces[0].at < pieces[-1].at == file.stat().st_size


def test_a_head_without_rows_has_no_text(file: Path) -> None:
    file.write_text("id,text\n")
    with pytest.raises(Trouble, match="without any text"):
        read(file)


def test_a_table_in_another_encoding_is_read_as_chosen(file: Path) -> None:
    file.write_bytes("id;text\n1;schön\n".encode("cp1252"))
    assert read(file, encoding="cp1252").texts == ["schön"]
