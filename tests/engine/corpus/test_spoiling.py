"""Spoiling: as much as was wished, the same again, and nothing else."""

import re
from collections.abc import Sequence

import pytest

from engine.corpus.document import PIECE, Piece, document
from engine.corpus.quality import Examiner
from engine.corpus.spoiling import LINES, PASSAGE, Spoiling, passages, spans, spoiled
from engine.corpus.world import told
from engine.settings import Settings

STORIES = [piece.text for _, piece in zip(range(1000), told("stories", 2), strict=False)]
NUMBERED = [" ".join(f"w{document}x{place}" for place in range(60)) + "." for document in range(500)]


def pieces(texts: Sequence[str]) -> list[Piece]:
    return [piece for text in texts for piece in document(text, 7, 2.5)]


def after(texts: Sequence[str], spoiling: Spoiling, seed: int = 1) -> list[str]:
    return [piece.text for piece in spoiled(iter(pieces(texts)), spoiling, seed)]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_it_is_read_from_the_settings() -> None:
    settings = Settings(duplicates=0.1, typos=0.2, shuffled=0.3, boilerplate=0.4)
    assert Spoiling.of(settings) == Spoiling(duplicates=0.1, typos=0.2, shuffled=0.3, boilerplate=0.4)
    assert not Spoiling.of(Settings()).any
    assert all(Spoiling()._replace(**{name: 0.1}).any for name in Spoiling._fields)


def test_nothing_wished_changes_nothing() -> None:
    clean = pieces(STORIES)
    assert all(a is b for a, b in zip(spoiled(iter(clean), Spoiling(), 1), clean, strict=True))


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_as_many_words_are_mistyped_as_was_wished(share: float) -> None:
    found = after(STORIES, Spoiling(typos=share))
    pairs = list(zip(words("\n".join(STORIES)), words("\n".join(found)), strict=True))
    wrong = sum(a != b for a, b in pairs)
    assert wrong / len(pairs) == pytest.approx(share, abs=4 * (share * (1 - share) / len(pairs)) ** 0.5)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_as_many_words_change_places_as_was_wished(share: float) -> None:
    found = after(NUMBERED, Spoiling(shuffled=share))
    moved = 0
    for old, new in zip(NUMBERED, found, strict=True):
        assert sorted(words(old)) == sorted(words(new))
        assert new.endswith(".")
        moved += sum(a != b for a, b in zip(words(old), words(new), strict=True))
    assert moved / (60 * 500) == pytest.approx(share, abs=5 * (share / (60 * 500)) ** 0.5)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_as_many_documents_are_copies_as_was_wished_half_of_them_exactly(share: float) -> None:
    found = after(NUMBERED, Spoiling(duplicates=share))
    copies = [new for old, new in zip(NUMBERED, found, strict=True) if new != old]
    error = 4 * (share * (1 - share) / 500) ** 0.5
    assert len(copies) / 500 == pytest.approx(share, abs=error)
    exact = sum(copy in NUMBERED for copy in copies)
    assert exact / 500 == pytest.approx(share / 2, abs=error)
    for copy in copies:
        original = next(text for text in NUMBERED if text.split("x")[0] == copy.split("x")[0])
        assert len(set(words(original)) - set(words(copy))) <= 1


def test_a_copy_is_of_what_came_before_it() -> None:
    found = after(NUMBERED, Spoiling(duplicates=0.5))
    assert all(int(text[1 : text.index("x")]) <= number for number, text in enumerate(found))
    assert found[0] == NUMBERED[0]


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_as_many_documents_end_in_boilerplate_as_was_wished(share: float) -> None:
    found = after(STORIES, Spoiling(boilerplate=share))
    lines = [new.removeprefix(old) for old, new in zip(STORIES, found, strict=True)]
    assert {line.strip() for line in lines} == {"", *LINES}
    assert sum(map(bool, lines)) / len(lines) == pytest.approx(share, abs=0.05)


def test_shares_hold_when_everything_is_spoiled_at_once() -> None:
    spoiling = Spoiling(duplicates=0.4, typos=0.2, shuffled=0.2, boilerplate=0.3)
    found = after(STORIES, spoiling)
    assert sum(text.endswith(LINES) for text in found) / len(found) == pytest.approx(0.3, abs=0.06)
    assert sum(map(len, found)) == pytest.approx(sum(map(len, STORIES)), rel=0.06)


def test_the_same_seed_spoils_in_the_same_way_and_another_in_another() -> None:
    spoiling = Spoiling(0.3, 0.1, 0.1, 0.2)
    assert after(STORIES[:50], spoiling) == after(STORIES[:50], spoiling)
    assert after(STORIES[:50], spoiling) != after(STORIES[:50], spoiling, seed=2)


