"""From settings to tokens: prepared once, found again, and made anew if what was kept is damaged."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.corpus import kept, prepared, source
from engine.corpus.built_in import BUILT_IN
from engine.corpus.document import Document, calmly, in_pieces, progressed
from engine.corpus.prepared import Corpus, prepare, tokens_of
from engine.settings import Settings
from engine.tokenizer.bpe import learned
from engine.trouble import Trouble
from tests.engine.taking import taken, told

LINES = "".join(f"Line {number} is one of many in this text.\n" for number in range(400))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(LINES)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def settings(text: Path, **more: object) -> Settings:
    return Settings(corpus=str(text), **{"vocabulary": 300, "context": 16, **more})


def same(one: Corpus, other: Corpus) -> bool:
    facts = ("name", "origin", "size", "documents", "held_out", "fingerprint", "warnings")
    rows = np.array_equal(one.train, other.train) and np.array_equal(one.validation, other.validation)
    return rows and all(getattr(one, fact) == getattr(other, fact) for fact in facts)


@pytest.mark.parametrize("kind", ["bpe", "character", "byte"])
def test_both_sides_together_are_the_text(text: Path, kind: str) -> None:
    corpus = taken(prepare(settings(text, tokenizer=kind), None))
    assert corpus.tokenizer.decode(corpus.train) + corpus.tokenizer.decode(corpus.validation) == LINES
    assert (corpus.name, corpus.size, corpus.documents) == ("text.txt", len(LINES), 1)
    assert corpus.train.dtype == np.uint16


@pytest.mark.parametrize("name", BUILT_IN)
def test_each_built_in_corpus_has_a_source(name: str) -> None:
    found = taken(source.source_of(Settings(corpus=name)))
    assert found.name == BUILT_IN[name].label


def test_the_end_stands_between_documents_and_nowhere_else(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"This is document number {number}.\n" * 20)
    corpus = taken(prepare(settings(tmp_path), None))
    assert corpus.documents == 40
    assert corpus.held_out.endswith("held-out documents")
    ends = [int(np.count_nonzero(row == corpus.tokenizer.end)) for row in (corpus.train, corpus.validation)]
    assert sum(ends) == 40 - 2
    for row in (corpus.train, corpus.validation):
        assert corpus.tokenizer.end not in (row[0], row[-1])


def test_text_in_pieces_has_the_tokens_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.corpus.document.PIECE", 1000)
    tokenizer = learned([LINES], 300)
    pieces = in_pieces([LINES])
    assert len(pieces) > 10
    assert taken(tokens_of([Document(tuple(pieces))], tokenizer)).tolist() == tokenizer.encode(LINES).tolist()


def test_prepared_twice_it_is_the_same(text: Path) -> None:
    assert same(taken(prepare(settings(text), None)), taken(prepare(settings(text), None)))


def test_the_second_time_it_is_found_and_not_made(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = taken(prepare(settings(text), cache))
    monkeypatch.setattr(prepared, "_made", None)
    again = taken(prepare(settings(text), cache))
    assert same(first, again)
    assert again.tokenizer.vocabulary == first.tokenizer.vocabulary


def test_a_copy_elsewhere_is_found_and_named_anew(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(prepare(settings(text), cache))
    copy = shutil.copy(text, text.with_name("copy.txt"))
    monkeypatch.setattr(prepared, "_made", None)
    assert taken(prepare(settings(copy), cache)).name == "copy.txt"


@pytest.mark.parametrize("change", [{"tokenizer": "byte"}, {"vocabulary": 290}])
def test_another_tokenizer_is_another_corpus(text: Path, cache: Path, change: dict[str, object]) -> None:
    first = taken(prepare(settings(text), cache))
    assert taken(prepare(settings(text, **change), cache)).fingerprint != first.fingerprint


def test_other_text_is_another_corpus(text: Path, cache: Path) -> None:
    first = taken(prepare(settings(text), cache))
    text.write_text(LINES.replace("many", "more"))
    assert taken(prepare(settings(text), cache)).fingerprint != first.fingerprint


@pytest.mark.parametrize("name", [kept.TRAIN, kept.VALIDATION, kept.TOKENIZER, kept.FACTS])
@pytest.mark.parametrize("harm", ["emptied", "cut", "changed", "removed"])
def test_what_is_damaged_is_made_again(text: Path, cache: Path, name: str, harm: str) -> None:
    first = taken(prepare(settings(text), cache))
    path = cache / first.fingerprint / name
    content = path.read_bytes()
    last = bytes([content[-2] ^ 1])
    damaged = {"emptied": b"", "cut": content[:-3], "changed": content[:-2] + last + content[-1:]}
    path.write_bytes(damaged[harm]) if harm in damaged else path.unlink()
    assert kept.find(cache, first.fingerprint) is None
    assert same(taken(prepare(settings(text), cache)), first)
    assert kept.find(cache, first.fingerprint) is not None


def test_pickled_arrays_are_never_opened(text: Path, cache: Path) -> None:
    first = taken(prepare(settings(text), cache))
    np.save(cache / first.fingerprint / kept.TRAIN, np.array([{"a": 1}], object), allow_pickle=True)
    assert kept.find(cache, first.fingerprint) is None


def test_another_corpus_under_this_name_is_not_taken(text: Path, cache: Path) -> None:
    first = taken(prepare(settings(text), cache))
    (cache / first.fingerprint).rename(cache / "0123")
    assert kept.find(cache, "0123") is None


def test_a_disk_that_takes_nothing_is_no_error(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    assert len(taken(prepare(settings(text), cache)).train)
    assert list(cache.iterdir()) == []


def test_a_cache_that_cannot_be_is_no_error(text: Path) -> None:
    assert len(taken(prepare(settings(text), text / "cache")).train)


def test_nothing_is_left_aside(text: Path, cache: Path) -> None:
    corpus = taken(prepare(settings(text), cache))
    assert [path.name for path in cache.iterdir()] == [corpus.fingerprint]
    assert json.loads((cache / corpus.fingerprint / kept.FACTS).read_text())["documents"] == 1


def test_warnings_of_the_text_are_there_the_second_time_too(text: Path, cache: Path) -> None:
    text.write_bytes(LINES.replace("many", "mañy").encode("latin-1"))
    first, again = (taken(prepare(settings(text), cache)) for _ in range(2))
    assert first.warnings == again.warnings == ("The text is in no valid UTF-8, read as Windows-1252.",)


@pytest.mark.parametrize("content", ["x", "A few words only."])
def test_too_little_text_is_trouble_and_says_how_much_is_needed(text: Path, content: str) -> None:
    text.write_text(content)
    with pytest.raises(Trouble, match="too short") as trouble:
        taken(prepare(settings(text), None))
    assert "context of 16" in trouble.value.advice
    assert "about 204" in trouble.value.advice


def test_the_least_that_is_said_to_be_enough_is_enough(text: Path) -> None:
    text.write_text("a b c d " * 26)  # 208 bytes
    assert len(taken(prepare(settings(text, tokenizer="byte"), None)).validation) > 16


def test_copies_in_a_folder_are_read_once_and_said(text: Path) -> None:
    shutil.copy(text, text.with_name("copy.txt"))
    corpus = taken(prepare(settings(text.parent), None))
    assert corpus.documents == 1
    assert corpus.warnings == ("1 document is a copy of another and is left out.",)


def test_progress_has_names_and_shares(text: Path) -> None:
    progress, _ = told(prepare(settings(text), None))
    assert progress
    assert all(one.task and 0 <= one.done <= 1 for one in progress)
    assert all((one.step, one.time) == (0, 0.0) for one in progress)


def test_closing_on_the_way_stops_the_work() -> None:
    stopped = []

    def work():
        try:
            while True:
                yield progressed("Forever", 0, 1)
        finally:
            stopped.append(True)

    way = calmly(work())
    next(way)
    way.close()
    assert stopped == [True]


@pytest.mark.parametrize("corpus", ["", "  "])
def test_no_corpus_is_not_the_folder_one_happens_to_be_in(corpus: str) -> None:
    with pytest.raises(Trouble, match="No text is chosen"):
        taken(source.source_of(Settings(corpus=corpus)))


def test_a_run_that_goes_on_cuts_the_text_as_before_and_disturbs_no_other(text: Path, cache: Path) -> None:
    wanted = settings(text)
    usual, before = taken(prepare(wanted, cache)), learned([LINES[:500]], 270)
    given = taken(prepare(wanted, cache, before))
    assert given.tokenizer.to_json() == before.to_json() != usual.tokenizer.to_json()
    assert given.fingerprint == usual.fingerprint
    assert before.decode(given.train) + before.decode(given.validation) == LINES
    assert same(taken(prepare(wanted, cache, before)), given)
    assert same(taken(prepare(wanted, cache)), usual)
    assert same(taken(prepare(wanted, cache, usual.tokenizer)), usual)
