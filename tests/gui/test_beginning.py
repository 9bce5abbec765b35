"""How texts begin: read at once, never far, and harmless."""

import gzip
from pathlib import Path

import pytest

from engine.corpus.built_in import BUILT_IN
from engine.corpus.place import Place
from engine.trouble import Trouble
from gui.beginning import LINES, beginning_of, built_in_beginning
from gui.text import prose


def place(path: Path, **choices: str) -> Place:
    return Place(str(path), **choices)


def test_the_first_lines_of_a_text_are_shown_harmlessly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("<b>one\u202e\n" + "x" * 1000 + "\n" + "line\n" * 100, encoding="utf-8")
    made = beginning_of(place(path))
    lines = made.text.split("\n")
    assert made.kind == "text"
    assert lines[0] == "<b>oneU+202E"
    assert lines[1].endswith("x…")
    assert len(lines) == LINES


def test_an_encoding_is_tried_out(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Müller".encode("cp1252"))
    assert beginning_of(place(path)).text == prose("M\ufffdller")
    assert beginning_of(place(path, encoding="cp1252")).text == "Müller"


@pytest.mark.parametrize(
    ("name", "text", "columns"),
    [
        ("a.csv", 'id,"the, text"\n1,once\n', ("id", "the, text")),
        ("a.tsv", "id\ttext\n", ("id", "text")),
        ("a.jsonl", '{"id": 1, "text": "once"}\n', ("id", "text")),
        ("b.jsonl", "[1, 2]\n", ()),
        ("c.jsonl", "{broken\n", ()),
    ],
)
def test_columns_are_told_where_the_first_line_tells_them(
    tmp_path: Path, name: str, text: str, columns: tuple[str, ...]
) -> None:
    (tmp_path / name).write_text(text)
    assert beginning_of(place(tmp_path / name)).columns == columns


def test_a_packed_table_is_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"id,body\n1,once\n"))
    assert beginning_of(place(path)).columns == ("id", "body")
    path.write_bytes(b"\x1f\x8bbroken")
    with pytest.raises(Trouble, match="damaged"):
        beginning_of(place(path))


def test_folders_data_sets_and_what_is_not_there(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").touch()
    listed = beginning_of(place(tmp_path))
    assert (listed.kind, listed.text.split("\n")[0], listed.text.split("\n")[-1]) == (
        "folder",
        "00.txt",
        "… and 9 more",
    )
    assert "network" in beginning_of(Place("hf:owner/name")).text
    with pytest.raises(Trouble, match="no such"):
        beginning_of(place(tmp_path / "gone"))


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_built_in_text_shows_something(name: str) -> None:
    assert len(built_in_beginning(name).text) > 20
