"""Plain text: one document a file, in pieces that end where words do."""

from pathlib import Path

import pytest

from engine.corpus.document import PIECE
from tests.engine.corpus.documents import read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "my text.txt"


def test_lines_of_separators_part_documents(file: Path) -> None:
    file.write_text(
        "one\n<|endoftext|>\ntwo <|endoftext|> still two\n<|endoftext|>\n\n<|endoftext|>\nthree\n<|endoftext|>"
    )
    assert read(file).texts == ["one\n", "two <|endoftext|> still two\n", "three\n"]


def test_separators_are_found_across_pieces(file: Path) -> None:
    file.write_text("<|endoftext|>\n".join("words and words\n" * 20_000 for _ in range(5)))
    assert read(file).texts == ["words and words\n" * 20_000] * 5


def test_only_white_space_is_no_document(file: Path) -> None:
    file.write_text(" \n\n ")
    assert read(file).texts == []


def test_a_long_text_comes_in_pieces_that_end_with_lines(file: Path) -> None:
    lines = [f"This is line {number} of a text.\n" for number in range(40_000)]
    file.write_text("".join(lines))
    texts, _, pieces = read(file)
    assert texts == ["".join(lines)]
    assert len(pieces) > 3
    assert all(piece.text.endswith("\n") for piece in pieces)


def test_a_long_line_is_cut_before_words(file: Path) -> None:
    file.write_text("all of this is one line " * 40_000)
    texts, _, pieces = read(file)
    assert texts == [file.read_text()]
    assert len(pieces) > 3
    assert all(piece.text.startswith(" ") for piece in pieces[1:])


def test_a_line_without_any_space_is_no_special_case(file: Path) -> None:
    file.write_text("é" * 3_000_000)
    texts, _, pieces = read(file)
    assert texts == ["é" * 3_000_000]
    assert max(len(piece.text) for piece in pieces) <= PIECE
