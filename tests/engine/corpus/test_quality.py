"""Quality: what is said of a text is what is in it."""

import json
from collections.abc import Iterable
from dataclasses import fields

import pytest

from engine.corpus.document import PIECE, Piece, document
from engine.corpus.quality import PASSAGES, SAMPLE, Examiner, Quality
from engine.corpus.world import told
from engine.corpus.world.parallel import SAME
from engine.events import SourceExamined


def examined(texts: Iterable[str]) -> Quality:
    examiner = Examiner()
    for text in texts:
        for piece in document(text, 0):
            examiner.add(piece)
    return examiner.result()


def test_it_has_the_fields_of_the_event() -> None:
    names = [field.name for field in fields(SourceExamined)]
    assert list(Quality._fields) == names[names.index("examined") : names.index("samples") + 1]
    event = SourceExamined(0, 0.0, 2, *examined(["One."]), ("One line is no JSON.",))
    assert (event.source, event.samples, event.skipped) == (2, ("One.",), ("One line is no JSON.",))


def test_it_can_be_kept_as_json() -> None:
    quality = examined(["Ärger\ud800 and 中文.", "Two"])
    kept = Quality(*(tuple(x) if isinstance(x, list) else x for x in json.loads(json.dumps(quality))))
    assert kept == quality


def test_scripts_and_languages_share_the_text() -> None:
    quality = examined(["\n".join(sentences) for sentences in SAME.values()])
    shares = dict(zip(quality.scripts, quality.script_shares, strict=True))
    assert {"English", "German", "French", "Greek"} <= set(shares)
    assert "Latin" not in shares
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)
    letters = {name: sum(len(line.replace(" ", "")) for line in lines) for name, lines in SAME.items()}
    for name in ("English", "German", "French", "Greek"):
        assert shares[name] == pytest.approx(letters[name] / sum(letters.values()), abs=0.03)
    assert list(quality.script_shares) == sorted(quality.script_shares, reverse=True)


def test_latin_letters_that_say_nothing_are_of_no_language() -> None:
    assert examined(["qwrt zxcv plmk"]).scripts == ("Latin, language unknown",)


def test_lengths_are_counted_by_powers_of_two() -> None:
    assert examined(["a", "bc", "def", "ghij", "k" * 16]).lengths == (1, 2, 1, 0, 1)
    assert examined(["x y " * PIECE]).lengths[-1] == 1  # one document of several pieces


def test_characters_come_with_their_shares_commonest_first() -> None:
    quality = examined(["aaaa bb", "a"])
    assert (quality.characters, quality.character_shares) == (("a", "b", " "), (5 / 8, 2 / 8, 1 / 8))


def test_samples_are_how_documents_from_everywhere_begin() -> None:
    texts = [f"Document {number} is here. " + "More of it follows, and more. " * 20 for number in range(1000)]
    samples = examined(texts).samples
    numbers = [int(sample.split()[1]) for sample in samples]
    assert len(samples) == 8
    assert numbers[0] == 0
    assert numbers[-1] > 850
    for number, sample in zip(numbers, samples, strict=True):
        assert 350 < len(sample) <= SAMPLE
        assert texts[number].startswith(f"{sample} ")


def test_of_one_long_document_there_are_samples_from_all_of_it() -> None:
    samples = examined(["".join(f"Line {number} of the book.\n" for number in range(20_000))]).samples
    assert len(samples) == 8
    assert samples[0].startswith("Line 0 ")
    assert all(sample.startswith("Line ") for sample in samples)
    assert int(samples[-1].split()[1]) > 15_000


def test_near_copies_are_those_among_the_documents_examined() -> None:
    texts = [piece.text for _, piece in zip(range(30), told("stories", 1), strict=False)]
    quality = examined([*texts, *(text + " The end." for text in texts[:10])])
    assert (quality.examined, quality.near_copies) == (40, 10)


def test_of_a_text_without_end_only_so_much_is_kept() -> None:
    examiner = Examiner()
    for number in range(5000):
        examiner.add(Piece(f"{number} " * 20, True, 0))
    assert len(examiner._passages.kept) <= PASSAGES
    assert examiner.result().examined == 5000


def test_nothing_at_all_is_no_trouble() -> None:
    assert Examiner().result() == Quality(0, 0, (), (), (), (), (), ())
    assert examined([" \n \n"]).scripts == ()
