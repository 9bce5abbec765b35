"""From settings to tokens: prepared once, found again, and made anew if what was kept is damaged."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from engine.corpus import kept, prepared, row
from engine.corpus.document import calmly, document, progressed
from engine.corpus.part import Corpus, Part
from engine.corpus.prepared import cut, prepare
from engine.corpus.row import Row
from engine.settings import Settings
from engine.tokenizer.bpe import learned
from engine.tokenizer.tokenizer import Tokenizer
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
    facts = (one.name, one.fingerprint, one.warnings) == (other.name, other.fingerprint, other.warnings)
    return facts and all(alike(a, b) for a, b in zip(one.parts, other.parts, strict=True))


def alike(one: Part, other: Part) -> bool:
    rows = np.array_equal(one.train, other.train) and np.array_equal(one.validation, other.validation)
    facts = [repr(part._replace(train=None, validation=None)) for part in (one, other)]  # nan is not itself
    return rows and facts[0] == facts[1]


def text_of(tokenizer: Tokenizer, part: Part) -> str:
    return tokenizer.decode(part.train) + tokenizer.decode(part.validation)


def only(corpus: Corpus) -> Part:
    (part,) = corpus.parts
    return part


def entries(cache: Path) -> list[Path]:
    """The folders of parts."""
    return [path for path in cache.iterdir() if path.is_dir()]


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


@pytest.mark.parametrize("name", [kept.TRAIN, kept.VALIDATION, kept.FACTS])
@pytest.mark.parametrize("harm", ["emptied", "cut", "changed", "removed"])
def test_what_is_damaged_is_made_again(text: Path, cache: Path, name: str, harm: str) -> None:
    first = taken(prepare(settings(text), cache))
    (folder,) = entries(cache)
    path = folder / name
    content = path.read_bytes()
    last = bytes([content[-2] ^ 1])
    damaged = {"emptied": b"", "cut": content[:-3], "changed": content[:-2] + last + content[-1:]}
    path.write_bytes(damaged[harm]) if harm in damaged else path.unlink()
    assert kept.find_part(cache, folder.name) is None
    clean = taken(prepare(settings(text), None))  # rows of `first` lie in what was damaged
    assert same(taken(prepare(settings(text), cache)), clean)
    assert kept.find_part(cache, folder.name) is not None
    assert first.fingerprint == clean.fingerprint


@pytest.mark.parametrize("harm", ["", "{}", '{"kind": "nonsense"}'])
def test_a_tokenizer_that_is_damaged_is_learned_again(text: Path, cache: Path, harm: str) -> None:
    first = taken(prepare(settings(text), cache))
    (path,) = cache.glob("*.json")
    path.write_text(harm)
    assert same(taken(prepare(settings(text), cache)), first)
    assert json.loads(json.loads(path.read_text())["tokenizer"])["kind"] == "bpe"


def test_a_vocabulary_that_the_text_cannot_fill_is_said_each_time(text: Path, cache: Path) -> None:
    for _ in range(2):
        corpus = taken(prepare(settings(text, vocabulary=30_000), cache))
        assert any("different tokens only, not for 30,000" in words for words in corpus.warnings)
        assert len(corpus.tokenizer.vocabulary) < 1000


def test_another_corpus_under_this_name_is_not_taken(text: Path, cache: Path) -> None:
    taken(prepare(settings(text), cache))
    entries(cache)[0].rename(cache / "0123")
    assert kept.find_part(cache, "0123") is None


def test_a_disk_that_takes_nothing_is_no_error(text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full_or(path: Path, *how: str, **more: str) -> object:
        return Full() if path.suffix == ".tokens" and how == ("wb",) else opened(path, *how, **more)

    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(28, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr(row.Path, "open", full_or)
    corpus = taken(prepare(settings(text), cache))
    assert text_of(corpus.tokenizer, only(corpus)) == LINES
    assert "No space left on device" in corpus.warnings[0]
    assert entries(cache) == []


def test_a_cache_that_cannot_be_is_no_error(text: Path) -> None:
    corpus = taken(prepare(settings(text), text / "cache"))
    assert text_of(corpus.tokenizer, only(corpus)) == LINES
    assert any("could not be kept" in words for words in corpus.warnings)


def test_nothing_is_left_aside(text: Path, cache: Path) -> None:
    taken(prepare(settings(text), cache))
    (folder,) = entries(cache)
    assert not list(cache.glob("aside-*"))
    assert json.loads((folder / kept.FACTS).read_text())["documents"] == 1


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
    assert given.fingerprint == usual.fingerprint
    assert text_of(before, only(given)) == LINES
    assert same(taken(prepare(wanted, cache, before)), given)
    assert same(taken(prepare(wanted, cache)), usual)
    assert same(taken(prepare(wanted, cache, usual.tokenizer)), usual)


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
