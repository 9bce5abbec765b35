"""Parquet, written by pyarrow itself: the right column, group by group."""

import gzip
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from engine.corpus.readers import opened
from engine.trouble import Trouble
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.parquet"


def write(file: Path, columns: dict[str, Any], **options: Any) -> None:
    parquet.write_table(pa.table(columns), file, **options)


def test_a_column_of_text_is_read_and_said(file: Path) -> None:
    write(file, {"id": [1, 2, 3], "title": ["a very long title", "b", "c"], "text": ["one", "two\nlines", "three"]})
    texts, said, _ = read(file)
    assert texts == ["one", "two\nlines", "three"]
    assert said == "1 file is read by its column “text”, one of 2."


def test_columns_can_be_chosen_also_within_others(file: Path) -> None:
    write(file, {"text": ["no"], "page": [{"body": "yes", "number": 1}], "dotted.name": ["both"]})
    assert read(file, column="page.body")[:2] == (["yes"], "")
    assert read(file, column="dotted.name").texts == ["both"]


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_text_may_be_kept_in_several_ways(file: Path, kind: pa.DataType) -> None:
    write(file, {"text": pa.array(["one", "two", "one"]).cast(kind)})
    assert read(file).texts == ["one", "two", "one"]


def test_many_rows_are_read_in_their_order(file: Path) -> None:
    rows = [f"row number {number}" for number in range(5_000)]
    write(file, {"text": rows}, row_group_size=700)
    texts, _, pieces = read(file)
    assert texts == rows
    assert pieces[0].at < pieces[-1].at <= file.stat().st_size


def test_empty_cells_are_counted(file: Path) -> None:
    write(file, {"text": ["one", None, " "]})
    texts, said, _ = read(file)
    assert (texts, said) == (["one"], "2 rows are without text and left out.")


def test_a_damaged_group_of_rows_is_left_out_and_counted(file: Path) -> None:
    write(file, {"text": [f"row number {number}" for number in range(3_000)]}, row_group_size=1_000, compression="zstd")
    place = parquet.ParquetFile(file).metadata.row_group(1).column(0).dictionary_page_offset
    damaged = bytearray(file.read_bytes())
    damaged[place : place + 200] = b"\xff" * 200
    file.write_bytes(damaged)
    texts, said, _ = read(file)
    assert len(texts) == 2_000
    assert said == "1 group of rows is damaged and left out."


def test_a_row_that_is_no_utf_8_is_left_out_and_counted(file: Path) -> None:
    write(file, {"text": pa.array([b"one", b"tw\xff", b"three"]).view(pa.string())})
    assert read(file)[:2] == (["one", "three"], "1 row is damaged and left out.")


@pytest.mark.parametrize("damage", [b"", b"PAR1 and nothing else", b"no Parquet at all"])
def test_what_is_no_parquet_is_trouble(file: Path, damage: bytes) -> None:
    file.write_bytes(damage or b"PAR1" + bytes(100) + b"PAR1")
    with pytest.raises(Trouble, match=r"rows\.parquet is damaged"):
        read(file)


def test_a_table_of_numbers_is_trouble(file: Path) -> None:
    write(file, {"number": [1, 2]})
    with pytest.raises(Trouble, match="without any column of text"):
        read(file)


def test_a_table_without_rows_is_trouble(file: Path) -> None:
    write(file, {"text": pa.array([], pa.string())})
    with pytest.raises(Trouble, match="without any rows"):
        read(file)


def test_a_packed_one_is_unpacked_first(file: Path) -> None:
    write(file, {"text": ["one", "two"]})
    packed = file.with_suffix(".parquet.gz")
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert read(packed).texts == ["one", "two"]


def test_where_there_is_no_room_to_unpack_it_that_is_said(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(opened, "TemporaryDirectory", full)
    file.with_suffix(".parquet.gz").write_bytes(gzip.compress(b"PAR1"))
    with pytest.raises(Trouble, match="could not be unpacked to the disk: No space left on device"):
        read(file.with_suffix(".parquet.gz"))


def test_without_pyarrow_it_is_said_what_to_install(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(file, {"text": ["one"]})
    (tmp_path / "a.txt").write_text("a text")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Trouble, match=r'pip install "lm-terrarium\[data\]"'):
        read(file)
    texts, said, _ = read(file.parent)
    assert texts == ["a text"]
    assert "1 file is Parquet, which cannot be read yet" in said
