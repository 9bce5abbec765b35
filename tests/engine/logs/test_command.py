"""`import` and `log` on the command line: what they print, and how they refuse."""

from pathlib import Path

import pytest

from engine import __main__ as engine_main
from engine.folders import runs_folder
from tests.engine.logs.given import columns, read


def call(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["engine", *words])
    return engine_main.main()


def test_a_log_becomes_a_run_and_a_log_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "quiet.csv"
    log.write_text("step,a,b\n1,3,1\n2,2,1\n,1,1\n")
    assert call(monkeypatch, "import", str(log), "--loss", "a", "--name", "Red fox") == 0
    said = capsys.readouterr()
    assert said.out == f"{runs_folder() / 'Red-fox'}\n"
    assert said.err == "1 row without a step left out.\n"
    monkeypatch.chdir(tmp_path)
    assert call(monkeypatch, "log", "Red-fox", "--format", "jsonl") == 0
    assert capsys.readouterr().out == "Red-fox.jsonl\n"
    assert columns(read(tmp_path / "Red-fox.jsonl")) == {"loss": {1: 3, 2: 2}, "b": {1: 1, 2: 1}}
    assert call(monkeypatch, "log", "Red-fox", "--format", "jsonl") == 2
    told = capsys.readouterr().err
    assert "there already" in told
    assert "--overwrite" in told
    assert call(monkeypatch, "log", "Red-fox", "--format", "jsonl", "--overwrite") == 0


def test_a_loss_that_cannot_be_told_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.csv").write_text("step,a,b\n1,3,1\n")
    assert call(monkeypatch, "import", str(tmp_path / "log.csv")) == 2
    assert "a, b.\nName it with --loss" in capsys.readouterr().err
    assert not runs_folder().exists()
