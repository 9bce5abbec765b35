"""The split: nothing on both sides, nothing lost, never all on one side."""

from hypothesis import given
from hypothesis import strategies as st

from engine.corpus.document import Document
from engine.corpus.split import split

TEXT = "".join(f"Line {number} of the text is here.\n" for number in range(500))


def documents(texts: list[str]) -> list[Document]:
    return [Document((text,)) for text in texts]


def texts(side: list[Document]) -> list[str]:
    return [document.text for document in side]


@given(st.lists(st.text(min_size=1, max_size=12), min_size=20, max_size=80))
def test_no_text_is_on_both_sides_even_with_copies(some: list[str]) -> None:
    parts = split(documents(some + some[:5]))
    train, validation = texts(parts.train), texts(parts.validation)
    if parts.held_out.endswith("documents"):
        assert not set(train) & set(validation)
        assert set(train) | set(validation) == set(some)
        assert train
        assert validation
    else:
        assert "".join(train + validation) == "".join(dict.fromkeys(some))


@given(st.integers(20, 400))
def test_about_a_tenth_of_many_documents_is_held_out(count: int) -> None:
    parts = split(documents([f"Document {number:06}" for number in range(count)]))
    assert 0.05 * count <= len(parts.validation) <= 0.1 * count
    assert parts.held_out == f"{len(parts.validation):,} held-out documents"


def test_the_same_documents_are_held_out_in_any_order() -> None:
    some = documents([f"Document {number}" for number in range(200)])
    assert set(texts(split(some).validation)) == set(texts(split(some[::-1]).validation))


def test_copies_are_counted_and_kept_once() -> None:
    parts = split(documents([f"Document {number}" for number in range(50)] * 3))
    assert parts.copies == 100
    assert len(parts.train) + len(parts.validation) == 50


def test_the_end_of_a_single_text_is_held_out_from_a_line_on() -> None:
    parts = split(documents([TEXT]))
    [train], [validation] = texts(parts.train), texts(parts.validation)
    assert train + validation == TEXT
    assert train.endswith("\n")
    assert validation.startswith("Line")
    assert 0.08 < len(validation) / len(TEXT) < 0.13
    assert parts.held_out == "the last 10 % of the text"


def test_a_single_line_is_cut_between_words() -> None:
    line = "all of it is one line " * 200
    parts = split(documents([line]))
    assert texts(parts.train)[0] + texts(parts.validation)[0] == line
    assert texts(parts.validation)[0].startswith(" ")


def test_a_text_without_any_gap_is_cut_all_the_same() -> None:
    parts = split(documents(["x" * 1000]))
    assert [len(text) for text in texts(parts.train) + texts(parts.validation)] == [900, 100]


def test_of_few_documents_the_end_of_the_last_is_held_out() -> None:
    parts = split(documents([TEXT, TEXT[::-1], TEXT.upper()]))
    assert texts(parts.train)[:2] == [TEXT, TEXT[::-1]]
    assert texts(parts.train)[2] + texts(parts.validation)[0] == TEXT.upper()


def test_many_small_documents_beside_a_huge_one_still_leave_enough_held_out() -> None:
    parts = split(documents([f"{number}" for number in range(30)] + [TEXT]))
    assert sum(map(len, texts(parts.validation))) > 0.08 * len(TEXT)


def test_a_text_in_pieces_is_cut_at_the_same_share() -> None:
    parts = split([Document(tuple(TEXT[start : start + 1000] for start in range(0, len(TEXT), 1000)))])
    assert parts.train[0].text + parts.validation[0].text == TEXT
    assert 0.08 < parts.validation[0].size / len(TEXT) < 0.13


def test_a_single_character_breaks_nothing() -> None:
    parts = split(documents(["x"]))
    assert "".join(texts(parts.train) + texts(parts.validation)) == "x"
