"""From settings to texts that can be read, as often as they are wanted."""

import os
from pathlib import Path

import pytest

from engine.corpus.built_in import BUILT_IN
from engine.corpus.notes import Notes
from engine.corpus.source import Source
from engine.corpus.sources import sources_of
from engine.settings import Settings
from engine.trouble import Trouble
from tests.engine.corpus.documents import joined
from tests.engine.taking import taken


def sources(*corpus: str, megabytes: int = 1) -> tuple[Source, ...]:
    return taken(sources_of(Settings(corpus=corpus, megabytes=megabytes)))


def test_each_text_is_a_source_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("my text")
    mine, stories = sources(str(tmp_path / "mine.txt"), "stories")
    assert (mine.name, mine.origin, mine.size) == ("mine.txt", str(tmp_path / "mine.txt"), 7)
    assert stories.name == BUILT_IN["stories"].label


def test_a_source_can_be_read_again(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("my text")
    [mine] = sources(str(tmp_path / "mine.txt"))
    assert joined(list(mine.read(Notes()))) == joined(list(mine.read(Notes()))) == ["my text"]


def test_the_size_is_divided_among_the_built_in_texts() -> None:
    names = [name for name in BUILT_IN if name != "python"]
    assert sum(source.size for source in sources(*names, "python")[:-1]) == pytest.approx(1e6, abs=len(names))
    [alone] = sources(names[0])
    assert alone.size == 1_000_000


def test_built_in_texts_are_as_long_as_they_say() -> None:
    for source in sources(*(name for name in BUILT_IN if name != "python")):
        length = sum(len(piece.text.encode()) for piece in source.read(Notes()))
        assert length == pytest.approx(source.size, rel=0.1)


def test_another_size_is_another_text() -> None:
    keys = {source.key for megabytes in (1, 2) for source in sources("stories", "python", megabytes=megabytes)}
    assert len(keys) == 3  # Python's library is as large as it is


def test_no_text_at_all_is_trouble_that_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("no\njson\n")
    [source] = sources(str(tmp_path / "a.jsonl"))
    with pytest.raises(Trouble, match=r"a\.jsonl holds no text\. 2 lines are no JSON and left out\."):
        list(source.read(Notes()))


@pytest.mark.parametrize("encoding", ["nonsense", "zlib"])
def test_an_encoding_that_is_none_is_trouble_before_anything_is_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(Trouble, match="no encoding of text"):
        sources(f"{tmp_path / 'a.txt'}#encoding={encoding}")


def test_white_space_is_no_path() -> None:
    with pytest.raises(Trouble, match="No text is chosen"):
        sources(" ")


def test_a_home_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "a.txt").write_text("text")
    [source] = sources(os.path.join("~", "a.txt"))
    assert source.origin == str(tmp_path / "a.txt")


def test_the_same_text_with_another_choice_is_another_text(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    [a], [b] = (sources(f"{tmp_path / 'a.csv'}#column={column}") for column in "ab")
    assert a.key != b.key


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", "x" * 5000 + "/a.txt"])
def test_what_can_be_no_path_is_trouble(path: str) -> None:
    with pytest.raises(Trouble, match="cannot be read"):
        sources(path)


def test_an_address_on_the_web_is_no_file() -> None:
    with pytest.raises(Trouble, match="is an address on the web"):
        sources("https://example.org/a.txt")
