"""Python's library: real text on every machine, and a clear word where it is missing."""

from pathlib import Path

import pytest

from engine.corpus import python_library
from engine.corpus.notes import Notes
from engine.trouble import Trouble
from tests.engine.corpus.documents import joined


@pytest.fixture
def library(tmp_path: Path) -> Path:
    for number in range(30):
        (tmp_path / f"module{number:02}.py").write_text(f"def answer():\n    return {number}\n")
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "test_answer.py").write_text("assert False")
    return tmp_path


def texts(library: Path | None = None) -> list[str]:
    return joined(list(python_library.read(Notes(), library)))


def test_the_running_interpreter_has_code_and_topics() -> None:
    text = "\n".join(texts())
    assert 5_000_000 < len(text) <= python_library.SIZE
    assert 'The "assert" statement' in text
    assert "class Counter(dict):" in text


def test_modules_come_in_order_and_tests_are_left_out(library: Path) -> None:
    code = [text for text in texts(library) if text.startswith("def answer")]
    assert code == [f"def answer():\n    return {number}\n" for number in range(30)]


def test_it_stops_when_there_is_enough(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_library, "_topics", list)
    monkeypatch.setattr(python_library, "SIZE", 100)
    assert 50 < sum(map(len, texts(library))) <= 100


def test_a_python_without_sources_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="not on this computer"):
        texts(tmp_path)