def test_what_comes_later_changes_nothing_before_it() -> None:
    spoiling = Spoiling(0.3, 0.1, 0.1, 0.2)
    assert after(STORIES, spoiling)[:40] == after(STORIES[:40], spoiling)


def test_more_typos_leave_those_that_were_there() -> None:
    few, many = (words(after(STORIES[:1], Spoiling(typos=share))[0]) for share in (0.1, 0.5))
    clean = words(STORIES[0])
    assert all(more == less for old, less, more in zip(clean, few, many, strict=True) if less != old)


def test_one_way_to_spoil_leaves_the_words_of_the_others_alone() -> None:
    typos = words(after(STORIES[:1], Spoiling(typos=0.3))[0])
    both = words(after(STORIES[:1], Spoiling(typos=0.3, boilerplate=0.9))[0])
    assert both[: len(typos)] == typos


def test_pieces_keep_their_places_and_promise_no_entropy() -> None:
    clean = pieces([STORIES[0], "a b c. " * PIECE])
    found = list(spoiled(iter(clean), Spoiling(typos=0.5), 1))
    assert [(piece.first, piece.at) for piece in found] == [(piece.first, piece.at) for piece in clean]
    assert all(piece.nats != piece.nats for piece in found)


def test_of_one_long_document_passages_are_spoiled() -> None:
    book = "\n\n".join(NUMBERED)
    found = "".join(after([book], Spoiling(duplicates=0.5, boilerplate=0.5)))
    assert len(found) == pytest.approx(len(book), rel=0.1)
    kept = set(words(found)) & set(words(book))
    assert len(kept) / len(set(words(book))) == pytest.approx(0.5, abs=0.15)
    assert len(re.findall("|".join(map(re.escape, LINES)), found)) == pytest.approx(0.5 * len(book) / PASSAGE, rel=0.25)


@pytest.mark.parametrize("text", ["", " \n\n", "x" * 5001, "a\n\nb\n\n" * 2000, "word " * 3000, STORIES[0]])
def test_passages_are_the_text_and_not_too_long(text: str) -> None:
    found = list(passages(text))
    assert "".join(found) == text
    assert all(len(passage) <= PASSAGE for passage in found)
    assert len(found) <= 2 + 2 * len(text) / PASSAGE


def test_passages_end_where_paragraphs_do() -> None:
    assert all(passage.endswith(".\n\n") for passage in list(passages(".\n\n".join(NUMBERED)))[:-1])


def test_white_space_around_a_passage_stays() -> None:
    texts = [f"\n  {text}\n\n" for text in STORIES[:100]]
    for text in after(texts, Spoiling(0.5, 0.5, 0.5, 0.5)):
        assert re.fullmatch(r"\n  \S.*\S\n\n", text, re.DOTALL)
    assert after([" \n "], Spoiling(0.9, 0.9, 0.9, 0.9)) == [" \n "]


def test_the_preview_shows_what_the_run_would_read() -> None:
    spoiling = Spoiling(duplicates=0.4, typos=0.1, shuffled=0.1, boilerplate=0.3)
    paragraphs = [f"{text.replace(chr(10), ' ')}\n" for text in STORIES[:30]]
    shown = spans("".join(paragraphs), spoiling, seed=1)
    assert "".join(span.text for span in shown) == "".join(after(paragraphs, spoiling))
    assert {span.kind for span in shown} == {"", "typo", "shuffled", "duplicate", "boilerplate"}
    assert all(span.text for span in shown)


def test_the_preview_of_a_clean_text_is_the_text() -> None:
    text = "One day.\n\nThe other.\n"
    assert [span.kind for span in spans(text, Spoiling())] == [""] * len(spans(text, Spoiling()))
    assert "".join(span.text for span in spans(text, Spoiling())) == text
    assert spans("", Spoiling(typos=0.9)) == []


def test_the_preview_marks_each_spoiled_word_and_nothing_else() -> None:
    text = "".join(f"{text}\n" for text in NUMBERED[:20])
    for kind, spoiling in (("typo", Spoiling(typos=0.3)), ("shuffled", Spoiling(shuffled=0.3))):
        shown = spans(text, spoiling)
        new = [(word, span.kind) for span in shown for word in words(span.text)]
        for old, (word, marked) in zip(words(text), new, strict=True):
            assert marked == (kind if word != old else "")


def test_quality_sees_the_near_copies() -> None:
    examiner = Examiner()
    for piece in spoiled(iter(pieces(STORIES)), Spoiling(duplicates=0.4), 1):
        examiner.add(piece)
    quality = examiner.result()
    assert quality.near_copies / len(STORIES) == pytest.approx(0.2, abs=0.05)
