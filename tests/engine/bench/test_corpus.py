"""The benchmark of reading: all of its figures are there and come from a text that really was read."""

import re
from pathlib import Path

from engine.bench import corpus
from engine.corpus.prepared import prepare
from engine.settings import Settings
from tests.engine.taking import taken

KEYS = {"tokenize_ratio", "tokenize_ratio_cpu", "reopen_ratio", "peak_mb", "peak_of_mb", "megabytes", "rounds"}


def test_all_figures_are_there_and_are_numbers(tmp_path: Path) -> None:
    text = corpus.written(tmp_path / "text.txt", 1)
    figures = corpus.corpus(text, megabytes=1, large=False, rounds=1)
    assert set(figures) >= KEYS
    assert all(value > 0 for value in figures.values())


def test_the_text_is_as_long_as_wanted_and_all_its_parts_are_numbered(tmp_path: Path) -> None:
    text = corpus.written(tmp_path / "text.txt", 20).read_text("utf-8")
    assert 20e6 < len(text.encode()) < 22e6
    parts = re.findall(r"^Part (\d+) of this text\.$", text, re.MULTILINE)
    assert parts == [str(number) for number in range(len(parts))]


def test_the_library_cuts_as_many_tokens_as_we_do(tmp_path: Path) -> None:
    text = corpus.written(tmp_path / "text.txt", 1)
    made = taken(prepare(Settings(corpus=(str(text),)), None))
    assert corpus.count(text, corpus.bare(made.tokenizer)) == sum(map(len, (*made.train, *made.validation)))


def test_memory_is_measured_in_bytes() -> None:
    assert 10e6 < corpus.peak() < 100e9
