"""Tokens kept on disk: what is damaged is made anew, what cannot be kept is said, and nothing is left aside."""

import json
import os
from pathlib import Path

import pytest

from engine.corpus import kept, row
from engine.corpus.prepared import prepare
from tests.engine.corpus.small import LINES, entries, only, same, settings, text_of
from tests.engine.taking import taken


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


@pytest.mark.parametrize("facts", ['"x"', "null", "[]", '{"kind": "uint16", "checks": 0}', "[" * 100_000])
def test_facts_that_nobody_here_wrote_are_none(tmp_path: Path, facts: str) -> None:
    folder = tmp_path / "abc"
    folder.mkdir()
    for name, content in ((kept.TRAIN, ""), (kept.VALIDATION, ""), (kept.FACTS, facts)):
        (folder / name).write_text(content)
    assert kept.find_part(tmp_path, "abc") is None
    (tmp_path / "abc.json").write_text(facts)
    assert kept.find_tokenizer(tmp_path, "abc") is None


@pytest.mark.parametrize("harm", ["", "{}", '{"kind": "nonsense"}'])
def test_a_tokenizer_that_is_damaged_is_learned_again(text: Path, cache: Path, harm: str) -> None:
    first = taken(prepare(settings(text), cache))
    (path,) = cache.glob("*.json")
    path.write_text(harm)
    assert same(taken(prepare(settings(text), cache)), first)
    assert json.loads(json.loads(path.read_text())["tokenizer"])["kind"] == "bpe"


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


def test_what_another_program_made_meanwhile_is_left_as_it_is(
    text: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.corpus.document.BEAT", 0.0)
    slow = prepare(settings(text), cache)
    while next(slow).task != "Cutting text into tokens":
        pass
    taken(prepare(settings(text), cache))
    (folder,) = (path for path in entries(cache) if not path.name.startswith(kept.ASIDE))
    made = (folder / kept.FACTS).stat().st_ino
    corpus = taken(slow)
    assert (folder / kept.FACTS).stat().st_ino == made
    assert text_of(corpus.tokenizer, only(corpus)) == LINES
    assert entries(cache) == [folder]


def test_what_a_killed_program_left_long_ago_is_cleared_away(text: Path, cache: Path) -> None:
    old, new = cache / f"{kept.ASIDE}old", cache / f"{kept.ASIDE}new"
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / kept.TRAIN).write_bytes(b"tokens")
    os.utime(old, (0, 0))
    taken(prepare(settings(text), cache))
    assert (old.exists(), new.exists()) == (False, True)
