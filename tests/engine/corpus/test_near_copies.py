"""Near copies: found as an established library finds them, and as counting the shared runs of words does."""

from random import Random

import numpy as np
import pytest
from datasketch import MinHash

from engine.corpus import near_copies as searching
from engine.corpus.near_copies import WORDS, NearCopies, near_copies, signatures
from engine.corpus.world import told

RANDOM = Random(3)
STORIES = [piece.text for _, piece in zip(range(120), told("stories", 1), strict=False)]


def changed(text: str, share: float) -> str:
    """With so many of the words replaced."""
    return " ".join("zebra" if RANDOM.random() < share else word for word in text.split())


def runs(text: str) -> set[str]:
    words = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
    return {" ".join(words[place : place + WORDS]) for place in range(len(words) - WORDS + 1)}


def overlap(one: str, other: str) -> float:
    return len(runs(one) & runs(other)) / len(runs(one) | runs(other))


def theirs(text: str) -> MinHash:
    sketch = MinHash(searching.BINS)
    sketch.update_batch([run.encode() for run in runs(text)])
    return sketch


def found(documents: list[str]) -> np.ndarray:
    return near_copies(signatures([document.encode() for document in documents]))


PAIRS = [(text, changed(text, 0.1 * number / len(STORIES))) for number, text in enumerate(STORIES)]


def test_signatures_tell_the_overlap_as_well_as_an_established_library_does() -> None:
    true_D = np.array([overlap(*pair) for pair in PAIRS])
    one_DB, other_DB = (signatures([pair[side].encode() for pair in PAIRS]) for side in (0, 1))
    ours_D = (one_DB == other_DB).mean(axis=1)
    theirs_D = np.array([theirs(one).jaccard(theirs(other)) for one, other in PAIRS])
    assert np.ptp(true_D) > 0.5
    assert np.abs(ours_D - true_D).mean() < 1.25 * np.abs(theirs_D - true_D).mean()
    assert abs((ours_D - true_D).mean()) < 0.02


def test_near_copies_are_found_and_nothing_else() -> None:
    documents = [text for pair in PAIRS for text in pair]
    is_found = found(documents)
    for number, pair in enumerate(PAIRS):
        assert not is_found[2 * number]
        if overlap(*pair) > 0.87:
            assert is_found[2 * number + 1]
        if overlap(*pair) < 0.55:
            assert not is_found[2 * number + 1]


def test_of_many_copies_all_but_the_first_are_counted() -> None:
    texts = [STORIES[0] + " " * spaces for spaces in range(5)]
    assert found(texts).tolist() == [False, True, True, True, True]


def test_signs_and_capitals_make_no_difference() -> None:
    assert found(["One two three, four five six!", "ONE two - three four (five) six"]).tolist() == [False, True]


@pytest.mark.parametrize("text", ["", "one two", "!?! …", "\0\0", "\ud800"])
def test_too_short_a_text_is_no_copy_of_another(text: str) -> None:
    assert found([text.replace("\ud800", "?")] * 2).tolist() == [False, False]
    search = NearCopies()
    search.add(text)
    search.add(text + ".")
    assert search.counted() == (2, 0)


def test_words_of_any_length_and_script_are_told_apart() -> None:
    long = "abcdefgh" + "x" * 30 + "stuvwxyz"
    one, other = f"{long} " * 6, f"{long.replace('u', 'q')} " * 6
    assert found([one, other]).tolist() == [False, False]
    greek = "Η γιαγιά μου φυλάει τα πιο παλιά γράμματα της"
    assert found([greek, greek + "!", "Ο φούρνος στο λιμάνι ανοίγει πριν βγει ο ήλιος"]).tolist() == [
        False,
        True,
        False,
    ]


def test_what_stands_in_two_documents_is_no_run_of_words() -> None:
    assert (signatures([b"one two three", b"four five six"]) == searching.EMPTY).all()


def test_exact_copies_are_not_compared_because_they_are_counted_elsewhere() -> None:
    search = NearCopies()
    for text in (STORIES[0], STORIES[0], STORIES[1], changed(STORIES[1], 0.004)):
        search.add(text)
    assert search.counted() == (3, 1)


def test_of_a_long_text_some_documents_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 32)
    monkeypatch.setattr(searching, "BATCH", 100)
    search = NearCopies()
    for number in range(1000):
        search.add(f"document number {number} of these thousand is not the same as all others {number}")
    documents, copies = search.counted()
    assert 16 <= documents <= 33
    assert copies == 0
