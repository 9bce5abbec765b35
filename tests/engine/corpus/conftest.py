"""A text of many lines, and a place to keep what is made of it."""

from pathlib import Path

import pytest

from tests.engine.corpus.small import LINES


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(LINES)
    return path


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"
