"""From settings to tokens: prepared once, found again, and made anew if what was kept is damaged."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.corpus import prepared, reading
from engine.corpus.document import Piece, calmly, document, progressed
from engine.corpus.prepared import cut, prepare
from engine.corpus.readers.opened import Opened
from engine.corpus.row import Row
from engine.settings import Settings
from engine.tokenizer.bpe import learned
from engine.tokenizer.choice import load
from engine.trouble import Trouble
from tests.engine.corpus.small import LINES, entries, only, same, settings, text_of
from tests.engine.taking import taken, told


@pytest.mark.parametrize("kind", ["bpe", "character", "byte"])
def test_both_sides_together_are_the_text(text: Path, kind: str) -> None:
    corpus = taken(prepare(settings(text, tokenizer=kind), None))
    part = only(corpus)
    assert text_of(corpus.tokenizer, part) == LINES
    assert (part.name, part.size, part.documents) == ("text.txt", len(LINES), 1)
    assert part.train_bytes + part.validation_bytes == len(LINES)
    assert part.train.dtype == np.uint16


def test_the_end_stands_between_documents_and_nowhere_else(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"This is document number {number}.\n" * 20)
    corpus = taken(prepare(settings(tmp_path), None))
    part = only(corpus)
    assert part.documents == 40
    assert part.held_out.endswith("held-out documents")
    ends = [int(np.count_nonzero(tokens == corpus.tokenizer.end)) for tokens in (part.train, part.validation)]
    assert sum(ends) == 40 - 2
    for tokens in (part.train, part.validation):
        assert corpus.tokenizer.end not in (tokens[0], tokens[-1])


def test_text_in_pieces_has_the_tokens_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.corpus.document.PIECE", 1000)
    tokenizer = learned([LINES], 300)
    pieces, tokens = list(document(LINES, 0)), Row(np.uint16, None)
    assert len(pieces) > 10
    assert taken(cut(iter(pieces), tokenizer, tokens)) == len(LINES)
    assert tokens.read().tolist() == tokenizer.encode(LINES).tolist()


def test_prepared_twice_it_is_the_same(text: Path) -> None:
    assert same(taken(prepare(settings(text), None)), taken(prepare(settings(text), None)))


def test_the_second_time_it_is_found_and_not_made(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = taken(prepare(settings(text), cache))
    monkeypatch.setattr(prepared, "survey", None)
    again = taken(prepare(settings(text), cache))
    assert same(first, again)
    assert again.tokenizer.vocabulary == first.tokenizer.vocabulary


def test_a_copy_elsewhere_is_found_and_named_anew(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken(prepare(settings(text), cache))
    copy = shutil.copy(text, text.with_name("copy.txt"))
    monkeypatch.setattr(prepared, "survey", None)
    assert taken(prepare(settings(copy), cache)).name == "copy.txt"


@pytest.mark.parametrize("change", [{"tokenizer": "byte"}, {"vocabulary": 290}])
def test_another_tokenizer_is_another_corpus(text: Path, cache: Path, change: dict[str, object]) -> None:
    first = taken(prepare(settings(text), cache))
    assert taken(prepare(settings(text, **change), cache)).fingerprint != first.fingerprint


def test_other_text_is_another_corpus(text: Path, cache: Path) -> None:
    first = taken(prepare(settings(text), cache))
    text.write_text(LINES.replace("many", "more"))
    assert taken(prepare(settings(text), cache)).fingerprint != first.fingerprint


def test_a_vocabulary_that_the_text_cannot_fill_is_said_each_time(text: Path, cache: Path) -> None:
    for _ in range(2):
        corpus = taken(prepare(settings(text, vocabulary=30_000), cache))
        assert any("different tokens only, not for 30,000" in words for words in corpus.warnings)
        assert len(corpus.tokenizer.vocabulary) < 1000


def test_what_is_left_out_is_said_the_second_time_too(text: Path, cache: Path) -> None:
    lines = [json.dumps({"text": f"Document number {number} is short."}) for number in range(400)]
    path = text.with_name("documents.jsonl")
    path.write_text("\n".join([*lines[:200], "{broken", *lines[200:]]))
    first, again = (taken(prepare(settings(path), cache)) for _ in range(2))
    assert first.warnings == again.warnings
    assert any("1 " in words and "JSON" in words for words in first.warnings)


@pytest.mark.parametrize("content", ["x", "A few words only."])
def test_too_little_text_is_trouble_and_says_how_much_is_needed(text: Path, content: str) -> None:
    text.write_text(content)
    with pytest.raises(Trouble, match="too short") as trouble:
        taken(prepare(settings(text), None))
    assert "context of 16" in trouble.value.advice
    assert "about 204" in trouble.value.advice


def test_what_was_left_out_of_too_short_a_text_is_said(text: Path) -> None:
    text.write_text("the same\n<|endoftext|>\n" * 30)
    with pytest.raises(Trouble, match="29 documents are copies"):
        taken(prepare(settings(text, tokenizer="byte"), None))


def test_documents_that_leave_little_to_hold_out_need_more_than_usual(text: Path) -> None:
    text.write_text("\n<|endoftext|>\n".join(f"{number:02} is a document" for number in range(24)))
    with pytest.raises(Trouble, match="too short") as trouble:
        taken(prepare(settings(text, context=40, tokenizer="byte"), None))
    (about,) = re.findall(r"about (\d+) in all", trouble.value.advice)
    assert int(about) > sum(map(int, re.findall(r"has (\d+) tokens", trouble.value.message)))


def test_the_least_that_is_said_to_be_enough_is_enough(text: Path) -> None:
    text.write_text("a b c d " * 26)  # 208 bytes
    assert len(only(taken(prepare(settings(text, tokenizer="byte"), None))).validation) > 16


def test_copies_in_a_folder_are_read_once_and_said(text: Path) -> None:
    shutil.copy(text, text.with_name("copy.txt"))
    corpus = taken(prepare(settings(text.parent), None))
    assert only(corpus).documents == 1
    assert corpus.warnings == ("1 document is a copy of what was there already, and left out.",)


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


def test_a_run_that_goes_on_cuts_the_text_as_before_and_disturbs_no_other(text: Path, cache: Path) -> None:
    wanted = settings(text)
    usual, before = taken(prepare(wanted, cache)), learned([LINES[:500]], 270)
    given = taken(prepare(wanted, cache, before))
    assert given.tokenizer.to_json() == before.to_json() != usual.tokenizer.to_json()
    assert given.fingerprint != usual.fingerprint
    assert text_of(before, only(given)) == LINES
    assert same(taken(prepare(wanted, cache, before)), given)
    assert same(taken(prepare(wanted, cache)), usual)
    assert same(taken(prepare(wanted, cache, usual.tokenizer)), usual)


def test_a_run_that_goes_on_needs_no_tokenizer_file(text: Path, tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_text(json.dumps(json.loads(learned([LINES], 280).to_json())["model"]))
    wanted = settings(text, tokenizer="file", tokenizer_file=str(file))
    before = taken(prepare(wanted, None))
    file.unlink()
    assert taken(prepare(wanted, None, load(before.tokenizer.to_json()))).fingerprint == before.fingerprint


@pytest.mark.parametrize("name", ["~nobody-of-this-name/tokenizer.json", "\0", "no such file"])
def test_a_tokenizer_file_that_is_none_is_trouble_at_once(text: Path, name: str) -> None:
    with pytest.raises(Trouble, match="There is no file"):
        taken(prepare(settings(text, tokenizer="file", tokenizer_file=name), None))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_nobody_waits_for_a_pipe_that_is_no_tokenizer_file(text: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tokenizer.json")
    with pytest.raises(Trouble, match="There is no file"):
        taken(prepare(settings(text, tokenizer="file", tokenizer_file=str(tmp_path / "tokenizer.json")), None))


def test_what_several_texts_take_in_memory_is_bounded_for_all_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted, read = several(tmp_path), []
    first = (tmp_path / "a.txt").stat().st_size
    monkeypatch.setattr(prepared, "REMEMBERED", first + 1000)  # the first fits, and no other beside it
    plain_read = reading.READERS["text"]

    def noted(file: Opened) -> Iterator[Piece]:
        read.append(file.name)
        return plain_read(file)

    monkeypatch.setattr(reading, "READERS", {"text": noted})
    taken(prepare(wanted, None))
    assert read.count("a.txt") == 1
    assert min(read.count(name) for name in ("b.txt", "c.txt")) > 1


def several(tmp_path: Path) -> Settings:
    texts = {"a.txt": "some words of the first\n" * 99, "b.txt": "and others ä\n" * 300, "c.txt": LINES}
    for name, content in texts.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return Settings(corpus=tuple(str(tmp_path / name) for name in texts), vocabulary=300, context=16)


def test_several_texts_are_parts_cut_by_one_tokenizer(tmp_path: Path, cache: Path) -> None:
    wanted = several(tmp_path)
    for _ in range(2):
        corpus = taken(prepare(wanted, cache))
        assert corpus.name == "3 texts"
        assert [part.name for part in corpus.parts] == ["a.txt", "b.txt", "c.txt"]
        for place, part in zip(wanted.corpus, corpus.parts, strict=True):
            content = Path(place).read_text(encoding="utf-8")
            assert text_of(corpus.tokenizer, part) == content
            assert part.train_bytes + part.validation_bytes == len(content.encode())


def test_a_text_that_is_all_in_another_is_trouble(text: Path) -> None:
    copy = shutil.copy(text, text.with_name("copy.txt"))
    with pytest.raises(Trouble, match="also in another"):
        taken(prepare(Settings(corpus=(str(text), str(copy)), vocabulary=300, context=16), None))


def test_a_text_that_is_spoiled_is_clean_where_it_is_held_out(text: Path, cache: Path) -> None:
    clean = taken(prepare(settings(text), cache))
    spoiled, again = (taken(prepare(settings(text, typos=0.5), cache)) for _ in range(2))
    assert spoiled.fingerprint != clean.fingerprint
    assert same(spoiled, again)
    np.testing.assert_array_equal(only(spoiled).validation, only(clean).validation)
    assert spoiled.tokenizer.decode(only(spoiled).train) != clean.tokenizer.decode(only(clean).train)


def test_the_entropy_is_that_of_the_held_out_documents() -> None:
    corpus = taken(prepare(Settings(corpus="stories", megabytes=1, tokenizer="byte", context=16), None))
    part = only(corpus)
    assert 0.01 < part.entropy < 2.0
    assert part.entropy * len(part.validation) == pytest.approx(part.nats)


def test_a_source_that_is_gone_does_not_disturb_a_corpus_that_is_ready(text: Path, cache: Path) -> None:
    corpus = taken(prepare(settings(text), cache))
    text.unlink()
    assert text_of(corpus.tokenizer, only(corpus)) == LINES


@pytest.mark.parametrize("task", ["Reading text", "Cutting text into tokens"])
def test_who_leaves_while_it_is_prepared_leaves_nothing_behind(
    text: Path, cache: Path, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.corpus.document.BEAT", 0.0)
    way = prepare(settings(text), cache)
    while next(way).task != task:
        pass
    way.close()
    assert not entries(cache) if cache.exists() else task == "Reading text"
