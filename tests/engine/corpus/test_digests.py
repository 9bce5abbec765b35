"""What is known of a file is believed only while nobody can have written to it."""

import os
from pathlib import Path
from time import time_ns

import pytest

from engine.corpus import listing
from engine.corpus.digests import FOLDER, SETTLED, Digests, Facts
from engine.corpus.place import Place
from tests.engine.taking import taken, told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a.txt"
    file.write_text("some text")
    settle(file)
    return file


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def settle(file: Path) -> None:
    long_ago = time_ns() - 100 * SETTLED
    os.utime(file, ns=(long_ago, long_ago))


def digest(file: Path, cache: Path | None) -> str:
    return taken(listing.find(Place(str(file)), cache)).digest


def looks(file: Path, cache: Path) -> int:
    return len(told(listing.find(Place(str(file)), cache))[0])


def test_a_file_that_is_as_it_was_is_not_read_again(file: Path, cache: Path) -> None:
    assert looks(file, cache) == 1
    assert looks(file, cache) == 0
    assert digest(file, cache) == digest(file, None)


@pytest.mark.parametrize("text", ["some other text", "some texts"[:9].replace("t", "T")])
def test_a_file_that_was_written_to_is_read_again(file: Path, cache: Path, text: str) -> None:
    before = digest(file, cache)
    file.write_text(text)
    assert digest(file, cache) == digest(file, None) != before


def test_a_file_that_was_changed_just_now_is_not_believed(file: Path, cache: Path) -> None:
    os.utime(file)
    assert [looks(file, cache), looks(file, cache)] == [1, 1]


def test_a_damaged_index_is_an_empty_one(file: Path, cache: Path) -> None:
    good = digest(file, cache)
    [index] = (cache / FOLDER).iterdir()
    for damage in ("", "[]", '{"a', f'{{"{file}": 1}}', f'{{"{file}": [1, 2]}}', "[" * 100_000, "\udc80"):
        index.write_bytes(damage.encode("utf-8", "surrogateescape"))
        assert digest(file, cache) == good


def test_a_cache_that_cannot_be_written_costs_only_time(file: Path, tmp_path: Path) -> None:
    assert digest(file, file) == digest(file, None)  # a file is no folder


def test_a_full_disk_leaves_nothing_behind(file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert digest(file, cache) == digest(file, None)
    assert list((cache / FOLDER).iterdir()) == []


def test_what_is_gone_is_forgotten(cache: Path, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "ab":
        (folder / name).write_text(name)
        settle(folder / name)
    digest(folder, cache)
    (folder / "a").unlink()
    digest(folder, cache)
    digests = Digests(cache, str(folder))
    assert digests.known(folder / "b", Facts.of((folder / "b").stat()))
    [index] = (cache / FOLDER).iterdir()
    assert "texts/a" not in index.read_text()
