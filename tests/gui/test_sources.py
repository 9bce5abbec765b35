"""What texts are called, wherever they come from."""

from pathlib import Path

import pytest

from gui.sources import SMALL_WORLD, corpus_label, corpus_of, is_there, source_label, whole_source


@pytest.mark.parametrize(
    ("source", "label"),
    [
        ("stories", "Stories"),
        ("/texts/a\u202eb.txt", "aU+202Eb.txt"),
        ("/texts/<i>x</i>", "i>"),
        ("/texts/books.csv#column=body&encoding=cp1252", "books.csv"),
        ("/texts/odd#nothing=known", "odd#nothing=known"),
        ("hf:owner/name", "owner/name"),
    ],
)
def test_a_source_is_called_by_its_harmless_name(source: str, label: str) -> None:
    assert source_label(source) == label


def test_several_texts_are_counted() -> None:
    assert corpus_label(("stories",)) == "Stories"
    assert corpus_label(("stories", "/texts/a.txt")) == "2 texts"
    assert corpus_label(SMALL_WORLD) == f"Small world ({len(SMALL_WORLD)} texts)"
    assert "python" not in SMALL_WORLD


def test_a_relative_path_becomes_whole_and_keeps_its_choices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert whole_source("a.csv#column=body") == f"{tmp_path / 'a.csv'}#column=body"
    assert whole_source("stories") == "stories"
    assert whole_source("hf:owner/name") == "hf:owner/name"


def test_a_word_may_stand_for_the_small_world() -> None:
    assert is_there("world")
    assert corpus_of("world") == SMALL_WORLD
    assert corpus_of("facts") == ("facts",)


def test_only_files_can_be_gone(tmp_path: Path) -> None:
    path = tmp_path / "a#b.txt"
    assert not is_there(str(path))
    path.write_text("once")
    assert is_there(str(path))
    assert is_there("stories")
    assert is_there("hf:owner/name")
    assert not is_there("a\0b")
