"""The split: nothing on both sides, nothing lost, never all on one side."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.corpus.split import TRAIN, VALIDATION, split
from tests.engine.corpus.given import joined, surveyed

TEXT = "".join(f"Line {number} of the text is here.\n" for number in range(500))


class Sides(NamedTuple):
    train: list[str]
    validation: list[str]
    held_out: str
    copies: int


def sides(*sources: list[str]) -> list[Sides]:
    surveys = [surveyed(texts, f"source {number}") for number, texts in enumerate(sources)]
    return [
        Sides(joined(part.pieces(one, TRAIN)), joined(part.pieces(one, VALIDATION)), part.held_out, part.copies)
        for one, part in zip(surveys, split(surveys), strict=True)
    ]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=20, max_size=80))
def test_no_text_is_on_both_sides_even_with_copies(some: list[str]) -> None:
    (parts,) = sides(some + some[:5])
    if parts.held_out.endswith("documents"):
        assert not set(parts.train) & set(parts.validation)
        assert set(parts.train) | set(parts.validation) == set(some)
        assert parts.train
        assert parts.validation
    else:
        assert "".join(parts.train + parts.validation) == "".join(dict.fromkeys(some))


@given(
    st.lists(st.text(min_size=1, max_size=3), min_size=25, max_size=60),
    st.lists(st.text(min_size=1, max_size=3), min_size=25, max_size=60),
)
def test_no_text_is_on_both_sides_of_two_sources(some: list[str], others: list[str]) -> None:
    parts = sides(some, others)
    if all(part.held_out.endswith("documents") for part in parts):
        train, validation = ({text for part in parts for text in getattr(part, side)} for side in Sides._fields[:2])
        assert not train & validation
        assert train | validation == {*some, *others}
    texts = [text for part in parts for text in (*part.train, *part.validation)]
    assert sum(map(len, texts)) == sum(map(len, {*some, *others}))


@given(st.integers(20, 400))
def test_about_a_tenth_of_many_documents_is_held_out(count: int) -> None:
    (parts,) = sides([f"Document {number:06}" for number in range(count)])
    assert 0.05 * count <= len(parts.validation) <= 0.1 * count
    assert parts.held_out == f"{len(parts.validation):,} held-out documents"


def test_the_same_documents_are_held_out_in_any_order() -> None:
    some = [f"Document {number}" for number in range(200)]
    assert set(sides(some)[0].validation) == set(sides(some[::-1])[0].validation)


def test_copies_are_counted_and_kept_once() -> None:
    (parts,) = sides([f"Document {number}" for number in range(50)] * 3)
    assert parts.copies == 100
    assert len(parts.train) + len(parts.validation) == 50


def test_a_copy_in_a_later_source_is_left_out_there() -> None:
    some = [f"Document {number}" for number in range(50)]
    first, second = sides(some, [*some[:30], *(f"Other {number}" for number in range(40))])
    assert (first.copies, second.copies) == (0, 30)
    assert len(second.train) + len(second.validation) == 40


def test_the_end_of_a_single_text_is_held_out_from_a_line_on() -> None:
    (parts,) = sides([TEXT])
    [train], [validation] = parts.train, parts.validation
    assert train + validation == TEXT
    assert train.endswith("\n")
    assert validation.startswith("Line")
    assert 0.08 < len(validation) / len(TEXT) < 0.13
    assert parts.held_out == "the last 10 % of the text"


def test_a_single_line_is_cut_between_words() -> None:
    line = "all of it is one line " * 200
    (parts,) = sides([line])
    assert parts.train[0] + parts.validation[0] == line
    assert parts.validation[0].startswith(" ")


def test_a_text_without_any_gap_is_cut_all_the_same() -> None:
    (parts,) = sides(["x" * 1000])
    assert [len(text) for text in parts.train + parts.validation] == [900, 100]


def test_of_few_documents_the_end_of_the_last_is_held_out() -> None:
    (parts,) = sides([TEXT, TEXT[::-1], TEXT.upper()])
    assert parts.train[:2] == [TEXT, TEXT[::-1]]
    assert parts.train[2] + parts.validation[0] == TEXT.upper()


def test_many_small_documents_beside_a_huge_one_still_leave_enough_held_out() -> None:
    (parts,) = sides([f"{number}" for number in range(30)] + [TEXT])
    assert sum(map(len, parts.validation)) > 0.08 * len(TEXT)


def test_a_text_in_pieces_is_cut_at_the_same_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.corpus.document.PIECE", 1000)
    (parts,) = sides([TEXT])
    assert parts.train[0] + parts.validation[0] == TEXT
    assert 0.08 < len(parts.validation[0]) / len(TEXT) < 0.13


@pytest.mark.parametrize("text", ["x", "xy", "a b"])
def test_a_single_character_breaks_nothing(text: str) -> None:
    (parts,) = sides([text])
    assert "".join(parts.train + parts.validation) == text
